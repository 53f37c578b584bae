"""What a person does with facilities."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.facilities import NewFacility
from services.indicators.facilities import rules
from services.indicators.facilities.queries import FACILITIES
from services.indicators.facilities.tables import FacilityRow
from services.kit.days import today
from services.kit.patches import Patch


async def enter(session: AsyncSession, new: NewFacility) -> FacilityRow:
    """Enter a facility in the inventory."""
    rules.check_capacity(new, today())
    return await FACILITIES.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewFacility], expected: int
) -> FacilityRow:
    """Change what is known of a facility."""
    row = await FACILITIES.locked(session, key, expected)
    new = patch.onto(row)
    rules.check_capacity(new, today())
    return await FACILITIES.store(session, row, new)
