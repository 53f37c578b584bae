"""Every question asked of the stored API keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Role
from services.contracts.shared.base import Key
from services.gateway.api_keys.rules import Secret
from services.gateway.api_keys.tables import ApiKeyRow, SecretRow
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

API_KEYS = Kind(ApiKeyRow, "api-keys", "gateway.api-key")


async def page(
    session: AsyncSession, paging: Paging, supplier: Key | None, active: bool | None
) -> Mapping[str, Any]:
    """API keys by key, of one supplier, working or not."""
    where = matching(ApiKeyRow, supplier=supplier)
    if active is not None:
        works = col(ApiKeyRow.revoked_at).is_(None) & (
            col(ApiKeyRow.expires_at) > datetime.now(UTC)
        )
        where.append(works if active else ~works)
    found = await API_KEYS.page(session, paging, *where)
    used = await last_used(session, [row.id for row in found["items"]])
    return {**found, "items": [shown(row, used.get(row.id)) for row in found["items"]]}


def shown(row: ApiKeyRow, used: date | None, **more: Any) -> dict[str, Any]:
    """The key as the API tells it."""
    return {**row.model_dump(), "last_used_on": used, **more}


async def last_used(session: AsyncSession, keys: Iterable[UUID]) -> dict[UUID, date | None]:
    """The last day on which some secret of each key was used."""
    statement = (
        select(SecretRow.api_key, func.max(SecretRow.last_used_on))
        .where(
            col(SecretRow.municipality_id) == municipality_of(session).id,
            col(SecretRow.api_key).in_(list(keys)),
        )
        .group_by(col(SecretRow.api_key))
    )
    return dict((await session.exec(statement)).all())


async def working(session: AsyncSession, id: UUID, now: datetime) -> ApiKeyRow | None:
    """The API key, unless it was revoked or has expired."""
    statement = select(ApiKeyRow).where(
        col(ApiKeyRow.municipality_id) == municipality_of(session).id,
        col(ApiKeyRow.id) == id,
        col(ApiKeyRow.revoked_at).is_(None),
        col(ApiKeyRow.expires_at) > now,
    )
    return (await session.exec(statement)).one_or_none()


async def secrets_of(session: AsyncSession, row: ApiKeyRow) -> list[SecretRow]:
    """The secrets of a key, locked."""
    statement = (
        select(SecretRow)
        .where(
            col(SecretRow.municipality_id) == row.municipality_id,
            col(SecretRow.api_key) == row.id,
        )
        .with_for_update()
    )
    return list((await session.exec(statement)).all())


@dataclass(frozen=True)
class Bearer:
    """A verified API key: who it stands for and until when."""

    id: UUID
    municipality: str
    roles: frozenset[Role]
    supplier: str | None
    until: datetime


async def bearer(pool: "asyncpg.Pool[asyncpg.Record]", secret: Secret) -> Bearer | None:
    """Who sends this secret; None when it is unknown, wrong, expired or revoked.

    Notes the day of use, once a day.
    """
    now = datetime.now(UTC)
    async with pool.acquire(timeout=5) as connection, connection.transaction():
        await connection.execute(_ENTER, str(secret.municipality_id))
        row = await connection.fetchrow(_FIND, secret.municipality_id, secret.id)
        if row is None or not secret.fits(row["digest"]):
            return None
        until = min(row["expires_at"], row["ends_at"] or row["expires_at"])
        if row["revoked_at"] is not None or until <= now:
            return None
        if row["last_used_on"] != now.date():
            await connection.execute(_USED, secret.municipality_id, secret.id, now.date())
    roles = frozenset(Role(role) for role in row["roles"])
    return Bearer(row["api_key"], row["municipality"], roles, row["supplier"], until)


_ENTER = "SELECT set_config('app.municipality', $1, true)"
_FIND = """
    SELECT s.api_key, s.digest, s.ends_at, s.last_used_on, k.supplier, k.expires_at, k.revoked_at,
           m.key AS municipality, ARRAY(SELECT jsonb_array_elements_text(k.roles)) AS roles
    FROM api_key_secret s
    JOIN api_key k ON k.municipality_id = s.municipality_id AND k.id = s.api_key
    JOIN municipality m ON m.municipality_id = s.municipality_id
    WHERE s.municipality_id = $1 AND s.id = $2"""
_USED = "UPDATE api_key_secret SET last_used_on = $3 WHERE municipality_id = $1 AND id = $2"
