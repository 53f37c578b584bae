"""What was drawn, used late, has to go back and can be claimed next: pure functions."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from services.contracts.projects.figures import Figure, Parameter, Reason, Unit
from services.projects.allocation.rules import cents
from services.projects.computing import Computation, Given, euros, known
from services.projects.cost_options.rules import flats_on
from services.projects.deadlines import rules as deadlines
from services.projects.drawdowns import rules as drawdowns
from services.projects.forecasts import rules as forecasts
from services.projects.grant_facts.rules import Facts
from services.projects.outlooks.rules import contracts
from services.projects.repayments import rules as repayments

ZERO = Decimal(0)


def late_money(facts: Facts) -> Figure:
    """What was drawn and not used in time."""
    settled = facts.settled()
    if settled is None:
        return _without_share(facts, "unspent_after_deadline")
    within = facts.rule(Parameter.spend_within)
    return drawdowns.unspent_after_deadline(facts.payouts, settled, within, facts.land, facts.today)


def _without_share(facts: Facts, key: str) -> Figure:
    """While nobody knows what part of the cost the grant pays, nobody knows what it paid for."""
    inputs: dict[str, Given] = {
        "paid_out": euros(known(flow.amount for flow in facts.payouts)),
        "spent": euros(facts.spent),
        "share": (None, Unit.percent),
    }
    lacking = Computation(key, Unit.euro, "paid_out against spent * share", inputs)
    return lacking.lacks(Reason.no_amount)


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
        for key in ("unspent_cash", "unspent_after_deadline", "interest", "next_claim"):
            yield _without_share(facts, key)
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
    until = deadlines.after(facts.today, within) if within else None
    due, pay = _due(facts, until), _staff(facts, until)
    yield drawdowns.next_claim(due, facts.share, cash, left, within, advanced, pay)


def _staff(facts: Facts, until: date | None) -> Decimal | None:
    """What contracts with staff cost the grant within the period for which money may be drawn,
    beside invoices of it that are open already, with the flat amounts that rest on it; not known
    where pay is not, and nothing where a flat rate stands for it."""
    tomorrow, last = facts.today + timedelta(days=1), facts.ends_on or until
    if until is None or last is None or "staff" in facts.flat_categories:
        return ZERO
    cost = forecasts.staff_cost(contracts(facts, last), tomorrow, min(until, last))
    invoiced = facts.of_grant(known(s.amount for s in facts.unpaid if s.category == "staff"))
    if cost is None or invoiced is None:
        return None
    own = max(cents(cost) - invoiced, ZERO)
    return own + _flats_on(facts, [("staff", own)])


def _flats_on(facts: Facts, cost: Sequence[tuple[str, Decimal]]) -> Decimal:
    """The flat amounts that rest on cost that is still to come, or on the grant's part of it."""
    return known(f.known for f in flats_on(cost, facts.flat_rates)) if facts.flat_rates else ZERO


def _due(facts: Facts, until: date | None) -> list[Decimal | None]:
    """What has to be paid within the period for which money may be drawn: open invoices, with the
    flat amounts that rest on them, and orders that are due by then. An order without a day makes
    the sum unknown."""
    if until is None:
        return [None]
    costs = [(spending.category, spending.amount) for spending in facts.unpaid]
    invoices: list[Decimal | None] = [*(amount for _, amount in costs), _flats_on(facts, costs)]
    orders = [
        order.amount if order.due_on else None
        for order in facts.orders
        if order.due_on is None or order.due_on <= until
    ]
    return invoices + orders
