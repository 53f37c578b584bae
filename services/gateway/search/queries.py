"""Every question asked of the searches of the services, of all at once and as the caller."""

import asyncio
from collections.abc import Mapping, Sequence

from services.contracts.shared.access import Actor
from services.contracts.shared.search import Found
from services.kit.clients import Peer


async def found(
    peers: Mapping[str, Peer], actor: Actor, question: Mapping[str, str]
) -> Sequence[Found]:
    """What each service finds. Refuses (503, 504) when one of them is away."""
    assert actor.municipality is not None
    address = f"/internal/search/{actor.municipality.key}"
    told = await asyncio.gather(
        *(peer.read(Found, address, actor, question) for peer in peers.values())
    )
    return [one for one in told if one is not None]
