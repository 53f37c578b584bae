"""The walk over the services: who does not wait for another is asked at the same time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import date, timedelta

from services.contracts.shared.access import Actor
from services.contracts.shared.thread_walks import (
    Followed,
    FollowedQuestion,
    GapQuestion,
    Lacking,
    ThreadPart,
    ThreadQuestion,
)
from services.contracts.shared.threads import NodeRef, NodeType, Service, ThreadGap, ThreadGapKind
from services.kit.clients import Peer
from services.kit.problems import NotFound
from services.kit.threads import charges, composing, rules
from services.kit.threads.asking import Ground, rounds

Ask = Callable[[Service, ThreadQuestion], Awaitable[ThreadPart]]


async def walk(of: NodeRef, ask: Ask, skip: int = 0) -> Ground:
    """All that leads to the node and away from it, in five rounds at most; of each type to which it
    leads itself without the first `skip`.

    Refuses (404) a node that is not there or not to be seen.
    """
    ground = Ground(of, skip)
    for services in rounds(of):
        asked = [(one, question) for one in services if (question := ground.question(one))]
        parts = await asyncio.gather(*(ask(one, question) for one, question in asked))
        for (one, _), part in zip(asked, parts, strict=True):
            ground.take(one, part)
        if of not in ground.nodes:
            raise NotFound(f"There is no {str(of)!r} that you may see.")
    return ground


def among(peers: Mapping[str, Peer], actor: Actor) -> Ask:
    """Ask the services beside this one, as the actor."""
    assert actor.municipality is not None
    address = f"/internal/threads/{actor.municipality.key}"

    async def ask(service: Service, question: ThreadQuestion) -> ThreadPart:
        return await peers[service].ask(ThreadPart, address, actor, question)

    return ask


async def lacking(
    question: GapQuestion, peers: Mapping[str, Peer], actor: Actor
) -> tuple[Lacking, set[NodeRef]]:
    """The oldest nodes of all services after which something may be missing, and those of them that
    are followed all the same, with who is to act. Each service is asked twice at most."""
    assert actor.municipality is not None
    town, services = actor.municipality.key, ("indicators", "boards", "projects")
    parts = await asyncio.gather(
        *(peers[one].ask(Lacking, f"/internal/gaps/{town}", actor, question) for one in services)
    )
    found = rules.together(parts)
    open_ = [
        NodeRef(node.type, node.key)
        for node in found.nodes
        if node.type in (NodeType.finding, NodeType.resolution)
    ]
    if not open_:
        return found, set()
    address, asked = f"/internal/followed/{town}", FollowedQuestion(refs=open_)
    charge = charges.wanted(found.nodes, charges.NOTHING)
    boards, projects = await asyncio.gather(
        peers["boards"].ask(Followed, address, actor, asked.model_copy(update={"charge": charge})),
        peers["projects"].ask(Followed, address, actor, asked),
    )
    return charges.told(found, boards.charge), {*boards.refs, *projects.refs}


async def every_gap(
    ask: Callable[[GapQuestion], Awaitable[tuple[Lacking, set[NodeRef]]]],
    kinds: frozenset[ThreadGapKind],
    on: date,
) -> AsyncIterator[ThreadGap]:
    """Every gap of these kinds, the oldest first; asked for in parts, as far as somebody reads."""
    question: GapQuestion | None = GapQuestion(kinds=kinds)
    while question is not None:
        found, followed = await ask(question)
        for gap in composing.all_gaps(found.nodes, followed, kinds, on):
            yield gap
        question = None
        if found.until is not None:
            question = GapQuestion(kinds=kinds, since=found.until + timedelta(days=1))
