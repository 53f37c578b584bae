"""What an imported map may hold: pure functions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from services.contracts.indicators.areas import AreaCollection, AreaProperties, NewAreaVersion
from services.contracts.shared.problems import Fault
from services.indicators.areas.rules import (
    Span,
    checked_geometry,
    crs_problem,
    why_not_parent,
    why_not_valid,
)
from services.kit.problems import Invalid


class Shapes(NamedTuple):
    """The shapes to store, one for each feature, and what is wrong with the others."""

    shapes: list[dict[str, Any] | None]
    faults: list[Fault]


def shapes_of(collection: AreaCollection) -> Shapes:
    """Check the shape of every feature; slow, for thousands of rings."""
    found = Shapes([], [])
    foreign = crs_problem(collection.crs, "/crs")
    if foreign:
        found.faults.append(Fault(pointer=foreign.pointer, code="crs", detail=foreign.detail))
    for n, feature in enumerate(collection.features):
        shape = None
        if feature.geometry is not None:
            checked = checked_geometry(feature.geometry, f"/features/{n}/geometry")
            shape = checked.geometry
            found.faults.extend(
                Fault(pointer=place, code="geometry", detail=detail)
                for place, detail in checked.problems
            )
        found.shapes.append(shape)
    return found


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
    collection: AreaCollection, parents: Mapping[str, str | None], rank_of: Mapping[str, int]
) -> list[Fault]:
    """Keys that stand in the file twice, and parents that cannot be parents.

    `parents` and `rank_of` are those of the town with the file in it.
    """
    faults: list[Fault] = []
    seen: set[str] = set()
    for n, feature in enumerate(collection.features):
        area, parent = feature.properties.key, feature.properties.parent
        if area in seen:
            faults += refusal(n, "key", "repeated", f"{area} stands in the file twice.").faults
        seen.add(area)
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
