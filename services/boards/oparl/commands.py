"""How the public side follows what is stored: in the transaction of each change."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.composition.queries import legal_size
from services.boards.oparl import queries
from services.boards.oparl.queries import Objects
from services.boards.oparl.rules import TYPES
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.native import native


async def follow(session: AsyncSession, _: object = None) -> None:
    """Bring the public side up to the end of the journal; the last step before each commit.

    The journal is locked by whoever wrote to it, so one does this after the other.
    """
    connection, town = await native(session), municipality_of(session)
    named = await queries.news(connection, town.id)
    if named is None:
        await _make(session, await queries.everything(connection, town.id))
    else:
        await _make(session, await queries.touched(connection, town.id, *named))


async def catch_up(session: AsyncSession) -> None:
    """Make what a reader has found missing: what becomes another today by itself, as when a
    consent ends, or all of it before anybody has written anything."""
    connection, town = await native(session), municipality_of(session)
    await queries.lock(connection, town.id)
    if await queries.begun(connection, town.id):
        due = await queries.due(connection, town.id)
        await _make(session, await queries.touched(connection, town.id, due, ()))
    else:
        await rebuild(session)


async def rebuild(session: AsyncSession) -> int:
    """Make all of the public side anew; how many objects were not as they should be."""
    connection, town = await native(session), municipality_of(session)
    await queries.lock(connection, town.id)
    await queries.news(connection, town.id)
    return await _make(session, await queries.everything(connection, town.id))


async def _make(session: AsyncSession, objects: Objects) -> int:
    connection, town = await native(session), municipality_of(session)
    changed = 0
    for one in TYPES.values():
        which = objects.get(one.name)
        if which:
            sizes = await _sizes(session, which) if one.name == "Organization" else {}
            others, following = await queries.project(connection, town, one, which, sizes)
            changed += len(others)
            for name, more in following.items():
                objects.setdefault(name, set()).update(more)
    return changed


async def _sizes(session: AsyncSession, which: Iterable[UUID]) -> dict[str, tuple[int, int]]:
    town = municipality_of(session).id
    bodies = await queries.bodies(await native(session), town, which)
    return {str(id): await legal_size(session, key, today()) for id, key in bodies.items()}
