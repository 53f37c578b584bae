"""What a second person does with a delivery: approve, reject, take the approval back."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import Rejection
from services.contracts.indicators.delivery_states import DeliveryState
from services.indicators.deliveries import queries, rules
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.rules import SecondPersonNeeded
from services.indicators.deliveries.tables import DeliveryRow
from services.kit.database import actor_of
from services.kit.problems import Conflict


async def approve(session: AsyncSession, key: str) -> DeliveryRow:
    """Approve a delivery as the second person."""
    row = await DELIVERIES.one(session, key, lock=True)
    reason = rules.why_not_approve(row.delivered_by, actor_of(session).subject)
    if reason:
        raise SecondPersonNeeded(reason)
    return await decide(session, row, DeliveryState.approved, None)


async def reject(session: AsyncSession, key: str, rejection: Rejection) -> DeliveryRow:
    """Reject a delivery; its figures are let go."""
    row = await DELIVERIES.one(session, key, lock=True)
    await decide(session, row, DeliveryState.rejected, rejection.reason)
    await queries.forget_figures(session, row.key)
    return row


async def revoke(session: AsyncSession, key: str, rejection: Rejection) -> DeliveryRow:
    """Take an approval back before the release; the delivery is checked, as it was."""
    row = await DELIVERIES.one(session, key, lock=True)
    if row.state != DeliveryState.approved:
        raise Conflict(f"{row.key} is {row.state}, not approved.", code="state")
    return await decide(session, row, DeliveryState.checked, rejection.reason, what="revoked")


async def decide(
    session: AsyncSession,
    row: DeliveryRow,
    state: DeliveryState,
    reason: str | None,
    *,
    what: str | None = None,
) -> DeliveryRow:
    """Let the delivery go on to `state` by the actor's word, and journal it."""
    become(row, state)
    row.decided_by, row.decided_at = actor_of(session).subject, datetime.now(UTC)
    row.reason = reason
    await session.flush()
    await DELIVERIES.tell(session, row, what or state)
    session.info["revision"] = row.revision
    return row


def become(row: DeliveryRow, state: DeliveryState) -> None:
    """Let the delivery go on to `state`; refuses (409) a step that its state does not allow."""
    if not rules.may_become(DeliveryState(row.state), state):
        raise Conflict(f"{row.key} is {row.state} and cannot become {state}.", code="state")
    row.state = state
