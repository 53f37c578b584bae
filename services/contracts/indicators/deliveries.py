"""Deliveries of figures: what came, what it would change, what was wrong (Datenlieferungen)."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Answer, Key, Line, Prose, Request, Stored, example


class Unknown(StrEnum):
    """What to do with rows of areas or measures that nobody knows."""

    refuse = "refuse"
    skip = "skip"


class DeliveryIssue(Answer):
    """Something wrong in the file, and where; line 1 is the header."""

    line: int
    column: str | None
    code: str
    detail: str
    severity: Literal["error", "warning"]


class AreaSuggestion(Answer):
    """An area that may be meant."""

    code: str
    label: str
    because: str


class UnknownArea(Answer):
    """A code that no area has."""

    code: str
    scheme: str
    label: str
    rows: int
    suggestions: list[AreaSuggestion]


class UnknownMeasure(Answer):
    """A measure that no indicator of the catalogue names."""

    code: str = Field(description="Add it to the `source_codes` of the indicator it belongs to.")
    label: str
    rows: int
    hint: str


class FigureChange(Answer):
    """A figure that becomes another; `relative` is the change over the former value."""

    line: int
    indicator: str
    area: str
    period: str
    breakdown: str
    before: Decimal | None
    before_status: ValueStatus
    after: Decimal | None
    after_status: ValueStatus
    relative: Decimal | None


class FigurePlace(Answer):
    """The place of a figure."""

    indicator: str
    area: str
    period: str
    breakdown: str


class DeliveryCounts(Answer):
    """How many rows could be read, how many figures await release, how many rows were left out."""

    rows: int
    figures: int
    skipped: int
    errors: int
    warnings: int
    unknown_areas: int
    unknown_measures: int


class DeliveryDiff(Answer):
    """What the delivery changes of the figures as everybody sees them. Lists hold the first fifty.

    A figure that is hidden counts as changed, whatever was delivered.
    """

    new: int
    changed: int
    unchanged: int
    vanished: int = Field(
        description="Figures of these indicators and periods that the file leaves out; they stay."
    )
    jumps: list[FigureChange] = Field(
        description=(
            "The largest changes between two values; for those who delivered them or may read raw "
            "figures, empty for others."
        )
    )
    emptied: list[FigureChange] = Field(description="Values that give way to a reason.")
    vanished_figures: list[FigurePlace]


class DeliveryTexts(Request):
    """What is said of a delivery; its figures are for good."""

    model_config = example(source="Statistisches Bundesamt, Tabelle 12411-01-01-4", note=None)

    source: Annotated[Line, Field(description="Where the figures come from.")]
    note: Prose | None = None


class Delivery(Stored):
    """A delivery (Datenlieferung) and what the check of it found."""

    model_config = {
        **Stored.model_config,
        **example(
            key="delivery-7",
            state="checked",
            source="Statistisches Bundesamt, Tabelle 12411-01-01-4",
            note=None,
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            size=301376,
            format="ffcsv",
            encoding="utf-8",
            unknown_areas="skip",
            unknown_measures="refuse",
            delivered_by="token:statistics-office",
            supplier=None,
            counts={
                "rows": 1467,
                "figures": 69,
                "skipped": 1398,
                "errors": 0,
                "warnings": 0,
                "unknown_areas": 466,
                "unknown_measures": 0,
            },
            diff={
                "new": 66,
                "changed": 3,
                "unchanged": 0,
                "vanished": 0,
                "jumps": [
                    {
                        "line": 12,
                        "indicator": "bevoelkerung",
                        "area": "wartburgkreis",
                        "period": "2024-12-31",
                        "breakdown": "",
                        "before": "159000",
                        "before_status": "normal",
                        "after": "154957",
                        "after_status": "normal",
                        "relative": "-0.0254",
                    }
                ],
                "emptied": [],
                "vanished_figures": [],
            },
            issues=[],
            unknown_areas_found=[
                {
                    "code": "08222",
                    "scheme": "KREISE",
                    "label": "Mannheim, Stadtkreis",
                    "rows": 3,
                    "suggestions": [],
                }
            ],
            unknown_measures_found=[],
            decided_by=None,
            decided_at=None,
            reason=None,
            release=None,
        ),
    }

    key: Key
    state: DeliveryState
    source: Line
    note: Prose | None
    sha256: str = Field(description="Of the bytes of the file; the file itself is not kept.")
    size: int = Field(description="Bytes.")
    format: str
    encoding: str
    unknown_areas: Unknown
    unknown_measures: Unknown
    delivered_by: str = Field(description="Identifier of who delivered, never a name.")
    supplier: str | None = Field(description="The organisation that it was delivered for.")
    counts: DeliveryCounts
    diff: DeliveryDiff | None = Field(description="Null for a file that was refused.")
    issues: list[DeliveryIssue] = Field(description="The first two hundred; `counts` has all.")
    unknown_areas_found: list[UnknownArea] = Field(description="The hundred most frequent.")
    unknown_measures_found: list[UnknownMeasure]
    decided_by: str | None = Field(description="Identifier of who approved or rejected.")
    decided_at: datetime | None
    reason: str | None
    release: int | None = Field(description="Number of the release that holds its figures.")


class Rejection(Request):
    """Why a delivery is rejected (Zurückweisung)."""

    model_config = example(reason="The men of 2023 are those of 2022; please deliver again.")

    reason: Annotated[Prose, Field(description="Shown to the supplier.")]
