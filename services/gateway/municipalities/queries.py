"""Every question asked of the registered municipalities."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.municipalities import MunicipalityKind
from services.contracts.shared.access import Municipality
from services.gateway.municipalities.tables import MunicipalityRow
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import Kind, paged

MUNICIPALITIES = Kind(MunicipalityRow, "municipalities", "gateway.municipality")


def regional_key(municipality_id: int) -> str:
    """The official regional key as it is written: 12 digits (ARS)."""
    return f"{municipality_id:012d}"


def shown(row: MunicipalityRow) -> dict[str, Any]:
    """The municipality as the API tells it: its identifier is the regional key."""
    return {**row.model_dump(exclude={"municipality_id"}), "id": regional_key(row.municipality_id)}


def named(name: str) -> ColumnElement[bool]:
    """The municipality with this key or regional key."""
    if len(name) == len(regional_key(0)) and name.isascii() and name.isdigit():
        return col(MunicipalityRow.municipality_id) == int(name)
    return col(MunicipalityRow.key) == name


async def page(
    session: AsyncSession, paging: Paging, kind: MunicipalityKind | None
) -> Mapping[str, Any]:
    """Municipalities by key, of one kind."""
    statement = select(MunicipalityRow)
    if kind is not None:
        statement = statement.where(col(MunicipalityRow.kind) == kind)
    place = paging.place(str)
    if place is not None:
        statement = statement.where(col(MunicipalityRow.key) > place[0])
    statement = statement.order_by(col(MunicipalityRow.key)).limit(paging.limit + 1)
    rows = (await session.exec(statement)).all()
    found = paged(session, paging, rows, lambda row: [row.key])
    return {**found, "items": [shown(row) for row in found["items"]]}


async def one(session: AsyncSession, name: str) -> MunicipalityRow:
    """The municipality with this key or regional key; 404 when there is none."""
    row = (await session.exec(select(MunicipalityRow).where(named(name)))).one_or_none()
    if row is None:
        raise NotFound(f"There is no municipality {name!r}.")
    session.info["revision"] = row.revision
    return row


async def tenant(session: AsyncSession, name: str) -> Municipality:
    """The municipality as requests name it."""
    row = await one(session, name)
    return Municipality(key=row.key, id=row.municipality_id)


async def taken(session: AsyncSession, key: str, identifier: int) -> MunicipalityRow | None:
    """A registered municipality with this key or this regional key."""
    same = or_(col(MunicipalityRow.key) == key, col(MunicipalityRow.municipality_id) == identifier)
    return (await session.exec(select(MunicipalityRow).where(same).limit(1))).first()
