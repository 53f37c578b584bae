"""Statements over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.statements import commands, queries
from services.boards.statements.queries import STATEMENTS
from services.boards.statements.tables import StatementRow
from services.contracts.boards.statements import NewStatement, Statement
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

statements = router("Participation")
READ, WRITE = requires("boards.statements:read"), requires("boards.statements:write")
HISTORY = requires("boards.statements:history")


@statements.get("/statements", response_model=Page[Statement], dependencies=[READ])
async def list_statements(
    session: Reading,
    paging: PageOf,
    process: Annotated[Key | None, Query(description="To this process only.")] = None,
    organisation: Annotated[Key | None, Query(description="Of this organisation only.")] = None,
    answered: Annotated[bool | None, Query(description="With an answer, or without.")] = None,
) -> Mapping[str, Any]:
    """List statements.

    What organisations say in participation processes (Stellungnahmen), in the order of their keys.
    """
    return await queries.page(session, paging, process, organisation, answered)


@statements.post("/statements", status_code=201, response_model=Statement, dependencies=[WRITE])
async def create_statement(session: Writing, new: NewStatement) -> StatementRow:
    """Create a statement.

    As the organisation handed it in. Process and organisation must exist.
    """
    return await commands.enter(session, new)


@statements.get("/statements/{key}", response_model=Statement, dependencies=[READ])
async def read_statement(session: Reading, key: str) -> StatementRow:
    """Read a statement.

    By its key or its UUID.
    """
    return await STATEMENTS.one(session, key)


@statements.patch("/statements/{key}", response_model=Statement, dependencies=[WRITE])
async def change_statement(
    session: Writing, key: str, patch: Patch[NewStatement], expected: Expected
) -> StatementRow:
    """Change a statement.

    Send only what changes, with the ETag that you have read as If-Match; `answer` says what was
    made of it and why. Process and organisation are for good.
    """
    return await commands.change(session, key, patch, expected)


@statements.get("/statements/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_statement_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a statement.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await STATEMENTS.history(session, key)
