"""The walk over the services: who does not wait for another is asked at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from services.contracts.shared.access import Actor
from services.contracts.shared.threads import (
    NodeRef,
    Service,
    ThreadPart,
    ThreadQuestion,
    ThreadStart,
)
from services.kit.clients import Peer
from services.kit.problems import NotFound
from services.kit.threads import rules
from services.kit.threads.rules import Ground

Ask = Callable[[Service, Sequence[ThreadStart]], Awaitable[ThreadPart]]


async def walk(of: NodeRef, ask: Ask) -> Ground:
    """All that leads to the node and away from it, in four rounds at most.

    Refuses (404) a node that is not there or not to be seen.
    """
    ground = Ground(of)
    for services in rules.rounds(of):
        asked = [(one, starts) for one in services if (starts := ground.starts(one))]
        parts = await asyncio.gather(*(ask(one, starts) for one, starts in asked))
        for (one, _), part in zip(asked, parts, strict=True):
            ground.take(one, part)
        if of not in ground.nodes:
            raise NotFound(f"There is no {str(of)!r} that you may see.")
    return ground


def among(peers: Mapping[str, Peer], actor: Actor) -> Ask:
    """Ask the services beside this one, as the actor."""
    assert actor.municipality is not None
    address = f"/internal/threads/{actor.municipality.key}"

    async def ask(service: Service, starts: Sequence[ThreadStart]) -> ThreadPart:
        question = ThreadQuestion(starts=list(starts))
        return await peers[service].ask(ThreadPart, address, actor, question)

    return ask
