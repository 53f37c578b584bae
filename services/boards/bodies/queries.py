"""Every question asked of the stored bodies."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.tables import BodyRow
from services.boards.files.subjects import carries_files
from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.files import SubjectKind
from services.kit.database import municipality_of
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

BODIES = carries_files(SubjectKind.body, Kind(BodyRow, "bodies", "boards.body"))


async def page(
    session: AsyncSession,
    paging: Paging,
    kind: BodyKind | None,
    mandate: Mandate | None,
    parent: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Bodies by key: of a kind, with a mandate, directly below another, existing on a day."""
    where = matching(BodyRow, kind=kind, parent=parent)
    if mandate is not None:
        where.append(col(BodyRow.mandates).contains([mandate.value]))
    if on is not None:
        where.append(holds_on(BodyRow, on))
    return await BODIES.page(session, paging, *where)


async def parents(session: AsyncSession) -> dict[str, str | None]:
    """Each body's key and the key of the one it belongs to."""
    statement = select(BodyRow.key, BodyRow.parent).where(
        col(BodyRow.municipality_id) == municipality_of(session).id
    )
    return dict((await session.exec(statement)).all())


async def paper_numbers(session: AsyncSession) -> str | None:
    """How a council says that the papers of the municipality are numbered."""
    statement = (
        select(BodyRow.paper_numbers)
        .where(
            col(BodyRow.municipality_id) == municipality_of(session).id,
            col(BodyRow.kind) == BodyKind.council,
            col(BodyRow.paper_numbers).is_not(None),
        )
        .order_by(col(BodyRow.key))
    )
    return (await session.exec(statement)).first()


async def known(session: AsyncSession, keys: Iterable[str]) -> set[str]:
    """Those of the keys that are keys of bodies."""
    statement = select(BodyRow.key).where(
        col(BodyRow.municipality_id) == municipality_of(session).id, col(BodyRow.key).in_(keys)
    )
    return set(await session.exec(statement))
