"""What was drawn, used late, has to go back and can be claimed next: pure functions."""

from collections.abc import Iterator
from decimal import Decimal

from services.contracts.projects.figures import Figure, Parameter, Reason, Unit
from services.projects.computing import Computation, known
from services.projects.deadlines import rules as deadlines
from services.projects.drawdowns import rules as drawdowns
from services.projects.grant_facts.rules import Facts
from services.projects.repayments import rules as repayments

ZERO = Decimal(0)


def late_money(facts: Facts) -> Figure:
    """What was drawn and not used in time."""
    settled = facts.settled()
    if settled is None:
        lacking = Computation("unspent_after_deadline", Unit.euro, "rate is not known", {})
        return lacking.lacks(Reason.no_rule)
    within = facts.rule(Parameter.spend_within)
    return drawdowns.unspent_after_deadline(facts.payouts, settled, within, facts.land, facts.today)


def figures(facts: Facts) -> Iterator[Figure]:
    """What remains, has to go back, is unused or late, bears interest and can be claimed next."""
    payouts = facts.payouts
    drawn = known(flow.amount for flow in payouts) - facts.repaid
    left = drawdowns.remaining(facts.granted, drawn)
    yield left
    paid_out = known(flow.amount for flow in payouts)
    yield repayments.repayment(facts.granted, paid_out, facts.demands, facts.today)
    yield repayments.repayment_interest(
        facts.grants,
        payouts,
        facts.demands,
        facts.rule(Parameter.interest_margin),
        facts.rules_of(Parameter.base_rate),
        facts.today,
    )
    settled = facts.settled()
    if settled is None:
        lacking = Computation("unspent_cash", Unit.euro, "max(paid_out - used, 0)", {"rate": None})
        yield lacking.lacks(Reason.no_rule)
        return
    within = facts.rule(Parameter.spend_within)
    cash = drawdowns.unspent_cash(payouts, settled, facts.today)
    yield cash
    yield late_money(facts)
    beyond = repayments.owed_back(facts.grants, payouts, facts.repayments)
    yield drawdowns.interest(
        payouts,
        drawdowns.without_reversals([*settled, *beyond]),
        within,
        facts.rule(Parameter.interest_margin),
        facts.rules_of(Parameter.base_rate),
        facts.rule(Parameter.interest_from),
        facts.land,
        facts.today,
    )
    used = known(flow.amount for flow in settled)
    advanced = max(used - known(flow.amount for flow in payouts), ZERO)
    yield drawdowns.next_claim(_due(facts), facts.share, cash, left, within, advanced)


def _due(facts: Facts) -> list[Decimal | None]:
    """What has to be paid within the period for which money may be drawn: open invoices, and
    orders that are due by then. An order without a day makes the sum unknown."""
    within = facts.rule(Parameter.spend_within)
    until = deadlines.after(facts.today, within) if within else None
    if until is None:
        return [None]
    invoices: list[Decimal | None] = [
        s.amount for s in facts.spendings if s.paid_on is None or s.paid_on > facts.today
    ]
    orders = [
        order.amount if order.due_on else None
        for order in facts.orders
        if order.due_on is None or order.due_on <= until
    ]
    return invoices + orders
