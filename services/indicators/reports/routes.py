"""Reports over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Response

from services.contracts.indicators.reports import NewReport, Report, ReportKind, ReportTexts
from services.contracts.shared.base import Page, Revision
from services.indicators.reports import commands, queries
from services.indicators.reports.queries import REPORTS
from services.indicators.reports.tables import ReportRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.languages import InLanguage
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.kit.printing import forms

reports = router("Reports")
READ, WRITE = requires("indicators.reports:read"), requires("indicators.reports:write")
HISTORY = requires("indicators.reports:history")


@reports.get("/reports", response_model=Page[Report], dependencies=[READ])
async def list_reports(
    session: Reading,
    paging: PageOf,
    kind: Annotated[ReportKind | None, Query(description="Of one kind only.")] = None,
    release: Annotated[int | None, Query(ge=1, description="Of one release only.")] = None,
) -> Mapping[str, Any]:
    """List reports.

    Social atlases and social reports (Sozialatlas, Sozialbericht), in the order of their keys.
    """
    return await queries.page(session, paging, kind, release)


@reports.post("/reports", status_code=201, response_model=Report, dependencies=[WRITE])
async def create_report(session: Writing, new: NewReport) -> ReportRow:
    """Create a report.

    It is bound to a release: words and shapes are frozen with it, figures are those of the
    release, so that it can be produced again identically. Without `chapters` there is one for each
    topic that has figures. Refused (422) are a release that does not exist, a level without
    figures, and indicators that the report's readers may not see.
    """
    return await commands.make(session, new)


@reports.get("/reports/{key}", response_model=Report, dependencies=[READ])
async def read_report(session: Reading, key: str) -> ReportRow:
    """Read what is known of a report.

    By its key or its UUID. `/document` is the report itself.
    """
    return await REPORTS.one(session, key)


@reports.patch("/reports/{key}", response_model=Report, dependencies=[WRITE])
async def change_report(
    session: Writing, key: str, patch: Patch[ReportTexts], expected: Expected
) -> ReportRow:
    """Change the words of a report.

    Title, foreword, chapters and who may see it, with the ETag that you have read as If-Match.
    Kind, release and level are for good.
    """
    return await commands.change(session, key, patch, expected)


@reports.get(
    "/reports/{key}/document",
    response_class=Response,
    responses=forms.RESPONSES,
    dependencies=[READ],
)
async def read_report_document(
    session: Reading,
    key: str,
    lang: InLanguage,
    form: forms.InForm,
) -> Response:
    """Read a report as HTML or PDF.

    With maps, tables, method, sources, and what is hidden and why. The PDF is accessible (PDF/UA).
    The same revision gives the same bytes whenever it is asked for.
    """
    document = await commands.printed(session, key, lang)
    return await forms.sent(document, form, key)


@reports.get("/reports/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_report_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a report.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await REPORTS.history(session, key)
