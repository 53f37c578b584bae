"""What the services say is due: one question to each, all at the same time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from services.contracts.shared.access import Actor
from services.contracts.shared.deadlines import DueList, Source
from services.gateway.deadlines import rules
from services.gateway.deadlines.rules import Question
from services.gateway.peers import Peers
from services.kit.problems import Unavailable, UpstreamTimeout


async def due(
    peers: Peers, actor: Actor, question: Question
) -> tuple[Mapping[Source, DueList], list[Source]]:
    """What each service has, as the actor sees it, and which of them are away."""
    assert actor.municipality is not None
    address = f"/internal/deadlines/{actor.municipality.key}"
    wanted = rules.wanted(question)

    async def ask(source: Source) -> DueList | None:
        asked = replace(wanted, kinds=question.kinds_of(source))
        if source not in peers:
            return None
        try:
            return await peers[source].read(DueList, address, actor, asked.question(), nothing=())
        except (Unavailable, UpstreamTimeout):
            return None

    sources = [source for source in Source if question.kinds_of(source)]
    answers = await asyncio.gather(*map(ask, sources))
    found = {
        source: answer
        for source, answer in zip(sources, answers, strict=True)
        if answer is not None
    }
    return found, [source for source in sources if source not in found]
