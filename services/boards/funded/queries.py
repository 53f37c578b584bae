"""Every question asked of papers that name projects and measures."""

from collections.abc import Sequence

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.papers.tables import PaperRow
from services.kit.database import municipality_of


async def touched_by(session: AsyncSession, collection: str, key: str) -> Sequence[PaperRow]:
    """The papers that name it, locked for a change; with what measures are within also those that
    name any measure: which of these are in there is not known here."""
    measures = col(PaperRow.measures)
    where = measures.contains([key]) if collection == "measures" else measures != []
    if collection == "projects":
        where = or_(where, col(PaperRow.projects).contains([key]))
    statement = (
        select(PaperRow)
        .where(col(PaperRow.municipality_id) == municipality_of(session).id, where)
        .order_by(col(PaperRow.key))
        .with_for_update(key_share=True)
    )
    return (await session.exec(statement)).all()
