"""Keeping references fresh, by what the journals of the other services say: names, and whether a
resolution still holds."""

from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.journal import Entry
from services.kit import journal, sql
from services.kit.clients import Peer
from services.kit.database import Database
from services.kit.following import Follower
from services.projects.references import queries
from services.projects.references.commands import LEARNING, keep, read


def follower(
    peer: Peer, database: Database, collections: Collection[ReferenceResource]
) -> Follower:
    """Follow the journal of `peer` for changes of what it owns in these collections."""

    async def handle(session: AsyncSession, entry: Entry) -> None:
        resource, _, key = entry.subject.partition("/")
        if resource in collections:
            await refresh(session, peer, resource, key)

    return Follower(f"references-{peer.name}", peer, database, handle)


async def refresh(session: AsyncSession, peer: Peer, resource: str, key: str) -> None:
    """Read it again and journal `projects.reference.changed.v1` when its name, who may see it, or
    whether it holds is another."""
    await sql.alone(session, LEARNING)
    row = await queries.locked(session, resource, key)
    named = await read(session, peer, resource, key) if row else None
    if row is None or named is None:
        return
    if not keep(row, named):
        return
    await session.flush()
    await journal.append(
        session,
        "projects.reference.changed.v1",
        f"references/{resource}/{key}",
        {"id": str(row.id), "resource": resource, "key": key},
    )
