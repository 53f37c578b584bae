"""What may be paid once cost and income are known, and how far they are from the plan: pure
functions over exact decimals.

Source: ANBest-P Nr. 1.2 and 2 (Nebenbestimmungen zur Projektförderung).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.contracts.projects.grants import Financing
from services.projects.computing import (
    HUNDRED,
    Computation,
    euros,
    judged,
    known,
    law,
    missing,
    ratio,
)

REDUCTION = law("ANBest-P Nr. 2", "Allgemeine Nebenbestimmungen zur Projektförderung")
RISING_COST = law("VG Hannover, 6 A 3946/01", "zu ANBest-P Nr. 2.2", verified=True)


@dataclass(frozen=True)
class Line:
    """A line of the financing plan (Ansatz) and what was spent on it; null is not known."""

    name: str
    plan: Decimal | None
    actual: Decimal | None


def eligible_cost(
    accepted: Sequence[Decimal | None],
    flat: Sequence[Decimal | None] = (),
    units: Sequence[tuple[Decimal, Decimal]] = (),
    lumps: Sequence[Decimal | None] = (),
    *,
    unchecked: Decimal = Decimal(0),
    doubtful: Decimal = Decimal(0),
) -> Figure:
    """Eligible cost: accepted real cost and that which is not checked yet, flat rates, unit costs
    by quantity, lump sums. For review while something in it breaks a condition (`doubtful`)."""
    by_unit = known(price * quantity for price, quantity in units)
    parts = {
        "accepted": None if missing(*accepted) else known(accepted),
        "unchecked": unchecked,
        "flat": None if missing(*flat) else known(flat),
        "unit_costs": by_unit,
        "lump_sums": None if missing(*lumps) else known(lumps),
    }
    cost = Computation(
        "eligible_cost",
        Unit.euro,
        "accepted + unchecked + flat + unit_costs + lump_sums",
        {**{name: euros(part) for name, part in parts.items()}, "doubtful": euros(doubtful)},
    )
    if missing(*parts.values()):
        return cost.lacks(Reason.no_amount)
    status = FigureStatus.review if doubtful else FigureStatus.ok
    return cost.gives(known(parts.values()), status)


def payable(
    financing: Financing,
    granted: Decimal | None,
    planned: Decimal | None,
    actual: Decimal | None,
    *,
    own: Decimal | None = Decimal(0),
    third_party: Decimal | None = Decimal(0),
    extra_income: Decimal | None = Decimal(0),
) -> Figure:
    """What may be paid in the end, by the kind of financing.

    Share: proportionally less when the cost is lower or other money came in. Where the cost rose
    at the same time, a court did not let the grant be reduced: shown for review, not reduced.
    Deficit: what own and third-party money and income beyond the plan leave open; full financing:
    what that income leaves open. Fixed amount: unchanged as long as the cost is not below it.
    An amount that is not known makes the figure unknown.
    """
    amounts = {
        "granted": granted,
        "planned_cost": planned,
        "eligible_cost": actual,
        "own": own,
        "third_party": third_party,
        "extra_income": extra_income,
    }
    inputs = {name: euros(amounts[name]) for name in _PAYABLE[financing][1]}
    pay = Computation("payable", Unit.euro, _PAYABLE[financing][0], inputs, law=[REDUCTION])
    if granted is None or actual is None or any(amount is None for amount, _ in inputs.values()):
        return pay.lacks(Reason.no_amount)
    if financing is Financing.share:
        return _share_payable(pay, granted, known([planned]), actual, known([extra_income]))
    if financing is Financing.deficit:
        lacking = actual - known([own, third_party, extra_income])
        return pay.gives(min(granted, max(lacking, Decimal(0))))
    if financing is Financing.full:
        return pay.gives(min(granted, max(actual - known([extra_income]), Decimal(0))))
    reduced = actual < granted
    return pay.gives(min(granted, actual), FigureStatus.review if reduced else FigureStatus.ok)


def _share_payable(
    pay: Computation, granted: Decimal, planned: Decimal, actual: Decimal, income: Decimal
) -> Figure:
    if planned == 0:
        return pay.lacks(Reason.no_plan)
    if income > 0 and actual > planned:
        return pay.gives(granted, FigureStatus.review, RISING_COST)
    counted = max(actual - income, Decimal(0))
    share_of_cost = ratio(granted, planned) * Fraction(counted)
    return pay.gives(min(Fraction(granted), share_of_cost))


_PAYABLE: Mapping[Financing, tuple[str, Sequence[str]]] = {
    Financing.share: (
        "min(granted, granted / planned_cost * (eligible_cost - extra_income))",
        ("granted", "planned_cost", "eligible_cost", "extra_income"),
    ),
    Financing.deficit: (
        "min(granted, eligible_cost - own - third_party - extra_income)",
        ("granted", "eligible_cost", "own", "third_party", "extra_income"),
    ),
    Financing.fixed: ("granted while eligible_cost >= granted", ("granted", "eligible_cost")),
    Financing.full: (
        "min(granted, eligible_cost - extra_income)",
        ("granted", "eligible_cost", "extra_income"),
    ),
}
"""The formula of each kind of financing, and the inputs that it takes."""


def income(kind: str, planned: Decimal | None, received: Decimal | None) -> Figure:
    """What came in beside the grant, for review when it is more than the plan says."""
    came = Computation(
        "income",
        Unit.euro,
        "sum(incomes)",
        {"planned": euros(planned), "received": euros(received)},
        scope=kind,
        law=[REDUCTION],
    )
    if received is None:
        return came.lacks(Reason.no_actual)
    more = planned is not None and received > planned
    return came.gives(received, FigureStatus.review if more else FigureStatus.ok)


def deviations(lines: Sequence[Line], limit: Rule | None, financing: Financing) -> list[Figure]:
    """By how much each line of the plan is exceeded, and whether savings elsewhere cover it.

    A line may exceed its plan by the limit (20 %) when other lines save as much; the total is
    binding. Fixed amounts are not bound by single lines. A line without a plan has no percentage.
    """
    bound = financing is not Financing.fixed
    return [*(_deviation(line, limit, bound) for line in lines), _covered(lines, limit, bound)]


def _deviation(line: Line, limit: Rule | None, bound: bool) -> Figure:
    over = Computation(
        "line_deviation",
        Unit.percent,
        "actual / plan - 100 % <= deviation",
        {"plan": euros(line.plan), "actual": euros(line.actual), "deviation": limit},
        scope=line.name,
    )
    if line.plan is None or line.actual is None:
        return over.lacks(Reason.no_plan if line.plan is None else Reason.no_actual)
    status = FigureStatus.ok
    if bound and line.actual > line.plan:
        status = FigureStatus.unknown
        if limit is not None and limit.value is not None:
            status = judged(line.actual * 100 <= line.plan * (100 + limit.value))
    if line.plan == 0:
        broken = status is FigureStatus.breach
        return over.lacks(Reason.no_plan, status if broken else FigureStatus.unknown)
    return over.gives(ratio((line.actual - line.plan) * HUNDRED, line.plan), status)


def _covered(lines: Sequence[Line], limit: Rule | None, bound: bool) -> Figure:
    over = [
        None if line.plan is None or line.actual is None else line.actual - line.plan
        for line in lines
    ]
    unclear = missing(*over)
    savings = known(-d for d in over if d is not None and d < 0)
    overrun = known(d for d in over if d is not None and d > 0)
    amounts = {"savings": savings, "overrun": overrun}
    inputs = {name: euros(None if unclear else amount) for name, amount in amounts.items()}
    left = Computation(
        "overrun_covered",
        Unit.euro,
        "savings - overrun >= 0",
        {**inputs, "deviation": limit},
    )
    if unclear:
        return left.lacks(Reason.no_amount)
    return left.gives(savings - overrun, judged(savings >= overrun or not bound))
