"""What a person does with bodies."""

from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies import queries
from services.boards.bodies.queries import BODIES
from services.boards.bodies.rules import from_today
from services.boards.bodies.tables import BodyRow
from services.boards.neighbours import Named, Neighbours, check_there
from services.boards.organisations.rules import check_parent
from services.contracts.boards.bodies import NewBody
from services.kit import sql
from services.kit.days import today
from services.kit.patches import Patch


async def found(session: AsyncSession, beside: Neighbours, new: NewBody) -> BodyRow:
    """Set up a body."""
    check_parent(new.key, new.parent, {})
    await _check_topics(session, beside, new, ())
    return await BODIES.add(session, new)


async def change(
    session: AsyncSession, beside: Neighbours, key: str, patch: Patch[NewBody], expected: int
) -> BodyRow:
    """Change what is known of a body."""
    row = await BODIES.locked(session, key, expected)
    new = patch.onto(row)
    if not patch.says("earlier_mandates"):
        new = from_today(new, row.mandates, today())
    await _check_topics(session, beside, new, row.topics)
    if new.parent != row.parent:
        await sql.alone(session, "boards.body.parent")
        check_parent(new.key, new.parent, await queries.parents(session))
    return await BODIES.store(session, row, new)


async def _check_topics(
    session: AsyncSession, beside: Neighbours, new: NewBody, before: Collection[str]
) -> None:
    """Refuse (422) topics that are not there; those it had are not asked for again."""
    named = Named(beside.indicators, "topics", new.topics, "/topics")
    await check_there(session, named, known={("topics", key) for key in before})
