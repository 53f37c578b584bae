"""Planning tasks over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.planning_tasks import (
    NewPlanningTask,
    PlanningStep,
    PlanningTask,
    PlanningTaskState,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.planning_tasks import commands, queries
from services.projects.planning_tasks.queries import PLANNING_TASKS
from services.projects.references.commands import Peers

planning_tasks = router("Planning tasks")
READ, WRITE = requires("projects.planning:read"), requires("projects.planning:write")
HISTORY = requires("projects.planning:history")


@planning_tasks.get("/planning-tasks", response_model=Page[PlanningTask], dependencies=[READ])
async def list_planning_tasks(
    session: Reading,
    paging: PageOf,
    coordination: Annotated[Key | None, Query(description="Of this organisation.")] = None,
    field: Annotated[Key | None, Query(description="Of this planning field.")] = None,
    step: Annotated[PlanningStep | None, Query(description="Of this step of planning.")] = None,
    state: Annotated[PlanningTaskState | None, Query(description="In this state.")] = None,
) -> Mapping[str, Any]:
    """List planning tasks.

    What a planning coordination (Planungskoordination) has to do, in the order of their
    positions. A task is there for those who may see its planning field.
    """
    return await queries.page(
        session, paging, coordination=coordination, field=field, step=step, state=state
    )


@planning_tasks.post(
    "/planning-tasks", status_code=201, response_model=PlanningTask, dependencies=[WRITE]
)
async def create_planning_task(
    session: Writing, peers: Peers, new: NewPlanningTask
) -> PlanningTask:
    """Create a planning task.

    The key is for good. The coordinating organisation, the planning field and the products that it
    names must exist (422).
    """
    return await commands.enter(session, peers, new)


@planning_tasks.get("/planning-tasks/{key}", response_model=PlanningTask, dependencies=[READ])
async def read_planning_task(session: Reading, key: str) -> PlanningTask:
    """Read a planning task.

    By its key or its UUID.
    """
    return await queries.one(session, key)


@planning_tasks.patch("/planning-tasks/{key}", response_model=PlanningTask, dependencies=[WRITE])
async def change_planning_task(
    session: Writing, peers: Peers, key: str, patch: Patch[NewPlanningTask], expected: Expected
) -> PlanningTask:
    """Change a planning task.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, peers, key, patch, expected)


@planning_tasks.get(
    "/planning-tasks/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_planning_task_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a planning task.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PLANNING_TASKS.history(session, key)
