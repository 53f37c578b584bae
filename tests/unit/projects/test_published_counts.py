"""Whoever keeps every edition of the counts learns from all of them together of no few people."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participation import PERSONAL
from services.projects.participation.rules import (
    GENDERS,
    TOTAL,
    Counts,
    Place,
    Span,
    rows,
    values_of,
)
from services.projects.participation_editions.rules import Edition, edition, hidden, kept
from services.projects.sum_bounds.rules import bounded
from services.projects.suppression import rules as suppression

Y23, Y24 = (date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))
CODES = (EsfCode.EECO02, EsfCode.EECO04, EsfCode.EECO12)
Base = tuple[Span, EsfCode, str]
Row = dict[tuple[int, Base], Fraction]


def published(history: Sequence[Counts], threshold: int) -> list[Edition]:
    """Every state published, one after another, as the service does it."""
    found: list[Edition] = []
    for counts in history:
        found.append(Edition(counts, hidden(counts, threshold, found)))
    return found


def by(women: int, men: int = 0, other: int = 0) -> dict[str, int | None]:
    return {"women": women, "men": men, "non_binary": other}


def shown(of: Edition, span: Span, code: EsfCode, gender: str) -> int | None:
    place = Place(span, code, gender)
    return None if place in of.hidden else values_of(of.counts)[place]


def test_one_who_comes_is_not_the_difference_of_two_editions() -> None:
    first, second = published(
        [{(Y24, EsfCode.EECO12): by(20, 30)}, {(Y24, EsfCode.EECO12): by(21, 30)}], 5
    )
    assert shown(first, Y24, EsfCode.EECO12, "women") == 20
    for span in (Y24, None):
        for column in ("women", TOTAL):
            assert shown(second, span, EsfCode.EECO12, column) is None
        assert shown(second, span, EsfCode.EECO12, "men") == 30


def test_many_who_come_are_shown() -> None:
    _, second = published(
        [{(Y24, EsfCode.EECO12): by(20, 30)}, {(Y24, EsfCode.EECO12): by(26, 35)}], 5
    )
    assert [shown(second, Y24, EsfCode.EECO12, g) for g in (*GENDERS, TOTAL)] == [26, 35, 0, 61]


H1, H2 = (date(2024, 1, 1), date(2024, 6, 30)), (date(2024, 7, 1), date(2024, 12, 31))


def test_one_who_comes_is_not_told_by_cutting_the_year_otherwise() -> None:
    """2023 grows by many, so that the sum over all years tells nothing; 2024 is cut in halves."""
    year: Counts = {(Y23, EsfCode.EECO12): by(30), (Y24, EsfCode.EECO12): by(20)}
    halves: Counts = {
        (Y23, EsfCode.EECO12): by(45),
        (H1, EsfCode.EECO12): by(12),
        (H2, EsfCode.EECO12): by(9),
    }
    for history in ([year, halves], [halves, year]):
        told = published(history, 5)
        whole = [
            [shown(one, span, EsfCode.EECO12, "women") for span, _ in one.counts if span != Y23]
            for one in told
        ]
        assert any(None in parts for parts in whole), "12 and 9 are 21, and it was 20"


def test_the_same_people_cut_otherwise_are_shown() -> None:
    year: Counts = {(Y24, EsfCode.EECO12): by(20)}
    halves: Counts = {(H1, EsfCode.EECO12): by(12), (H2, EsfCode.EECO12): by(8)}
    _, second = published([year, halves], 5)
    assert not second.hidden


JULY = (date(2024, 1, 1), date(2024, 7, 31))


def test_one_who_comes_is_not_told_by_a_span_that_grows() -> None:
    """As above: until June 20, and until July 21 tell of somebody who came in July."""
    june: Counts = {(Y23, EsfCode.EECO12): by(30), (H1, EsfCode.EECO12): by(20)}
    july: Counts = {(Y23, EsfCode.EECO12): by(45), (JULY, EsfCode.EECO12): by(21)}
    many: Counts = {(Y23, EsfCode.EECO12): by(45), (JULY, EsfCode.EECO12): by(26)}
    for history, time in (([june, july], JULY), ([july, june], H1)):
        first, second = published(history, 5)
        assert not first.hidden
        assert shown(second, time, EsfCode.EECO12, "women") is None
    assert not published([june, many], 5)[1].hidden


def test_one_who_is_left_is_not_told_by_codes_that_are_cut_otherwise() -> None:
    """2023 leaves many, so that the sum over all years tells nothing; of 2024 one is left."""
    whole: Counts = {(Y23, EsfCode.EECO01): by(100), (Y23, EsfCode.EECO12): by(50)}
    for years, halves in (
        (EsfCode.EECO01, EsfCode.EECO12),
        (EsfCode.EECO12, EsfCode.EECO01),
    ):
        in_halves = (50, 49) if halves is EsfCode.EECO12 else (50, 50)
        year = 100 if halves is EsfCode.EECO12 else 99
        counts: Counts = {
            **whole,
            (Y24, years): by(year),
            (H1, halves): by(in_halves[0]),
            (H2, halves): by(in_halves[1]),
        }
        (told,) = published([counts], 5)
        parts = [shown(told, Y24, years, "women")]
        parts += [shown(told, half, halves, "women") for half in (H1, H2)]
        assert None in parts, "100 less 50 and 49"


def test_slowly_more_are_never_told_one_by_one() -> None:
    history: list[Counts] = [{(Y24, EsfCode.EECO12): by(20 + n)} for n in range(8)]
    told = [shown(one, Y24, EsfCode.EECO12, "women") for one in published(history, 5)]
    assert told == [20, None, None, None, None, 25, None, None]


def test_what_was_hidden_stays_hidden_when_others_are_hidden_for_it_later() -> None:
    old = {(Y23, EsfCode.EECO12): by(2, 20, 9)}
    more = {**old, (Y24, EsfCode.EECO12): by(3, 30, 12)}
    first, *later = published([old, more, old, {**more, (Y23, EsfCode.EECO02): by(50, 50)}], 5)
    was = {place for place in first.hidden if place.span == Y23}
    assert was
    for one in later:
        assert was <= set(one.hidden)


def test_a_higher_threshold_hides_what_it_can_and_ends() -> None:
    counts: Counts = {(Y24, EsfCode.EECO12): by(6, 30, 8)}
    first = Edition(counts, hidden(counts, 5))
    assert not first.hidden
    grown: Counts = {(Y24, EsfCode.EECO12): by(6, 30, 20)}
    second = hidden(grown, 10, [first])
    assert Place(Y24, EsfCode.EECO12, "men") not in second, "it was told and is the same"
    assert len(second) < len(values_of(grown))


def test_an_edition_is_stored_and_read_as_it_was() -> None:
    counts: Counts = {(Y23, EsfCode.EECO12): by(2, 20, 9), (Y24, EsfCode.EECO12): by(7, 0)}
    away = hidden(counts, 5)
    stored = [row.model_dump(mode="json") for row in rows(counts, away)]
    assert edition(kept(counts), stored) == Edition(counts, away)


# The attack: linear algebra over what each edition says, by somebody who also knows which numbers
# have not changed. Written anew here, over exact fractions.


def parts(place: Place, counts: Counts) -> list[Base]:
    spans = [span for span, code in counts if code is place.code and place.span in (None, span)]
    genders = GENDERS if place.gender == TOTAL else (place.gender,)
    return [(span, place.code, gender) for span in spans for gender in genders]


def knowledge(told: Sequence[Edition]) -> tuple[list[Row], dict[Base, list[int]]]:
    """Equations over the numbers of each edition; a number that stays is the same unknown."""
    since: dict[Base, list[int]] = {}
    for number, one in enumerate(told):
        for (span, code), amounts in one.counts.items():
            for gender in GENDERS:
                base = (span, code, gender)
                before = told[number - 1].counts.get((span, code)) if number else None
                same = before is not None and before[gender] == amounts[gender]
                since.setdefault(base, []).append(since[base][-1] if same else number)
    rows_: list[Row] = []
    for number, one in enumerate(told):
        for place in values_of(one.counts):
            if not place.rest and place not in one.hidden and place.code is not EsfCode.EECO01:
                row: Row = {}
                for base in parts(place, one.counts):
                    row[since[base][number], base] = Fraction(1)
                rows_.append(row)
    return rows_, since


def reduced(given_: Sequence[Row]) -> dict[tuple[int, Base], Row]:
    found: dict[tuple[int, Base], Row] = {}
    for row in given_:
        left = without(row, found)
        if not left:
            continue
        pivot = min(left, key=repr)
        left = {key: factor / left[pivot] for key, factor in left.items()}
        for other in found.values():
            if pivot in other:
                subtract(other, other[pivot], left)
        found[pivot] = left
    return found


def without(row: Row, solved: dict[tuple[int, Base], Row]) -> Row:
    left = dict(row)
    for pivot in [key for key in left if key in solved]:
        subtract(left, left[pivot], solved[pivot])
    return left


def subtract(row: Row, times: Fraction, other: Row) -> None:
    for key, factor in other.items():
        row[key] = row.get(key, Fraction(0)) - times * factor
        if not row[key]:
            del row[key]


def small_groups(
    told: Sequence[Edition], since: dict[Base, list[int]], threshold: int
) -> Iterator[Row]:
    """Every count of few people, and every change by few, as what somebody would like to know."""
    for number, one in enumerate(told):
        for place, value in values_of(one.counts).items():
            if not place.rest and 0 < value < threshold and place.code is not EsfCode.EECO01:
                yield {
                    (since[base][number], base): Fraction(1) for base in parts(place, one.counts)
                }
    for earlier, later in pairwise(range(len(told))):
        now, then = values_of(told[later].counts), values_of(told[earlier].counts)
        for place in now.keys() & then.keys():
            if not place.rest and 0 < abs(now[place] - then[place]) < threshold:
                wish: Row = {}
                for number, sign in ((later, 1), (earlier, -1)):
                    for base in parts(place, told[number].counts):
                        subtract(wish, Fraction(-sign), {(since[base][number], base): Fraction(1)})
                if place.code is not EsfCode.EECO01:
                    yield wish


NUMBER = st.one_of(st.integers(0, 9), st.integers(10, 40))
TABLE = st.dictionaries(
    st.tuples(st.sampled_from([Y23, Y24]), st.sampled_from(CODES)),
    st.fixed_dictionaries(dict.fromkeys(GENDERS, NUMBER)),
    min_size=2,
    max_size=5,
)
STEP = st.lists(
    st.tuples(st.sampled_from(GENDERS), st.integers(1, 7), st.integers(0, 4)), max_size=4
)


@settings(max_examples=60, deadline=None)
@given(TABLE, st.lists(STEP, min_size=1, max_size=3), st.sampled_from([3, 5]))
def test_no_editions_together_tell_of_few(
    start: dict[tuple[Span, EsfCode], dict[str, int]],
    steps: list[list[tuple[str, int, int]]],
    threshold: int,
) -> None:
    history: list[Counts] = [start]
    for step in steps:
        table = {key: dict(amounts) for key, amounts in history[-1].items()}
        for gender, more, where in step:
            amounts = table[sorted(table, key=repr)[where % len(table)]]
            amounts[gender] = (amounts[gender] or 0) + more
        history.append(table)
    told = published(history, threshold)
    rows_, since = knowledge(told)
    solved = reduced(rows_)
    for wish in small_groups(told, since, threshold):
        assert without(wish, solved), (wish, told)


def test_a_tenth_edition_asks_hardly_more_often_than_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is told is followed while cells are hidden, not sought anew for each of them."""
    asked: list[int] = []

    def counted(unknown: Collection[int], *rest: Any) -> list[int]:
        asked.append(len(unknown))
        return bounded(unknown, *rest)

    monkeypatch.setattr(suppression, "bounded", counted)
    table = {
        (span, code): by(number % 11, (7 * number) % 41, number % 3)
        for number, (span, code) in enumerate(product((Y23, Y24), sorted(PERSONAL)))
    }
    history: list[Counts] = [table]
    for step in range(9):
        grown = {
            key: {g: (n or 0) + (place + step) % 4 for g, n in amounts.items()}
            for place, (key, amounts) in enumerate(history[-1].items())
        }
        history.append(grown)
    found: list[Edition] = []
    for counts in history:
        asked.clear()
        found.append(Edition(counts, hidden(counts, 5, found)))
        assert len(asked) <= 12


CUTS = st.sets(st.integers(2, 4), max_size=3)
PEOPLE = st.lists(st.integers(5, 30), min_size=4, max_size=4)
COMING = st.lists(st.sampled_from([0, 0, 0, 1, 2, 6]), min_size=4, max_size=4)
QUARTERS = [date(2024, month, 1) for month in (1, 4, 7, 10)] + [date(2025, 1, 1)]
DAY = timedelta(days=1)


def cut(people: Sequence[int], at: set[int]) -> Counts:
    """The people of each quarter, told in spans that begin at these; many more came before."""
    parts = pairwise([0, *(quarter - 1 for quarter in sorted(at)), 4])
    return {(Y23, EsfCode.EECO12): by(9 * sum(people))} | {
        ((QUARTERS[first], QUARTERS[after] - DAY), EsfCode.EECO12): by(sum(people[first:after]))
        for first, after in parts
    }


def over(of: Edition, first: int, after: int) -> int | None:
    """What the shown spans tell of some quarters; None if they do not."""
    begins, ends = QUARTERS[first], QUARTERS[after] - DAY
    spans = sorted(span for span, _ in of.counts if span and begins <= span[0] <= ends)
    if not spans or (spans[0][0], spans[-1][1]) != (begins, ends):
        return None
    amounts = [shown(of, span, EsfCode.EECO12, "women") for span in spans]
    return None if None in amounts else sum(amount or 0 for amount in amounts)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, CUTS, CUTS, COMING)
def test_no_cut_of_the_time_tells_of_few(
    people: list[int], one: set[int], other: set[int], coming: list[int]
) -> None:
    grown = [count + more for count, more in zip(people, coming, strict=True)]
    told = published([cut(people, one), cut(grown, other)], 5)
    both = sorted({1, 5, *(one & other)})
    for first, after in pairwise(both):
        sums = [over(edition_, first - 1, after - 1) for edition_ in told]
        if None not in sums:
            change = (sums[1] or 0) - (sums[0] or 0)
            assert change == 0 or change >= 5


FEW = st.lists(st.sampled_from([1, 2, 12, 20, 30]), min_size=4, max_size=4)
FROM_TO = st.sampled_from([(1, 5), (1, 4), (1, 3), (2, 5), (2, 4)])


def some(counts: Counts, first: int, after: int) -> Counts:
    """Of the quarters only what is told from one until before another."""
    begins, ends = QUARTERS[first - 1], QUARTERS[after - 1] - DAY
    return {
        (span, code): amounts
        for (span, code), amounts in counts.items()
        if span == Y23 or (span and begins <= span[0] and span[1] <= ends)
    }


@settings(max_examples=200, deadline=None)
@given(FEW, st.tuples(CUTS, CUTS), st.tuples(FROM_TO, FROM_TO), COMING)
def test_no_time_within_another_tells_of_few(
    people: list[int],
    cuts: tuple[set[int], set[int]],
    times: tuple[tuple[int, int], tuple[int, int]],
    coming: list[int],
) -> None:
    """Each edition tells of some quarters, the later one of more people."""
    grown = [count + more for count, more in zip(people, coming, strict=True)]
    one, other = (
        some(cut(counted, at | {first, after} - {1, 5}), first, after)
        for counted, at, (first, after) in zip((people, grown), cuts, times, strict=True)
    )
    earlier, later = published([one, other], 5)
    spans = [(first, after) for first in range(4) for after in range(first + 1, 5)]
    for small, large in product(spans, spans):
        if large[0] <= small[0] and small[1] <= large[1]:
            sums = over(earlier, *small), over(later, *large)
            if None not in sums:
                assert (sums[1] or 0) - (sums[0] or 0) not in range(1, 5), (small, large)
