"""What a person does with staffings. The position is locked first, then the staffing."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.staffings import NewStaffing
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.projects.staffings import queries, rules
from services.projects.staffings.queries import STAFFINGS
from services.projects.staffings.tables import StaffingRow


async def enter(session: AsyncSession, new: NewStaffing) -> StaffingRow:
    """Enter how much of a position is filled."""
    await _check(session, new)
    return await STAFFINGS.add(session, new, visibility=Visibility.administration)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewStaffing], expected: int
) -> StaffingRow:
    """Change a staffing: it ends, another step, other pay."""
    await queries.place(session, (await STAFFINGS.one(session, key)).position)
    row = await STAFFINGS.locked(session, key, expected)
    new = patch.onto(row, "position")
    await _check(session, new)
    return await STAFFINGS.store(session, row, new)


async def _check(session: AsyncSession, new: NewStaffing) -> None:
    place = await queries.place(session, new.position)
    rules.check(new, place, await queries.of_position(session, new.position, but=new.key))
