"""Every question asked of the stored organisations."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.organisations.tables import OrganisationRow
from services.contracts.boards.organisations import OrganisationKind
from services.kit.database import municipality_of
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

ORGANISATIONS = Kind(OrganisationRow, "organisations", "boards.organisation")


async def page(
    session: AsyncSession,
    paging: Paging,
    kind: OrganisationKind | None,
    parent: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Organisations by key: of one kind, below one parent, existing on a day."""
    where = matching(OrganisationRow, kind=kind, parent=parent)
    if on is not None:
        where.append(holds_on(OrganisationRow, on))
    return await ORGANISATIONS.page(session, paging, *where)


async def parents(session: AsyncSession) -> dict[str, str | None]:
    """Each organisation's key and the key of the one it is part of."""
    statement = select(OrganisationRow.key, OrganisationRow.parent).where(
        col(OrganisationRow.municipality_id) == municipality_of(session).id
    )
    return dict((await session.exec(statement)).all())


async def kind_of(session: AsyncSession, key: str) -> OrganisationKind | None:
    """What kind of organisation it is; None when there is none."""
    statement = select(OrganisationRow.kind).where(
        col(OrganisationRow.municipality_id) == municipality_of(session).id,
        col(OrganisationRow.key) == key,
    )
    found = (await session.exec(statement)).first()
    return OrganisationKind(found) if found is not None else None


async def known(session: AsyncSession, keys: Iterable[str]) -> set[str]:
    """Those of the keys that are keys of organisations."""
    statement = select(OrganisationRow.key).where(
        col(OrganisationRow.municipality_id) == municipality_of(session).id,
        col(OrganisationRow.key).in_(keys),
    )
    return set(await session.exec(statement))
