"""Publishing an approved edition."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.coordinated_reports.commands import of
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.files import commands as files
from services.boards.neighbours import Neighbours
from services.boards.printed_reports.rules import document
from services.boards.publication_versions import commands as versions
from services.boards.publication_versions import queries as published
from services.boards.publications import commands as publications
from services.boards.publications.queries import PUBLICATIONS
from services.boards.report_editions import queries
from services.boards.report_editions.queries import EDITIONS
from services.boards.report_editions.rules import check_stage
from services.boards.report_editions.tables import ReportEditionRow
from services.boards.report_publishing import rules
from services.contracts.boards.coordinated_reports import NewCoordinatedReport, ReportStage
from services.contracts.boards.files import FileRole, SubjectKind
from services.contracts.boards.report_editions import EditionStage, ReportContent, ReportEdition
from services.contracts.shared.base import Visibility
from services.kit.days import today
from services.kit.printing import forms
from services.kit.problems import NotFound


async def publish(
    session: AsyncSession, beside: Neighbours, key: str, number: int, on: date | None
) -> ReportEditionRow:
    """Publish an approved edition as a version of its publication."""
    row = await queries.one(session, key, number)
    check_stage(row.stage, EditionStage.approved)
    content = await queries.said(session, row.sha256)
    printed = {
        form: await forms.made(
            document(content, form[0], row.number, EditionStage.approved), form[1]
        )
        for form in rules.forms(content)
    }
    row = await queries.one(session, key, number, lock=True)  # printing took seconds
    check_stage(row.stage, EditionStage.approved)
    before = dict(session.info)
    report = await REPORTS.one(session, row.report, lock=True)
    day = on or today()
    publication = await _publication(session, of(report), content, day)
    kept = [
        (
            await files.keep(
                session,
                body,
                name=f"{content.title['de']} ({lang}, {form})",
                file_name=f"{row.report}-{row.number}-{lang}.{form}",
                mime_type=forms.MEDIA[form],
                attached_to=(SubjectKind.publication, publication),
                role=FileRole.main if place == 0 else FileRole.auxiliary,
                visibility=Visibility(row.audience),
            )
        ).key
        for place, ((lang, form), body) in enumerate(printed.items())
    ]
    first = await published.last_number(session, publication) == 0
    edition = ReportEdition.model_validate(row)
    version = await versions.publish(
        session, beside, publication, rules.version(edition, content, kept, day, first=first)
    )
    await REPORTS.store(session, report, of(report), stage=ReportStage.published)
    session.info.clear()
    session.info.update(before)
    row.stage, row.visibility = EditionStage.published, row.audience
    row.publication, row.version = publication, version.number
    await session.flush()
    await EDITIONS.tell(session, row, "published", publication=publication, version=version.number)
    session.info["revision"] = row.revision
    return row


async def _publication(
    session: AsyncSession, report: NewCoordinatedReport, content: ReportContent, on: date
) -> str:
    """The publication that the report appears as, listed where it is not there yet."""
    key = rules.appears_as(report)
    try:
        return (await PUBLICATIONS.one(session, key)).key
    except NotFound:
        new = rules.publication(report, content, on)
        return (await publications.publish(session, new)).key
