"""The rules of areas: their tree, the validity of their versions, their geometry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from services.indicators.areas.projections import is_degrees
from services.indicators.areas.rings import crossing, doubled_area

MOST_POSITIONS = 100_000
MOST_PROBLEMS = 20
_MEMBERS = frozenset({"type", "coordinates", "bbox", "crs"})

Ring = list[list[float]]


def why_not_parent(
    area: str, parent: str, parent_of: Mapping[str, str | None], rank_of: Mapping[str, int]
) -> str | None:
    """Why `parent` cannot be the parent (übergeordnetes Gebiet) of `area`, or None if it can.

    `parent_of` is the tree as it stands; `rank_of` gives the rank of each area's level, the
    highest level (country) having the smallest number.
    """
    if area == parent:
        return "An area is not its own parent."
    above: str | None = parent
    passed = set()
    while above is not None and above not in passed:
        if above == area:
            return f"{parent} lies below {area}."
        passed.add(above)
        above = parent_of.get(above)
    if rank_of[parent] >= rank_of[area]:
        return f"The level of {parent} is not above the level of {area}."
    return None


def misplaced(pairs: Iterable[tuple[str, str]], rank_of: Mapping[str, int]) -> str | None:
    """The first of the pairs (area, parent) whose parent is not of a higher level, in words."""
    reasons = (why_not_parent(area, parent, {}, rank_of) for area, parent in pairs)
    return next((reason for reason in reasons if reason), None)


class Span(NamedTuple):
    """A validity: from `start` up to, but without, `end`; open where `end` is None."""

    start: date
    end: date | None


def covers(span: Span, day: date) -> bool:
    """Whether the span is valid on that day."""
    return span.start <= day and (span.end is None or day < span.end)


def why_not_valid(span: Span, others: Iterable[Span] = ()) -> str | None:
    """Why a version of an area cannot be valid in `span` beside its `others`, or None."""
    if span.end is not None and span.end <= span.start:
        return "The validity ends before it starts."
    for other in others:
        starts_before_end = span.end is None or other.start < span.end
        if starts_before_end and (other.end is None or span.start < other.end):
            until = f"until {other.end}" if other.end else "without end"
            return f"Another version is valid from {other.start} {until}."
    return None


class GeometryProblem(NamedTuple):
    """What is wrong, and where (JSON pointer)."""

    pointer: str
    detail: str


class CheckedGeometry(NamedTuple):
    """The geometry to store, or None and the problems."""

    geometry: dict[str, Any] | None
    problems: tuple[GeometryProblem, ...]


class _Refused(ValueError):
    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = GeometryProblem(pointer, detail)


def checked_geometry(document: object, pointer: str = "/geometry") -> CheckedGeometry:
    """Check a GeoJSON geometry (RFC 7946) and put it into the form it is stored in.

    Accepted are Point, Polygon and MultiPolygon in WGS84: longitude and latitude finite and in
    range, rings closed, of at least four positions, with an area, and not crossing or touching
    themselves. Heights and bbox are dropped; the outer ring is turned counterclockwise and holes
    clockwise. A `crs` member is accepted only if it names WGS84. Whether holes lie inside their
    polygon is not checked.
    """
    check = _Check()
    try:
        geometry = check.geometry(document, pointer)
    except _Refused as refused:
        check.problems.append(refused.problem)
        geometry = None
    problems = tuple(check.problems[:MOST_PROBLEMS])
    return CheckedGeometry(None if problems else geometry, problems)


def crs_problem(crs: object, pointer: str) -> GeometryProblem | None:
    """What is wrong with a `crs` member; none if it is absent or names WGS84."""
    if crs is None or is_degrees(system_of(crs)):
        return None
    return GeometryProblem(pointer, "coordinates must be WGS84 longitude and latitude (CRS84)")


def system_of(crs: object) -> str:
    """The name that a `crs` member gives its coordinate system; '' for none."""
    name = crs
    if isinstance(crs, dict):
        properties = crs.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else ""


class _Check:
    """Walks through one geometry: problems of single positions and rings are collected."""

    def __init__(self) -> None:
        self.problems: list[GeometryProblem] = []
        self._positions = 0

    def geometry(self, document: object, at: str) -> dict[str, Any]:
        if not isinstance(document, dict):
            raise _Refused(at, "must be a GeoJSON geometry")
        for name in document.keys() - _MEMBERS:
            raise _Refused(f"{at}/{_escaped(name)}", "unknown member of a geometry")
        foreign = crs_problem(document.get("crs"), f"{at}/crs")
        if foreign:
            raise _Refused(*foreign)
        kind, coordinates = document.get("type"), document.get("coordinates")
        at_coordinates = f"{at}/coordinates"
        if kind == "Point":
            return {"type": kind, "coordinates": self._position(coordinates, at_coordinates)}
        if kind == "Polygon":
            return {"type": kind, "coordinates": self._polygon(coordinates, at_coordinates)}
        if kind == "MultiPolygon":
            polygons = _list(coordinates, at_coordinates, "polygons")
            return {
                "type": kind,
                "coordinates": [
                    self._polygon(one, f"{at_coordinates}/{n}") for n, one in enumerate(polygons)
                ],
            }
        raise _Refused(f"{at}/type", "must be Point, Polygon or MultiPolygon")

    def _polygon(self, rings: object, at: str) -> list[Ring]:
        return [
            self._ring(ring, f"{at}/{n}", outer=n == 0)
            for n, ring in enumerate(_list(rings, at, "rings"))
        ]

    def _ring(self, positions: object, at: str, *, outer: bool) -> Ring:
        known = len(self.problems)
        ring = []
        given = _list(positions, at, "positions")
        self._positions += len(given)
        if self._positions > MOST_POSITIONS:
            raise _Refused(at, f"more than {MOST_POSITIONS} positions")
        for n, position in enumerate(given):
            try:
                ring.append(self._position(position, f"{at}/{n}"))
            except _Refused as refused:
                self._note(refused.problem)
        if len(self.problems) > known:
            return ring
        if len(ring) < 4:
            self._note(GeometryProblem(at, "a ring has at least four positions"))
        elif ring[0] != ring[-1]:
            last = len(ring) - 1
            self._note(GeometryProblem(f"{at}/{last}", "a ring ends where it starts"))
        else:
            return self._simple(ring, at, outer)
        return ring

    def _simple(self, ring: Ring, at: str, outer: bool) -> Ring:
        area = doubled_area(ring)
        if area == 0:
            self._note(
                GeometryProblem(
                    at, "the ring encloses no area, or as much to the left as to the right"
                )
            )
            return ring
        problem = crossing(ring)
        if problem:
            self._note(GeometryProblem(f"{at}/{problem.at}", problem.detail))
        return ring if (area > 0) == outer else ring[::-1]

    def _position(self, position: object, at: str) -> list[float]:
        if not isinstance(position, list | tuple) or not 2 <= len(position) <= 3:
            raise _Refused(at, "a position is [longitude, latitude]")
        for n, (number, most) in enumerate(zip(position, (180, 90, None), strict=False)):
            # A bool is an int to Python, but no coordinate.
            if isinstance(number, bool) or not isinstance(number, int | float):
                raise _Refused(f"{at}/{n}", "a coordinate is a number")
            # A comparison, because the whole numbers of JSON may be too large for a float.
            if not abs(number) < 1e9:
                raise _Refused(f"{at}/{n}", "a coordinate is finite")
            if most is not None and abs(number) > most:
                raise _Refused(f"{at}/{n}", f"must lie between -{most} and {most} degrees")
        return [float(position[0]), float(position[1])]

    def _note(self, problem: GeometryProblem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MOST_PROBLEMS:
            raise _Refused(*problem)


def _list(value: object, at: str, of: str) -> Sequence[object]:
    if not isinstance(value, list | tuple) or not value:
        raise _Refused(at, f"must be a list of {of}")
    return value


def _escaped(name: object) -> str:
    return str(name)[:80].replace("~", "~0").replace("/", "~1")
