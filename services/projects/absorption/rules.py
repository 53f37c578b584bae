"""How the money flows, beside its plan: pure functions over exact decimals and days."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.contracts.projects.progress import Light, NoFigure
from services.projects.computing import HUNDRED, Computation, Given, euros, ratio, rounded
from services.projects.progress import rules as progress

_MONTH = Fraction(36525, 1200)
"""Days of a month in the long run."""


def expected(plan: Sequence[tuple[date, Decimal]], today: date) -> Figure:
    """What the plan expects by a day: its steps joined by straight lines. Two steps are linear."""
    steps = sorted(plan)
    value = _planned(steps, today)
    near = {day: amount for day, amount in steps if day <= today}
    beside = [*list(near.items())[-1:], *(step for step in steps if step[0] > today)][:2]
    due = Computation(
        "expected",
        Unit.euro,
        "a straight line from one step of the plan to the next",
        {**{f"plan.{day}": euros(amount) for day, amount in beside}, "today": today},
    )
    return due.lacks(Reason.no_plan) if value is None else due.gives(value)


def difference_from_plan(spent: Decimal | None, plan: Decimal | None) -> Figure:
    """By how much spending differs from the plan, in per cent; not known where there is no plan."""
    off = Computation(
        "difference_from_plan",
        Unit.percent,
        "spent / plan - 100 %",
        {"spent": euros(spent), "plan": euros(plan)},
    )
    if plan is None or plan == 0:
        return off.lacks(Reason.no_plan)
    if spent is None:
        return off.lacks(Reason.no_actual)
    return off.gives(ratio((spent - plan) * HUNDRED, plan))


def absorption(certified: Decimal | None, granted: Decimal | None) -> Figure:
    """What of the grant is certified, in per cent (Mittelabfluss)."""
    return _share("absorption", "certified / granted", certified, granted, "certified", "granted")


def spent_of_plan(spent: Decimal | None, plan: Decimal | None) -> Figure:
    """Spending in per cent of what the plan expects by now."""
    return _share("spent_of_plan", "spent / plan", spent, plan, "spent", "plan")


def commitment(paid: Decimal | None, ordered: Decimal | None, budget: Decimal | None) -> Figure:
    """What of the budget is paid or ordered, in per cent; more than 100 is more than there is."""
    inputs = {"paid": euros(paid), "ordered": euros(ordered), "budget": euros(budget)}
    found = Computation("commitment", Unit.percent, "(paid + ordered) / budget", inputs)
    if not budget:
        return found.lacks(Reason.no_plan)
    if paid is None or ordered is None:
        return found.lacks(Reason.no_actual)
    over = paid + ordered > budget
    status = FigureStatus.breach if over else FigureStatus.ok
    return found.gives(ratio((paid + ordered) * HUNDRED, budget), status)


def schedule_variance(
    plan: Sequence[tuple[date, Decimal]], spent: Decimal | None, today: date
) -> list[Figure]:
    """How far spending is from the plan, in euros and in months; below zero is behind.

    In months: from today back to the day by which the plan expected what was spent.
    """
    steps = sorted(plan)
    value, reached = _planned(steps, today), _when(steps, spent)
    inputs: dict[str, Given] = {
        "spent": euros(spent),
        "plan": euros(value if value is None else rounded(value, Unit.euro)),
        "today": today,
    }
    money = Computation("schedule_variance", Unit.euro, "spent - plan(today)", inputs)
    formula = "months from today to the day on which plan = spent"
    time = Computation("schedule_variance_months", Unit.months, formula, inputs)
    if value is None:
        return [money.lacks(Reason.no_plan), time.lacks(Reason.no_plan)]
    if spent is None:
        return [money.lacks(Reason.no_actual), time.lacks(Reason.no_actual)]
    difference = Fraction(spent) - value
    light = FigureStatus.ok if difference >= 0 else FigureStatus.warning
    if reached is None:
        return [money.gives(difference, light), time.lacks(Reason.no_plan)]
    return [
        money.gives(difference, light),
        time.gives((reached - today.toordinal()) / _MONTH, light),
    ]


def _share(
    key: str,
    formula: str,
    part: Decimal | None,
    whole: Decimal | None,
    part_name: str,
    whole_name: str,
) -> Figure:
    inputs = {part_name: euros(part), whole_name: euros(whole)}
    share = Computation(key, Unit.percent, formula, inputs)
    if whole is None or whole == 0:
        return share.lacks(Reason.no_amount if whole_name == "granted" else Reason.no_plan)
    return share.lacks(Reason.no_actual) if part is None else share.gives(ratio(part * 100, whole))


def _planned(steps: Sequence[tuple[date, Decimal]], day: date) -> Fraction | None:
    """The plan on a day; before its first step and after its last it stays as there."""
    if not steps:
        return None
    before = [step for step in steps if step[0] <= day]
    behind = [step for step in steps if step[0] > day]
    if not before or not behind:
        return Fraction((before or behind)[-1 if before else 0][1])
    (first, low), (last, high) = before[-1], behind[0]
    part = Fraction((day - first).days, (last - first).days)
    return Fraction(low) + (Fraction(high) - Fraction(low)) * part


def _when(steps: Sequence[tuple[date, Decimal]], spent: Decimal | None) -> Fraction | None:
    """The day (as an ordinal) on which the plan reaches what was spent; None outside of it."""
    if spent is None:
        return None
    for (first, low), (last, high) in pairwise(steps):
        if low <= spent <= high and low != high:
            part = ratio(spent - low, high - low)
            return first.toordinal() + part * (last - first).days
    return None


def elapsed(starts_on: date | None, ends_on: date | None, today: date) -> Figure:
    """The share of the time that is over, in per cent, from 0 to 100."""
    gone = Computation(
        "elapsed",
        Unit.percent,
        "days until today / days from first to last",
        {"starts_on": starts_on, "ends_on": ends_on, "today": today},
    )
    if starts_on is None or ends_on is None:
        return gone.lacks(Reason.no_date)
    return gone.gives(progress.elapsed(starts_on, ends_on, today) * HUNDRED)


def pace(spent: Figure, gone: Figure, tolerance: Rule | None) -> Figure:
    """What was spent of the plan by elapsed time, judged as the pace of every target is: within the
    tolerance in order, up to three times of it to be watched, below that too slow."""
    speed = Computation(
        "pace",
        Unit.ratio,
        "spent_of_plan / elapsed >= 1 - pace_tolerance",
        {"spent_of_plan": spent, "elapsed": gone, "pace_tolerance": tolerance},
    )
    for figure in (spent, gone):
        if not isinstance(figure.value, Decimal):
            return speed.lacks(figure.reason or Reason.no_actual)
    value = progress.pace(spent.known, gone.known)
    if isinstance(value, NoFigure):
        return speed.lacks(Reason.not_started)
    if tolerance is None or tolerance.value is None:
        return speed.gives(value, FigureStatus.unknown)
    return speed.gives(value, _LIT[progress.light_of_pace(value, tolerance.value)])


_LIT: Mapping[Light, FigureStatus] = {
    Light.green: FigureStatus.ok,
    Light.amber: FigureStatus.warning,
    Light.red: FigureStatus.breach,
}
