"""Coordinated reports over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.coordinated_reports import commands, queries
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.coordinated_reports.tables import CoordinatedReportRow
from services.boards.neighbours import Beside
from services.contracts.boards.coordinated_reports import (
    CoordinatedReport,
    NewCoordinatedReport,
    ReportStage,
    ReportTemplateKind,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

coordinated_reports = router("Coordinated reports")
READ = requires("boards.coordinated_reports:inspect")
WRITE = requires("boards.coordinated_reports:write")
HISTORY = requires("boards.coordinated_reports:history")


@coordinated_reports.get(
    "/coordinated-reports", response_model=Page[CoordinatedReport], dependencies=[READ]
)
async def list_coordinated_reports(
    session: Reading,
    paging: PageOf,
    kind: Annotated[ReportTemplateKind | None, Query(description="Of one kind only.")] = None,
    stage: Annotated[ReportStage | None, Query(description="At this stage only.")] = None,
    body: Annotated[Key | None, Query(description="For this body only.")] = None,
) -> Mapping[str, Any]:
    """List coordinated reports in work.

    Poverty reports, reports on living conditions, newsletters, proofs of progress, decision papers
    (Koordinierte Berichte), in the order of their keys; for the administration. What others may
    read are their editions and the publications.
    """
    return await queries.page(session, paging, kind=kind, stage=stage, body=body)


@coordinated_reports.post(
    "/coordinated-reports",
    status_code=201,
    response_model=CoordinatedReport,
    dependencies=[WRITE],
)
async def create_coordinated_report(
    session: Writing, beside: Beside, new: NewCoordinatedReport
) -> CoordinatedReportRow:
    """Begin a coordinated report.

    Without chapters it begins with those of the template of its kind (`/report-templates`).
    Refused (422, a pointer to the chapter and the place in it) are bindings that cannot be read;
    likewise a release, a body, a recommendation, a strategy or an indicator that does not exist,
    and a report without what its template needs. What the bindings
    stand for is looked up when the report is shown and when an edition is made.
    """
    return await commands.begin(session, beside, new)


@coordinated_reports.get(
    "/coordinated-reports/{key}", response_model=CoordinatedReport, dependencies=[READ]
)
async def read_coordinated_report(session: Reading, key: str) -> CoordinatedReportRow:
    """Read a coordinated report in work.

    By its key or its UUID, as it is written: with its bindings.
    """
    return await REPORTS.one(session, key)


@coordinated_reports.patch(
    "/coordinated-reports/{key}", response_model=CoordinatedReport, dependencies=[WRITE]
)
async def change_coordinated_report(
    session: Writing,
    beside: Beside,
    key: str,
    patch: Patch[NewCoordinatedReport],
    expected: Expected,
) -> CoordinatedReportRow:
    """Change a coordinated report.

    Send only what changes, with the ETag that you have read as If-Match; chapters are replaced as a
    whole. What was published is a draft again by it, its editions stay. Refused (409) while an
    edition is in review or approved.
    """
    return await commands.change(session, beside, key, patch, expected)


@coordinated_reports.get(
    "/coordinated-reports/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_coordinated_report_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a coordinated report.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await REPORTS.history(session, key)
