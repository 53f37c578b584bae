"""Every question asked of the searches of the services, of all at once and as the caller."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from services.contracts.shared.access import Actor
from services.contracts.shared.search import (
    Found,
    MeantWord,
    MeantWords,
    PlacedSuggestions,
)
from services.kit.clients import Peer
from services.kit.problems import Unavailable, UpstreamTimeout

A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True)
class Told(Generic[A]):
    """What services answered, by name, and which of them are away."""

    answers: Mapping[str, A]
    away: Sequence[str]


async def found(
    peers: Mapping[str, Peer], actor: Actor, question: Mapping[str, str]
) -> Told[Found]:
    """What each service finds. Refuses (503, 504) when all of them are away."""
    return await _told(Found, "search", peers, actor, question)


async def meant(peers: Mapping[str, Peer], actor: Actor, words: Sequence[str]) -> list[MeantWord]:
    """What the services take words for that were spelt otherwise than they know them."""
    told = await _told(MeantWords, "words", peers, actor, {"words": ",".join(words)})
    return [word for one in told.answers.values() for word in one.words]


async def suggested(
    peers: Mapping[str, Peer], actor: Actor, question: Mapping[str, str]
) -> Told[PlacedSuggestions]:
    """What each service suggests. Refuses (503, 504) when all of them are away."""
    return await _told(PlacedSuggestions, "suggestions", peers, actor, question)


async def _told(
    contract: type[A],
    what: str,
    peers: Mapping[str, Peer],
    actor: Actor,
    question: Mapping[str, str],
) -> Told[A]:
    assert actor.municipality is not None
    address = f"/internal/{what}/{actor.municipality.key}"
    told = await asyncio.gather(
        *(_answer(contract, peer, address, actor, question) for peer in peers.values())
    )
    answers = {
        name: one for name, one in zip(peers, told, strict=True) if isinstance(one, contract)
    }
    refusals = [one for one in told if isinstance(one, Unavailable | UpstreamTimeout)]
    if refusals and not answers:
        raise refusals[0]
    return Told(answers, [name for name in peers if name not in answers])


async def _answer(
    contract: type[A], peer: Peer, address: str, actor: Actor, question: Mapping[str, str]
) -> A | Unavailable | UpstreamTimeout | None:
    try:
        return await peer.read(contract, address, actor, question)
    except (Unavailable, UpstreamTimeout) as refusal:
        return refusal
