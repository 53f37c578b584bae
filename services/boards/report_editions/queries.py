"""Every question asked of the stored editions of reports."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.coordinated_reports.queries import REPORTS
from services.boards.coordinated_reports.tables import CoordinatedReportRow
from services.boards.publication_versions.tables import PublicationVersionRow
from services.boards.publications.tables import PublicationRow
from services.boards.report_editions.tables import ReportContentRow, ReportEditionRow
from services.contracts.boards.report_editions import (
    EditionStage,
    FrozenEdition,
    ReportContent,
    ReportEdition,
)
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.problems import Gone, NotFound
from services.kit.resources import Kind

EDITIONS = Kind(ReportEditionRow, "report-editions", "boards.report_edition")
WITHDRAWN = exists().where(
    col(PublicationRow.municipality_id) == col(ReportEditionRow.municipality_id),
    col(PublicationRow.key) == col(ReportEditionRow.publication),
    col(PublicationRow.withdrawn_at).is_not(None),
) | exists().where(
    col(PublicationVersionRow.municipality_id) == col(ReportEditionRow.municipality_id),
    col(PublicationVersionRow.publication) == col(ReportEditionRow.publication),
    col(PublicationVersionRow.number) == col(ReportEditionRow.version),
    col(PublicationVersionRow.withdrawn_at).is_not(None),
)
"""Of editions: their publication was withdrawn, or the version that they appeared as."""


async def page(session: AsyncSession, paging: Paging, report: str) -> Mapping[str, Any]:
    """The editions of a report that the actor may see, the newest first; 404 when there is none."""
    of = col(ReportEditionRow.report) == await _key(session, report)
    found = await EDITIONS.page(session, paging, of, by="number", descending=True)
    return {**found, "items": shown(session, found["items"])}


async def one(
    session: AsyncSession, report: str, number: int, *, lock: bool = False
) -> ReportEditionRow:
    """An edition of a report; 404 when it is not there or not to be seen."""
    statement = select(ReportEditionRow).where(
        EDITIONS.seen(session),
        col(ReportEditionRow.report) == await _key(session, report),
        col(ReportEditionRow.number) == number,
    )
    if lock:  # it may have been read before, and changed since
        statement = statement.with_for_update(key_share=True)
        statement = statement.execution_options(populate_existing=True)
    row = (await session.exec(statement)).first()
    if row is None:
        raise NotFound(f"There is no edition {number} of {report!r} that you may see.")
    session.info["revision"], session.info["read"] = row.revision, str(number)
    return row


async def before(session: AsyncSession, row: ReportEditionRow) -> ReportEditionRow:
    """The newest edition before this one that the actor may see; 404 when there is none."""
    statement = (
        select(ReportEditionRow)
        .where(
            EDITIONS.seen(session),
            col(ReportEditionRow.report) == row.report,
            col(ReportEditionRow.number) < row.number,
        )
        .order_by(col(ReportEditionRow.number).desc())
        .limit(1)
    )
    found = (await session.exec(statement)).first()
    if found is None:
        raise NotFound(f"There is no edition before {row.number} that you may see.")
    return found


async def _key(session: AsyncSession, report: str) -> str:
    """The key of a report of which the actor may see something, by key or UUID."""
    statement = select(CoordinatedReportRow.key).where(
        col(CoordinatedReportRow.municipality_id) == municipality_of(session).id,
        REPORTS.named(report),
    )
    key = (await session.exec(statement)).first()
    if key is not None and actor_of(session).sees_everything:
        return key
    seen = select(ReportEditionRow.id).where(
        EDITIONS.seen(session), col(ReportEditionRow.report) == key
    )
    if key is None or (await session.exec(seen.limit(1))).first() is None:
        raise NotFound(f"There is no {report!r} among the coordinated-reports that you may see.")
    return key


async def whole(session: AsyncSession, row: ReportEditionRow) -> FrozenEdition:
    """An edition with all that it says; refuses (410) one whose publication was withdrawn."""
    if row.version is not None and await _withdrawn(session, row):
        raise Gone(f"Edition {row.number} of {row.report} was withdrawn.")
    (told,) = shown(session, [row])
    content = await said(session, row.sha256)
    return FrozenEdition.model_validate({**told.model_dump(), "content": content})


async def said(session: AsyncSession, digest: str) -> ReportContent:
    """What is kept under a digest."""
    statement = select(ReportContentRow.content).where(
        col(ReportContentRow.municipality_id) == municipality_of(session).id,
        col(ReportContentRow.sha256) == digest,
    )
    return ReportContent.model_validate((await session.exec(statement)).one())


def shown(session: AsyncSession, rows: Sequence[ReportEditionRow]) -> list[ReportEdition]:
    """The editions; who made and approved them is for the administration."""
    told = [ReportEdition.model_validate(row) for row in rows]
    if actor_of(session).sees_everything:
        return told
    return [one.model_copy(update={"made_by": None, "decided_by": None}) for one in told]


async def _withdrawn(session: AsyncSession, row: ReportEditionRow) -> bool:
    statement = select(ReportEditionRow.key).where(
        col(ReportEditionRow.municipality_id) == row.municipality_id,
        col(ReportEditionRow.key) == row.key,
        WITHDRAWN,
    )
    return (await session.exec(statement)).first() is not None


async def count(session: AsyncSession, report: str) -> int:
    """How many editions there are of a report, which the caller has locked."""
    statement = select(func.count()).where(
        col(ReportEditionRow.municipality_id) == municipality_of(session).id,
        col(ReportEditionRow.report) == report,
    )
    return (await session.exec(statement)).one()


async def last_published(session: AsyncSession, report: str) -> ReportEditionRow | None:
    """The newest published edition of a report."""
    statement = (
        select(ReportEditionRow)
        .where(
            col(ReportEditionRow.municipality_id) == municipality_of(session).id,
            col(ReportEditionRow.report) == report,
            col(ReportEditionRow.stage) == EditionStage.published,
        )
        .order_by(col(ReportEditionRow.number).desc())
        .limit(1)
    )
    return (await session.exec(statement)).first()


async def last_day(session: AsyncSession, report: str) -> date | None:
    """The day whose state the newest published edition shows."""
    row = await last_published(session, report)
    return None if row is None else row.on


async def keep(session: AsyncSession, digest: str, content: Mapping[str, Any]) -> None:
    """Keep what an edition says; the same twice is kept once."""
    row = {"municipality_id": municipality_of(session).id, "sha256": digest, "content": content}
    statement = insert(ReportContentRow).values(row).on_conflict_do_nothing()
    await (await session.connection()).execute(statement)
