"""Published operations over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.operations import Operation, OperationLink
from services.contracts.shared.base import Key, Line, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.operations import commands, queries
from services.projects.operations.queries import OPERATIONS
from services.projects.operations.tables import OperationRow

operations = router("Published operations")
READ, WRITE = requires("projects.operations:read"), requires("projects.operations:write")
HISTORY = requires("projects.operations:history")


@operations.get("/operations", response_model=Page[Operation], dependencies=[READ])
async def list_operations(
    session: Reading,
    paging: PageOf,
    list: Annotated[Key | None, Query(description="Of this list.")] = None,
    beneficiary: Annotated[
        Line | None, Query(description="Of this beneficiary, worded as in the list.")
    ] = None,
    postcode: Annotated[
        str | None, Query(max_length=20, description="At this postcode, with its zeros.")
    ] = None,
    grant: Annotated[Key | None, Query(description="That is this grant of ours.")] = None,
    current: Annotated[
        bool | None, Query(description="In the last edition of its list, or not any more.")
    ] = None,
) -> Mapping[str, Any]:
    """List published operations.

    What the Union funds, as managing authorities publish it (Vorhaben), by key. Operations of
    natural persons are never imported.
    """
    return await queries.page(
        session,
        paging,
        list_=list,
        beneficiary=beneficiary,
        postcode=postcode,
        grant=grant,
        current=current,
    )


@operations.get("/operations/{key}", response_model=Operation, dependencies=[READ])
async def read_operation(session: Reading, key: str) -> OperationRow:
    """Read a published operation.

    By its key or its UUID. The shares of a list that tells the rate only are computed: they give
    the total to the cent.
    """
    return await OPERATIONS.one(session, key)


@operations.patch("/operations/{key}", response_model=Operation, dependencies=[WRITE])
async def link_operation(
    session: Writing, key: str, patch: Patch[OperationLink], expected: Expected
) -> OperationRow:
    """Link a published operation to a grant.

    Says which of the own grants it is, so that exports tell of it once; null for none. Everything
    else comes from the list and changes with its next edition.
    """
    return await commands.link(session, key, patch, expected)


@operations.get("/operations/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_operation_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a published operation.

    What earlier editions said of it, newest first.
    """
    return await OPERATIONS.history(session, key)
