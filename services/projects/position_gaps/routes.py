"""Gaps in the funding of positions over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.projects.position_gaps import PositionGap
from services.contracts.shared.base import Key
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.position_gaps import queries

position_gaps = router("Positions")
INSPECT = requires("projects.positions:inspect")


@position_gaps.get("/position-gaps", response_model=list[PositionGap], dependencies=[INSPECT])
async def list_position_gaps(
    session: Reading,
    on: Annotated[date | None, Query(description="As of this day; today when missing.")] = None,
    within_days: Annotated[
        int, Query(ge=0, le=3660, description="That begin within so many days.")
    ] = 365,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
) -> list[PositionGap]:
    """List gaps in the funding of positions.

    Staff for whom the money ends before the position does, or whose position ends and no notice
    follows (Finanzierungslücken): those that are there on the day and those that begin soon, the
    next first. Each says the first day, the full-time equivalents, the grants that ended, what
    could follow, and whether a programme continues the old one. Money that is only applied for does
    not close a gap. For the administration.
    """
    return await queries.gaps(session, on or today(), within_days, project)
