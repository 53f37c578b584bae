"""Lists of operations over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.projects.operations import NewOperationList, OperationList
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.operation_lists import commands
from services.projects.operation_lists.queries import LISTS
from services.projects.operation_lists.tables import OperationListRow

operation_lists = router("Published operations")
READ, WRITE = requires("projects.operations:read"), requires("projects.operations:write")
HISTORY = requires("projects.operations:history")


@operation_lists.get("/operation-lists", response_model=Page[OperationList], dependencies=[READ])
async def list_operation_lists(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the lists of operations.

    Lists that managing authorities publish of what the Union funds (Vorhabenlisten), by key.
    """
    return await LISTS.page(session, paging)


@operation_lists.post(
    "/operation-lists", status_code=201, response_model=OperationList, dependencies=[WRITE]
)
async def create_operation_list(session: Writing, new: NewOperationList) -> OperationListRow:
    """Create a list of operations.

    Says who publishes it, of which fund and period it is, and how its file is to be read where the
    wording of its columns does not tell: `columns`, `interventions`, `legal_entities`. Refused are
    a number of a programme (CCI) of another period, and one column for two fields.
    """
    return await commands.enter(session, new)


@operation_lists.get("/operation-lists/{key}", response_model=OperationList, dependencies=[READ])
async def read_operation_list(session: Reading, key: str) -> OperationListRow:
    """Read a list of operations.

    By its key or its UUID. What it holds is under `/operations?list=`.
    """
    return await LISTS.one(session, key)


@operation_lists.patch("/operation-lists/{key}", response_model=OperationList, dependencies=[WRITE])
async def change_operation_list(
    session: Writing, key: str, patch: Patch[NewOperationList], expected: Expected
) -> OperationListRow:
    """Change a list of operations.

    Send only what changes, with the ETag that you have read as If-Match. How the file is read
    shows with the next import.
    """
    return await commands.change(session, key, patch, expected)


@operation_lists.get(
    "/operation-lists/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_operation_list_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a list of operations.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await LISTS.history(session, key)
