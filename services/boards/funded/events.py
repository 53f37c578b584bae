"""Keeping what everybody may see of named projects true: what the journal of the projects says."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.funded.commands import look_again
from services.contracts.shared.journal import Entry
from services.kit.clients import Peer
from services.kit.database import Database
from services.kit.following import Follower

_COLLECTIONS = frozenset({"projects", "measures", "strategies", "goals"})
"""What papers name, and what measures are within."""
_SHOWING = frozenset({"visibility", "project", "strategy", "goal"})
"""Fields on which it depends who sees a project or a measure."""


def follower(peer: Peer, database: Database) -> Follower:
    """Follow the journal of the projects: who may see one, or a measure, has changed."""

    async def handle(session: AsyncSession, entry: Entry) -> None:
        collection, _, key = entry.subject.partition("/")
        gone = entry.type.endswith(".deleted.v1")
        if collection in _COLLECTIONS and (gone or _SHOWING & set(entry.data.get("fields", ()))):
            await look_again(session, peer, collection, key)

    return Follower("funded", peer, database, handle)
