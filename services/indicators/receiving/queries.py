"""Files that wait in the database, and how far their check has come."""

from collections.abc import AsyncIterator
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.jobs import DeliveryProgress, Phase
from services.indicators.deliveries.queries import DELIVERIES
from services.kit.database import municipality_of
from services.kit.native import native

PART = 1024 * 1024
"""Bytes of a part: no file is ever in memory as a whole."""


async def keep_file(session: AsyncSession, delivery: str, file: Path) -> None:
    """Keep the file until it is checked, in parts."""
    connection, town = await native(session), municipality_of(session).id
    with file.open("rb") as content:
        number = 0
        while part := content.read(PART):
            await connection.execute(
                "INSERT INTO delivery_part (municipality_id, delivery, number, body)"
                " VALUES ($1, $2, $3, $4)",
                town,
                delivery,
                number,
                part,
            )
            number += 1


async def parts(session: AsyncSession, delivery: str) -> AsyncIterator[bytes]:
    """The kept file, part by part."""
    connection, town, number = await native(session), municipality_of(session).id, 0
    while True:
        part = await connection.fetchval(
            "SELECT body FROM delivery_part"
            " WHERE municipality_id = $1 AND delivery = $2 AND number = $3",
            town,
            delivery,
            number,
        )
        if part is None:
            return
        yield part
        number += 1


_FORGET = (
    "DELETE FROM delivery_part WHERE municipality_id = $1 AND delivery = $2",
    "DELETE FROM delivery_progress WHERE municipality_id = $1 AND delivery = $2",
)


async def forget_file(session: AsyncSession, delivery: str) -> None:
    """Let go of the kept file and of its progress."""
    connection, town = await native(session), municipality_of(session).id
    for statement in _FORGET:
        await connection.execute(statement, town, delivery)


async def note_progress(
    session: AsyncSession, delivery: str, phase: Phase, done: int, total: int | None
) -> None:
    """Note how far the check has come."""
    await (await native(session)).execute(
        "INSERT INTO delivery_progress (municipality_id, delivery, phase, done, total)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (municipality_id, delivery) DO UPDATE"
        " SET phase = excluded.phase, done = excluded.done, total = excluded.total",
        municipality_of(session).id,
        delivery,
        str(phase),
        done,
        total,
    )


async def progress(session: AsyncSession, key: str) -> DeliveryProgress:
    """How far the check of a delivery has come."""
    row = await DELIVERIES.one(session, key)
    state = DeliveryState(row.state)
    if state is not DeliveryState.received:
        rows = row.counts.get("rows", 0)
        return DeliveryProgress(
            delivery=row.key, state=state, phase=Phase.finished, done=rows, total=rows
        )
    known = await (await native(session)).fetchrow(
        "SELECT phase, done, total FROM delivery_progress"
        " WHERE municipality_id = $1 AND delivery = $2",
        municipality_of(session).id,
        row.key,
    )
    phase, done, total = known or (Phase.waiting, 0, None)
    return DeliveryProgress(
        delivery=row.key, state=state, phase=Phase(phase), done=done, total=total
    )
