"""Every question asked of the chapters of published reports."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.report_chapters.tables import ReportChapterRow
from services.boards.report_editions.queries import EDITIONS, WITHDRAWN
from services.boards.report_editions.tables import ReportEditionRow
from services.contracts.boards.report_editions import EditionStage
from services.contracts.shared.threads import NodeType
from services.kit.database import municipality_of
from services.kit.threads.telling import Part, among, facts, if_seen

_CHAPTERS = exists().where(
    col(ReportChapterRow.municipality_id) == col(ReportEditionRow.municipality_id),
    col(ReportChapterRow.report) == col(ReportEditionRow.report),
    col(ReportChapterRow.number) == col(ReportEditionRow.number),
)


async def without_chapters(
    session: AsyncSession, editions: Collection[str]
) -> Sequence[ReportEditionRow]:
    """Those of the editions that are published and whose chapters are not kept yet."""
    statement = select(ReportEditionRow).where(
        col(ReportEditionRow.municipality_id) == municipality_of(session).id,
        col(ReportEditionRow.key).in_(editions),
        col(ReportEditionRow.stage) == EditionStage.published,
        ~_CHAPTERS,
    )
    return (await session.exec(statement)).all()


@dataclass(frozen=True)
class Chapters:
    """Chapters in a thread, by `report/edition/chapter`, for who may see the edition. Those of
    what was withdrawn are there no more."""

    type: NodeType = NodeType.chapter

    def told(self, session: AsyncSession, keys: Select[Any]) -> Part:
        row, edition = ReportChapterRow, ReportEditionRow
        told = facts(titles=col(row.titles), on=col(edition.on))
        seen = if_seen(told, EDITIONS.seen(session))
        key: Any = col(row.key)
        return select(key, seen).where(
            col(row.municipality_id) == municipality_of(session).id,
            among(key, keys),
            col(edition.municipality_id) == col(row.municipality_id),
            col(edition.report) == col(row.report),
            col(edition.number) == col(row.number),
            ~WITHDRAWN,
        )
