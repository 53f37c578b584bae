"""Deliveries of figures: what came, what it would change, what was wrong (Datenlieferungen)."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.indicators.delivery_findings import (
    DeliveryCounts,
    DeliveryDiff,
    DeliveryIssue,
    UnknownArea,
    UnknownMeasure,
)
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Prose,
    Request,
    Stored,
    Texts,
    example,
)


class Unknown(StrEnum):
    """What to do with rows of areas or measures that nobody knows."""

    refuse = "refuse"
    skip = "skip"


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
            indicator=None,
            period=None,
            mapping=None,
            mapping_revision=None,
            slots=["bevoelkerung-jaehrlich"],
            delivered_by="token:statistics-office",
            supplier=None,
            counts={
                "rows": 1467,
                "figures": 69,
                "skipped": 1398,
                "taken_back": 0,
                "provisional": 0,
                "errors": 0,
                "warnings": 0,
                "unknown_areas": 466,
                "unknown_measures": 0,
            },
            diff={
                "new": 66,
                "changed": 3,
                "unchanged": 0,
                "taken_back": 0,
                "vanished": 0,
                "jumps": [
                    {
                        "line": 12,
                        "column": "value",
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
            issue_counts={},
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
            withdrawn_in=None,
        ),
    }

    key: Key
    state: DeliveryState
    source: Line
    note: Prose | None
    sha256: str = Field(description="Of the bytes of the file; the file itself is not kept.")
    size: int = Field(description="Bytes.")
    format: str | None = Field(description="As it was recognised; null until it is read.")
    encoding: str | None
    unknown_areas: Unknown
    unknown_measures: Unknown
    indicator: Key | None = Field(description="The indicator that was said to be meant.")
    period: str | None = Field(description="The period that was said to be meant.")
    mapping: Key | None = Field(description="The saved mapping by which it was read.")
    mapping_revision: int | None = Field(description="Its revision when it was read by it.")
    slots: list[Key] = Field(description="The agreed slots for which it brought figures.")
    delivered_by: str = Field(description="Identifier of who delivered, never a name.")
    supplier: str | None = Field(description="The organisation that it was delivered for.")
    counts: DeliveryCounts
    diff: DeliveryDiff | None = Field(
        description="Null for a file that was refused or is not checked yet."
    )
    issues: list[DeliveryIssue] = Field(
        description="The first two hundred, and fifty of a kind; `issue_counts` has all."
    )
    issue_counts: dict[str, int] = Field(description="How many there are, by code.")
    unknown_areas_found: list[UnknownArea] = Field(description="The hundred most frequent.")
    unknown_measures_found: list[UnknownMeasure]
    decided_by: str | None = Field(
        description="Identifier of who approved, rejected, took back or withdrew."
    )
    decided_at: datetime | None
    reason: str | None
    release: int | None = Field(description="Number of the release that brought its figures.")
    withdrawn_in: int | None = Field(
        description="Number of the release in which its figures gave way to those before."
    )


class Rejection(Request):
    """Why a delivery is rejected (Zurückweisung), or its approval taken back (Rücknahme)."""

    model_config = example(reason="The men of 2023 are those of 2022; please deliver again.")

    reason: Annotated[Prose, Field(description="Shown to the supplier.")]


class Withdrawal(Rejection):
    """Why a released delivery is withdrawn (Rückruf), and what the release says of it."""

    model_config = example(
        reason="Two districts were swapped in the source.",
        title={"de": "Rückruf der Lieferung zum 31.12.2024"},
    )

    title: Annotated[
        Texts | None,
        Field(description="Title of the release that takes the figures back; made up if null."),
    ] = None


class DeliveryReceipt(Answer):
    """A receipt (Quittung): what a machine files to prove that it delivered."""

    model_config = {
        **Answer.model_config,
        **example(
            delivery="delivery-7",
            municipality="jena",
            state="checked",
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            size=301376,
            received_at="2026-04-12T06:00:03Z",
            delivered_by="key:jenarbeit",
            supplier="jenarbeit",
            slots=["sgb2-quartalslieferung"],
            figures=1242,
        ),
    }

    delivery: Key
    municipality: Key
    state: DeliveryState
    sha256: str = Field(description="Of the bytes that were received.")
    size: int = Field(description="Bytes.")
    received_at: datetime
    delivered_by: str
    supplier: str | None
    slots: list[Key]
    figures: int = Field(description="Figures taken from it; 0 until it is checked.")
