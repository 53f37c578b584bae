"""Progress, forecast and what lapses of a grant: pure functions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, Parameter
from services.projects.absorption import rules as absorption
from services.projects.allocation.rules import cents
from services.projects.computing import known, missing, months_between
from services.projects.forecasts import rules as forecasts
from services.projects.grant_facts.rules import GIVEN, Facts

ZERO = Decimal(0)


def progress(facts: Facts) -> Iterator[Figure]:
    """How much of the money is used, ordered and expected by the day, and the pace of it."""
    plan = facts.plan()
    expected = absorption.expected(plan, facts.today)
    gone = absorption.elapsed(facts.starts_on, facts.ends_on, facts.today)
    spent = absorption.spent_of_plan(facts.spent, facts.eligible_cost)
    planned = expected.value if isinstance(expected.value, Decimal) else None
    ordered = known(order.amount for order in facts.orders)
    yield gone
    yield absorption.absorption(facts.of_grant(facts.certified), facts.granted)
    yield absorption.commitment(facts.spent, ordered, facts.eligible_cost)
    yield expected
    yield spent
    yield absorption.difference_from_plan(facts.spent, planned)
    yield from absorption.schedule_variance(plan, facts.spent, facts.today)
    speed = absorption.pace(spent, gone, facts.rule(Parameter.pace_tolerance))
    yield speed.model_copy(update={"scope": "money"})


def forecast(facts: Facts) -> Iterator[Figure]:
    """In the grant's own money: its share of cost, and what it pays of positions."""
    if facts.starts_on is None or facts.ends_on is None:
        return
    posts = contracts(facts, facts.ends_on)
    staff = forecasts.remaining_staff(posts, facts.today, facts.ends_on)
    material = forecasts.remaining_material(
        _planned_material(facts),
        _used_material(facts),
        facts.starts_on,
        facts.today,
        facts.ends_on,
    )
    whole = forecasts.at_completion(facts.of_grant(facts.spent), staff, material)
    yield from (staff, material, whole)
    yield forecasts.expected_underspend(facts.granted, whole)
    rest = material.value if isinstance(material.value, Decimal) else None
    allotted = _allotted(facts)
    claimed = _claimed(facts, posts, rest, allotted)
    yield from forecasts.lapses(allotted, claimed, {y: _came(facts, y) for y in facts.years})


def lapses(facts: Facts) -> list[Figure]:
    """What lapses of each year."""
    return [figure for figure in forecast(facts) if figure.key == "lapse"]


@dataclass(frozen=True)
class Outlook:
    """What will be spent of a grant and what lapses, as plain values; None is not known."""

    forecast: Decimal | None
    allotted: Mapping[int, Decimal | None]
    claimed: Mapping[int, Decimal | None]
    lapses: Mapping[int, Decimal | None]


def outlook(facts: Facts) -> Outlook:
    """The values of the forecast's figures without their explanations, for sums over many."""
    first, last = facts.starts_on, facts.ends_on
    if first is None or last is None:
        return Outlook(None, {}, {}, {})
    posts = contracts(facts, last)
    cost = forecasts.staff_cost(posts, facts.today + timedelta(days=1), last)
    staff = None if cost is None else cents(cost)
    material = _material(facts, first, last)
    spent = facts.of_grant(facts.spent)
    allotted = _allotted(facts)
    claimed = _claimed(facts, posts, material, allotted)
    return Outlook(
        None if missing(spent, staff, material) else known([spent, staff, material]),
        allotted,
        claimed,
        {
            year: None
            if money is None or (claims := claimed[year]) is None
            else forecasts.lapsed(money, claims)
            for year, money in allotted.items()
        },
    )


def _material(facts: Facts, first: date, last: date) -> Decimal | None:
    plan, used = _planned_material(facts), _used_material(facts)
    if plan is None or used is None:
        return None
    return cents(forecasts.material_cost(plan, used, first, facts.today, last))


def _planned_material(facts: Facts) -> Decimal | None:
    plan = known(line.amount for line in facts.budget if line.category != "staff")
    return facts.of_grant(plan) if facts.budget else None


def _used_material(facts: Facts) -> Decimal | None:
    return facts.of_grant(known(s.counts for s in facts.paid if s.category != "staff"))


def contracts(facts: Facts, last: date) -> list[forecasts.Contract]:
    """The contracts of a position where they are known, else the position as it is planned."""
    return [
        forecasts.Contract(
            max(one.funded_from, there.starts_on) if there else one.funded_from,
            min(day for day in (one.funded_until, there and there.ends_on, last) if day),
            facts.monthly_cost(one, there),
            [r for r in facts.pay_rules(one, there.step if there else None) if r is not None],
        )
        for one in facts.staff
        for there in one.staffings or (None,)
    ]


def _allotted(facts: Facts) -> dict[int, Decimal | None]:
    """The grant's money by year, where its sources say years."""
    given = [source for source in facts.sources if source.kind in GIVEN]
    found: dict[int, Decimal | None] = {}
    for year in facts.years:
        amounts = [source.amount for source in given if source.year == year]
        found[year] = known(amounts) if amounts and not missing(*amounts) else None
    return found


def _came(facts: Facts, year: int) -> Decimal:
    return known(flow.amount for flow in facts.payouts if flow.day.year == year)


def _claimed(
    facts: Facts,
    posts: list[forecasts.Contract],
    material: Decimal | None,
    allotted: Mapping[int, Decimal | None],
) -> dict[int, Decimal | None]:
    """What will have been claimed in each year: what came, and from today on what will be spent and
    what is spent already and nobody paid out yet, less the cash at hand, at most what is left of
    the grant and of the year's allotment; what that does not suffice for is claimed in later years.
    Over all years it is the forecast, or what came where that was more, less what found no year."""
    tomorrow = facts.today + timedelta(days=1)
    first, last = max(tomorrow, facts.starts_on or tomorrow), facts.ends_on or facts.today
    staff = forecasts.cost_by_year(posts, first, last)
    left = months_between(first, last)
    drawn = known(flow.amount for flow in facts.payouts)
    cash = drawn - known(flow.amount for flow in facts.settled() or ())
    room = None if facts.granted is None else facts.granted - drawn + facts.repaid
    found: dict[int, Decimal | None] = {}
    for year in facts.years:
        came = _came(facts, year)
        if date(year, 12, 31) <= facts.today:
            found[year] = came
            continue
        inside = months_between(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        rest = staff.get(year, ZERO)
        if rest is None or material is None or facts.share is None:
            return found | dict.fromkeys(range(year, facts.years.stop))
        part = cents(Fraction(material) * inside / left) if left else ZERO
        needed = rest + part - cash
        money = allotted.get(year)
        bounds = (needed, room, None if money is None else max(money - came, ZERO))
        claims = max(min(bound for bound in bounds if bound is not None), ZERO)
        found[year] = came + claims
        cash = claims - needed  # below zero it is spent and waits for the next year
        room = None if room is None else room - claims
    return found
