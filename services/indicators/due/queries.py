"""What is due of figures."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.deadlines import DeadlineKind, Due
from services.indicators.due import rules
from services.indicators.slots import queries as slots
from services.indicators.slots.queries import SLOTS
from services.indicators.slots.tables import SlotRow
from services.kit.days import today
from services.kit.deadlines import Telling, Wanted


async def deliveries(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """What suppliers have agreed to deliver, also of periods that have not begun."""
    statement = select(SlotRow).where(
        SLOTS.seen(session), wanted.by(organisation=col(SlotRow.supplier))
    )
    rows = {slot.key: slot for slot in await session.exec(statement)}
    found = await slots.due(session, list(rows.values()), today(), wanted.first, wanted.last)
    return [rules.delivery(rows[period.slot], period) for period in found]


SOURCES = (Telling(DeadlineKind.delivery, "indicators.deliveries:inspect", deliveries),)
