"""What the services know of the planning cycle: asked all at the same time, as the actor."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from services.contracts.projects.planning_cycle import PlanningCycle
from services.contracts.shared.access import Actor
from services.contracts.shared.deadlines import Source
from services.contracts.shared.outcomes import OutcomeList
from services.contracts.shared.threads import ThreadGap, ThreadGapKind
from services.gateway.deadlines import queries as deadlines
from services.gateway.deadlines import rules as days
from services.gateway.deadlines.rules import Question
from services.gateway.peers import Peers
from services.gateway.planning_overview.known import Asked, Known
from services.kit.problems import Unavailable, UpstreamTimeout
from services.kit.threads.walk import every_gap, lacking

A = TypeVar("A")
_MOST = "200"
_DEADLINES = 2000


async def known(
    peers: Peers, actor: Actor, asked: Asked, coordination: str | None, field: str | None
) -> Known:
    """Outcomes and deadlines of every service, the tasks of the coordination, and the gaps."""
    until = asked.today + timedelta(days=asked.soon)
    question = Question(asked.today, asked.soon, last=until, limit=_DEADLINES)
    outcomes, cycle, (due, away), gaps = await asyncio.gather(
        asyncio.gather(*(_outcomes(peers, actor, source, asked.today) for source in Source)),
        _cycle(peers, actor, asked, coordination, field),
        deadlines.due(peers, actor, question),
        _gaps(peers, actor, asked),
    )
    items, more = days.merged(due.values(), _DEADLINES)
    missing = {source for source, found in zip(Source, outcomes, strict=True) if found is None}
    missing |= {*away} | ({Source.projects} if cycle is None else set())
    if gaps is None and not missing:
        raise Unavailable("A service is away.", headers={"Retry-After": "60"})
    return Known(
        cycle=cycle,
        outcomes=[one for found in outcomes if found is not None for one in found.items],
        counts=[one for found in outcomes if found is not None for one in found.counts],
        due=items,
        due_go_on=days.position(items[-1]) if more else None,
        gaps=gaps or (),
        away=sorted(missing),
    )


async def _gaps(peers: Peers, actor: Actor, asked: Asked) -> list[ThreadGap] | None:
    """What is missing in the threads, for those who are told what is missing."""
    if not asked.whole:
        return []
    if any(source not in peers for source in Source):
        return None

    async def every() -> list[ThreadGap]:
        ask = partial(lacking, peers=peers, actor=actor)
        return [one async for one in every_gap(ask, frozenset(ThreadGapKind), asked.today)]

    return await _unless_away(every())


async def _outcomes(peers: Peers, actor: Actor, source: Source, until: date) -> OutcomeList | None:
    assert actor.municipality is not None
    address = f"/internal/outcomes/{actor.municipality.key}"
    query = {"until": until.isoformat(), "most": _MOST}
    if source not in peers:
        return None
    return await _unless_away(peers[source].read(OutcomeList, address, actor, query, nothing=()))


async def _cycle(
    peers: Peers, actor: Actor, asked: Asked, coordination: str | None, field: str | None
) -> PlanningCycle | None:
    assert actor.municipality is not None
    query = {
        "on": asked.today.isoformat(),
        "due_within": str(asked.soon),
        "still_after": str(asked.still_after),
    }
    query |= {"coordination": coordination} if coordination is not None else {}
    query |= {"field": field} if field is not None else {}
    if Source.projects not in peers:
        return None
    address = f"/v1/{actor.municipality.key}/planning-cycle"
    asking = peers[Source.projects].read(PlanningCycle, address, actor, query, nothing=())
    return await _unless_away(asking)


async def _unless_away(asking: Awaitable[A | None]) -> A | None:
    try:
        return await asking
    except (Unavailable, UpstreamTimeout):
        return None
