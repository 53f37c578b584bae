"""What follows from sums is the same however their cells became unknown."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.projects.sum_algebra.rules import Algebra, Sum

CELLS = 9
SUMS = st.lists(
    st.tuples(
        st.integers(0, CELLS - 1), st.lists(st.integers(0, CELLS - 1), max_size=4, unique=True)
    ).map(lambda one: (one[0], tuple(part for part in one[1] if part != one[0]))),
    max_size=7,
)
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, CELLS - 1)), max_size=12)


def rank(rows: Sequence[Sequence[int]]) -> int:
    left = [[Fraction(number) for number in row] for row in rows]
    found = 0
    for column in range(CELLS):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [one - factor * other for one, other in zip(row, pivot, strict=True)]
        found += 1
    return found


def follow(sums: Sequence[Sum], unknown: Collection[int]) -> set[int]:
    """Anew and over fractions: a cell follows if asking for it says nothing new."""
    rows = [
        [((cell == total) - (cell in parts)) * (cell in unknown) for cell in range(CELLS)]
        for total, parts in sums
    ]
    return {
        cell
        for cell in unknown
        if rank([*rows, [int(cell == other) for other in range(CELLS)]]) == rank(rows)
    }


@given(SUMS, st.sets(st.integers(0, CELLS - 1)), STEPS)
def test_opening_and_closing_cells_is_like_beginning_anew(
    sums: list[Sum], unknown: set[int], steps: list[tuple[bool, int]]
) -> None:
    algebra = Algebra(sums, unknown)
    for opened, cell in steps:
        (algebra.open if opened else algebra.close)(cell)
        unknown = unknown | {cell} if opened else unknown - {cell}
        assert set(algebra.determined()) == follow(sums, unknown)
    assert algebra.unknown == unknown


@given(SUMS, st.sets(st.integers(0, CELLS - 1)))
def test_reasons_are_known_cells_that_suffice(sums: list[Sum], unknown: set[int]) -> None:
    algebra = Algebra(sums, unknown)
    for cell in algebra.determined():
        reasons = algebra.reasons(cell)
        assert not set(reasons) & unknown
        others = set(range(CELLS)) - set(reasons)
        assert cell in follow(sums, others), "nothing else need be known"


@given(SUMS, st.sets(st.integers(0, CELLS - 1)))
def test_a_known_cell_that_others_tell_is_found(sums: list[Sum], unknown: set[int]) -> None:
    algebra = Algebra(sums, unknown)
    for cell in set(range(CELLS)) - unknown:
        assert algebra.follows(cell) == (cell in follow(sums, unknown | {cell}))
