"""What a municipality does with an onward grant: each step locks the grant it is paid from."""

from dataclasses import asdict
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.onward_grants import (
    OnwardDecision,
    OnwardEnd,
    OnwardNotice,
    OnwardPayout,
    OnwardProof,
    OnwardRecovery,
    OnwardRepayment,
    OnwardState,
)
from services.contracts.shared.base import Request
from services.kit.problems import Conflict
from services.projects.envelopes.commands import hold, keep_within
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.onward_steps import rules
from services.projects.onward_steps.rules import Standing
from services.projects.references.commands import Owners, check_ground, check_references


async def decide(
    session: AsyncSession, peers: Owners, key: str, decision: OnwardDecision
) -> OnwardGrantRow:
    """Approve or refuse; what is approved binds money of the grant."""
    await check_references(session, peers, rules.references(decision))
    if ground := rules.ground(decision):
        await check_ground(session, peers, ground)
    row, now = await _held(session, key)
    then = rules.decide(now, decision, row.applied_amount)
    ended = {"ended_on": decision.decided_on} if then.state is OnwardState.refused else {}
    return await _store(session, row, then, decisions=_and(row.decisions, decision), **ended)


async def notify(session: AsyncSession, key: str, notice: OnwardNotice) -> OnwardGrantRow:
    """Issue a notice: the award, or another amount than before."""
    row, now = await _held(session, key)
    due = notice.proof_due_on or row.proof_due_on
    notices = _and(row.notices, notice)
    return await _store(session, row, rules.notify(now, notice), notices=notices, proof_due_on=due)


async def pay(session: AsyncSession, key: str, payout: OnwardPayout) -> OnwardGrantRow:
    """Pay out."""
    row, now = await _held(session, key)
    payouts = _and(row.payouts, payout)
    return await _store(session, row, rules.pay(now, payout), payouts=payouts)


async def prove(session: AsyncSession, key: str, proof: OnwardProof) -> OnwardGrantRow:
    """Enter the proof of use, or what its check accepted."""
    row, now = await _held(session, key)
    if now.state is not OnwardState.granted:
        raise Conflict(f"Nothing that is {now.state} is proved.", pointer="/state", code="state")
    return await _store(session, row, now, proof=proof.model_dump(mode="json"))


async def demand(session: AsyncSession, key: str, recovery: OnwardRecovery) -> OnwardGrantRow:
    """Demand money back."""
    row, now = await _held(session, key)
    recoveries = _and(row.recoveries, recovery)
    return await _store(session, row, rules.demand(now, recovery), recoveries=recoveries)


async def repay(session: AsyncSession, key: str, repayment: OnwardRepayment) -> OnwardGrantRow:
    """Enter money that came back."""
    row, now = await _held(session, key)
    repayments = _and(row.repayments, repayment)
    return await _store(session, row, rules.repay(now, repayment), repayments=repayments)


async def close(session: AsyncSession, key: str, end: OnwardEnd) -> OnwardGrantRow:
    """Close it; what was not paid out is free again."""
    row, now = await _held(session, key)
    checked = bool(row.proof and row.proof["checked_on"])
    then = rules.close(now, checked=checked, to_recover=row.to_recover)
    return await _store(session, row, then, ended_on=end.on, end_reason=end.reason)


async def withdraw(session: AsyncSession, key: str, end: OnwardEnd) -> OnwardGrantRow:
    """The recipient takes the application back, or gives the award back."""
    row, now = await _held(session, key)
    then = rules.withdraw(now)
    return await _store(session, row, then, ended_on=end.on, end_reason=end.reason)


async def _held(session: AsyncSession, key: str) -> tuple[OnwardGrantRow, Standing]:
    """The onward grant, locked after the grant it is paid from."""
    await hold(session, (await ONWARD_GRANTS.one(session, key)).grant)
    row = await ONWARD_GRANTS.one(session, key, lock=True)
    await session.refresh(row)
    now = Standing(
        state=OnwardState(row.state),
        bound=row.bound,
        awarded=row.awarded,
        paid=row.paid,
        recovered=row.recovered,
        repaid=row.repaid,
    )
    return row, now


async def _store(
    session: AsyncSession, row: OnwardGrantRow, then: Standing, **more: Any
) -> OnwardGrantRow:
    row = await ONWARD_GRANTS.store(session, row, _Nothing(), **asdict(then), **more)
    await keep_within(session, row.grant)
    return row


class _Nothing(Request):
    """No field of the application changes."""


def _and(entries: list[dict[str, Any]], new: Request) -> list[dict[str, Any]]:
    return [*entries, new.model_dump(mode="json")]
