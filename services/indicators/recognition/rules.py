"""Which areas and indicators a file means, and which of its figures can be taken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from services.contracts.indicators.deliveries import (
    AreaSuggestion,
    Unknown,
    UnknownArea,
    UnknownMeasure,
)
from services.indicators.deliveries.formats import Issue, Severity
from services.indicators.deliveries.formats.legacy import ReadTable
from services.indicators.deliveries.rules import Cell, CellKey, Delivered, repetitions, suggest
from services.indicators.periods import parse_period

OFFICIAL = frozenset({"ags", "ars", "nuts", "dg"})
"""Schemes of codes that official tables use for areas, whatever they call the variable."""
_MOST_LISTED = 100


class KnownArea(NamedTuple):
    """A code of an area in one of its versions; '' is the scheme of its key."""

    area: str
    scheme: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Town:
    """What the town knows: its areas by code, its indicators by key and by source code.

    `labels` names the areas that may be suggested, by code.
    """

    areas: Mapping[str, Sequence[KnownArea]]
    labels: Mapping[str, str]
    indicators: frozenset[str]
    source_codes: Mapping[str, str]


@dataclass(frozen=True)
class Policy:
    """What to do with what nobody knows, and the indicator of a file that names none."""

    unknown_areas: Unknown = Unknown.refuse
    unknown_measures: Unknown = Unknown.refuse
    indicator: str | None = None


@dataclass
class Recognised:
    """The figures to take, each place once, and what was not known. Issues are in the table."""

    figures: list[Delivered] = field(default_factory=list)
    skipped: int = 0
    unknown_areas: list[UnknownArea] = field(default_factory=list)
    unknown_measures: list[UnknownMeasure] = field(default_factory=list)
    unknown_area_count: int = 0
    unknown_measure_count: int = 0


class _Place(NamedTuple):
    code: str
    scheme: str
    label: str


class _Measure(NamedTuple):
    statistic: str
    measure: str
    unit: str
    label: str


def recognised(table: ReadTable, town: Town, policy: Policy) -> Recognised:
    """Match every row with an area and an indicator; issues go to the table's own.

    A code of an official file is looked up among official codes only (`OFFICIAL`, or the file's
    own name of the variable), so that "11" in a table of states is never a statistical district.
    A tidy file may use keys and codes of any scheme. Of several areas that had a code the one
    valid at the end of the period is meant. The same figure twice is a warning, two different
    figures for one place are an error.
    """
    area_of = cache(lambda place, end: _area_of(place, end, town))
    indicator_of = cache(lambda measure: _indicator_of(measure, town, policy))
    areas: Counter[_Place] = Counter()
    measures: Counter[_Measure] = Counter()
    lines: dict[_Place | _Measure, int] = {}
    found = Recognised()
    for row in table.rows:
        place = _Place(row.area, row.area_scheme, row.area_label)
        measure = _Measure(row.statistic, row.measure, row.unit, row.measure_label)
        area = area_of(place, parse_period(row.period).end)
        indicator = indicator_of(measure)
        if area is None:
            areas[place] += 1
            lines.setdefault(place, row.line)
        if indicator is None:
            measures[measure] += 1
            lines.setdefault(measure, row.line)
        if area is None or indicator is None:
            found.skipped += 1
            continue
        key = CellKey(indicator, area, row.period, row.breakdown)
        found.figures.append(Delivered(row.line, key, Cell(row.value, row.status)))
    found.figures = _each_place_once(found.figures, table)
    found.unknown_area_count, found.unknown_measure_count = len(areas), len(measures)
    found.unknown_areas = [
        _unknown_area(place, rows, town) for place, rows in areas.most_common(_MOST_LISTED)
    ]
    found.unknown_measures = [
        _unknown_measure(measure, rows) for measure, rows in measures.most_common(_MOST_LISTED)
    ]
    if policy.unknown_areas is Unknown.refuse:
        for place in areas:
            table.issues.add(
                Issue(lines[place], "area", "area_unknown", f"No area has the code {place.code!r}.")
            )
    if policy.unknown_measures is Unknown.refuse:
        for measure in measures:
            table.issues.add(
                Issue(
                    lines[measure],
                    "indicator",
                    "measure_unknown",
                    _unknown_measure(measure, 1).hint,
                )
            )
    return found


def _area_of(place: _Place, end: date, town: Town) -> str | None:
    candidates = town.areas.get(place.code, ())
    if place.scheme:
        schemes = OFFICIAL | {place.scheme.casefold()}
        candidates = [known for known in candidates if known.scheme.casefold() in schemes]
    valid = {
        known.area
        for known in candidates
        if known.valid_from <= end and (known.valid_to is None or end < known.valid_to)
    }
    meant = valid or {known.area for known in candidates}
    return meant.pop() if len(meant) == 1 else None


def _indicator_of(measure: _Measure, town: Town, policy: Policy) -> str | None:
    if not measure.statistic:
        key = measure.measure or policy.indicator
        return key if key in town.indicators else None
    code = f"{measure.statistic}:{measure.measure}"
    return town.source_codes.get(f"{code}:{measure.unit}") or town.source_codes.get(code)


def _unknown_area(place: _Place, rows: int, town: Town) -> UnknownArea:
    found = suggest(place.code, place.label, town.labels)
    return UnknownArea(
        code=place.code,
        scheme=place.scheme,
        label=place.label,
        rows=rows,
        suggestions=[AreaSuggestion(code=s.code, label=s.label, because=s.because) for s in found],
    )


def _unknown_measure(measure: _Measure, rows: int) -> UnknownMeasure:
    if measure.statistic:
        code = f"{measure.statistic}:{measure.measure}:{measure.unit}"
        hint = f"Add {code!r} to the source codes of an indicator."
    elif measure.measure:
        code, hint = measure.measure, f"There is no indicator {measure.measure!r}."
    else:
        code, hint = "", "Name the indicator in a column `indicator` or as a parameter."
    return UnknownMeasure(code=code, label=measure.label, rows=rows, hint=hint)


def _each_place_once(figures: list[Delivered], table: ReadTable) -> list[Delivered]:
    repeated = list(repetitions(figures))
    for again in repeated:
        severity = Severity.error if again.differs else Severity.warning
        detail = f"The figure stands on line {again.first_line} already"
        detail += " and is another." if again.differs else "."
        table.issues.add(Issue(again.line, None, "repeated", detail, severity))
    lines = {again.line for again in repeated}
    return [figure for figure in figures if figure.line not in lines]
