"""Editions of coordinated reports over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query, Response

from services.boards.neighbours import Beside
from services.boards.printed_reports.rules import document
from services.boards.report_editions import commands, queries
from services.boards.report_editions.queries import EDITIONS
from services.boards.report_editions.tables import ReportEditionRow
from services.boards.report_publishing.commands import publish
from services.contracts.boards.report_editions import (
    FrozenEdition,
    PublishedEdition,
    ReportEdition,
    ReturnedEdition,
)
from services.contracts.shared.base import Page
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.languages import InGermanOrEnglish
from services.kit.paging import PageOf
from services.kit.printing import forms
from services.kit.problems import Gone, refusals

report_editions = router("Coordinated reports", path="/v1/{municipality}/coordinated-reports/{key}")
editions = router("Coordinated reports")
READ = requires("boards.coordinated_reports:read")
INSPECT = requires("boards.coordinated_reports:inspect")
PUBLISH = requires("boards.publications:write")
APPROVE = requires("boards.coordinated_reports:approve")

Report = Annotated[str, Path(alias="key", description="Key or UUID of the report.")]
Number = Annotated[int, Path(ge=1, le=10**6, description="Number of the edition.")]


@report_editions.get(
    "/draft", response_class=Response, responses=forms.RESPONSES, dependencies=[INSPECT]
)
async def read_report_draft(
    session: Reading,
    beside: Beside,
    report: Report,
    lang: InGermanOrEnglish,
    form: forms.InForm,
    chapter: Annotated[
        int | None, Query(ge=1, le=60, description="This chapter alone, counted from 1.")
    ] = None,
) -> Response:
    """Read a report as an edition of it would be now.

    As HTML, or as accessible PDF (PDF/UA), with everything that is bound into it as its readers may
    see it; nothing is stored. Whoever writes a chapter asks for that alone: it is there at once.
    More than 24 charts and maps together are refused (409).
    Refused (422, a pointer to the chapter, line and column in it) while a binding stands for
    nothing that they may see.
    """
    content = await commands.look(session, beside, report, lang, chapter)
    return await forms.sent(document(content, lang), form, report)


@report_editions.get("/editions", response_model=Page[ReportEdition], dependencies=[READ])
async def list_report_editions(
    session: Reading, paging: PageOf, report: Report
) -> Mapping[str, Any]:
    """List the editions of a report.

    The newest first (Ausfertigungen); those that are not published are for the administration.
    """
    return await queries.page(session, paging, report)


@report_editions.get(
    "/editions/{number}",
    response_model=FrozenEdition,
    responses=refusals(Gone),
    dependencies=[READ],
)
async def read_report_edition(session: Reading, report: Report, number: Number) -> FrozenEdition:
    """Read an edition of a report.

    With all that it says, as JSON. 410 once its publication was withdrawn.
    """
    row = await queries.one(session, report, number)
    session.info.pop("revision")  # readers are told less than the administration
    return await queries.whole(session, row)


@editions.get(
    "/report-editions/{key}",
    response_model=FrozenEdition,
    responses=refusals(Gone),
    dependencies=[READ],
)
async def read_report_edition_by_key(session: Reading, key: str) -> FrozenEdition:
    """Read an edition by its key alone.

    As events name it (`report-editions/...`); it says of which report it is. 410 once its
    publication was withdrawn.
    """
    row = await EDITIONS.one(session, key)
    session.info.pop("revision")  # readers are told less than the administration
    return await queries.whole(session, row)


@report_editions.get(
    "/editions/{number}/document",
    response_class=Response,
    responses={**forms.RESPONSES, **refusals(Gone)},
    dependencies=[READ],
)
async def read_report_edition_document(
    session: Reading,
    report: Report,
    number: Number,
    lang: InGermanOrEnglish,
    form: forms.InForm,
) -> Response:
    """Read an edition as a document.

    As HTML, or as accessible PDF (PDF/UA): the same bytes whenever it is asked for, and those of
    the files that it is published with. 410 once its publication was withdrawn.
    """
    row = await queries.one(session, report, number)
    session.info.pop("revision")  # it would be the same for each form and language
    told = await queries.whole(session, row)
    printed = document(told.content, lang, told.number, told.stage)
    name = f"{told.report}-{told.number}"
    return await forms.sent(printed, form, name)


@report_editions.post(
    "/editions/{number}/approval", response_model=ReportEdition, dependencies=[APPROVE]
)
async def approve_report_edition(
    session: Writing, report: Report, number: Number
) -> ReportEditionRow:
    """Approve an edition.

    As a second person (Freigabe, Vier-Augen-Prinzip): refused (403) to whoever handed it in, and
    (409) unless it is in review.
    """
    return await commands.approve(session, report, number)


@report_editions.post(
    "/editions/{number}/return", response_model=ReportEdition, dependencies=[APPROVE]
)
async def return_report_edition(
    session: Writing, report: Report, number: Number, returned: ReturnedEdition
) -> ReportEditionRow:
    """Return an edition.

    With a reason (Rückgabe): the report can be changed again and another edition be handed in. An
    approved edition can be returned until it is published; refused (409) is any other.
    """
    return await commands.give_back(session, report, number, returned.reason)


@report_editions.post(
    "/editions/{number}/publication", response_model=ReportEdition, dependencies=[PUBLISH]
)
async def publish_report_edition(
    session: Writing, beside: Beside, report: Report, number: Number, new: PublishedEdition
) -> ReportEditionRow:
    """Publish an approved edition.

    As the next version of its publication (Veröffentlichung), which is listed where it is not there
    yet, with the HTML page and the accessible PDF in each language in which all of it is written;
    its readers are those whom the report is for. Refused (409) unless it is approved, and when the
    publication was withdrawn.
    """
    return await publish(session, beside, report, number, new.published_on)
