"""Every question asked of the stored staffings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.staffings import Staffing
from services.kit.database import municipality_of
from services.kit.days import lasts
from services.kit.paging import Paging
from services.kit.problems import Invalid
from services.kit.resources import Kind, matching
from services.projects.positions.tables import PositionRow
from services.projects.staffings.tables import StaffingRow

STAFFINGS = Kind(StaffingRow, "staffings", "projects.staffing")


async def page(
    session: AsyncSession, paging: Paging, *, position: str | None, on: date | None
) -> Mapping[str, Any]:
    """Staffings by key, of one position or day."""
    where = matching(StaffingRow, position=position)
    if on is not None:
        where.append(lasts(StaffingRow.starts_on, StaffingRow.ends_on, on, on))
    return await STAFFINGS.page(session, paging, *where)


async def place(session: AsyncSession, position: str) -> PositionRow:
    """The position, locked, so that no two fill the same; refuses (422) one that is not there."""
    statement = (
        select(PositionRow)
        .where(
            col(PositionRow.municipality_id) == municipality_of(session).id,
            col(PositionRow.key) == position,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise Invalid("There is no such position.", pointer="/position", code="unknown")
    return found


async def of_position(
    session: AsyncSession, position: str, but: str | None = None
) -> list[Staffing]:
    """The staffings of a position, but one."""
    statement = select(StaffingRow).where(
        col(StaffingRow.municipality_id) == municipality_of(session).id,
        col(StaffingRow.position) == position,
        col(StaffingRow.key) != (but or ""),
    )
    rows = await session.exec(statement.order_by(col(StaffingRow.starts_on)))
    return [Staffing.model_validate(row) for row in rows]
