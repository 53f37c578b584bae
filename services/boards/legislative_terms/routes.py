"""Legislative terms over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.legislative_terms import commands, queries
from services.boards.legislative_terms.queries import LEGISLATIVE_TERMS
from services.boards.legislative_terms.tables import LegislativeTermRow
from services.contracts.boards.legislative_terms import LegislativeTerm, NewLegislativeTerm
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

legislative_terms = router("Bodies")
READ = requires("boards.legislative_terms:read")
WRITE = requires("boards.legislative_terms:write")
HISTORY = requires("boards.legislative_terms:history")


@legislative_terms.get(
    "/legislative-terms", response_model=Page[LegislativeTerm], dependencies=[READ]
)
async def list_legislative_terms(
    session: Reading,
    paging: PageOf,
    on: Annotated[date | None, Query(description="The one of this day only.")] = None,
) -> Mapping[str, Any]:
    """List legislative terms.

    For how long the council is elected (Wahlperioden), in the order of their keys.
    """
    return await queries.page(session, paging, on)


@legislative_terms.post(
    "/legislative-terms", status_code=201, response_model=LegislativeTerm, dependencies=[WRITE]
)
async def create_legislative_term(session: Writing, new: NewLegislativeTerm) -> LegislativeTermRow:
    """Create a legislative term.

    The key is for good. Refused: an end before the start.
    """
    return await commands.enter(session, new)


@legislative_terms.get(
    "/legislative-terms/{key}", response_model=LegislativeTerm, dependencies=[READ]
)
async def read_legislative_term(session: Reading, key: str) -> LegislativeTermRow:
    """Read a legislative term.

    By its key or its UUID.
    """
    return await LEGISLATIVE_TERMS.one(session, key)


@legislative_terms.patch(
    "/legislative-terms/{key}", response_model=LegislativeTerm, dependencies=[WRITE]
)
async def change_legislative_term(
    session: Writing, key: str, patch: Patch[NewLegislativeTerm], expected: Expected
) -> LegislativeTermRow:
    """Change a legislative term.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@legislative_terms.get(
    "/legislative-terms/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_legislative_term_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a legislative term.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await LEGISLATIVE_TERMS.history(session, key)
