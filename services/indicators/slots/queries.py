"""Every question asked of the stored slots and of what has come for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.slots import (
    SlotPeriod,
    SlotPeriodicity,
    SlotReminder,
    SlotState,
)
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.periods import parse_period
from services.indicators.slots import rules
from services.indicators.slots.rules import Agreement
from services.indicators.slots.tables import SlotArrivalRow, SlotRow
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

_ALIVE = (DeliveryState.checked, DeliveryState.approved, DeliveryState.released)


@dataclass(frozen=True)
class Slots(Kind[SlotRow]):
    """Slots are seen by the administration and by the supplier they were agreed with."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        actor = actor_of(session)
        mine = col(SlotRow.municipality_id) == municipality_of(session).id
        if actor.sees_everything:
            return mine
        return mine & (col(SlotRow.supplier) == (actor.supplier or ""))


SLOTS = Slots(SlotRow, "slots", "indicators.slot")


async def page(session: AsyncSession, paging: Paging, supplier: str | None) -> Mapping[str, Any]:
    """Slots by key, of one supplier."""
    where = [col(SlotRow.supplier) == supplier] if supplier is not None else []
    return await SLOTS.page(session, paging, *where)


async def for_supplier(session: AsyncSession, supplier: str | None) -> Sequence[SlotRow]:
    """The slots that a delivery may be for; all of them where the office itself delivers."""
    mine = col(SlotRow.municipality_id) == municipality_of(session).id
    statement = select(SlotRow).where(mine).order_by(col(SlotRow.key))
    if supplier is not None:
        statement = statement.where(col(SlotRow.supplier) == supplier)
    return (await session.exec(statement)).all()


async def periods(session: AsyncSession, slot: SlotRow, today: date) -> list[SlotPeriod]:
    """Every period that the slot expects, the oldest first."""
    return [found async for found in _periods(session, [slot], today)]


async def reminders(session: AsyncSession, today: date) -> list[SlotReminder]:
    """What is missing in the slots that the actor may see, the oldest first."""
    slots = (await session.exec(select(SlotRow).where(SLOTS.seen(session)))).all()
    by_key = {slot.key: slot for slot in slots}
    found = []
    async for period in _periods(session, slots, today):
        slot = by_key[period.slot]
        span = parse_period(period.period)
        if period.state is not SlotState.received and agreement(slot).reminds(span, today):
            found.append(
                SlotReminder(
                    **period.model_dump(),
                    title=cast("Any", slot.title),
                    contact_role=slot.contact_role,
                    days_late=(today - period.due_on).days,
                )
            )
    return sorted(found, key=lambda reminder: (reminder.due_on, reminder.slot, reminder.period))


async def due(
    session: AsyncSession, slots: Sequence[SlotRow], today: date, first: date, last: date
) -> list[SlotPeriod]:
    """What is due in a span of days, also of periods that have not begun yet."""
    found = [period async for period in _periods(session, slots, today, last)]
    return [period for period in found if first <= period.due_on <= last]


def agreement(slot: SlotRow) -> Agreement:
    """What was agreed on."""
    return Agreement(
        cast("SlotPeriodicity", slot.periodicity),
        slot.first_period,
        slot.last_period,
        slot.days_until_due,
        slot.reminder_days,
    )


async def _periods(
    session: AsyncSession, slots: Iterable[SlotRow], today: date, until: date | None = None
) -> Any:
    """Every period of these slots that has begun by a day, today if none is given."""
    slots = list(slots)
    arrived = await _arrived(session, [slot.key for slot in slots])
    for slot in slots:
        agreed = agreement(slot)
        for period in rules.expected(agreed, until or today):
            came = arrived.get((slot.key, period.text), [])
            missing = sorted(set(slot.indicators) - {indicator for indicator, _ in came})
            yield SlotPeriod(
                slot=slot.key,
                supplier=slot.supplier,
                period=period.text,
                due_on=agreed.due_on(period),
                state=agreed.state(period, missing, today),
                missing=missing,
                deliveries=sorted({delivery for _, delivery in came}),
            )


async def _arrived(
    session: AsyncSession, slots: Sequence[str]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What came for each slot and period: indicator and delivery, of deliveries that count."""
    arrival = SlotArrivalRow
    statement = (
        select(arrival.slot, arrival.period, arrival.indicator, arrival.delivery)
        .join(
            DeliveryRow,
            (col(DeliveryRow.municipality_id) == col(arrival.municipality_id))
            & (col(DeliveryRow.key) == col(arrival.delivery)),
        )
        .where(
            col(arrival.municipality_id) == municipality_of(session).id,
            col(arrival.slot).in_(slots),
            col(DeliveryRow.state).in_(_ALIVE),
        )
    )
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for slot, period, indicator, delivery in await session.exec(statement):
        found.setdefault((slot, period), []).append((indicator, delivery))
    return found
