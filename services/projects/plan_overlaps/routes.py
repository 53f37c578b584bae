"""Overlaps of plans over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response

from services.contracts.projects.plan_overlaps import PlanOverlaps
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.area_trees.queries import tree
from services.projects.area_trees.rules import Tree
from services.projects.plan_overlaps import queries, rules
from services.projects.references.commands import Peers

plan_overlaps = router("Strategies")
READ = requires("projects.planning:read")


@plan_overlaps.get("/plan-overlaps", response_model=PlanOverlaps, dependencies=[READ])
async def list_plan_overlaps(
    response: Response,
    session: Reading,
    peers: Peers,
    on: Annotated[date | None, Query(description="Plans of this day; today if not given.")] = None,
) -> PlanOverlaps:
    """List overlaps and contradictions of plans.

    Two plans overlap (Überschneidung) where both are for the same target group in the same area, or
    in an area and a part of it, by themselves or by a measure. Measures contradict one another
    (Widerspruch) where one is to raise and another to lower the same figure of an area or of what
    it lies in. Plans that name no area or no target group are told apart: nobody can say whom they
    meet. Superseded plans and measures that are over or begin later do not count; what you may
    not see does not either. Refused (503) while the indicators service, which knows the areas,
    is away.
    """
    response.headers["Cache-Control"] = "private, no-cache"  # areas change without this service
    day = on or today()
    plans, measures = await queries.plans(session, day), await queries.going_on(session, day)
    areas = await tree(session, peers, day) if plans or measures else Tree({})
    return PlanOverlaps(
        on=day,
        overlaps=list(rules.overlaps(plans, measures, areas)),
        contradictions=list(rules.contradictions(measures, areas)),
        not_compared=list(rules.not_compared(plans, measures)),
    )
