"""No small count is shown, and none can be calculated from what is shown."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participation import CellState, ParticipationRow
from services.projects.participation import rules as participation
from services.projects.participation.rules import GENDERS, Counts, Span
from services.projects.participation_editions import rules as editions
from services.projects.suppression.rules import Sum, hidden, known

Y23, Y24 = (date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))
COLUMNS = ("women", "men", "non_binary", "total")


def rows(counts: Counts, threshold: int) -> list[ParticipationRow]:
    return participation.rows(counts, editions.hidden(counts, threshold))


def by_place(table: list[ParticipationRow]) -> dict[tuple[str, Span, str], int | None]:
    return {
        (
            row.code,
            (row.starts_on, row.ends_on) if row.starts_on and row.ends_on else None,
            column,
        ): getattr(row, column).value
        for row in table
        for column in COLUMNS
    }


def test_a_small_count_is_hidden_and_cannot_be_taken_from_the_total() -> None:
    counts: Counts = {(Y23, EsfCode.EECO12): {"women": 2, "men": 40, "non_binary": 0}}
    shown = by_place(rows(counts, 5))
    assert shown["EECO12", Y23, "women"] is None
    visible = [shown["EECO12", Y23, c] for c in ("men", "total")]
    assert None in visible, "42 less 40 would be 2"


def test_large_counts_and_zeros_are_shown() -> None:
    counts: Counts = {(Y23, EsfCode.EECO12): {"women": 20, "men": 40, "non_binary": 0}}
    shown = by_place(rows(counts, 5))
    assert [shown["EECO12", Y23, c] for c in COLUMNS] == [20, 40, 0, 60]
    assert [shown["EECO12", None, c] for c in COLUMNS] == [20, 40, 0, 60]


def test_what_is_not_known_is_unknown_and_so_is_its_total() -> None:
    counts: Counts = {(Y23, EsfCode.EECO12): {"women": 20, "men": None, "non_binary": 7}}
    (row, over_all) = rows(counts, 5)
    assert row.men.state is CellState.unknown
    assert row.total.state is CellState.unknown
    assert over_all.total.state is CellState.unknown
    assert row.women.value == 20


def test_what_few_are_not_tells_as_much_as_what_few_are() -> None:
    whole = {"women": 100, "men": 100, "non_binary": 0}
    almost = {"women": 99, "men": 50, "non_binary": 0}
    table = by_place(rows({(Y23, EsfCode.EECO01): whole, (Y23, EsfCode.EECO13): almost}, 5))
    pair = (table["EECO01", Y23, "women"], table["EECO13", Y23, "women"])
    assert None in pair, "one woman is no third-country national"


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ({"EECO06": 30, "EECO07": 30, "EECO08": 39}, "one is 30 to 54 years old"),
        ({"EECO06": 50, "EECO07": 48}, "two are older than 29"),
        ({"EECO09": 30, "EECO10": 30, "EECO11": 39}, "of one the education is not known"),
        ({"EECO02": 70, "EECO04": 27}, "three have work"),
        ({"EECO03": 98}, "two are not unemployed for long"),
    ],
)
def test_what_several_codes_leave_of_the_whole_tells_as_much(
    parts: dict[str, int], left: str
) -> None:
    given_ = {"EECO01": 100, **parts}
    counts: Counts = {
        (Y23, EsfCode(code)): {"women": count, "men": 60, "non_binary": 0}
        for code, count in given_.items()
    }
    table = by_place(rows(counts, 5))
    for span in (Y23, None):
        assert None in [table[code, span, "women"] for code in given_], left


def test_what_leaves_many_is_shown() -> None:
    given_ = {"EECO01": 70, "EECO06": 15, "EECO07": 15, "EECO08": 19}
    counts: Counts = {
        (Y23, EsfCode(code)): {"women": count, "men": 3 * count, "non_binary": 0}
        for code, count in given_.items()
    }
    assert None not in by_place(rows(counts, 5)).values()


def test_the_total_of_participants_is_made_of_their_employment_status() -> None:
    status = {
        EsfCode.EECO02: {"women": 10, "men": 11, "non_binary": 0},
        EsfCode.EECO04: {"women": 20, "men": 21, "non_binary": 0},
        EsfCode.EECO05: {"women": 30, "men": 31, "non_binary": 0},
    }
    shown = by_place(rows({(Y23, code): by for code, by in status.items()}, 3))
    assert [shown["EECO01", Y23, c] for c in COLUMNS] == [60, 63, 0, 123]


def test_a_bridge_between_two_hidden_rings_is_found() -> None:
    """Two hidden cells in each row and column are not enough when one of them stands alone."""
    cells = {f"{r}{c}": 10 for r, c in product("abcd", "wxyz")}
    cells |= {f"{r}+": 40 for r in "abcd"} | {f"+{c}": 40 for c in "wxyz"}
    sums = [Sum(f"{r}+", tuple(f"{r}{c}" for c in "wxyz")) for r in "abcd"]
    sums += [Sum(f"+{c}", tuple(f"{r}{c}" for r in "abcd")) for c in "wxyz"]
    rings = {"aw", "ax", "bw", "bx", "cy", "cz", "dy", "dz"}
    assert known(cells, rings, sums) == set()
    assert known(cells, rings | {"by"}, sums) == {"by"}


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_nothing_of_nought_is_nought(threshold: int) -> None:
    cells = {"a": 0, "b": 0, "t": 0}
    assert known(cells, {"a", "b"}, [Sum("t", ("a", "b"))]) == {"a", "b"}
    assert hidden(cells, cells, [Sum("t", ("a", "b"))], threshold, str) == set()


SMALL = st.one_of(st.integers(0, 8), st.integers(0, 60))
BY_GENDER = st.fixed_dictionaries(dict.fromkeys(GENDERS, SMALL))
CODES = st.sampled_from([EsfCode.EECO02, EsfCode.EECO04, EsfCode.EECO05, EsfCode.EECO12])


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from([Y23, Y24]), CODES), BY_GENDER, min_size=1, max_size=8
    ),
    st.sampled_from([3, 5]),
)
def test_no_table_shows_a_small_count(
    counts: dict[tuple[Span, EsfCode], dict[str, int]], threshold: int
) -> None:
    for value in by_place(rows(counts, threshold)).values():
        assert value is None or value == 0 or value >= threshold


def test_what_is_hidden_of_a_known_total_is_not_few_together() -> None:
    """One each in two quarters: the year and the other half would tell of the two."""
    quarters = {"first": 1, "second": 1, "third": 6, "fourth": 7}
    values = {"year": 15, **quarters}
    assert hidden(values, values, [Sum("year", tuple(quarters))], 5, str) == {
        "first",
        "second",
        "fourth",
    }
    told = hidden(values, values, [Sum("year", tuple(quarters))], 5, str, ["third", "fourth"])
    assert told == {"first", "second", "year"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=2, max_size=2))
def test_for_every_hidden_small_count_there_is_another_table_that_looks_the_same(
    table: list[list[int]],
) -> None:
    """By trying all tables, not by the algebra of the rules."""
    cells = {f"{r}{c}": table[r][c] for r in range(2) for c in range(3)}
    values = dict(cells)
    sums = []
    for r in range(2):
        values[f"{r}+"] = sum(table[r])
        sums.append(Sum(f"{r}+", tuple(f"{r}{c}" for c in range(3))))
    for c in range(3):
        values[f"+{c}"] = table[0][c] + table[1][c]
        sums.append(Sum(f"+{c}", (f"0{c}", f"1{c}")))
    away = hidden(values, values, sums, 3, str)
    shown = {cell: value for cell, value in values.items() if cell not in away}
    sensitive = [cell for cell, value in values.items() if 0 < value < 3]
    assert not set(sensitive) & shown.keys()
    possible: dict[str, set[int]] = {cell: set() for cell in sensitive}
    most = range(min(2 * max(values.values()) + 3, 9))

    def rows_of(r: int) -> list[tuple[int, ...]]:
        """Every row that shows what this one shows."""
        choices = [[shown[cell]] if (cell := f"{r}{c}") in shown else most for c in range(3)]
        return [row for row in product(*choices) if shown.get(f"{r}+", sum(row)) == sum(row)]

    for upper, lower in product(rows_of(0), rows_of(1)):
        columns = [a + b for a, b in zip(upper, lower, strict=True)]
        if all(shown.get(f"+{c}", column) == column for c, column in enumerate(columns)):
            every = (*upper, *lower, sum(upper), sum(lower), *columns)
            whole = dict(zip(values, every, strict=True))
            for cell in sensitive:
                possible[cell].add(whole[cell])
            if all(len(found) > 1 for found in possible.values()):
                break
    assert all(len(found) > 1 for found in possible.values()), (values, away)
