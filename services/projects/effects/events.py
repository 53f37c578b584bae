"""Keeping the effects of measures up to date: what the journal of the figures says."""

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.journal import Entry
from services.kit.clients import Peer
from services.kit.database import Database, actor_of, municipality_of
from services.kit.following import Follower
from services.projects.effects.commands import evaluate, evaluate_anew

_RELEASED = "indicators.release.created.v1"
_CHANGES = {"indicators.crosswalk.created.v1", "indicators.crosswalk.changed.v1"}
_AREA = "indicators.area.changed.v1"


class _Release(BaseModel):
    number: int


def follower(peer: Peer, database: Database) -> Follower:
    """Follow the journal of the indicators: each release and each change of the territory once."""

    async def handle(session: AsyncSession, entry: Entry) -> None:
        if entry.type == _RELEASED:
            address = f"/v1/{municipality_of(session).key}/{entry.subject}"
            released = await peer.read(_Release, address, actor_of(session))
            if released is not None:
                await evaluate(session, peer, released.number)
        elif entry.type in _CHANGES:
            await evaluate_anew(session, peer)
        elif entry.type == _AREA:  # another area above it, or its last day
            await evaluate_anew(session, peer, entry.subject.partition("/")[2])

    return Follower("effects", peer, database, handle)
