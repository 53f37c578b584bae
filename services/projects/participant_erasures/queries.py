"""The statements by which participants end."""

from collections.abc import Iterable

from sqlalchemy import delete, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.esf import EsfCode
from services.kit import sql
from services.projects.participants.tables import (
    ParticipantIdentityRow,
    ParticipantRow,
    ParticipantSpecialRow,
)

_TALLY = text("""
    INSERT INTO participant_tally (municipality_id, monitoring, year, code, gender, count)
    VALUES (:municipality, :monitoring, :year, :code, :gender, 1)
    ON CONFLICT (municipality_id, monitoring, year, code, gender)
    DO UPDATE SET count = participant_tally.count + 1""")
_FORGET_ANSWERS = text("""
    DELETE FROM idempotency
    WHERE municipality_id = :municipality AND position(convert_to(:key, 'UTF8') IN body) > 0""")


async def keep_counts(
    session: AsyncSession, row: ParticipantRow, counted: Iterable[tuple[int, EsfCode]]
) -> None:
    """Add to the counts of a project what somebody counted as."""
    for year, code in counted:
        values = {
            "municipality": row.municipality_id,
            "monitoring": row.monitoring,
            "year": year,
            "code": code.value,
            "gender": row.gender,
        }
        await sql.run(session, _TALLY, values)


async def forget(session: AsyncSession, row: ParticipantRow) -> None:
    """Delete everything that is kept of somebody, kept answers included."""
    connection = await session.connection()
    for table, of in (
        (ParticipantIdentityRow, ParticipantIdentityRow.participant),
        (ParticipantSpecialRow, ParticipantSpecialRow.participant),
        (ParticipantRow, ParticipantRow.id),
    ):
        mine = col(table.municipality_id) == row.municipality_id
        await connection.execute(delete(table).where(mine, col(of) == row.id))
    await sql.run(session, _FORGET_ANSWERS, {"municipality": row.municipality_id, "key": row.key})
