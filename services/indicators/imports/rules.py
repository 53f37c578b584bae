"""What an imported map may hold: pure functions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from services.contracts.indicators.areas import AreaCollection, AreaProperties, NewAreaVersion
from services.contracts.shared.problems import Fault
from services.indicators.areas.projections import ACCEPTED, OutsideError, Turn, is_degrees, turn_of
from services.indicators.areas.rules import (
    Span,
    checked_geometry,
    system_of,
    why_not_parent,
    why_not_valid,
)
from services.kit.problems import Invalid

_DEEPEST = 4
"""A MultiPolygon holds polygons of rings of positions."""
_NO_DEGREES = 1_000.0


class Shapes(NamedTuple):
    """The shapes to store, one for each feature, and what is wrong with the others."""

    shapes: list[dict[str, Any] | None]
    faults: list[Fault]


def shapes_of(collection: AreaCollection, system: str | None) -> Shapes:
    """Check the shape of every feature; slow, for thousands of rings.

    `system` names the coordinate system of a file that does not do so itself. Metres of one that
    is known are turned into degrees; those of another, or of none, refuse the file.
    """
    named = system or ""
    if collection.crs is not None:
        named = system_of(collection.crs) or "?"
    turn, features = turn_of(named), collection.features
    metres = turn is None and any(_is_in_metres(feature.geometry) for feature in features)
    if metres or (turn is None and named and not is_degrees(named)):
        what = "The coordinates are metres" if metres else "The coordinate system is not known"
        detail = f"{what}; name one of {ACCEPTED}, as `crs` of the file or as parameter."
        return Shapes([None] * len(features), [Fault(pointer="/crs", code="crs", detail=detail)])
    found = Shapes([], [])
    for n, feature in enumerate(features):
        shape = None
        if feature.geometry is not None:
            at = f"/features/{n}/geometry"
            try:
                geometry = turned(feature.geometry, turn) if turn else feature.geometry
            except OutsideError as outside:
                found.faults.append(Fault(pointer=at, code="crs", detail=f"A position {outside}."))
                found.shapes.append(None)
                continue
            checked = checked_geometry(geometry, at)
            shape = checked.geometry
            found.faults.extend(
                Fault(pointer=place, code="geometry", detail=detail)
                for place, detail in checked.problems
            )
        found.shapes.append(shape)
    return found


def turned(geometry: Mapping[str, Any], turn: Turn) -> dict[str, Any]:
    """A geometry in degrees; what is no position stays, to be refused by the check."""
    return {**geometry, "coordinates": _turned(geometry.get("coordinates"), turn, _DEEPEST)}


def _turned(part: Any, turn: Turn, depth: int) -> Any:
    if not isinstance(part, list) or not depth:
        return part
    if _is_position(part):
        return list(turn(part[0], part[1]))
    return [_turned(inner, turn, depth - 1) for inner in part]


def _is_in_metres(geometry: Mapping[str, Any] | None) -> bool:
    """Does the first position lie where no degrees do?"""
    part = geometry.get("coordinates") if geometry else None
    for _ in range(_DEEPEST):
        if not isinstance(part, list) or not part:
            return False
        if _is_position(part):
            least: float = min(abs(part[0]), abs(part[1]))
            return least > _NO_DEGREES
        part = part[0]
    return False


def _is_position(part: list[Any]) -> bool:
    return len(part) >= 2 and all(
        isinstance(number, int | float) and not isinstance(number, bool) for number in part
    )


def columns_of(
    given: AreaProperties, shape: dict[str, Any] | None, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The columns of the version that a feature describes, but for its first day.

    What it does not say stays as it was `before`; a shape without a word about it is a real one.
    """
    told = given.model_fields_set & NewAreaVersion.model_fields.keys() - {"valid_from"}
    columns = dict(before or {"parent": None, "codes": {}, "valid_to": None, "geometry": None})
    columns |= {name: getattr(given, name) for name in told}
    if isinstance(given.name, str):
        columns["name"] = {**(before or {}).get("name", {}), "de": given.name}
    if shape is not None:
        columns |= {"geometry": shape, "geometry_is_schematic": given.geometry_is_schematic}
    return {"geometry_is_schematic": False, **columns}


def place_faults(
    areas: Iterable[tuple[int, str, str | None]],
    parents: Mapping[str, str | None],
    rank_of: Mapping[str, int],
) -> list[Fault]:
    """Keys that stand in the file twice, and parents that cannot be parents.

    `areas` are the features by number, with key and parent; `parents` and `rank_of` are those of
    the town with the file in it.
    """
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for n, area, parent in areas:
        first = seen.setdefault(area, n)
        if first != n:
            detail = f"{area} stands in the file twice, first as feature {first}."
            faults += refusal(n, "key", "repeated", detail).faults
        if parent is None or area not in rank_of:
            continue
        if parent not in rank_of:
            faults += refusal(n, "parent", "unknown", f"There is no area {parent!r}.").faults
            continue
        reason = why_not_parent(area, parent, parents, rank_of)
        if reason:
            faults += refusal(n, "parent", "tree", reason).faults
    return faults


def check_span(
    n: int, columns: Mapping[str, Any], others: Iterable[tuple[date, date | None]]
) -> None:
    """Refuse a version that ends before it starts or overlaps one of the others."""
    span = Span(columns["valid_from"], columns["valid_to"])
    reason = why_not_valid(span, (Span(*other) for other in others))
    if reason:
        raise refusal(n, "valid_from", "overlap", reason)


def refusal(n: int, field: str, code: str, detail: str) -> Invalid:
    """Something wrong with a property of feature `n`."""
    return Invalid(detail, pointer=f"/features/{n}/properties/{field}", code=code)
