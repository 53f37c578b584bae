"""Full-time equivalents against the cap of each day, and vacancies."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import FigureStatus, Unit
from services.projects.occupancy.rules import (
    Post,
    fte_cap,
    unspent_by_vacancy,
    vacancy,
)
from tests.unit.projects.rulebook import every_day, rule, said

D = Decimal
START = date(2023, 1, 1)
DAYS = st.integers(0, 500).map(lambda n: START + timedelta(days=n))
POSTS = st.lists(
    st.tuples(st.sampled_from(["0.5", "0.75", "1"]), DAYS, st.none() | st.integers(0, 300)).map(
        lambda t: Post(D(t[0]), t[1], None if t[2] is None else t[1] + timedelta(days=t[2]))
    ),
    max_size=7,
)


@given(POSTS, st.sampled_from(["1", "2", "4"]), DAYS, st.integers(0, 400))
def test_positions_keep_to_the_cap_on_every_single_day(
    posts: list[Post], most: str, first: date, length: int
) -> None:
    last, turn = first + timedelta(days=length), date(2023, 9, 1)
    caps = [
        rule("max_positions", 1, Unit.fte, ends_on=date(2023, 8, 31)),
        rule("max_positions", most, Unit.fte, starts_on=turn),
    ]
    found = fte_cap(posts, caps, first, last)
    sums = {
        day: sum(p.fte for p in posts if p.starts_on <= day and not (p.ends_on and p.ends_on < day))
        for day in every_day(first, last)
    }
    above = [day for day, fte in sums.items() if fte > (D(most) if day >= turn else 1)]
    assert found.value == max(sums.values())
    assert (found.status is FigureStatus.breach) == bool(above)
    first_above = {given.name: given.value for given in found.inputs}["first_day_above"]
    assert first_above == (min(above) if above else None)


def test_without_a_cap_nothing_is_judged() -> None:
    posts = [Post(D(1), START)] * 5
    assert said(fte_cap(posts, [], START, START)) == ("5", "unknown", None)


def test_of_an_extra_cap_that_is_not_said_there_is_none_to_fill() -> None:
    post = Post(D("0.5"), START)
    assert said(fte_cap([post], [], START, START, "praevention")) == ("0.5", "breach", None)


@given(POSTS, POSTS, DAYS, st.integers(0, 400))
def test_vacant_months_are_those_planned_and_not_filled(
    planned: list[Post], filled: list[Post], first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = vacancy(planned, filled, first, last)
    if not planned:
        assert said(found) == (None, "unknown", "no_plan")
        return
    total = Fraction(0)
    for day in every_day(first, last):
        part = Fraction(1, monthrange(day.year, day.month)[1])
        for posts, sign in ((planned, 1), (filled, -1)):
            here = [p for p in posts if p.starts_on <= day <= (p.ends_on or date.max)]
            total += sign * part * sum((Fraction(p.fte) for p in here), Fraction(0))
    assert abs(Fraction(found.known) - total) <= Fraction(1, 20000)


def test_a_vacancy_leaves_money_unspent() -> None:
    planned = [Post(D(1), date(2024, 1, 1), date(2024, 12, 31))]
    filled = [Post(D(1), date(2024, 4, 1), date(2024, 12, 31))]
    gone = vacancy(planned, filled, date(2024, 1, 1), date(2024, 12, 31))
    assert said(gone) == ("3", "warning", None)
    assert said(unspent_by_vacancy(gone, D("5000"))) == ("15000.00", "ok", None)
    assert said(unspent_by_vacancy(gone, None))[2] == "no_pay"
    unsaid = vacancy(planned, None, date(2024, 1, 1), date(2024, 12, 31))
    assert said(unsaid) == (None, "unknown", "no_actual"), "nobody has said what was filled"
    assert said(unspent_by_vacancy(unsaid, D("5000")))[2] == "no_actual"
    nothing = vacancy([], filled, START, START)
    assert said(unspent_by_vacancy(nothing, D(1)))[2] == "no_plan"
