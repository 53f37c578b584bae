"""What the check of a delivery found (Prüfergebnis)."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Answer


class FigurePlace(Answer):
    """The place of a figure."""

    indicator: str
    area: str
    period: str
    breakdown: str


class DeliveryIssue(Answer):
    """Something wrong in the file, and where; line 1 is the header."""

    line: int
    column: str | None
    code: str
    detail: str
    severity: Literal["error", "warning"]
    place: FigurePlace | None = Field(None, description="The figure it is about, if it is one.")
    numbers: dict[str, Decimal | None] | None = Field(
        None,
        description=(
            "What the check computed, such as `value`, `before` and `z_score`; for those who "
            "delivered it or may read raw figures, null for others."
        ),
    )


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
    column: str | None = Field(
        None, description="Heading or number of the column of figures; null in older deliveries."
    )
    indicator: str
    area: str
    period: str
    breakdown: str
    before: Decimal | None
    before_status: ValueStatus
    after: Decimal | None
    after_status: ValueStatus
    relative: Decimal | None


class DeliveryCounts(Answer):
    """How many rows could be read, how many figures await release, how many rows were left out."""

    rows: int = 0
    figures: int = 0
    skipped: int = 0
    taken_back: int = Field(0, description="Figures that the delivery takes back.")
    provisional: int = Field(0, description="Figures that the source calls provisional.")
    errors: int = 0
    warnings: int = 0
    unknown_areas: int = 0
    unknown_measures: int = 0


class DeliveryDiff(Answer):
    """What the delivery changes of the figures as everybody sees them. Lists hold the first fifty.

    A figure that is hidden counts as changed, whatever was delivered.
    """

    new: int
    changed: int
    unchanged: int
    taken_back: int = Field(0, description="Shown figures that the delivery takes back.")
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
