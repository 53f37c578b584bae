"""Keeping the chapters of reports, in the transaction in which they are published."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.report_chapters import queries, rules
from services.boards.report_chapters.tables import ReportChapterRow
from services.boards.report_editions.queries import EDITIONS, said


async def follow(session: AsyncSession, subjects: Sequence[str]) -> None:
    """Keep the chapters of the editions that are published now."""
    begin = f"{EDITIONS.collection}/"
    keys = {subject.removeprefix(begin) for subject in subjects if subject.startswith(begin)}
    if not keys:
        return
    for edition in await queries.without_chapters(session, keys):
        assert edition.publication is not None, "it is published"
        content = await said(session, edition.sha256)
        for place, chapter in enumerate(content.chapters):
            row = ReportChapterRow(
                municipality_id=edition.municipality_id,
                key=f"{edition.report}/{edition.number}/{place + 1}",
                report=edition.report,
                number=edition.number,
                place=place + 1,
                titles=[content.title, chapter.title],
                publication=edition.publication,
                names=rules.named(content, place),
            )
            session.add(row)
    await session.flush()
