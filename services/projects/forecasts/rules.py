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
from services.projects.computing import Computation, euros, known, law, missing
from services.projects.staff_costs.rules import months_between

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
    tomorrow = today + timedelta(days=1)
    months = [months_between(max(c.starts_on, tomorrow), min(c.ends_on, last)) for c in contracts]
    rest = Computation(
        "remaining_staff",
        Unit.euro,
        "sum(monthly_cost * months from tomorrow to the end)",
        {
            "contracts": len(contracts),
            "today": today,
            "last": last,
            **{_named(rule): rule for contract in contracts for rule in contract.by},
        },
    )
    if any(c.monthly_cost is None for c, m in zip(contracts, months, strict=True) if m):
        return rest.lacks(Reason.no_pay)
    costs = (Fraction(c.monthly_cost or 0) * m for c, m in zip(contracts, months, strict=True))
    return rest.gives(sum(costs, Fraction(0)))


def _named(rule: Rule) -> str:
    return f"{rule.parameter}.{rule.scope}" if rule.scope else str(rule.parameter)


def remaining_material(
    plan: Decimal | None, spent: Decimal | None, first: date, today: date, last: date
) -> Figure:
    """What material will still cost: what is left of its plan, or what months have cost so far,
    whichever is more."""
    gone, left = months_between(first, today), months_between(today + timedelta(days=1), last)
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
    run_rate = Fraction(spent) / gone * left if gone > 0 else Fraction(0)
    return rest.gives(max(Fraction(plan - spent), run_rate, Fraction(0)))


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
    allotted: Mapping[int, Decimal | None], claimed: Mapping[int, Decimal | None]
) -> list[Figure]:
    """What lapses of each year's allotment, because less will be claimed in it (Mittelverfall)."""
    return [_lapse(year, allotted[year], claimed.get(year)) for year in sorted(allotted)]


def _lapse(year: int, allotment: Decimal | None, claims: Decimal | None) -> Figure:
    lost = Computation(
        "lapse",
        Unit.euro,
        "max(allotment - claims, 0)",
        {"allotment": euros(allotment), "claims": euros(claims)},
        scope=str(year),
        law=[ANNUAL],
    )
    if allotment is None:
        return lost.lacks(Reason.no_plan)
    if claims is None:
        return lost.lacks(Reason.no_actual)
    left = max(allotment - claims, Decimal(0))
    return lost.gives(left, FigureStatus.warning if left > 0 else FigureStatus.ok)


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
