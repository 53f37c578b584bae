"""What the services say is due: one question to each, all at the same time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from services.contracts.shared.access import Actor
from services.contracts.shared.deadlines import Due, DueList, Source
from services.contracts.shared.problems import Fault
from services.gateway.deadlines import rules
from services.gateway.deadlines.rules import Question
from services.gateway.peers import Peers
from services.kit.problems import Invalid, Unavailable, UpstreamTimeout

_WHOLE = 5000
_LATER = {"Retry-After": "60"}


async def whole(peers: Peers, actor: Actor, question: Question) -> list[Due]:
    """Everything that was asked for, at once.

    Refuses (503) while a service is away, for a calendar program deletes what it does not find, and
    (422) what is too much for a calendar.
    """
    found, away = await due(peers, actor, rules.at(question, None, _WHOLE))
    if away:
        raise Unavailable(f"The {away[0]} service is away.", headers=_LATER)
    items, more = rules.merged(found.values(), _WHOLE)
    if more:
        fault = Fault(parameter="to", code="too_many", detail="Ask for fewer days or kinds.")
        raise Invalid(f"These are more than {_WHOLE} deadlines.", faults=[fault])
    return items


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
