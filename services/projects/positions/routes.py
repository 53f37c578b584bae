"""Staff positions over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.positions import NewPosition, Position, PositionState
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.positions import commands, queries
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.references.commands import Peers

positions = router("Positions")
READ, WRITE = requires("projects.positions:read"), requires("projects.positions:write")
HISTORY = requires("projects.positions:history")


@positions.get("/positions", response_model=Page[Position], dependencies=[READ])
async def list_positions(
    session: Reading,
    paging: PageOf,
    state: Annotated[PositionState | None, Query(description="In this state.")] = None,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
    grant: Annotated[Key | None, Query(description="Funded by this grant.")] = None,
    employer: Annotated[Key | None, Query(description="Employed by this organisation.")] = None,
    on: Annotated[date | None, Query(description="That exist on this day.")] = None,
) -> Mapping[str, Any]:
    """List staff positions.

    Who is paid by which grants (Stellen), in the order of their keys; never a person. A position
    is there for those who may see its project and every grant that funds it.
    """
    return await queries.page(
        session, paging, state=state, project=project, grant=grant, employer=employer, on=on
    )


@positions.post("/positions", status_code=201, response_model=Position, dependencies=[WRITE])
async def create_position(session: Writing, peers: Peers, new: NewPosition) -> PositionRow:
    """Create a staff position.

    The key is for good. Several positions alike are one entry with a `count`. Refused: funding
    outside the time of the position, shares of more than 100 per cent on any day, an extra cap that
    no programme has (`rule_scope`), and (409) more full-time equivalents than the programme funds
    for the grantee on any day, of those that count against the same cap.
    """
    return await commands.enter(session, peers, new)


@positions.get("/positions/{key}", response_model=Position, dependencies=[READ])
async def read_position(session: Reading, key: str) -> PositionRow:
    """Read a staff position.

    By its key or its UUID.
    """
    return await POSITIONS.one(session, key)


@positions.patch("/positions/{key}", response_model=Position, dependencies=[WRITE])
async def change_position(
    session: Writing, peers: Peers, key: str, patch: Patch[NewPosition], expected: Expected
) -> PositionRow:
    """Change a staff position.

    Send only what changes, with the ETag that you have read as If-Match.
    The list `funding` is sent as a whole.
    """
    return await commands.change(session, peers, key, patch, expected)


@positions.get("/positions/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_position_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a staff position.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await POSITIONS.history(session, key)
