"""Every question asked of the stored series."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.series.tables import MeetingSeriesRow
from services.kit.paging import Paging
from services.kit.resources import Kind

SERIES = Kind(MeetingSeriesRow, "meeting-series", "boards.meeting_series", within={"body": BODIES})


async def page(session: AsyncSession, paging: Paging, body: str | None) -> Mapping[str, Any]:
    """Series by key, or those of a body."""
    where = [col(MeetingSeriesRow.body) == body] if body is not None else []
    return await SERIES.page(session, paging, *where)
