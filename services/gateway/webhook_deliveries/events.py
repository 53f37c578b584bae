"""Following all journals for webhooks: what is to be sent is noted with the offset.

Only the journals of municipalities that have webhooks are followed.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Municipality
from services.contracts.shared.journal import Entry, Head
from services.gateway.events.queries import OWN
from services.gateway.peers import Peers
from services.gateway.webhook_deliveries import queries
from services.gateway.webhook_deliveries.commands import note
from services.kit import journal
from services.kit.clients import Peer, service_actor
from services.kit.database import Database
from services.kit.ending import ended
from services.kit.following import Follower


class _Listed:
    """A journal, of the municipalities that have webhooks; the gateway's own without a peer."""

    def __init__(self, name: str, peer: Peer | None, database: Database) -> None:
        self.name, self._peer, self._database = name, peer, database

    async def heads(self, of: Collection[int] = ()) -> list[Head]:
        towns = await queries.towns(self._database.pool)
        if not (towns & set(of) if of else towns):
            return []
        own = self._peer is None
        heads = await (journal.heads(self._database.pool, of) if own else self._asked().heads(of))
        return [head for head in heads if head.municipality_id in towns]

    async def entries(self, municipality: Municipality, after: int) -> list[Entry]:
        if self._peer is not None:
            return await self._peer.entries(municipality, after)
        async with self._database.writing(service_actor("webhooks", municipality)) as session:
            return await journal.entries(session, municipality.id, after)

    def _asked(self) -> Peer:
        assert self._peer is not None
        return self._peer


class Following:
    """The journals of all services, followed as long as the gateway runs."""

    def __init__(self, peers: Peers, database: Database) -> None:
        everyone: Sequence[tuple[str, Peer | None]] = [*peers.items(), (OWN, None)]
        self.followers = [_follower(name, peer, database) for name, peer in everyone]

    def ring(self, told: str) -> None:
        """Somebody has written: "<service> <municipality>", or "" for nobody knows who."""
        for follower in self.followers:
            follower.ring(told)

    async def catch_up(self) -> None:
        """Note everything that there is to note now."""
        for follower in self.followers:
            await follower.catch_up()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(follower.run(), name=f"follow {follower.name}")
            for follower in self.followers
        ]
        try:
            yield
        finally:
            for task in tasks:
                await ended(task)


def _follower(name: str, peer: Peer | None, database: Database) -> Follower:
    async def handle(session: AsyncSession, entry: Entry) -> None:
        await note(session, name, entry)

    return Follower(queries.FOLLOWER + name, _Listed(name, peer, database), database, handle)
