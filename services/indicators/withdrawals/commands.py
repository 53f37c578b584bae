"""Take a released delivery back, by a release of its own."""

from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import Withdrawal
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.releases import NewRelease
from services.indicators.deliveries import queries as deliveries
from services.indicators.deliveries.commands import decide
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.rules import SecondPersonNeeded, why_not_withdraw
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.releases import commands as releases
from services.indicators.withdrawals import queries
from services.kit import sql
from services.kit.database import actor_of, municipality_of
from services.kit.problems import Conflict


async def withdraw(session: AsyncSession, key: str, withdrawal: Withdrawal) -> DeliveryRow:
    """Withdraw a released delivery; its figures give way to those before in a new release."""
    await sql.alone(session, "indicators.releases")
    row = await DELIVERIES.one(session, key, lock=True)
    if row.state != DeliveryState.released or row.release is None:
        raise Conflict(f"{row.key} is {row.state}, not released.", code="state")
    delivery, brought_in = row.key, row.release
    releaser = await queries.released_by(session, brought_in)
    reason = why_not_withdraw(row.delivered_by, releaser, actor_of(session).subject)
    if reason:
        raise SecondPersonNeeded(reason)

    async def restore(session: AsyncSession, _: Collection[str]) -> None:
        await queries.restore(session, delivery, brought_in)

    title = withdrawal.title or {
        "de": f"Rückruf von {delivery}",
        "en": f"Withdrawal of {delivery}",
    }
    new = NewRelease.model_construct(title=title, note=withdrawal.reason, deliveries=[])
    release = await releases.release(session, new, collect=restore, withdraws=delivery)
    row.withdrawn_in = release.number
    await decide(session, row, DeliveryState.withdrawn, withdrawal.reason)
    await deliveries.forget_figures(session, delivery)
    session.info["location"] = f"/v1/{municipality_of(session).key}/releases/{release.key}"
    return row
