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
from services.gateway.planning_overview.known import TASK_AREAS, Asked, Known
from services.gateway.planning_overview.picture import picture
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.days import today
from services.kit.languages import InLanguage, told_in

planning_overview = router("Planning overview")
READ = requires("gateway.planning_overview:read")
SVG = "image/svg+xml"
ALONE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""Opened by itself a picture is a document; this one lets nothing run."""


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
        int,
        Query(ge=1, le=100, description="So many outcomes, deadlines, gaps and acts of each step."),
    ] = 10,
) -> Asked:
    named = chosen(steps, set(PlanningStep), "steps")
    assert actor.municipality is not None
    return Asked(
        today=today(),
        town=actor.municipality.key,
        whole=actor.sees_everything,
        steps=[step for step in PlanningStep if step in named] or TASK_AREAS,
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
    it stands still and which gaps of the threads it is to close; and who must act next, by which
    rule. Of each `most`, with how many there are and where the rest is. As far as you may see it;
    that something is missing or stands still is told to the administration only, which sees
    everything. A service that does not answer is named in `away`.
    """
    response.headers.update(NOT_SHARED)
    return rules.told(known, asked)


@planning_overview.get(
    "/planning-overview.svg",
    response_class=Response,
    responses={200: {"content": {SVG: {"schema": {"type": "string"}, "example": "<svg></svg>"}}}},
    dependencies=[READ],
)
async def draw_planning_overview(
    asked: Wanted,
    known: Told,
    lang: InLanguage,
) -> Response:
    """Draw the planning cycle of all services.

    The same as a picture (SVG) for one page: the steps that follow on one another in a ring, the
    others below, each with its newest outcome, what is due, and since when it stands still. What is
    overdue has a thick frame, what stands still a dashed one, so that it needs no colours.
    """
    drawn = picture(rules.told(known, asked), lang)
    return Response(drawn, media_type=SVG, headers={**NOT_SHARED, **ALONE, **told_in(lang)})
