"""Money that was drawn and must be used in time: pure functions over days and exact decimals.

Payouts are used in the order in which they came (first in, first out). What is paid before any
payout came is paid in advance and used on the day of the payout. Interest on late use: Section
49a(4) VwVfG, by the base rate of each day, 365 days a year.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import (
    Computation,
    Given,
    euros,
    known,
    law,
    missing,
    on,
    stretches,
)
from services.projects.deadlines.rules import after, next_working_day

LATE = law("§ 49a Abs. 4 VwVfG", "§ 49a Abs. 4 ThürVwVfG")
MOST_TOLD = 24
"""So many late amounts are told one by one."""
FROM_PAYOUT, FROM_DEADLINE = "payout", "deadline"
"""From when late money bears interest."""


@dataclass(frozen=True)
class Flow:
    """Money on a day: paid out to us, or due and paid by us."""

    day: date
    amount: Decimal


@dataclass(frozen=True)
class Use:
    """Part of a payout: on which day it was used, or not yet."""

    paid_out: date
    used: date | None
    amount: Decimal


def without_reversals(payments: Sequence[Flow]) -> list[Flow]:
    """Payments as they stand: what was reversed (Storno, a negative booking) was not paid, the
    latest payment before it first. The sum stays the same."""
    kept: list[Flow] = []
    for flow in sorted(payments, key=lambda flow: flow.day):
        left = flow.amount
        while kept and left and (left < 0) != (kept[-1].amount < 0):
            last = kept.pop()
            left += last.amount
            if (left < 0) == (last.amount < 0) and left:
                kept.append(Flow(last.day, left))
                left = Decimal(0)
        if left:
            kept.append(Flow(flow.day, left))
    return kept


def match(payouts: Sequence[Flow], payments: Sequence[Flow]) -> list[Use]:
    """Which payment used which payout, first in, first out; what is left is not used."""
    uses: list[Use] = []
    spending = iter(sorted(payments, key=lambda flow: flow.day))
    day, open_ = date.min, Decimal(0)
    for payout in sorted(payouts, key=lambda flow: flow.day):
        left = payout.amount
        while left > 0:
            while open_ <= 0:
                payment = next(spending, None)
                if payment is None:
                    break
                day, open_ = payment.day, payment.amount
            if open_ <= 0:
                uses.append(Use(payout.day, None, left))
                break
            part = min(left, open_)
            uses.append(Use(payout.day, max(payout.day, day), part))
            left, open_ = left - part, open_ - part
    return uses


def spend_by(payout: date, within: Rule, land: str | None) -> date | None:
    """The last day to use a payout, moved to the next working day."""
    raw = after(payout, within)
    return raw and next_working_day(raw, land)


def unspent_cash(payouts: Sequence[Flow], payments: Sequence[Flow], today: date) -> Figure:
    """What was paid out and is not used yet on a day."""
    drawn = known(flow.amount for flow in payouts if flow.day <= today)
    used = known(flow.amount for flow in payments if flow.day <= today)
    cash = Computation(
        "unspent_cash",
        Unit.euro,
        "max(paid_out - used, 0)",
        {"paid_out": euros(drawn), "used": euros(used), "today": today},
    )
    return cash.gives(max(drawn - used, Decimal(0)))


def unspent_after_deadline(
    payouts: Sequence[Flow],
    payments: Sequence[Flow],
    within: Rule | None,
    land: str | None,
    today: date,
) -> Figure:
    """What should have been used by a day and was not, and the next day by which money must be."""
    idle = [use for use in _until(payouts, payments, today) if use.used is None]
    ends = [spend_by(use.paid_out, within, land) if within else None for use in idle]
    late = known(use.amount for use, end in zip(idle, ends, strict=True) if end and end < today)
    coming = min((end for end in ends if end and end >= today), default=None)
    owing = defaultdict[date, Decimal](Decimal)
    for use, end in zip(idle, ends, strict=True):
        owing[use.paid_out] += use.amount if end and end < today else Decimal(0)
    left = Computation(
        "unspent_after_deadline",
        Unit.euro,
        "payouts not used by next_working_day(payout + spend_within), first in first out",
        {
            "spend_within": within,
            **{f"payout.{day}": euros(amount) for day, amount in sorted(owing.items()) if amount},
            "today": today,
            "land": land,
            "next_spend_by": coming,
        },
    )
    if within is None or within.value is None:
        return left.lacks(Reason.no_rule)
    return left.gives(late, FigureStatus.breach if late > 0 else FigureStatus.ok)


def interest(
    payouts: Sequence[Flow],
    payments: Sequence[Flow],
    within: Rule | None,
    margin: Rule | None,
    base_rates: Sequence[Rule],
    begins: Rule | None,
    land: str | None,
    today: date,
) -> Figure:
    """Interest on money that was used late, or is not used yet, up to a day.

    Each late amount bears interest from its payout or from its deadline (`begins`) to the day of
    its use, by the base rate of each day and the margin. A day without a base rate makes the
    figure unknown: the last one that is known does not go on.
    """
    late = []
    for use in _until(payouts, payments, today):
        end, until = spend_by(use.paid_out, within, land) if within else None, use.used or today
        if end is not None and until > end:
            start = use.paid_out if begins and begins.text == FROM_PAYOUT else end
            late.append((use.amount, start, until))
    owed = Computation(
        "interest",
        Unit.euro,
        "sum(amount * days / 365 * (base_rate + interest_margin))",
        {
            "spend_within": within,
            "interest_margin": margin,
            "interest_from": begins,
            **amounts_told(late),
            **rates_between(base_rates, [(start, until) for _, start, until in late]),
            "today": today,
        },
        law=[LATE],
    )
    if within is None or margin is None or margin.value is None or begins is None:
        return owed.lacks(Reason.no_rule)
    total = Fraction(0)
    for amount, start, until in late:
        per_year = rate_days(base_rates, margin.value, start, until)
        if per_year is None:
            return owed.lacks(Reason.unknown_rate)
        total += Fraction(amount) * per_year / 36500
    return owed.gives(total, FigureStatus.warning if total > 0 else FigureStatus.ok)


def amounts_told(late: Iterable[tuple[Decimal, date, date]]) -> Mapping[str, Given]:
    """The amounts that bear interest, each with the day after which it does and the last one for
    which it does; of very many only how many there are and their sum."""
    sums = defaultdict[tuple[date, date], Decimal](Decimal)
    for amount, start, until in late:
        sums[start, until] += amount
    if len(sums) > MOST_TOLD:
        return {"amounts": len(sums), "amount": euros(known(sums.values()))}
    return {f"amount.{a}/{b}": euros(amount) for (a, b), amount in sorted(sums.items())}


def rates_between(
    base_rates: Sequence[Rule], times: Sequence[tuple[date, date]]
) -> Mapping[str, Given]:
    """Every base rate that takes part in times after a day up to another, as inputs, so that the
    figure says whose clause they have and whether somebody has checked it; and the first and the
    last day of the times for which none is known."""
    found: dict[str, Given] = {}
    gaps: list[date] = []
    for start, until in times:
        for first, last in stretches(base_rates, start + timedelta(days=1), until):
            rate = on(base_rates, first)
            if rate is None or rate.value is None:
                gaps += [first, last]
            else:
                found[f"base_rate.{rate.starts_on or first}"] = rate
    if gaps:
        found |= {"unknown_rate.first": min(gaps), "unknown_rate.last": max(gaps)}
    return dict(sorted(found.items()))


def next_claim(
    due: Sequence[Decimal | None],
    share: Decimal | None,
    unspent: Figure,
    remaining: Figure,
    within: Rule | None,
    advanced: Decimal = Decimal(0),
    staff: Decimal | None = Decimal(0),
) -> Figure:
    """What may be claimed next: the grant's share of what has to be paid within the period, what
    contracts with `staff` cost it by then (both with the flat amounts that rest on them) and what
    was paid in advance of it, less the cash at hand, at most what remains of the grant."""
    claim = Computation(
        "next_claim",
        Unit.euro,
        "min(due * share + staff + advanced - unspent_cash, remaining)",
        {
            "due": euros(None if missing(*due) else known(due)),
            "share": (share, Unit.percent),
            "staff": euros(staff),
            "advanced": euros(advanced),
            "unspent_cash": unspent,
            "remaining": remaining,
            "spend_within": within,
        },
    )
    if missing(*due) or share is None:
        return claim.lacks(Reason.no_amount)
    if staff is None:
        return claim.lacks(Reason.no_pay)
    for figure in (unspent, remaining):
        if not isinstance(figure.value, Decimal):
            return claim.lacks(figure.reason or Reason.no_amount)
    ahead = Fraction(known(due)) * Fraction(share) / 100 + Fraction(staff)
    wanted = ahead + Fraction(advanced - unspent.known)
    return claim.gives(max(min(wanted, Fraction(remaining.known)), Fraction(0)))


def remaining(granted: Decimal | None, paid_out: Decimal | None) -> Figure:
    """What remains of the grant."""
    left = Computation(
        "remaining",
        Unit.euro,
        "granted - paid_out",
        {"granted": euros(granted), "paid_out": euros(paid_out)},
    )
    if granted is None or paid_out is None:
        return left.lacks(Reason.no_amount)
    over = FigureStatus.breach if paid_out > granted else FigureStatus.ok
    return left.gives(granted - paid_out, over)


def _until(payouts: Sequence[Flow], payments: Sequence[Flow], today: date) -> list[Use]:
    return match(
        [flow for flow in payouts if flow.day <= today],
        [flow for flow in payments if flow.day <= today],
    )


def rate_days(
    base_rates: Sequence[Rule], margin: Decimal, start: date, until: date
) -> Fraction | None:
    """The sum over the days after `start` up to `until` of the yearly rate in per cent."""
    total = Fraction(0)
    for first, last in stretches(base_rates, start + timedelta(days=1), until):
        base = on(base_rates, first)
        if base is None or base.value is None:
            return None
        total += Fraction(base.value + margin) * ((last - first).days + 1)
    return total
