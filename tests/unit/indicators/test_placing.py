"""Which point lies in which shape."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.indicators.placing.rules import place

HOLE = [[1.0, 1.0], [1.0, 2.0], [2.0, 2.0], [2.0, 1.0], [1.0, 1.0]]


def square(west: float, south: float, side: float, *holes: Any) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring, *holes]}


def test_holes_and_borders_are_respected() -> None:
    left, right = uuid4(), uuid4()
    shapes = {left: square(0, 0, 3, HOLE), right: square(3, 0, 3)}
    points = {"in": (0.5, 0.5), "hole": (1.5, 1.5), "border": (3.0, 1.0), "out": (9.0, 9.0)}
    found = set(place(shapes, points).pairs)
    assert found == {(left, "in"), (left, "border"), (right, "border")}


def test_a_point_inside_is_told_of_every_shape() -> None:
    bent = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1], [0, 0]]],
    }
    several = {"type": "MultiPolygon", "coordinates": [square(0, 0, 1)["coordinates"]] * 1}
    point = {"type": "Point", "coordinates": [7.0, 8.0]}
    shapes = {uuid4(): shape for shape in (bent, several, point)}
    facts = place(shapes, {"x": (7.0, 8.0)})
    assert facts.pairs == []
    for key, fact in facts.facts.items():
        assert fact.west <= fact.longitude <= fact.east
        again = place({key: shapes[key]}, {"inside": (fact.longitude, fact.latitude)})
        assert again.pairs == ([] if shapes[key] is point else [(key, "inside")])


cells = st.integers(0, 5)
squares = st.lists(st.tuples(cells, cells, st.integers(1, 3)), min_size=1, max_size=8)


@given(squares, st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_points_are_where_comparing_coordinates_says(
    shapes: list[tuple[int, int, int]], points: list[tuple[int, int]]
) -> None:
    made = {UUID(int=n): square(*map(float, shape)) for n, shape in enumerate(shapes)}
    named = {str(n): (x + 0.0, y + 0.0) for n, (x, y) in enumerate(points)}
    expected = {
        (UUID(int=n), str(m))
        for n, (west, south, side) in enumerate(shapes)
        for m, (x, y) in enumerate(points)
        if west <= x <= west + side and south <= y <= south + side
    }
    assert set(place(made, named).pairs) == expected
