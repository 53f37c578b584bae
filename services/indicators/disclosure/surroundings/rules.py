"""What a change of the tree touches: pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from services.indicators.periods import FIRST_YEAR, LAST_YEAR


class Version(NamedTuple):
    """An area from a day on."""

    area: str
    parent: str | None
    start: date
    end: date | None


@dataclass(frozen=True)
class Trees:
    """By what figures add up, as JSON can hold it; `areas` by key, `codes` by dimension."""

    areas: Mapping[str, Any]
    codes: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What has changed, and which areas with which days it touches."""

    areas: Sequence[str]
    dimensions: Sequence[str]
    touched: Sequence[str]
    first: date
    last: date


def trees(
    versions: Iterable[Version],
    levels: Mapping[str, str],
    codes: Mapping[str, Mapping[str, str | None]],
) -> Trees:
    """The trees in a form that can be kept and compared."""
    areas: dict[str, list[Any]] = {}
    for area, parent, start, end in sorted(versions, key=lambda v: (v.area, v.start)):
        days = start.isoformat(), end.isoformat() if end else None
        areas.setdefault(area, []).append([levels[area], parent, *days])
    return Trees(areas, {code: dict(parents) for code, parents in codes.items()})


def parents_on(versions: Iterable[Version], day: date) -> dict[str, str | None]:
    """The area above each area on a day."""
    return {v.area: v.parent for v in versions if v.start <= day and (not v.end or day < v.end)}


def change(before: Trees | None, now: Trees) -> Change:
    """What of the trees is otherwise than before; without a before, everything.

    Touched by an area that has moved are itself, all below it and all above it, before and now:
    sums reach through areas without figures.
    """
    old = before or Trees({}, {})
    moved = [key for key in {**old.areas, **now.areas} if old.areas.get(key) != now.areas.get(key)]
    codes = [key for key in {**old.codes, **now.codes} if old.codes.get(key) != now.codes.get(key)]
    days = [
        day
        for area in moved
        for one, other in ((old, now), (now, old))
        for version in one.areas.get(area, ())
        if version not in other.areas.get(area, ())
        for day in (_day(version[2], FIRST_YEAR, 1, 1), _day(version[3], LAST_YEAR, 12, 31))
    ]
    touched = set(moved)
    for tree in (old, now):
        touched |= _along(tree, moved, _above(tree)) | _along(tree, moved, _below(tree))
    return Change(
        areas=sorted(moved),
        dimensions=sorted(codes),
        touched=sorted(touched),
        first=min(days, default=date(FIRST_YEAR, 1, 1)),
        last=max(days, default=date(LAST_YEAR, 12, 31)),
    )


def _day(text: str | None, year: int, month: int, day: int) -> date:
    return date.fromisoformat(text) if text else date(year, month, day)


def _above(tree: Trees) -> dict[str, set[str]]:
    return {
        area: {parent for _, parent, _, _ in versions if parent}
        for area, versions in tree.areas.items()
    }


def _below(tree: Trees) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for area, parents in _above(tree).items():
        for parent in parents:
            found.setdefault(parent, set()).add(area)
    return found


def _along(tree: Trees, areas: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    found, new = set[str](), {area for area in areas if area in tree.areas}
    while new:
        found |= new
        new = {other for area in new for other in edges.get(area, ())} - found
    return found
