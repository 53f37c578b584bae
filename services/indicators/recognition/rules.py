"""Which areas and indicators a file means: asked once for each code, never for each row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from services.contracts.indicators.deliveries import Unknown
from services.contracts.indicators.delivery_findings import (
    AreaSuggestion,
    UnknownArea,
    UnknownMeasure,
)
from services.indicators.deliveries.formats import Measure, Place
from services.indicators.deliveries.formats.slugs import slug
from services.indicators.deliveries.rules import Suggestion, suggest

OFFICIAL = frozenset({"ags", "ars", "nuts", "dg"})
"""Schemes of codes that official tables use for areas, whatever they call the variable."""
ALWAYS = (date.min, date.max)
SHARED = "shares the name or code"
_MOST_NAMED = 10


class KnownArea(NamedTuple):
    """A code of an area in one of its versions; '' is the scheme of its key."""

    area: str
    scheme: str
    valid_from: date
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Town:
    """What the town knows: its areas by code and by name, its indicators by key and source code.

    `names` are written as `slug` writes them; an area stands there with each of its schemes.
    `labels` names the areas that may be suggested, by code.
    """

    areas: Mapping[str, Sequence[KnownArea]]
    names: Mapping[str, Sequence[KnownArea]]
    labels: Mapping[str, str]
    indicators: frozenset[str]
    source_codes: Mapping[str, str]


@dataclass(frozen=True)
class Policy:
    """What to do with what nobody knows, and the indicator of a file that names none."""

    unknown_areas: Unknown = Unknown.refuse
    unknown_measures: Unknown = Unknown.refuse
    indicator: str | None = None


class Meant(NamedTuple):
    """The area that a place of the file (by number) means in periods that end in [since, until)."""

    place: int
    since: date
    until: date
    area: str


def areas_meant(places: Iterable[Place], town: Town) -> Iterator[Meant]:
    """Match each place with areas; one that is not known is left out, for a time or for ever.

    A code of an official file is looked up among official codes only (`OFFICIAL`, or the file's
    own name of the variable), so that "11" in a table of states is never a statistical district.
    A tidy file may use keys and codes of any scheme. Of several areas that had a code the one
    valid at the end of the period is meant. A place that is only named is every area of that name,
    key or code: where two of them share it at the same time, none is meant.
    """
    for number, place in enumerate(places):
        candidates = _candidates(place, town)
        areas = {known.area for known in candidates}
        if len(areas) == 1:
            yield Meant(number, *ALWAYS, areas.pop())
            continue
        days = {ALWAYS[0]} | {known.valid_from for known in candidates}
        days |= {known.valid_to for known in candidates if known.valid_to is not None}
        since = sorted(days)
        for start, end in zip(since, [*since[1:], ALWAYS[1]], strict=True):
            valid = {known.area for known in candidates if known.valid_on(start)}
            if len(valid) == 1:
                yield Meant(number, start, end, valid.pop())


def may_be(place: Place, town: Town) -> list[str]:
    """The areas that share the name or code of a place at the same time; none if it is one."""
    candidates = _candidates(place, town)
    return sorted(
        {
            known.area
            for known in candidates
            if any(
                other.area != known.area
                and (other.valid_on(known.valid_from) or known.valid_on(other.valid_from))
                for other in candidates
            )
        }
    )


def _candidates(place: Place, town: Town) -> Sequence[KnownArea]:
    candidates = [*town.areas.get(place.code, ())]
    if place.named:
        candidates += town.areas.get(place.label, ())
        candidates += town.names.get(slug(place.label), ())
    if not place.scheme:
        return candidates
    schemes = OFFICIAL | {place.scheme.casefold()}
    return [known for known in candidates if known.scheme.casefold() in schemes]


def indicator_meant(measure: Measure, town: Town, policy: Policy) -> str | None:
    """The indicator that a measure means: by its key, or by its source code (with unit first)."""
    if not measure.statistic:
        key = measure.measure or policy.indicator
        return key if key in town.indicators else None
    code = f"{measure.statistic}:{measure.measure}"
    return town.source_codes.get(f"{code}:{measure.unit}") or town.source_codes.get(code)


def unknown_area(place: Place, rows: int, town: Town) -> UnknownArea:
    """What is told of a place that nobody knows or that may be several areas, with suggestions."""
    shared = [Suggestion(key, town.labels[key], SHARED) for key in seen(may_be(place, town), town)]
    found = shared or suggest(place.code, place.label, town.labels)
    return UnknownArea(
        code=place.code,
        scheme=place.scheme,
        label=place.label,
        rows=rows,
        suggestions=[AreaSuggestion(code=s.code, label=s.label, because=s.because) for s in found],
    )


def seen(areas: Iterable[str], town: Town) -> list[str]:
    """Those of the areas that may be named to whoever delivered."""
    return [key for key in areas if key in town.labels]


def why_not_one(place: Place, town: Town) -> str | None:
    """Why a place is not matched although areas have its name or code; None if none has it."""
    areas = may_be(place, town)
    if not areas:
        return None
    named = [f"{key} ({town.labels[key]})" for key in seen(areas, town)]
    what = f"name {place.label!r}" if place.named else f"code {place.code!r}"
    told = ", ".join(named[:_MOST_NAMED]) or "not all of which you may see"
    return (
        f"{len(areas)} areas have the {what}: {told}. Write the key, or say which is meant in the "
        "code list or the scheme of a mapping."
    )


def unknown_measure(measure: Measure, rows: int) -> UnknownMeasure:
    """What is told of a measure that nobody knows, and what to do about it."""
    if measure.statistic:
        code = f"{measure.statistic}:{measure.measure}:{measure.unit}"
        hint = f"Add {code!r} to the source codes of an indicator."
    elif measure.measure:
        code, hint = measure.measure, f"There is no indicator {measure.measure!r}."
    else:
        code, hint = "", "Name the indicator in a column `indicator` or as a parameter."
    return UnknownMeasure(code=code, label=measure.label, rows=rows, hint=hint)
