"""Bodies over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.bodies import commands, queries
from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.neighbours import Beside
from services.contracts.boards.bodies import Body, BodyKind, Mandate, NewBody
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

bodies = router("Bodies")
READ, WRITE = requires("boards.bodies:read"), requires("boards.bodies:write")
HISTORY = requires("boards.bodies:history")


@bodies.get("/bodies", response_model=Page[Body], dependencies=[READ])
async def list_bodies(
    session: Reading,
    paging: PageOf,
    kind: Annotated[BodyKind | None, Query(description="Of one kind only.")] = None,
    mandate: Annotated[Mandate | None, Query(description="With this mandate only.")] = None,
    parent: Annotated[Key | None, Query(description="Directly below this body only.")] = None,
    on: Annotated[date | None, Query(description="Those that exist on this day only.")] = None,
) -> Mapping[str, Any]:
    """List bodies.

    Councils, committees, advisory boards, steering groups, networks (Gremien), in the order of
    their keys.
    """
    return await queries.page(session, paging, kind, mandate, parent, on)


@bodies.post("/bodies", status_code=201, response_model=Body, dependencies=[WRITE])
async def create_body(session: Writing, beside: Beside, new: NewBody) -> BodyRow:
    """Create a body.

    The key is for good. The parent body, the organisations that run and coordinate it, and its
    topics must exist. Refused: an advisory board (Beirat) that decides, an end before the start.
    """
    return await commands.found(session, beside, new)


@bodies.get("/bodies/{key}", response_model=Body, dependencies=[READ])
async def read_body(session: Reading, key: str) -> BodyRow:
    """Read a body.

    By its key or its UUID.
    """
    return await BODIES.one(session, key)


@bodies.patch("/bodies/{key}", response_model=Body, dependencies=[WRITE])
async def change_body(
    session: Writing, beside: Beside, key: str, patch: Patch[NewBody], expected: Expected
) -> BodyRow:
    """Change a body.

    Send only what changes, with the ETag that you have read as If-Match. Other
    `mandates` count from today, and those before are kept as `earlier_mandates`; send both to say
    since when, or to correct a mistake. Refused: a body that would belong to itself, directly or
    through others.
    """
    return await commands.change(session, beside, key, patch, expected)


@bodies.get("/bodies/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_body_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a body.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await BODIES.history(session, key)
