"""What a person does with grants."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import NewGrant
from services.kit.patches import Patch
from services.projects.grants import rules
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewGrant) -> GrantRow:
    """Enter a grant."""
    await _check(session, peers, new)
    return await GRANTS.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewGrant], expected: int
) -> GrantRow:
    """Change a grant, as by a notice of change (Änderungsbescheid)."""
    row = await GRANTS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, peers, new)
    return await GRANTS.store(session, row, new)


async def _check(session: AsyncSession, peers: Owners, new: NewGrant) -> None:
    rules.check_money(new)
    await check_references(session, peers, rules.references(new))
