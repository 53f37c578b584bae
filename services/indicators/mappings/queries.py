"""Every question asked of the stored mappings."""

from collections.abc import Mapping as Fields
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.mappings import Mapping
from services.indicators.mappings.tables import MappingRow
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching


@dataclass(frozen=True)
class Mappings(Kind[MappingRow]):
    """Mappings are seen by the administration and by the supplier whose files they fit."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        actor = actor_of(session)
        mine = col(MappingRow.municipality_id) == municipality_of(session).id
        if actor.sees_everything:
            return mine
        return mine & (col(MappingRow.supplier) == actor.supplier)


MAPPINGS = Mappings(MappingRow, "mappings", "indicators.mapping")


async def page(
    session: AsyncSession, paging: Paging, supplier: str | None, fingerprint: str | None
) -> Fields[str, Any]:
    """Mappings by key, of one supplier or for one structure."""
    where = matching(MappingRow, supplier=supplier, fingerprint=fingerprint)
    return await MAPPINGS.page(session, paging, *where)


async def usable(session: AsyncSession, supplier: str | None) -> dict[str, Mapping]:
    """By key, the mappings for files of this supplier: its own first, then those of everybody.

    For `Hints.known`: the first that fits a file is used.
    """
    statement = select(MappingRow).where(
        col(MappingRow.municipality_id) == municipality_of(session).id,
        col(MappingRow.supplier).is_(None) | (col(MappingRow.supplier) == supplier),
    )
    ordered = statement.order_by(col(MappingRow.supplier).nulls_last(), col(MappingRow.key))
    rows = await session.exec(ordered)
    return {row.key: Mapping.model_validate(row) for row in rows}


async def revisions(session: AsyncSession) -> dict[str, int]:
    """The revision of each mapping, by key."""
    mine = col(MappingRow.municipality_id) == municipality_of(session).id
    rows = await session.exec(select(MappingRow.key, MappingRow.revision).where(mine))
    return dict(rows.all())


async def fitting(session: AsyncSession, fingerprint: str, supplier: str | None) -> Mapping | None:
    """The mapping for files of this structure: the supplier's own, else that of everybody."""
    statement = select(MappingRow).where(
        col(MappingRow.municipality_id) == municipality_of(session).id,
        col(MappingRow.fingerprint) == fingerprint,
        col(MappingRow.supplier).is_(None) | (col(MappingRow.supplier) == supplier),
    )
    ordered = statement.order_by(col(MappingRow.supplier).nulls_last()).limit(1)
    found = (await session.exec(ordered)).first()
    return Mapping.model_validate(found) if found is not None else None


async def another(session: AsyncSession, key: str, fingerprint: str, supplier: str | None) -> str:
    """Key of another mapping of the same supplier for the same structure, or ''."""
    statement = select(MappingRow.key).where(
        col(MappingRow.municipality_id) == municipality_of(session).id,
        col(MappingRow.fingerprint) == fingerprint,
        col(MappingRow.supplier).is_not_distinct_from(supplier),
        col(MappingRow.key) != key,
    )
    return (await session.exec(statement)).first() or ""
