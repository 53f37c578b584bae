"""What a person does with editions of reports."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.coordinated_reports.commands import of
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.coordinated_reports.tables import CoordinatedReportRow
from services.boards.neighbours import Neighbours
from services.boards.report_contents.commands import put_together
from services.boards.report_contents.rules import frozen
from services.boards.report_editions import queries, rules
from services.boards.report_editions.queries import EDITIONS
from services.boards.report_editions.tables import ReportEditionRow
from services.boards.report_markup.rules import drawings, places
from services.contracts.boards.coordinated_reports import ReportStage
from services.contracts.boards.report_editions import EditionStage, NewEdition, ReportContent
from services.contracts.shared.base import GermanOrEnglish, Visibility
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.keys import opaque
from services.kit.resources import aside


async def look(
    session: AsyncSession, beside: Neighbours, key: str, lang: GermanOrEnglish, chapter: int | None
) -> ReportContent:
    """The report as an edition of it would be now, or a chapter of it; nothing is stored."""
    report = await REPORTS.one(session, key)
    session.info.pop("revision", None)  # what it stands on changes without it
    rules.check_chapter(chapter, len(report.chapters))
    written = of(report)
    named = {one.binding for one in places(written.chapters) if chapter in (None, one.chapter)}
    rules.check_size(drawings(named))
    last = await queries.last_day(session, report.key)
    return await put_together(session, beside, written, last, languages=(lang,), chapter=chapter)


async def checked(session: AsyncSession, key: str, new: NewEdition) -> CoordinatedReportRow:
    """The report, locked, of which an edition may be handed in now."""
    report = await REPORTS.one(session, key, lock=True)
    rules.check_draft(report.stage)
    rules.check_day(report.on, today())
    again = await queries.last_day(session, report.key) is not None
    rules.check_changes(said=new.changes is not None, again=again)
    return report


async def keep(
    session: AsyncSession, report: CoordinatedReportRow, new: NewEdition, content: ReportContent
) -> ReportEditionRow:
    """Keep an edition of the locked report, and hand it in for review."""
    digest, told = frozen(content)
    await queries.keep(session, digest, told)
    number = await queries.count(session, report.key) + 1
    row = await EDITIONS.add(
        session,
        new,
        key=opaque("ed"),
        report=report.key,
        number=number,
        stage=EditionStage.in_review,
        release=report.release,
        on=report.on,
        audience=report.audience,
        made_by=actor_of(session).subject,
        sha256=digest,
        visibility=Visibility.administration,
    )
    base = f"/v1/{municipality_of(session).key}/coordinated-reports/{report.key}"
    session.info["location"] = f"{base}/editions/{number}"
    with aside(session):
        state = {"stage": ReportStage.in_review, "edition": number}
        await REPORTS.store(session, report, of(report), **state)
    return row


async def approve(session: AsyncSession, key: str, number: int) -> ReportEditionRow:
    """Approve an edition as the second person."""
    row = await queries.one(session, key, number, lock=True)
    rules.check_stage(row.stage, EditionStage.in_review)
    rules.check_second(row.made_by, actor_of(session).subject)
    return await _decide(session, row, EditionStage.approved, ReportStage.approved)


async def give_back(session: AsyncSession, key: str, number: int, reason: str) -> ReportEditionRow:
    """Return an edition to those who write the report, with a reason."""
    row = await queries.one(session, key, number, lock=True)
    rules.check_stage(row.stage, EditionStage.in_review, EditionStage.approved)
    row.reason = reason
    return await _decide(session, row, EditionStage.returned, ReportStage.draft)


async def _decide(
    session: AsyncSession, row: ReportEditionRow, stage: EditionStage, of_report: ReportStage
) -> ReportEditionRow:
    row.stage, row.decided_by = stage, actor_of(session).subject
    await session.flush()
    await EDITIONS.tell(session, row, str(stage))
    session.info["revision"] = row.revision
    with aside(session):
        report = await REPORTS.one(session, row.report, lock=True)
        await REPORTS.store(session, report, of(report), stage=of_report)
    return row
