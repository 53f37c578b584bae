"""The planning cycle with what all services know of it, over HTTP."""

from typing import Annotated

from fastapi import Depends, Query, Response

from services.contracts.gateway.planning_overview import PlanningOverview
from services.contracts.projects.planning_tasks import PlanningStep
from services.contracts.shared.base import Key
from services.gateway.deadlines.routes import NOT_SHARED
from services.gateway.deadlines.rules import chosen
from services.gateway.peers import Behind
from services.gateway.planning_overview import queries, rules
from services.gateway.planning_overview.rules import Asked, Known
from services.kit.access import Acting, Allowed
from services.kit.app import router
from services.kit.days import today

planning_overview = router("Planning overview")
READ = Allowed("gateway.planning_overview:read")


async def _asked(
    actor: Acting,
    steps: Annotated[
        str | None,
        Query(
            max_length=300,
            description="These steps only, separated by commas, such as "
            "`stocktaking,needs_analysis,action_planning`; the nine task areas when left out.",
        ),
    ] = None,
    due_within: Annotated[
        int, Query(ge=0, le=366, description="Due within so many days is due soon.")
    ] = 30,
    still_after: Annotated[
        int, Query(ge=1, le=3650, description="Nothing for so many days is standing still.")
    ] = 180,
    most: Annotated[
        int, Query(ge=1, le=100, description="So many outcomes of each step, the newest.")
    ] = 10,
) -> Asked:
    named = chosen(steps, set(PlanningStep), "steps")
    assert actor.municipality is not None
    return Asked(
        today=today(),
        town=actor.municipality.key,
        whole=actor.sees_everything,
        steps=[step for step in PlanningStep if step in named] or rules.TASK_AREAS,
        soon=due_within,
        still_after=still_after,
        most=most,
    )


Wanted = Annotated[Asked, Depends(_asked)]


async def _known(
    peers: Behind,
    actor: Acting,
    asked: Wanted,
    coordination: Annotated[
        Key | None, Query(description="Tasks of this organisation only.")
    ] = None,
    field: Annotated[Key | None, Query(description="Tasks of this planning field only.")] = None,
) -> Known:
    return await queries.known(peers, actor, asked, coordination, field)


Told = Annotated[Known, Depends(_known)]


@planning_overview.get("/planning-overview", response_model=PlanningOverview, dependencies=[READ])
async def read_planning_overview(
    response: Response, asked: Wanted, known: Told
) -> PlanningOverview:
    """Read the planning cycle of all services.

    Task area by task area (Bestandsanalyse, Bedarfsanalyse, Maßnahmeplanung, Legitimation,
    Controlling, Vernetzung, Fachplanungskonferenzen, Qualitätssicherung, Berichtswesen): what it
    has produced, whether a task names it or its kind says so, newest first; what is due; since when
    it stands still; and who must act next, by which rule. As far as you may see it; that something
    is missing or stands still is told to the administration only, which sees everything. A service
    that does not answer is named in `away`.
    """
    response.headers.update(NOT_SHARED)
    return PlanningOverview(
        on=asked.today,
        steps=rules.overview(known, asked),
        hidden_links=known.cycle.hidden_links if known.cycle is not None else 0,
        away=known.away,
    )
