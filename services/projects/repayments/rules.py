"""What of a grant has to go back: pure functions over days and exact decimals.

A notice that revokes, or a final one that settles for less, can leave less than was paid out
(Teilwiderruf, Section 49(3) VwVfG). What was paid beyond it has to go back (Section 49a(1) VwVfG)
with interest from the day on which the notice takes effect (Section 49a(3)), whether the funder has
demanded it yet or not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import Computation, euros, known, law
from services.projects.drawdowns.rules import Flow, amounts_told, rate_days, rates_between

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


class Grants(NamedTuple):
    """What is granted from a day on; None is not known."""

    since: date
    amount: Decimal | None


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
    grants: Sequence[Grants],
    payouts: Sequence[Flow],
    demands: Sequence[Demand],
    margin: Rule | None,
    base_rates: Sequence[Rule],
    today: date,
) -> Figure:
    """Interest on what was paid beyond the grant, from the day on which the notice takes effect
    that leaves less to the day on which it goes back or the funder does without it, by the base
    rate of each day and the margin.

    `grants` say what was granted from which day on: where one notice after the other revokes, each
    amount runs from its own day. A day without a base rate makes the figure unknown.
    """
    flows = [
        *payouts,
        *(Flow(back.day, -back.amount) for one in demands for back in one.repayments),
        *(Flow(one.waived_on, -one.waived) for one in demands if one.waived_on),
    ]
    owing = list(_beyond(grants, flows, today))
    runs = [(first, last) for _, first, last in owing]
    owed = Computation(
        "repayment_interest",
        Unit.euro,
        "sum(amount beyond the grant * days / 365 * (base_rate + interest_margin))",
        {
            **{f"granted.{one.since}": euros(one.amount) for one in grants if one.since <= today},
            "since": min((first for first, _ in runs), default=None),
            "interest_margin": margin,
            **amounts_told(owing),
            **rates_between(base_rates, runs),
            "today": today,
        },
        law=[INTEREST],
    )
    if not grants or grants[-1].amount is None:
        return owed.lacks(Reason.no_amount)
    total = Fraction(0)
    for amount, first, last in owing:
        if margin is None or margin.value is None:
            return owed.lacks(Reason.no_rule)
        per_year = rate_days(base_rates, margin.value, first, last)
        if per_year is None:
            return owed.lacks(Reason.unknown_rate)
        total += Fraction(amount) * per_year / 36500
    return owed.gives(total, FigureStatus.warning if total > 0 else FigureStatus.ok)


def owed_back(
    grants: Sequence[Grants], payouts: Sequence[Flow], repaid: Sequence[Flow]
) -> list[Flow]:
    """What comes to be beyond the grant, by its day, less what is no more because it went back. It
    bears the interest of what is revoked from then on, and need not be used any more."""
    found, before = [], ZERO
    for day in sorted({*(one.since for one in grants), *(f.day for f in (*payouts, *repaid))}):
        out = known(f.amount for f in payouts if f.day <= day)
        out -= known(f.amount for f in repaid if f.day <= day)
        granted = next((one.amount for one in reversed(grants) if one.since <= day), None)
        beyond = ZERO if granted is None else max(out - granted, ZERO)
        if beyond != before:
            found.append(Flow(day, beyond - before))
        before = beyond
    return found


def over_time(notices: Iterable[tuple[int, date, Decimal | None]]) -> list[Grants]:
    """What was granted from which day on, by the numbers of the notices, the days from which they
    hold and what they say: on each day the newest of those that hold, also where it holds from an
    earlier day than the ones that it replaces."""
    said = sorted(notices)
    days = sorted({since for _, since, _ in said})
    newest = [[one for one in said if one[1] <= day][-1] for day in days]
    return [Grants(day, amount) for day, (_, _, amount) in zip(days, newest, strict=True)]


def _beyond(
    grants: Sequence[Grants], flows: Sequence[Flow], today: date
) -> Iterator[tuple[Decimal, date, date]]:
    """How much was out beyond the grant, from the end of a day to the end of another. While nobody
    knows what is granted, nothing is beyond it."""
    turns = {*(one.since for one in grants), *(flow.day for flow in flows)}
    begin = min((one.since for one in grants), default=today)
    for first, last in pairwise(sorted({*(day for day in turns if begin <= day < today), today})):
        granted = [one.amount for one in grants if one.since <= first][-1]
        out = known(flow.amount for flow in flows if flow.day <= first)
        if granted is not None and out > granted:
            yield out - granted, first, last
