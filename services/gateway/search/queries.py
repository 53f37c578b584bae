"""Every question asked of the searches of the services, of all at once and as the caller."""

import asyncio
from collections.abc import Mapping, Sequence

from services.contracts.shared.access import Actor
from services.contracts.shared.search import (
    Found,
    MeantWord,
    MeantWords,
    PlacedSuggestion,
    PlacedSuggestions,
)
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


async def meant(peers: Mapping[str, Peer], actor: Actor, words: Sequence[str]) -> list[MeantWord]:
    """What the services take words for that were spelt otherwise than they know them."""
    assert actor.municipality is not None
    address = f"/internal/words/{actor.municipality.key}"
    asked = {"words": ",".join(words)}
    told = await asyncio.gather(
        *(peer.read(MeantWords, address, actor, asked) for peer in peers.values())
    )
    return [word for one in told if one is not None for word in one.words]


async def suggested(
    peers: Mapping[str, Peer], actor: Actor, question: Mapping[str, str]
) -> list[PlacedSuggestion]:
    """What each service suggests. Refuses (503, 504) when one of them is away."""
    assert actor.municipality is not None
    address = f"/internal/suggestions/{actor.municipality.key}"
    told = await asyncio.gather(
        *(peer.read(PlacedSuggestions, address, actor, question) for peer in peers.values())
    )
    return [each for one in told if one is not None for each in one.suggestions]
