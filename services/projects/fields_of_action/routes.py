"""Fields of action over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.fields_of_action import FieldOfAction, NewFieldOfAction
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.fields_of_action import commands, queries
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.fields_of_action.tables import FieldOfActionRow

fields_of_action = router("Strategies")
READ, WRITE = requires("projects.planning:read"), requires("projects.planning:write")
HISTORY = requires("projects.planning:history")


@fields_of_action.get("/fields-of-action", response_model=Page[FieldOfAction], dependencies=[READ])
async def list_fields_of_action(
    session: Reading,
    paging: PageOf,
    strategy: Annotated[Key | None, Query(description="Of this strategy or plan.")] = None,
) -> Mapping[str, Any]:
    """List fields of action.

    Into which strategies and plans are divided (Handlungsfelder), in the order of their
    positions. One is there for those who may see its strategy.
    """
    return await queries.page(session, paging, strategy=strategy)


@fields_of_action.post(
    "/fields-of-action", status_code=201, response_model=FieldOfAction, dependencies=[WRITE]
)
async def create_field_of_action(session: Writing, new: NewFieldOfAction) -> FieldOfActionRow:
    """Create a field of action.

    The key and the strategy are for good; the strategy must exist.
    """
    return await commands.enter(session, new)


@fields_of_action.get("/fields-of-action/{key}", response_model=FieldOfAction, dependencies=[READ])
async def read_field_of_action(session: Reading, key: str) -> FieldOfActionRow:
    """Read a field of action.

    By its key or its UUID.
    """
    return await FIELDS_OF_ACTION.one(session, key)


@fields_of_action.patch(
    "/fields-of-action/{key}", response_model=FieldOfAction, dependencies=[WRITE]
)
async def change_field_of_action(
    session: Writing, key: str, patch: Patch[NewFieldOfAction], expected: Expected
) -> FieldOfActionRow:
    """Change a field of action.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@fields_of_action.get(
    "/fields-of-action/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_field_of_action_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a field of action.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await FIELDS_OF_ACTION.history(session, key)
