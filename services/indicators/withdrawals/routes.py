"""Withdrawals of released deliveries over HTTP."""

from services.contracts.indicators.deliveries import Delivery, Withdrawal
from services.indicators.deliveries import queries as deliveries
from services.indicators.deliveries.rules import SecondPersonNeeded
from services.indicators.withdrawals import commands
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing
from services.kit.problems import refusals

withdrawals = router("Deliveries")
WITHDRAW = requires("indicators.deliveries:withdraw")


@withdrawals.post(
    "/deliveries/{key}/withdrawal",
    response_model=Delivery,
    dependencies=[WITHDRAW],
    responses=refusals(SecondPersonNeeded),
)
async def withdraw_delivery(session: Writing, key: str, withdrawal: Withdrawal) -> Delivery:
    """Withdraw a released delivery.

    By somebody who neither delivered nor released it, with a reason (Rückruf). A new release is
    made, at the address in `Location`: in it the figures of the delivery give way to what stood
    before, or to nothing where nothing stood before. What was shown until then stays readable with
    `as_of`. Figures that a later delivery has replaced already are left alone.
    """
    return deliveries.shown(session, await commands.withdraw(session, key, withdrawal))
