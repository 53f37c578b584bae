"""What may happen to an onward grant, and what it is afterwards: pure functions."""

from collections.abc import Set
from dataclasses import dataclass, replace
from decimal import Decimal

from services.contracts.projects.onward_grants import (
    DecisionOutcome,
    OnwardDecision,
    OnwardNotice,
    OnwardPayout,
    OnwardRecovery,
    OnwardRepayment,
    OnwardState,
)
from services.kit.problems import Conflict
from services.projects.references.rules import BODY, ORGANISATION, RESOLUTION, Ground, Pointing

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Standing:
    """How an onward grant stands: state and money."""

    state: OnwardState = OnwardState.applied
    bound: Decimal = ZERO
    """What it takes of the grant."""
    awarded: Decimal = ZERO
    paid: Decimal = ZERO
    recovered: Decimal = ZERO
    repaid: Decimal = ZERO

    @property
    def out(self) -> Decimal:
        """What the recipient has and may keep so far."""
        return self.paid - self.recovered


def _only(now: Standing, states: Set[OnwardState], what: str) -> None:
    if now.state not in states:
        raise Conflict(f"Nothing that is {now.state} {what}.", pointer="/state", code="state")


def decide(now: Standing, decision: OnwardDecision, applied: Decimal) -> Standing:
    """On an application, or on more money for what is approved or granted. Refuses (409) more than
    was applied for and less than the notices award: that takes a notice."""
    first = decision.outcome is DecisionOutcome.refusal or now.state is OnwardState.applied
    states = {OnwardState.applied} if first else {OnwardState.approved, OnwardState.granted}
    _only(now, states, "is decided on like this")
    if decision.amount is None:
        return replace(now, state=OnwardState.refused)
    if decision.amount > applied:
        text = f"Only {applied} was applied for."
        raise Conflict(text, pointer="/amount", code="above_application")
    if decision.amount < now.awarded:
        text = f"The notices award {now.awarded}; less is awarded by another notice."
        raise Conflict(text, pointer="/amount", code="below_award")
    state = OnwardState.approved if first else now.state
    return replace(now, state=state, bound=decision.amount)


def notify(now: Standing, notice: OnwardNotice) -> Standing:
    """Award what was decided, or less. Refuses (409) more than was decided, and less than the
    recipient has: demand that back first."""
    _only(now, {OnwardState.approved, OnwardState.granted}, "gets a notice")
    if notice.amount > now.bound:
        text = f"Only {now.bound} was decided."
        raise Conflict(text, pointer="/amount", code="above_decision")
    if notice.amount < now.out:
        text = f"{now.out} was paid and not demanded back; demand it back first."
        raise Conflict(text, pointer="/amount", code="below_paid")
    return replace(now, state=OnwardState.granted, bound=notice.amount, awarded=notice.amount)


def pay(now: Standing, payout: OnwardPayout) -> Standing:
    """Pay. Refuses (409) more than is awarded."""
    _only(now, {OnwardState.granted}, "is paid out")
    if now.out + payout.amount > now.awarded:
        text = f"Of {now.awarded} awarded {now.awarded - now.out} is left."
        raise Conflict(text, pointer="/amount", code="above_award")
    return replace(now, paid=now.paid + payout.amount)


def demand(now: Standing, recovery: OnwardRecovery) -> Standing:
    """Demand back. Refuses (409) more than the recipient has. The award is reduced by it, unless
    it will be paid again; what is closed stays closed."""
    _only(now, {OnwardState.granted, OnwardState.closed}, "is demanded back")
    if recovery.amount > now.out:
        text = f"The recipient has {now.out}."
        raise Conflict(text, pointer="/amount", code="above_paid")
    less = recovery.amount if recovery.reduces_award else ZERO
    return replace(
        now,
        recovered=now.recovered + recovery.amount,
        awarded=now.awarded - less,
        bound=now.bound - less,
    )


def repay(now: Standing, repayment: OnwardRepayment) -> Standing:
    """Money comes back. Refuses (409) more than was demanded: demand it first."""
    if now.repaid + repayment.amount > now.recovered:
        text = f"Of {now.recovered} demanded {now.recovered - now.repaid} is open."
        raise Conflict(text, pointer="/amount", code="above_demand")
    return replace(now, repaid=now.repaid + repayment.amount)


def close(now: Standing, *, checked: bool, to_recover: Decimal) -> Standing:
    """Close after the proof of use; what was not paid out is free again. Refuses (409) while the
    proof is not checked, something is to be demanded back, or has not yet come back."""
    _only(now, {OnwardState.granted}, "is closed")
    if not checked and now.out > 0:
        raise Conflict("The proof of use is not checked.", pointer="/on", code="unchecked")
    if to_recover > 0:
        raise Conflict(f"{to_recover} is to be demanded back.", pointer="/on", code="to_recover")
    if now.repaid < now.recovered:
        raise Conflict(
            f"{now.recovered - now.repaid} has not come back.", pointer="/on", code="not_repaid"
        )
    return replace(now, state=OnwardState.closed, bound=now.out, awarded=now.out)


def withdraw(now: Standing) -> Standing:
    """The recipient wants it no more. Refuses (409) what was paid and not demanded back."""
    open_ = {OnwardState.applied, OnwardState.approved, OnwardState.granted}
    _only(now, open_, "is withdrawn")
    if now.out > 0:
        raise Conflict(f"{now.out} was paid; demand it back first.", pointer="/on", code="paid")
    return replace(now, state=OnwardState.withdrawn, bound=ZERO, awarded=ZERO)


def references(decision: OnwardDecision) -> list[Pointing]:
    """What a decision names of other services."""
    return [
        Pointing(BODY, decision.deciding_body, "/deciding_body"),
        Pointing(ORGANISATION, decision.decided_by, "/decided_by"),
        Pointing(RESOLUTION, decision.resolution, "/resolution"),
    ]


def ground(decision: OnwardDecision) -> Ground | None:
    """The resolution by which it is approved; what is refused may rest on a refusal."""
    if decision.resolution is None or decision.outcome is not DecisionOutcome.approval:
        return None
    return Ground(decision.resolution, "/resolution")
