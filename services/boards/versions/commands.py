"""Keeping the words of papers as they once stood."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.papers.tables import PaperRow
from services.boards.versions import queries
from services.boards.versions.queries import VERSIONS
from services.boards.versions.tables import PaperVersionRow
from services.contracts.boards.versions import PaperVersionShown
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch


class _Kept(BaseModel):
    key: str
    paper: str
    number: int
    title: Mapping[str, str]
    text: Mapping[str, str] | None
    amendment: str | None
    instead_of: str | None
    visibility: str


async def keep(
    session: AsyncSession,
    papers: Sequence[PaperRow],
    amendment: str | None = None,
    instead_of: str | None = None,
) -> None:
    """Keep the words of papers that were entered or changed; who may see them goes along.

    They are those of an amendment, or take back those of one that is void.

    The version in force is seen by whoever may see the paper; an earlier one stays as it was.
    """
    last = await queries.in_force(session, [paper.key for paper in papers])
    changed = [paper for paper in papers if _says_something_new(paper, last.get(paper.key))]
    new = [_kept(paper, last.get(paper.key), amendment, instead_of) for paper in changed]
    if new:
        await VERSIONS.add_all(session, new)
    pairs = [
        (row, PaperVersionShown(visibility=Visibility(paper.visibility)))
        for paper in papers
        if (row := last.get(paper.key)) and paper not in changed
    ]
    await VERSIONS.store_all(session, pairs)


def _says_something_new(paper: PaperRow, before: PaperVersionRow | None) -> bool:
    return before is None or (before.title, before.text) != (paper.title, paper.text)


def _kept(
    paper: PaperRow,
    before: PaperVersionRow | None,
    amendment: str | None,
    instead_of: str | None,
) -> _Kept:
    number = before.number + 1 if before else 1
    return _Kept(
        key=queries.key_of(paper.key, number),
        paper=paper.key,
        number=number,
        title=paper.title,
        text=paper.text,
        amendment=amendment,
        instead_of=instead_of,
        visibility=paper.visibility,
    )


async def show(
    session: AsyncSession,
    paper: str,
    number: int,
    patch: Patch[PaperVersionShown],
    expected: int,
) -> PaperVersionRow:
    """Say who may see a version, such as nobody outside once it should not have been public."""
    found = await queries.one(session, paper, number)
    row = await VERSIONS.locked(session, found.key, expected)
    return await VERSIONS.store(session, row, patch.onto(row))
