"""What will be spent in the end, and what lapses: pure functions over exact decimals and days.

Most of the cost is staff, and contracts are known: their rest is exact. Only material is guessed,
from the plan and from what a month has cost so far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.allocation.rules import cents
from services.projects.computing import Computation, euros, known, law, missing, months_between

ANNUAL = law("Jährlichkeit des Haushalts", "§ 45 LHO")


@dataclass(frozen=True)
class Contract:
    """Somebody's contract: cost of a month to the grant, until when, and by which rules."""

    starts_on: date
    ends_on: date
    monthly_cost: Decimal | None
    by: Sequence[Rule] = ()


def remaining_staff(contracts: Sequence[Contract], today: date, last: date) -> Figure:
    """What contracts cost from the day after today to the last day."""
    cost = staff_cost(contracts, today + timedelta(days=1), last)
    rest = Computation(
        "remaining_staff",
        Unit.euro,
        "monthly_cost of each contract * its months from tomorrow to the last day",
        {
            "contracts": len(contracts),
            "monthly_cost": euros(_of_a_month(contracts, today + timedelta(days=1))),
            "today": today,
            "last": last,
            **{_named(rule): rule for contract in contracts for rule in contract.by},
        },
    )
    return rest.lacks(Reason.no_pay) if cost is None else rest.gives(cost)


def staff_cost(contracts: Sequence[Contract], first: date, last: date) -> Fraction | None:
    """What contracts cost from the first to the last day; None while pay of one is not known."""
    cost = Fraction(0)
    for contract in contracts:
        months = months_between(max(contract.starts_on, first), min(contract.ends_on, last))
        if not months:
            continue
        if contract.monthly_cost is None:
            return None
        cost += Fraction(contract.monthly_cost) * months
    return cost


def _of_a_month(contracts: Sequence[Contract], day: date) -> Decimal | None:
    """What the contracts of a day cost by the month, together."""
    costs = [c.monthly_cost for c in contracts if c.starts_on <= day <= c.ends_on]
    return None if missing(*costs) else known(costs)


def _named(rule: Rule) -> str:
    return f"{rule.parameter}.{rule.scope}" if rule.scope else str(rule.parameter)


def remaining_material(
    plan: Decimal | None, spent: Decimal | None, first: date, today: date, last: date
) -> Figure:
    """What material will still cost: what is left of its plan, or what months have cost so far,
    whichever is more."""
    rest = Computation(
        "remaining_material",
        Unit.euro,
        "max(plan - spent, spent / months gone * months left)",
        {"plan": euros(plan), "spent": euros(spent), "first": first, "today": today, "last": last},
    )
    if plan is None:
        return rest.lacks(Reason.no_plan)
    if spent is None:
        return rest.lacks(Reason.no_actual)
    return rest.gives(material_cost(plan, spent, first, today, last))


def material_cost(plan: Decimal, spent: Decimal, first: date, today: date, last: date) -> Fraction:
    """What material will still cost by its plan or its pace, whichever is more."""
    gone, left = months_between(first, today), months_between(today + timedelta(days=1), last)
    run_rate = Fraction(spent) / gone * left if gone > 0 else Fraction(0)
    return max(Fraction(plan - spent), run_rate, Fraction(0))


def at_completion(spent: Decimal | None, staff: Figure, material: Figure) -> Figure:
    """Everything that will have been spent in the end."""
    whole = Computation(
        "forecast_at_completion",
        Unit.euro,
        "spent + remaining_staff + remaining_material",
        {"spent": euros(spent), "remaining_staff": staff, "remaining_material": material},
    )
    if spent is None:
        return whole.lacks(Reason.no_actual)
    for figure in (staff, material):
        if not isinstance(figure.value, Decimal):
            return whole.lacks(figure.reason or Reason.no_amount)
    return whole.gives(spent + staff.known + material.known)


def expected_underspend(plan: Decimal | None, forecast: Figure) -> Figure:
    """What will be left of the plan; below zero it does not suffice."""
    left = Computation(
        "expected_underspend",
        Unit.euro,
        "plan - forecast_at_completion",
        {"plan": euros(plan), "forecast_at_completion": forecast},
    )
    if plan is None:
        return left.lacks(Reason.no_plan)
    if not isinstance(forecast.value, Decimal):
        return left.lacks(forecast.reason or Reason.no_actual)
    over = plan - forecast.value
    status = FigureStatus.ok if over == 0 else FigureStatus.warning
    return left.gives(over, FigureStatus.breach if over < 0 else status)


def lapses(
    allotted: Mapping[int, Decimal | None],
    claimed: Mapping[int, Decimal | None],
    paid_out: Mapping[int, Decimal],
) -> list[Figure]:
    """What lapses of each year's allotment, because less will be claimed in it (Mittelverfall):
    less than what came in it and what is still to be claimed."""
    return [
        _lapse(year, allotted[year], claimed.get(year), paid_out.get(year, Decimal(0)))
        for year in sorted(allotted)
    ]


def _lapse(year: int, allotment: Decimal | None, claims: Decimal | None, came: Decimal) -> Figure:
    lost = Computation(
        "lapse",
        Unit.euro,
        "max(allotment - paid_out - still_to_claim, 0)",
        {
            "allotment": euros(allotment),
            "paid_out": euros(came),
            "still_to_claim": euros(None if claims is None else claims - came),
        },
        scope=str(year),
        law=[ANNUAL],
    )
    if allotment is None:
        return lost.lacks(Reason.no_plan)
    if claims is None:
        return lost.lacks(Reason.no_actual)
    left = lapsed(allotment, claims)
    return lost.gives(left, FigureStatus.warning if left > 0 else FigureStatus.ok)


def lapsed(allotment: Decimal, claims: Decimal) -> Decimal:
    """What is left of an allotment."""
    return max(allotment - claims, Decimal(0))


def cost_by_year(
    contracts: Sequence[Contract], first: date, last: date
) -> dict[int, Decimal | None]:
    """What contracts cost in each year; None for a year in which one of them is not known."""
    found: dict[int, Decimal | None] = {}
    for year in range(first.year, last.year + 1):
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        parts = [
            (c.monthly_cost, months_between(max(c.starts_on, begin), min(c.ends_on, end)))
            for c in contracts
        ]
        costs = [cost and cents(Fraction(cost) * months) for cost, months in parts if months]
        found[year] = None if missing(*costs) else known(costs)
    return found
