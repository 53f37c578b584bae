"""Keeping the effects of measures up to date: what the journal of the figures says."""

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.journal import Entry
from services.kit.clients import Peer
from services.kit.database import Database, actor_of, municipality_of
from services.kit.following import Follower
from services.projects.effects.commands import evaluate

_RELEASED = "indicators.release.created.v1"


class _Release(BaseModel):
    number: int


def follower(peer: Peer, database: Database) -> Follower:
    """Follow the journal of the indicators: each release once."""

    async def handle(session: AsyncSession, entry: Entry) -> None:
        if entry.type == _RELEASED:
            address = f"/v1/{municipality_of(session).key}/{entry.subject}"
            released = await peer.read(_Release, address, actor_of(session))
            if released is not None:
                await evaluate(session, peer, released.number)

    return Follower("effects", peer, database, handle)
