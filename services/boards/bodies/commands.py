"""What a person does with bodies."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies import queries
from services.boards.bodies.queries import BODIES
from services.boards.bodies.rules import from_today
from services.boards.bodies.tables import BodyRow
from services.boards.organisations.rules import check_parent
from services.contracts.boards.bodies import NewBody
from services.kit import sql
from services.kit.days import today
from services.kit.patches import Patch


async def found(session: AsyncSession, new: NewBody) -> BodyRow:
    """Set up a body."""
    check_parent(new.key, new.parent, {})
    return await BODIES.add(session, new)


async def change(session: AsyncSession, key: str, patch: Patch[NewBody], expected: int) -> BodyRow:
    """Change what is known of a body."""
    row = await BODIES.locked(session, key, expected)
    new = patch.onto(row)
    if not patch.says("earlier_mandates"):
        new = from_today(new, row.mandates, today())
    if new.parent != row.parent:
        await sql.alone(session, "boards.body.parent")
        check_parent(new.key, new.parent, await queries.parents(session))
    return await BODIES.store(session, row, new)
