"""Taking from the past what an erased entry says no longer (decision 0036)."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit import sql
from services.kit.tables import Resource

_REDACT = text("SELECT redact(:resource, :id)")
_FORGET_ANSWERS = text("""
    DELETE FROM idempotency WHERE municipality_id = :municipality AND (
        position(convert_to(:id, 'UTF8') IN body) > 0
        OR position(convert_to(:key, 'UTF8') IN body) > 0)""")


async def redact(session: AsyncSession, row: Resource) -> int:
    """Redact the earlier states of a row that says `erased_at`; how many of them changed.

    Kept answers to repeated requests that name it are forgotten with it.
    """
    values = {"municipality": row.municipality_id, "id": str(row.id), "key": row.key}
    await sql.run(session, _FORGET_ANSWERS, values)
    named = {"resource": str(row.__tablename__), "id": row.id}
    return int((await sql.run(session, _REDACT, named)).scalar_one())
