"""What the services know of the planning cycle: asked all at the same time, as the actor."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from typing import TypeVar

from services.contracts.projects.planning_cycle import PlanningCycle
from services.contracts.shared.access import Actor
from services.contracts.shared.deadlines import Source
from services.contracts.shared.outcomes import Outcome, OutcomeList
from services.gateway.deadlines import queries as deadlines
from services.gateway.deadlines import rules as days
from services.gateway.deadlines.rules import Question
from services.gateway.peers import Peers
from services.gateway.planning_overview.rules import Asked, Known
from services.kit.problems import Unavailable, UpstreamTimeout

A = TypeVar("A")
_MOST = "200"
_DEADLINES = 2000


async def known(
    peers: Peers, actor: Actor, asked: Asked, coordination: str | None, field: str | None
) -> Known:
    """Outcomes and deadlines of every service, and the tasks of the coordination."""
    until = asked.today + timedelta(days=asked.soon)
    question = Question(asked.today, asked.soon, last=until, limit=_DEADLINES)
    outcomes, cycle, (due, away) = await asyncio.gather(
        asyncio.gather(*(_outcomes(peers, actor, source, asked.today) for source in Source)),
        _cycle(peers, actor, asked, coordination, field),
        deadlines.due(peers, actor, question),
    )
    items, _ = days.merged(due.values(), _DEADLINES)
    missing = {source for source, found in zip(Source, outcomes, strict=True) if found is None}
    missing |= {*away} | ({Source.projects} if cycle is None else set())
    return Known(
        cycle=cycle,
        outcomes=[one for found in outcomes if found is not None for one in found],
        due=items,
        away=sorted(missing),
    )


async def _outcomes(
    peers: Peers, actor: Actor, source: Source, until: date
) -> list[Outcome] | None:
    assert actor.municipality is not None
    address = f"/internal/outcomes/{actor.municipality.key}"
    query = {"until": until.isoformat(), "most": _MOST}
    if source not in peers:
        return None
    asking = peers[source].read(OutcomeList, address, actor, query, nothing=())
    found = await _unless_away(asking)
    return list(found.items) if found is not None else None


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
