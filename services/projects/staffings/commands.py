"""What a person does with staffings. The position is locked first, then the staffing."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.figures import Parameter
from services.contracts.projects.positions import Position
from services.contracts.projects.staffings import NewStaffing
from services.contracts.shared.base import Visibility
from services.kit.days import today
from services.kit.patches import Patch
from services.projects.grant_facts import queries as grant_facts
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
    place = Position.model_validate(await queries.place(session, new.position))
    others = await queries.of_position(session, new.position, but=new.key)
    limits = {}
    for grant in sorted({hours.grant for one in (new, *others) for hours in one.hours}):
        known = await grant_facts.by_newest_notice(session, grant, today())
        limits[grant] = known.rule(Parameter.annual_hours) if known else None
    rules.check(new, place, others, limits)
