"""Every question asked of deliveries and lanes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.webhooks import WebhookDelivery, WebhookDeliveryState
from services.gateway.webhook_deliveries import rules
from services.gateway.webhook_deliveries.tables import WebhookDeliveryRow, WebhookLaneRow
from services.gateway.webhooks.tables import WebhookRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.problems import NotFound
from services.kit.resources import paged

FOLLOWER = "webhooks-"
_PLACES = text("""
    SELECT replace(name, :prefix, '') AS service, seq FROM follower
    WHERE municipality_id = :id AND name LIKE :prefix || '%'""")


def shown(row: WebhookDeliveryRow) -> WebhookDelivery:
    """The delivery as the API tells it."""
    return WebhookDelivery.model_validate(
        {
            **row.model_dump(),
            "message": rules.message_id(row.id),
            "event": f"{row.service}-{row.seq}",
            "next_attempt_at": row.next_at,
        }
    )


async def page(
    session: AsyncSession, paging: Paging, hook: WebhookRow, state: WebhookDeliveryState | None
) -> Mapping[str, Any]:
    """The deliveries of a webhook, the newest first."""
    statement = _of(hook)
    if state is not None:
        statement = statement.where(col(WebhookDeliveryRow.state) == state)
    place = paging.place(str)
    if place is not None:
        statement = statement.where(col(WebhookDeliveryRow.id) < _uuid(place[0]))
    ordered = statement.order_by(col(WebhookDeliveryRow.id).desc()).limit(paging.limit + 1)
    rows = (await session.exec(ordered)).all()
    found = paged(session, paging, rows, lambda row: [str(row.id)])
    return {**found, "items": [shown(row) for row in found["items"]]}


async def one(
    session: AsyncSession, hook: WebhookRow, delivery: UUID, *, lock: bool = False
) -> WebhookDeliveryRow:
    """One delivery of a webhook; 404 when there is none."""
    statement = _of(hook).where(col(WebhookDeliveryRow.id) == delivery)
    statement = statement.with_for_update() if lock else statement
    row: WebhookDeliveryRow | None = (await session.exec(statement)).one_or_none()
    session.info.pop("revision", None)
    if row is None:
        raise NotFound("The webhook has no such delivery.")
    return row


async def there(
    session: AsyncSession, hook: UUID, service: str, seq: int
) -> WebhookDeliveryRow | None:
    """The delivery of an event, locked; None while there is none."""
    statement = (
        select(WebhookDeliveryRow)
        .where(
            col(WebhookDeliveryRow.municipality_id) == municipality_of(session).id,
            col(WebhookDeliveryRow.webhook) == hook,
            col(WebhookDeliveryRow.service) == service,
            col(WebhookDeliveryRow.seq) == seq,
        )
        .with_for_update()
    )
    return (await session.exec(statement)).one_or_none()


async def due(
    session: AsyncSession, hook: WebhookRow, now: datetime, *, tests_only: bool
) -> WebhookDeliveryRow | None:
    """What is to be sent now, the longest due first."""
    statement = _waiting(hook, tests_only).where(col(WebhookDeliveryRow.next_at) <= now)
    ordered = statement.order_by(col(WebhookDeliveryRow.next_at), col(WebhookDeliveryRow.id))
    first: WebhookDeliveryRow | None = (await session.exec(ordered.limit(1))).first()
    return first


async def next_due(session: AsyncSession, hook: WebhookRow, *, tests_only: bool) -> datetime | None:
    """When something is to be sent next."""
    waiting = _waiting(hook, tests_only).subquery()
    first: datetime | None = (await session.exec(select(func.min(waiting.c.next_at)))).one()
    return first


def _of(hook: WebhookRow) -> Any:
    return select(WebhookDeliveryRow).where(
        col(WebhookDeliveryRow.municipality_id) == hook.municipality_id,
        col(WebhookDeliveryRow.webhook) == hook.id,
    )


def _waiting(hook: WebhookRow, tests_only: bool) -> Any:
    statement = _of(hook).where(col(WebhookDeliveryRow.state) == WebhookDeliveryState.waiting)
    if tests_only:
        statement = statement.where(col(WebhookDeliveryRow.service) == rules.TEST)
    return statement


async def lane(session: AsyncSession, hook: UUID) -> WebhookLaneRow:
    """The lane of a webhook, locked; made when it was never needed before."""
    town = municipality_of(session).id
    await sql.run(session, _LANE, {"id": town, "webhook": hook})
    statement = (
        select(WebhookLaneRow)
        .where(col(WebhookLaneRow.municipality_id) == town, col(WebhookLaneRow.webhook) == hook)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).one()


async def next_test(session: AsyncSession, hook: WebhookRow) -> int:
    """The number of the next test; whoever asks holds the webhook."""
    statement = select(func.coalesce(func.max(col(WebhookDeliveryRow.seq)), 0)).where(
        col(WebhookDeliveryRow.municipality_id) == hook.municipality_id,
        col(WebhookDeliveryRow.webhook) == hook.id,
        col(WebhookDeliveryRow.service) == rules.TEST,
    )
    return int((await session.exec(statement)).one()) + 1


async def places(session: AsyncSession) -> Mapping[str, int]:
    """How far the journals have been followed for webhooks."""
    values = {"id": municipality_of(session).id, "prefix": FOLLOWER}
    rows = await sql.run(session, _PLACES, values)
    return {str(row.service): int(row.seq) for row in rows}


async def let_go(session: AsyncSession, hook: WebhookRow) -> None:
    """What waits is not sent any more."""
    await sql.run(session, _LET_GO, {"id": hook.municipality_id, "webhook": hook.id})


async def forget(session: AsyncSession, before: datetime) -> None:
    """Drop what was done before that moment."""
    await sql.run(session, _FORGET, {"id": municipality_of(session).id, "before": before})


async def begin(session: AsyncSession, places: Mapping[str, int]) -> None:
    """Follow the journals of a town from here on, where nobody has followed them yet."""
    for service, seq in places.items():
        values = {"id": municipality_of(session).id, "name": FOLLOWER + service, "seq": seq}
        await sql.run(session, _BEGIN, values)


async def towns(pool: "asyncpg.Pool[asyncpg.Record]") -> frozenset[int]:
    """The municipalities that have webhooks."""
    rows = await pool.fetch("SELECT DISTINCT municipality_id FROM webhook_lane")
    return frozenset(row["municipality_id"] for row in rows)


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        return UUID(int=0)


_LANE = text("""
    INSERT INTO webhook_lane (municipality_id, webhook) VALUES (:id, :webhook)
    ON CONFLICT DO NOTHING""")
_LET_GO = text("""
    UPDATE webhook_delivery SET state = 'withheld', next_at = NULL
    WHERE municipality_id = :id AND webhook = :webhook AND state = 'waiting'""")
_FORGET = text("""
    DELETE FROM webhook_delivery
    WHERE municipality_id = :id AND state <> 'waiting' AND created_at < :before""")
_BEGIN = text("""
    INSERT INTO follower (municipality_id, name, seq) VALUES (:id, :name, :seq)
    ON CONFLICT DO NOTHING""")
