"""What of a grant has to go back: pure functions over days and exact decimals.

A notice that revokes, or a final one that settles for less, can leave less than was paid out
(Teilwiderruf, Section 49(3) VwVfG). What was paid beyond it has to go back (Section 49a(1) VwVfG)
with interest from the day on which the notice takes effect (Section 49a(3)), whether the funder has
demanded it yet or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import Computation, euros, known, law
from services.projects.drawdowns.rules import Flow, rate_days, rates_between

ZERO = Decimal(0)
CLAIM = law("§ 49a Abs. 1 VwVfG", "§ 49a Abs. 1 ThürVwVfG")
INTEREST = law("§ 49a Abs. 3 VwVfG", "§ 49a Abs. 3 ThürVwVfG")


@dataclass(frozen=True)
class Demand:
    """What the funder demands back (Rückforderung), as far as it is known on a day."""

    key: str
    amount: Decimal
    decided_on: date
    due_on: date | None
    repayments: Sequence[Flow] = ()
    waived_on: date | None = None

    @property
    def repaid(self) -> Decimal:
        """What of it went back."""
        return known(flow.amount for flow in self.repayments)

    @property
    def waived(self) -> Decimal:
        """What of it the funder does without."""
        return ZERO if self.waived_on is None else self.amount - self.repaid

    @property
    def open(self) -> Decimal:
        """What of it is still to go back."""
        return self.amount - self.repaid - self.waived


def undemanded(granted: Decimal | None, paid_out: Decimal, demands: Sequence[Demand]) -> Decimal:
    """What was paid beyond the grant and the funder has not demanded yet; an amount that is not
    known demands nothing."""
    if granted is None:
        return ZERO
    return max(paid_out - granted - known(demand.amount for demand in demands), ZERO)


def repayment(
    granted: Decimal | None, paid_out: Decimal, demands: Sequence[Demand], today: date
) -> Figure:
    """What is to go back to the funder: what it demands and what was paid beyond the grant. A
    breach when a demand is overdue."""
    repaid, waived = (known(getattr(one, name) for one in demands) for name in ("repaid", "waived"))
    owed = Computation(
        "repayment",
        Unit.euro,
        "demanded - repaid - waived + max(paid_out - granted - demanded, 0)",
        {
            "granted": euros(granted),
            "paid_out": euros(paid_out),
            "demanded": euros(known(demand.amount for demand in demands)),
            "repaid": euros(repaid),
            "waived": euros(waived),
            "today": today,
        },
        law=[CLAIM],
    )
    if granted is None and paid_out:
        return owed.lacks(Reason.no_amount)
    total = known(one.open for one in demands) + undemanded(granted, paid_out, demands)
    late = any(one.open and one.due_on is not None and one.due_on < today for one in demands)
    if late:
        return owed.gives(total, FigureStatus.breach)
    return owed.gives(total, FigureStatus.warning if total else FigureStatus.ok)


def repayment_interest(
    granted: Decimal | None,
    payouts: Sequence[Flow],
    demands: Sequence[Demand],
    since: date | None,
    margin: Rule | None,
    base_rates: Sequence[Rule],
    today: date,
) -> Figure:
    """Interest on what was paid beyond the grant, from the day on which its notice takes effect to
    the day on which it goes back or the funder does without it, by the base rate of each day and
    the margin. A day without a base rate makes the figure unknown."""
    flows = [
        *payouts,
        *(Flow(back.day, -back.amount) for one in demands for back in one.repayments),
        *(Flow(one.waived_on, -one.waived) for one in demands if one.waived_on),
    ]
    owing = [] if granted is None else list(_beyond(granted, flows, since, today))
    owed = Computation(
        "repayment_interest",
        Unit.euro,
        "sum(days beyond the grant * amount beyond it / 365 * (base_rate + interest_margin))",
        {
            "granted": euros(granted),
            "since": since,
            "interest_margin": margin,
            **rates_between(base_rates, [(first, last) for _, first, last in owing]),
            "today": today,
        },
        law=[INTEREST],
    )
    if granted is None:
        return owed.lacks(Reason.no_amount)
    total = Fraction(0)
    for amount, first, last in owing:
        if margin is None or margin.value is None:
            return owed.lacks(Reason.no_rule)
        per_year = rate_days(base_rates, margin.value, first, last)
        if per_year is None:
            return owed.lacks(Reason.no_rule)
        total += Fraction(amount) * per_year / 36500
    return owed.gives(total, FigureStatus.warning if total > 0 else FigureStatus.ok)


def _beyond(
    granted: Decimal, flows: Sequence[Flow], since: date | None, today: date
) -> Iterator[tuple[Decimal, date, date]]:
    """How much was out beyond the grant, from the end of a day to the end of another."""
    begin = max(since or date.min, min((flow.day for flow in flows), default=today))
    turns = {begin, today, *(flow.day for flow in flows if begin < flow.day < today)}
    for first, last in pairwise(sorted(turns) if begin < today else ()):
        amount = known(flow.amount for flow in flows if flow.day <= first) - granted
        if amount > 0:
            yield amount, first, last
