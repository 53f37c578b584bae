"""Carrying out resolutions over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query

from services.boards.implementations import commands, queries
from services.boards.implementations.queries import IMPLEMENTATIONS
from services.boards.implementations.tables import ImplementationReportRow
from services.contracts.boards.implementations import (
    Implementation,
    ImplementationReport,
    ImplementationState,
    NewImplementation,
    NewImplementationReport,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

implementations = router("Resolutions")
READ, WRITE = requires("boards.implementations:read"), requires("boards.implementations:write")
HISTORY = requires("boards.implementations:history")

TaskKey = Annotated[str, Path(alias="key", description="Key or UUID of the task.")]


@implementations.get("/implementations", response_model=Page[Implementation], dependencies=[READ])
async def list_implementations(
    session: Reading,
    paging: PageOf,
    resolution: Annotated[Key | None, Query(description="Of this resolution only.")] = None,
    responsible: Annotated[Key | None, Query(description="Of this organisation only.")] = None,
    state: Annotated[ImplementationState | None, Query(description="In this state only.")] = None,
    overdue: Annotated[
        bool | None, Query(description="That should be done by now, or that need not.")
    ] = None,
) -> Mapping[str, Any]:
    """List tasks.

    What follows from resolutions, who carries it out until when and how far it is
    (Beschlusskontrolle), in the order of their keys.
    """
    return await queries.page(session, paging, resolution, responsible, state, overdue)


@implementations.post(
    "/implementations", status_code=201, response_model=Implementation, dependencies=[WRITE]
)
async def create_implementation(session: Writing, new: NewImplementation) -> Implementation:
    """Give a task.

    It follows from a resolution that holds (409 otherwise); the responsible organisation must
    exist. It is open until a report says otherwise.
    """
    return await commands.assign(session, new)


@implementations.get("/implementations/{key}", response_model=Implementation, dependencies=[READ])
async def read_implementation(session: Reading, key: str) -> Implementation:
    """Read a task.

    By its key or its UUID, with the days it has been in its state.
    """
    return await queries.one(session, key)


@implementations.patch(
    "/implementations/{key}", response_model=Implementation, dependencies=[WRITE]
)
async def change_implementation(
    session: Writing, key: str, patch: Patch[NewImplementation], expected: Expected
) -> Implementation:
    """Change a task.

    Send only what changes, with the ETag that you have read as If-Match. It stays with its
    resolution; its state is changed by reports.
    """
    return await commands.change(session, key, patch, expected)


@implementations.get(
    "/implementations/{key}/reports",
    response_model=Page[ImplementationReport],
    dependencies=[READ],
)
async def list_implementation_reports(
    session: Reading, paging: PageOf, task: TaskKey
) -> Mapping[str, Any]:
    """List the reports on a task.

    What was done about it (Umsetzungsberichte), the latest first.
    """
    return await queries.reports(session, paging, task)


@implementations.post(
    "/implementations/{key}/reports",
    status_code=201,
    response_model=ImplementationReport,
    dependencies=[WRITE],
)
async def create_implementation_report(
    session: Writing, task: TaskKey, new: NewImplementationReport
) -> ImplementationReportRow:
    """Report on a task.

    It is then in the state that the report says. Refused: a state that does not follow (409), a
    day before the last step or one to come. A report is for good.
    """
    return await commands.report(session, task, new)


@implementations.get(
    "/implementations/{key}/reports/{report}",
    response_model=ImplementationReport,
    dependencies=[READ],
)
async def read_implementation_report(
    session: Reading,
    task: TaskKey,
    report: Annotated[str, Path(description="Key or UUID of the report.")],
) -> ImplementationReportRow:
    """Read a report on a task.

    By its key or its UUID.
    """
    return await queries.report(session, task, report)


@implementations.get(
    "/implementations/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_implementation_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a task.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await IMPLEMENTATIONS.history(session, key)
