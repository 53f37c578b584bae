"""What a person does with mappings."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.booking_mappings import NewBookingMapping
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.projects import keys
from services.projects.booking_mappings.queries import BOOKING_MAPPINGS
from services.projects.booking_mappings.tables import BookingMappingRow
from services.projects.grants.tables import GrantRow


async def save(session: AsyncSession, new: NewBookingMapping) -> BookingMappingRow:
    """Save how the files of a finance system are read."""
    await _check(session, new)
    return await BOOKING_MAPPINGS.add(session, new, visibility=Visibility.administration)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewBookingMapping], expected: int
) -> BookingMappingRow:
    """Change a mapping; bookings move with the next import."""
    row = await BOOKING_MAPPINGS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, new)
    return await BOOKING_MAPPINGS.store(session, row, new)


async def _check(session: AsyncSession, new: NewBookingMapping) -> None:
    grants = [rule.grant for rule in new.rules]
    await keys.check(session, GrantRow, grants, "/rules/*/grant")
