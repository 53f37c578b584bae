"""Planning fields over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.planning_fields import NewPlanningField, PlanningField
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.planning_fields import commands, queries
from services.projects.planning_fields.queries import PLANNING_FIELDS
from services.projects.planning_fields.tables import PlanningFieldRow
from services.projects.references.commands import Peers

planning_fields = router("Planning fields")
READ, WRITE = requires("projects.planning:read"), requires("projects.planning:write")
HISTORY = requires("projects.planning:history")


@planning_fields.get("/planning-fields", response_model=Page[PlanningField], dependencies=[READ])
async def list_planning_fields(
    session: Reading,
    paging: PageOf,
    responsible: Annotated[Key | None, Query(description="Planned by this organisation.")] = None,
) -> Mapping[str, Any]:
    """List planning fields.

    What the municipality plans, by which law and by whom (Planungsfelder), in the order of their
    keys.
    """
    return await queries.page(session, paging, responsible)


@planning_fields.post(
    "/planning-fields", status_code=201, response_model=PlanningField, dependencies=[WRITE]
)
async def create_planning_field(
    session: Writing, peers: Peers, new: NewPlanningField
) -> PlanningFieldRow:
    """Create a planning field.

    The key is for good. The responsible organisation must exist.
    """
    return await commands.enter(session, peers, new)


@planning_fields.get("/planning-fields/{key}", response_model=PlanningField, dependencies=[READ])
async def read_planning_field(session: Reading, key: str) -> PlanningFieldRow:
    """Read a planning field.

    By its key or its UUID.
    """
    return await PLANNING_FIELDS.one(session, key)


@planning_fields.patch("/planning-fields/{key}", response_model=PlanningField, dependencies=[WRITE])
async def change_planning_field(
    session: Writing, peers: Peers, key: str, patch: Patch[NewPlanningField], expected: Expected
) -> PlanningFieldRow:
    """Change a planning field.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, peers, key, patch, expected)


@planning_fields.get(
    "/planning-fields/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_planning_field_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a planning field.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PLANNING_FIELDS.history(session, key)
