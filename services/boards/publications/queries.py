"""Every question asked of the stored publications."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.subjects import carries_files
from services.boards.publications.tables import PublicationRow
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.publications import PublicationKind
from services.kit.paging import Paging
from services.kit.resources import Kind

PUBLICATIONS = carries_files(
    SubjectKind.publication, Kind(PublicationRow, "publications", "boards.publication")
)


async def page(
    session: AsyncSession,
    paging: Paging,
    kind: PublicationKind | None,
    year: int | None,
    body: str | None,
) -> Mapping[str, Any]:
    """Publications by key: of a kind, a year, a body."""
    where = []
    if kind is not None:
        where.append(col(PublicationRow.kind) == kind)
    if year is not None:
        where.append(col(PublicationRow.year) == year)
    if body is not None:
        where.append(col(PublicationRow.bodies).contains([body]))
    return await PUBLICATIONS.page(session, paging, *where)
