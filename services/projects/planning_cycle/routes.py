"""The planning cycle over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.projects.planning_cycle import PlanningCycle
from services.contracts.shared.base import Key
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.planning_cycle import rules
from services.projects.planning_tasks import queries

planning_cycle = router("Planning tasks")
READ = requires("projects.planning:read")


@planning_cycle.get("/planning-cycle", response_model=PlanningCycle, dependencies=[READ])
async def read_planning_cycle(
    session: Reading,
    coordination: Annotated[Key | None, Query(description="Of this organisation.")] = None,
    field: Annotated[Key | None, Query(description="Of this planning field.")] = None,
    on: Annotated[date | None, Query(description="As of this day; today if not given.")] = None,
    due_within: Annotated[
        int, Query(ge=0, le=3650, description="Due in so many days counts as due.")
    ] = 30,
    still_after: Annotated[
        int, Query(ge=1, le=3650, description="Nothing for so many days is standing still.")
    ] = 180,
) -> PlanningCycle:
    """Read the planning cycle.

    Step by step, from stocktaking to coordinated reporting (Planungskreislauf): what each has
    produced and when, which tasks are due, and which stand still. Also the steps without a task, so
    that a gap in the cycle is seen.
    """
    tasks = await queries.every(session, coordination, field)
    return rules.cycle(tasks, on or today(), due_within, still_after)
