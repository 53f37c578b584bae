"""Paths between territories, against a calculation with matrices; shares; nothing is betrayed."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.territory import Move, MoveKind, WeightKind
from services.indicators.territory.crosswalks import rules
from services.indicators.territory.series.rules import Path, Step, paths
from services.indicators.territory.weights.rules import overlaps, shares

START = date(2000, 1, 1)
PEOPLE = WeightKind.population


@given(st.lists(st.integers(0, 10**7).map(Decimal), min_size=1, max_size=30))
def test_shares_are_together_exactly_one(sizes: list[Decimal]) -> None:
    parts = shares(sizes)
    assert sum(parts) == 1
    assert all(0 <= part <= 1 for part in parts)
    if sum(sizes):
        for size, part in zip(sizes, parts, strict=True):
            assert abs(part - size / sum(sizes)) < Decimal("1e-10")


def test_nobody_anywhere_is_divided_equally() -> None:
    assert shares([Decimal(0)] * 4) == [Decimal("0.25")] * 4


def test_surfaces_are_measured_where_they_overlap() -> None:
    def tile(west: float, east: float) -> dict[str, object]:
        ring = [[west, 50.0], [east, 50.0], [east, 50.1], [west, 50.1], [west, 50.0]]
        return {"type": "Polygon", "coordinates": [ring]}

    found = overlaps(tile(11, 11.4), [tile(11, 11.1), tile(11.1, 11.6), tile(12, 13)])
    whole = sum(found)
    assert [round(float(part / whole), 6) for part in found] == [0.25, 0.75, 0]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[set[str]], list[list[tuple[str, str, Decimal]]]]:
    """The areas of each time, and between two of them who went where with which share."""
    areas = [{f"a{n}" for n in range(draw(st.integers(1, 4)))}]
    changes = []
    for generation in range(draw(st.integers(1, 3))):
        now = areas[-1]
        new = {f"n{generation}{n}" for n in range(draw(st.integers(0, 2)))}
        ending = set(draw(st.lists(st.sampled_from(sorted(now)), unique=True)))
        after = (now - ending) | new
        if not after:
            after = new = {f"n{generation}x"}
        edges: list[tuple[str, str, Decimal]] = []
        giving = ending | set(draw(st.lists(st.sampled_from(sorted(now)), unique=True)))
        for area in sorted(giving):
            others = draw(st.lists(st.sampled_from(sorted(after)), min_size=1, unique=True))
            if area not in ending and area not in others:
                others.append(area)
            edges += zip(
                [area] * len(others), others, shares([Decimal(1)] * len(others)), strict=True
            )
        reached = {there for _, there, _ in edges}
        moved = {here for here, _, _ in edges}
        edges += [(a, a, Decimal(1)) for a in sorted((reached & now & after) - moved)]
        areas.append(after)
        changes.append(edges)
    return areas, changes


def day_of(change: int) -> date:
    return START + timedelta(days=365 * (change + 1))


def carried(
    values: dict[str, Fraction], edges: list[tuple[str, str, Decimal]]
) -> dict[str, Fraction]:
    """One change after the other, as a person would calculate it by hand."""
    after: dict[str, Fraction] = defaultdict(Fraction)
    moved = {here for here, _, _ in edges}
    for area, value in values.items():
        if area not in moved:
            after[area] += value
    for here, there, share in edges:
        after[there] += values[here] * Fraction(share)
    return after


def by_paths(values: dict[str, Fraction], found: list[Path], day: date) -> dict[str, Fraction]:
    now = [path for path in found if path.since <= day < path.until]
    after: dict[str, Fraction] = defaultdict(Fraction)
    concerned = {path.source for path in now}
    for area, value in values.items():
        if area not in concerned:
            after[area] += value
    for path in now:
        assert path.weight is not None
        after[path.target] += values.get(path.source, Fraction(0)) * Fraction(path.weight)
    return after


@given(histories(), st.data())
def test_figures_of_any_time_arrive_as_if_carried_from_change_to_change(
    history: tuple[list[set[str]], list[list[tuple[str, str, Decimal]]]], data: st.DataObject
) -> None:
    areas, changes = history
    steps = [
        Step(day_of(n), here, there, share, None)
        for n, edges in enumerate(changes)
        for here, there, share in edges
    ]
    last = day_of(len(changes))
    found = paths(steps, last)
    for time, there in enumerate(areas):
        values = {area: Fraction(data.draw(st.integers(0, 10**6))) for area in sorted(there)}
        expected = values
        for edges in changes[time:]:
            expected = carried(expected, edges)
        arrived = by_paths(values, found, day_of(time - 1))
        assert {a: v for a, v in arrived.items() if v} == {a: v for a, v in expected.items() if v}
        assert sum(arrived.values()) == sum(values.values()), "nobody is lost or counted twice"


def test_backwards_a_division_is_added_and_a_merger_is_unknown() -> None:
    day = date(2021, 7, 1)
    one = Decimal(1)
    steps = [
        Step(day, "winzerla", "nord", Decimal("0.62"), one),
        Step(day, "winzerla", "sued", Decimal("0.38"), one),
        Step(day, "eisenach", "kreis", one, None),
        Step(day, "kreis", "kreis", one, None),
    ]
    assert set(paths(steps, day - timedelta(days=1))) == {
        Path(day, date.max, "nord", "winzerla", one),
        Path(day, date.max, "sued", "winzerla", one),
        Path(day, date.max, "kreis", "eisenach", None),
        Path(day, date.max, "kreis", "kreis", None),
    }
    assert {path.until for path in paths(steps, day)} == {day}, "the day itself is new"


def test_what_is_divided_and_merged_again_is_no_estimate() -> None:
    one, half = Decimal(1), Decimal("0.5")
    steps = [
        Step(day_of(0), "a", "b", half, one),
        Step(day_of(0), "a", "c", half, one),
        Step(day_of(1), "b", "d", one, None),
        Step(day_of(1), "c", "d", one, None),
    ]
    (path,) = (path for path in paths(steps, day_of(1)) if path.source == "a")
    assert (path.target, path.weight) == ("d", one)


@pytest.mark.parametrize(
    ("moves", "kinds"),
    [
        ("a-b", {"a-b": MoveKind.renaming}),
        ("a-c b-c", {"a-c": MoveKind.merging, "b-c": MoveKind.merging}),
        ("a-b a-c", {"a-b": MoveKind.splitting, "a-c": MoveKind.splitting}),
        (
            "a-a a-b b-b",
            {"a-a": MoveKind.transfer, "a-b": MoveKind.transfer, "b-b": MoveKind.merging},
        ),
    ],
)
def test_what_happens_to_an_area_follows_from_the_moves(
    moves: str, kinds: dict[str, MoveKind]
) -> None:
    listed = [
        Move(from_area=f"area-{m[0]}", to_area=f"area-{m[2]}", shares={PEOPLE: Decimal("0.5")})
        for m in moves.split()
    ]
    found = rules.crossings(listed, [PEOPLE])
    assert {f"{c.from_area[-1]}-{c.to_area[-1]}": c.kind for c in found} == kinds
