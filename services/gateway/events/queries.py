"""What happened, asked of all services and of the gateway itself."""

import asyncio
from collections.abc import Mapping, Sequence

from services.contracts.shared.access import Actor, Municipality
from services.contracts.shared.events import Event, Happened, Scan
from services.gateway.events import rules
from services.gateway.events.rules import Line, Places
from services.gateway.municipalities.queries import MUNICIPALITIES
from services.gateway.peers import Peers
from services.kit.clients import Peer
from services.kit.database import Database
from services.kit.problems import Unavailable
from services.kit.telling.queries import MOST, scan
from services.kit.telling.rules import Told

OWN = "gateway"
TOLD = (Told(MUNICIPALITIES, "gateway.municipalities:read"),)


class Journals:
    """The journals of all services as one line of events."""

    def __init__(self, peers: Peers, database: Database, base: str | None) -> None:
        self._peers, self._database, self._base = peers, database, base or ""

    async def line(
        self, actor: Actor, places: Places, limit: int, types: Sequence[str] = ("*",)
    ) -> Line:
        """What the actor may know of what happened after these places, at most `limit` events.

        Refuses (503, 504) while a service is away: nobody could tell what is missing.
        """
        town = _town(actor)
        before = {name: places.get(name, 0) for name in (*self._peers, OWN)}
        scans = await self._scans(actor, before, limit, types)
        return rules.in_line((town.id, town.key), self.source(town), before, scans, limit)

    async def one(self, actor: Actor, service: str, seq: int, type: str) -> Event | None:
        """One entry of one journal as the actor may know it now; None when they may not."""
        if service == OWN:
            found = await self._own(actor, seq - 1, 1, [type], seq)
        else:
            found = await self._of(self._peers[service], actor, seq - 1, 1, [type], seq)
        return self.made(actor, service, found.entries[0]) if found.entries else None

    def made(self, actor: Actor, service: str, entry: Happened) -> Event:
        """The entry as an event for itself, outside of the line."""
        town = _town(actor)
        return rules.event_of(service, entry, (town.id, town.key), self.source(town), None)

    async def latest(self, actor: Actor) -> Places:
        """Where the journals end now."""
        scans = await self._scans(actor, {}, 0, ("*",))
        return {name: scan.seq for name, scan in scans.items()}

    def source(self, town: Municipality) -> str:
        """Of whom events tell."""
        return f"{self._base}/v1/{town.key}"

    async def _scans(
        self, actor: Actor, before: Places, limit: int, types: Sequence[str]
    ) -> Mapping[str, Scan]:
        limit = min(limit, MOST)
        asked = [
            self._of(peer, actor, before.get(name, 0), limit, types)
            for name, peer in self._peers.items()
        ]
        found = await asyncio.gather(*asked, self._own(actor, before.get(OWN, 0), limit, types))
        return dict(zip((*self._peers, OWN), found, strict=True))

    async def _of(
        self,
        peer: Peer,
        actor: Actor,
        after: int,
        limit: int,
        types: Sequence[str],
        until: int | None = None,
    ) -> Scan:
        query = {"after": str(after), "limit": str(limit), "types": ",".join(types)}
        if until is not None:
            query["until"] = str(until)
        address = f"/internal/events/{_town(actor).key}"
        found = await peer.read(Scan, address, actor, query)
        if found is None:
            raise Unavailable(f"The {peer.name} service tells no events.")
        return found

    async def _own(
        self,
        actor: Actor,
        after: int,
        limit: int,
        types: Sequence[str],
        until: int | None = None,
    ) -> Scan:
        async with self._database.writing(actor) as session:
            return await scan(session, TOLD, after, limit, types, until)


def _town(actor: Actor) -> Municipality:
    assert actor.municipality is not None, "the address of this operation names a municipality"
    return actor.municipality
