"""Goals over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.goals import Goal, NewGoal
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.goals import commands, queries
from services.projects.goals.queries import GOALS
from services.projects.references.commands import Peers

goals = router("Strategies")
READ, WRITE = requires("projects.planning:read"), requires("projects.planning:write")
HISTORY = requires("projects.planning:history")


@goals.get("/goals", response_model=Page[Goal], dependencies=[READ])
async def list_goals(
    session: Reading,
    paging: PageOf,
    strategy: Annotated[Key | None, Query(description="Of this strategy or plan.")] = None,
    field_of_action: Annotated[Key | None, Query(description="Of this field of action.")] = None,
) -> Mapping[str, Any]:
    """List goals.

    What strategies and plans want to reach (Ziele), in the order of their positions. A goal is
    there for those who may see its strategy and its field of action.
    """
    return await queries.page(session, paging, strategy=strategy, field_of_action=field_of_action)


@goals.post("/goals", status_code=201, response_model=Goal, dependencies=[WRITE])
async def create_goal(session: Writing, peers: Peers, new: NewGoal) -> Goal:
    """Create a goal.

    The key and the strategy are for good. The field of action must be one of the same strategy,
    the recommendations must be there (422).
    """
    return await commands.enter(session, peers, new)


@goals.get("/goals/{key}", response_model=Goal, dependencies=[READ])
async def read_goal(session: Reading, key: str) -> Goal:
    """Read a goal.

    By its key or its UUID.
    """
    return await queries.one(session, key)


@goals.patch("/goals/{key}", response_model=Goal, dependencies=[WRITE])
async def change_goal(
    session: Writing, peers: Peers, key: str, patch: Patch[NewGoal], expected: Expected
) -> Goal:
    """Change a goal.

    Send only what changes, with the ETag that you have read as If-Match. It can
    move to another field of action of its strategy.
    """
    return await commands.change(session, peers, key, patch, expected)


@goals.get("/goals/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_goal_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a goal.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await GOALS.history(session, key)
