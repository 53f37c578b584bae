"""Gaps in the funding of positions: staff without money soon (Finanzierungslücken)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from services.contracts.shared.base import Answer, Texts, example


class GapKind(StrEnum):
    """What a gap is (Art der Lücke): the funding ends before the position does, or the position
    ends and no notice follows."""

    funding_ends = "funding_ends"
    position_ends = "position_ends"


class PositionGap(Answer):
    """Staff for whom there is no money of a grant from a day on (Finanzierungslücke)."""

    model_config = example(
        position="planungskoordination-wartburgkreis-2023",
        title={"de": "Planungskoordination"},
        project="integrierte-sozialplanung-wartburgkreis",
        kind="position_ends",
        day="2026-01-01",
        until=None,
        fte="4",
        share="80",
        ended=["wartburgkreis-sozialstrategie-2023"],
        applied=[],
        granted=[],
        successor_programmes=[],
    )

    position: str
    title: Texts
    project: str | None
    kind: GapKind
    day: date = Field(description="First day without the money.")
    until: date | None = Field(
        description="Last such day; null: no money follows. Of a position that ended the day "
        "before a grant that could follow begins."
    )
    fte: Decimal = Field(description="Full-time equivalents concerned (VbE).")
    share: Decimal | None = Field(
        description="Share of their cost that is missing, in per cent; null: not known."
    )
    ended: Sequence[str] = Field(description="Keys of the grants that ended.")
    applied: Sequence[str] = Field(description="Keys of grants applied for that could follow.")
    granted: Sequence[str] = Field(description="Keys of grants that could follow.")
    successor_programmes: Sequence[str] = Field(
        description="Keys of programmes that continue those of the grants that ended."
    )
