"""Every question asked of the stored versions of papers."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.differences import rules as differences
from services.boards.papers.queries import PAPERS
from services.boards.versions.tables import PaperVersionRow
from services.contracts.boards.versions import Difference, PieceKind
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import Kind

VERSIONS = Kind(PaperVersionRow, "versions", "boards.paper_version", within={"paper": PAPERS})


async def page(session: AsyncSession, paging: Paging, paper: str) -> Mapping[str, Any]:
    """The versions of a paper, the one in force first."""
    of = await _of(session, paper)
    return await VERSIONS.page(session, paging, of, by="number", descending=True)


async def one(session: AsyncSession, paper: str, number: int) -> PaperVersionRow:
    """The version of the paper with this number."""
    found = await PAPERS.one(session, paper)
    row = await VERSIONS.one(session, key_of(found.key, number))
    session.info["read"] = str(number)
    return row


def key_of(paper: str, number: int) -> str:
    """The key of a version."""
    return f"{paper}-v{number}"


async def _of(session: AsyncSession, paper: str) -> ColumnElement[bool]:
    found = await PAPERS.one(session, paper)
    return col(PaperVersionRow.paper) == found.key


async def in_force(session: AsyncSession, papers: Collection[str]) -> dict[str, PaperVersionRow]:
    """Of each paper the newest version."""
    statement = (
        select(PaperVersionRow)
        .where(
            col(PaperVersionRow.municipality_id) == municipality_of(session).id,
            col(PaperVersionRow.paper).in_(papers),
        )
        .order_by(col(PaperVersionRow.paper), col(PaperVersionRow.number).desc())
        .ext(distinct_on(col(PaperVersionRow.paper)))
    )
    return {row.paper: row for row in await session.exec(statement)}


async def difference(
    session: AsyncSession, paper: str, number: int, before: int | None
) -> Difference:
    """What is different in a version; from the one before it where no other is named."""
    after = await one(session, paper, number)
    if before is None and number == 1:
        raise NotFound("There is no version before the first.")
    old = await one(session, paper, number - 1 if before is None else before)
    session.info.pop("revision", None)
    return compared(old, after.title, after.text, after=after.number)


def compared(
    before: PaperVersionRow,
    title: Mapping[str, str],
    text: Mapping[str, str] | None,
    *,
    after: int | None = None,
    amendment: str | None = None,
) -> Difference:
    """What is different between a version and other words."""
    titles = differences.by_language(before.title, title)
    texts = differences.by_language(before.text, text)
    return Difference.model_validate(
        {
            "paper": before.paper,
            "before": before.number,
            "after": after,
            "amendment": amendment,
            "title": titles,
            "text": texts,
            **{
                str(kind): sum(differences.words(side, kind) for side in (titles, texts))
                for kind in (PieceKind.inserted, PieceKind.deleted)
            },
        }
    )
