"""Every question asked of the stored deliveries and their figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import Delivery, DeliveryReceipt
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.shared.base import Revision
from services.indicators.deliveries.tables import DeliveryRow
from services.kit.access import allows
from services.kit.database import actor_of, municipality_of
from services.kit.native import native
from services.kit.paging import Paging
from services.kit.resources import Kind, matching


@dataclass(frozen=True)
class Deliveries(Kind[DeliveryRow]):
    """Deliveries are seen by the administration and by those who delivered them."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        actor = actor_of(session)
        mine = col(DeliveryRow.municipality_id) == municipality_of(session).id
        if actor.sees_everything:
            return mine
        own = col(DeliveryRow.delivered_by) == actor.subject
        if actor.supplier is not None:
            own |= col(DeliveryRow.supplier) == actor.supplier
        return mine & own


_FORGET = "DELETE FROM staged WHERE municipality_id = $1 AND delivery = $2"
_SLOW = 600.0
"""Seconds that a million figures may take."""
DELIVERIES = Deliveries(DeliveryRow, "deliveries", "indicators.delivery")


async def page(
    session: AsyncSession, paging: Paging, state: DeliveryState | None, supplier: str | None
) -> Mapping[str, Any]:
    """Deliveries, the newest first, in one state or of one supplier."""
    where = matching(DeliveryRow, state=state, supplier=supplier)
    found = await DELIVERIES.page(session, paging, *where, by="created_at", descending=True)
    return {**found, "items": [shown(session, row) for row in found["items"]]}


def shown(session: AsyncSession, row: DeliveryRow) -> Delivery:
    """The delivery as the actor may see it: raw figures only of their own, or if raw is allowed."""
    delivery, actor = Delivery.model_validate(row), actor_of(session)
    own = row.delivered_by == actor.subject or (
        row.supplier is not None and row.supplier == actor.supplier
    )
    if own or _sees_raw(session):
        return delivery
    issues = [issue.model_copy(update={"numbers": None}) for issue in delivery.issues]
    diff = delivery.diff and delivery.diff.model_copy(update={"jumps": []})
    return delivery.model_copy(update={"diff": diff, "issues": issues})


def receipt(session: AsyncSession, row: DeliveryRow) -> DeliveryReceipt:
    """What proves that a delivery was received."""
    return DeliveryReceipt(
        delivery=row.key,
        municipality=municipality_of(session).key,
        state=DeliveryState(row.state),
        sha256=row.sha256,
        size=row.size,
        received_at=row.created_at,
        delivered_by=row.delivered_by,
        supplier=row.supplier,
        slots=row.slots,
        figures=row.counts.get("figures", 0),
    )


async def history(session: AsyncSession, key: str) -> list[Revision]:
    """Every state of the delivery, newest first, as the actor may see it."""
    states = await DELIVERIES.history(session, key)
    if _sees_raw(session):
        return states
    return [state.model_copy(update={"row": _without_figures(state.row)}) for state in states]


def _without_figures(row: Mapping[str, Any]) -> Mapping[str, Any]:
    issues = [{**issue, "numbers": None} for issue in row["issues"]]
    diff = row["diff"] and {**row["diff"], "jumps": []}
    return {**row, "diff": diff, "issues": issues}


def _sees_raw(session: AsyncSession) -> bool:
    return any(allows(role, "indicators.observations:raw") for role in actor_of(session).roles)


async def number_of(session: AsyncSession) -> int:
    """How many deliveries there are."""
    mine = col(DeliveryRow.municipality_id) == municipality_of(session).id
    return (await session.exec(select(func.count()).where(mine))).one()


async def of_the_same_bytes(session: AsyncSession, sha256: str) -> Sequence[DeliveryRow]:
    """The deliveries of the same bytes that were not refused, rejected or withdrawn."""
    refused = (DeliveryState.refused, DeliveryState.rejected, DeliveryState.withdrawn)
    statement = select(DeliveryRow).where(
        col(DeliveryRow.municipality_id) == municipality_of(session).id,
        col(DeliveryRow.sha256) == sha256,
        col(DeliveryRow.state).not_in(refused),
    )
    return (await session.exec(statement.order_by(col(DeliveryRow.created_at)))).all()


async def may_see(session: AsyncSession, row: DeliveryRow) -> bool:
    """Is the delivery one that the actor may see?"""
    statement = select(col(DeliveryRow.id)).where(
        DELIVERIES.seen(session), col(DeliveryRow.id) == row.id
    )
    return (await session.exec(statement)).first() is not None


async def several(session: AsyncSession, keys: Iterable[str]) -> Sequence[DeliveryRow]:
    """Those of the deliveries that exist, locked in the order of keys."""
    statement = select(DeliveryRow).where(DELIVERIES.seen(session), col(DeliveryRow.key).in_(keys))
    statement = statement.order_by(col(DeliveryRow.key)).with_for_update(key_share=True)
    return (await session.exec(statement)).all()


async def forget_figures(session: AsyncSession, delivery: str) -> None:
    """Let go of the figures of a delivery that will not be released."""
    connection = await native(session)
    await connection.execute(_FORGET, municipality_of(session).id, delivery, timeout=_SLOW)


async def forget_released(session: AsyncSession, delivery: str) -> None:
    """Let go of the figures of a released delivery; what it took back is kept for a withdrawal."""
    connection = await native(session)
    await connection.execute(
        _FORGET + " AND NOT gone", municipality_of(session).id, delivery, timeout=_SLOW
    )
