"""Every question asked of the versions of publications."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.files.queries import FILES
from services.boards.publication_versions.tables import PublicationVersionRow
from services.boards.publications.queries import PUBLICATIONS
from services.contracts.boards.publication_versions import PublicationVersion
from services.contracts.shared.base import Revision
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import Kind, seen_keys

VERSIONS = Kind(
    PublicationVersionRow,
    "versions",
    "boards.publication_version",
    within={"publication": PUBLICATIONS},
)


async def page(session: AsyncSession, paging: Paging, publication: str) -> Mapping[str, Any]:
    """The versions of a publication, the newest first."""
    found = await PUBLICATIONS.one(session, publication)
    of = col(PublicationVersionRow.publication) == found.key
    page = await VERSIONS.page(session, paging, of, by="number", descending=True)
    return {**page, "items": await shown(session, page["items"])}


async def one(session: AsyncSession, publication: str, number: int) -> PublicationVersionRow:
    """One version of this publication; 404 when there is none to be seen."""
    found = await PUBLICATIONS.one(session, publication)
    statement = select(PublicationVersionRow).where(
        VERSIONS.seen(session),
        col(PublicationVersionRow.publication) == found.key,
        col(PublicationVersionRow.number) == number,
    )
    row = (await session.exec(statement)).first()
    if row is None:
        raise NotFound(f"There is no version {number} of {publication!r} that you may see.")
    session.info["revision"], session.info["read"] = row.revision, str(number)
    return row


async def shown(
    session: AsyncSession, rows: Sequence[PublicationVersionRow]
) -> list[PublicationVersion]:
    """The versions, naming files and bodies as far as the actor may see them."""
    files = {key for row in rows for key in row.files}
    adopters = {row.adopted_by for row in rows if row.adopted_by is not None}
    seen = await seen_keys(session, (FILES, files), (BODIES, adopters))
    return [
        PublicationVersion.model_validate(
            {
                **row.model_dump(),
                "files": [key for key in row.files if key in seen["files"]],
                "adopted_by": row.adopted_by if row.adopted_by in seen["bodies"] else None,
            }
        )
        for row in rows
    ]


async def history(session: AsyncSession, publication: str, number: int) -> list[Revision]:
    """Every state of one version."""
    row = await one(session, publication, number)
    return await VERSIONS.history(session, row.key)


async def last_number(session: AsyncSession, publication: str) -> int:
    """The number of the newest version, withdrawn or not; 0 when there is none."""
    statement = select(func.max(PublicationVersionRow.number)).where(
        col(PublicationVersionRow.municipality_id) == municipality_of(session).id,
        col(PublicationVersionRow.publication) == publication,
    )
    return (await session.exec(statement)).one() or 0


async def standing(session: AsyncSession, publication: str) -> Sequence[PublicationVersionRow]:
    """All versions that were not withdrawn, whoever may see them."""
    statement = select(PublicationVersionRow).where(
        col(PublicationVersionRow.municipality_id) == municipality_of(session).id,
        col(PublicationVersionRow.publication) == publication,
        col(PublicationVersionRow.withdrawn_at).is_(None),
    )
    return (await session.exec(statement)).all()


async def current(session: AsyncSession, publication: str) -> PublicationVersionRow | None:
    """The newest standing version that the actor may see."""
    statement = (
        select(PublicationVersionRow)
        .where(
            VERSIONS.seen(session),
            col(PublicationVersionRow.publication) == publication,
            col(PublicationVersionRow.withdrawn_at).is_(None),
        )
        .order_by(col(PublicationVersionRow.number).desc())
        .limit(1)
    )
    return (await session.exec(statement)).first()
