"""What a person does with positions."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.positions import NewPosition
from services.kit.patches import Patch
from services.projects import keys
from services.projects.grants.tables import GrantRow
from services.projects.positions import rules
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewPosition) -> PositionRow:
    """Enter a position, or several alike."""
    await _check(session, peers, new)
    return await POSITIONS.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewPosition], expected: int
) -> PositionRow:
    """Change a position: its funding, its time, whether it is filled."""
    row = await POSITIONS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, peers, new)
    return await POSITIONS.store(session, row, new)


async def _check(session: AsyncSession, peers: Owners, new: NewPosition) -> None:
    rules.check_funding(new)
    grants = [part.grant for part in new.funding]
    await keys.check(session, GrantRow, grants, "/funding/*/grant")
    await check_references(session, peers, rules.references(new))
