"""Flat files of the statistics offices (ffcsv of GENESIS, Regionalstatistik and Zensus).

One figure per line: statistic, time, n variables with code, label, attribute code and attribute
label, then value, unit and what was counted. Semicolon, decimal comma (German) or point (English),
never thousands separators. The rows come in no order; an empty attribute code is the total.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats.cells import (
    CellRefused,
    decimal_separator,
    read_cell,
)
from services.indicators.deliveries.formats.content import Limits, Text
from services.indicators.deliveries.formats.records import records, shape_issue
from services.indicators.deliveries.formats.table import (
    Dimension,
    FileRefused,
    Format,
    Issue,
    Issues,
    ReadTable,
    Row,
)
from services.indicators.deliveries.rules import CODE, canonical_breakdown
from services.indicators.periods import PeriodRefused, parse_period

_START = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
_BLOCK = ["variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label"]
_VALUE = ["value", "value_unit", "value_variable_code", "value_variable_label"]
_REGION = re.compile(
    r"DG|DINSG|D?LAND\w*|BLAND\w*|REGBEZ\w*|NUTS\w*|KREIS\w*|GEMEIN\w*|GEO[A-Z]{2}\w*|STADT\w*"
)
# Months and quarters come as a variable beside the year; they belong to the period.
_WITHIN_YEAR = {"MONAT": ("MONAT", "-{:02}"), "QUARTG": ("QUART", "-Q{}")}


class _BadRow(ValueError):
    def __init__(self, column: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.issue = (column, code, detail)


class _Breakdown(NamedTuple):
    dimensions: dict[str, Dimension]
    text: str
    within_year: str


@dataclass(frozen=True, slots=True)
class _Layout:
    variables: int
    width: int
    with_quality: bool


def read_ffcsv(text: Text, header: list[str], delimiter: str, limits: Limits) -> ReadTable:
    """Read a flat file. A header that is not complete and in order refuses the whole file."""
    layout = _layout(header)
    reader = _Reader(layout)
    issues, rows = Issues(limits.issues), []
    for line, record in records(text.text, delimiter, limits):
        problem = shape_issue(line, record, layout.width)
        if problem:
            issues.add(problem)
            continue
        try:
            rows.append(reader.row(line, record))
        except _BadRow as bad:
            issues.add(Issue(line, *bad.issue))
    return ReadTable(Format.ffcsv, text.encoding, delimiter, reader.decimal, rows, issues)


def _layout(header: list[str]) -> _Layout:
    variables = sum(name.endswith("_variable_attribute_code") for name in header)
    blocks = [f"{n}_{name}" for n in range(1, variables + 1) for name in _BLOCK]
    expected = _START + blocks + _VALUE
    if not variables or header not in (expected, [*expected, "value_q"]):
        wrong = next(
            (n for n, name in enumerate(header) if n >= len(expected) or name != expected[n]),
            len(header),
        )
        raise FileRefused(
            "header", f"The columns are not those of a flat file: column {wrong + 1} is wrong."
        )
    return _Layout(variables, len(header), len(header) > len(expected))


class _Reader:
    """Reads the rows of one file; what many rows share is read once.

    The first broken number tells the decimal separator; a cell with the other one is refused.
    """

    def __init__(self, layout: _Layout) -> None:
        self.decimal = ""
        self._layout = layout
        self._first = len(_START)
        self._end = self._first + len(_BLOCK) * layout.variables
        self._regions: dict[tuple[str, ...], int] = {}
        self._breakdowns: dict[tuple[str, ...], _Breakdown] = {}
        self._codes: dict[str, str] = {}
        self._labels: dict[str, str] = {}

    def row(self, line: int, record: list[str]) -> Row:
        """The figure in a record of the right width."""
        first, end = self._first, self._end
        region = self._region(record)
        scheme, _, area, area_label = record[region : region + 4]
        rest = tuple(record[first:region] + record[region + 4 : end])
        breakdown = self._breakdowns.get(rest)
        if breakdown is None:
            breakdown = self._breakdowns[rest] = _breakdown(rest)
        value, unit, measure, measure_label = record[end : end + 4]
        if measure not in self._codes:
            self._know(measure, _VALUE[2], "code_unreadable")
        if area not in self._codes:
            number = (region - first) // 4 + 1
            self._know(area, f"{number}_variable_attribute_code", "area_missing")
        quality = record[-1].strip() if self._layout.with_quality else ""
        if not self.decimal:
            self.decimal = decimal_separator((value,), grouped=False)
        try:
            figure, status = read_cell(value, self.decimal, grouped=False)
        except CellRefused as refused:
            raise _BadRow("value", refused.code, str(refused)) from None
        if quality == "()" and status is ValueStatus.normal:
            status = ValueStatus.limited
        share = self._labels.setdefault
        return Row(
            line,
            self._codes[area],
            share(scheme, scheme),
            share(area_label, area_label),
            _period(record[4], breakdown.within_year),
            share(record[0], record[0]),
            self._codes[measure],
            share(measure_label, measure_label),
            share(unit, unit),
            breakdown.dimensions,
            breakdown.text,
            figure,
            status,
            quality,
        )

    def _know(self, code: str, column: str, problem: str) -> None:
        if not CODE.fullmatch(code):
            raise _BadRow(column, problem, f"{code[:40]!r} is no code of letters, digits, _ . -")
        self._codes[code] = code

    def _region(self, record: list[str]) -> int:
        codes = tuple(record[self._first : self._end : 4])
        place = self._regions.get(codes)
        if place is None:
            found = (n for n, code in enumerate(codes) if _REGION.fullmatch(code))
            place = self._regions[codes] = next(found, -1)
        if place < 0:
            raise _BadRow(
                "1_variable_code", "region_missing", f"none of {', '.join(codes)[:80]} is a region"
            )
        return self._first + 4 * place


def _breakdown(cells: Sequence[str]) -> _Breakdown:
    dimensions: dict[str, Dimension] = {}
    within_year = ""
    for n in range(0, len(cells), 4):
        code, label, attribute, attribute_label = cells[n : n + 4]
        if not code:
            continue
        if not CODE.fullmatch(code) or (attribute and not CODE.fullmatch(attribute)):
            raise _BadRow("variable_code", "code_unreadable", f"{code}={attribute} are no codes")
        if code in _WITHIN_YEAR:
            within_year = _within_year(code, attribute)
        elif code in dimensions:
            raise _BadRow("variable_code", "variable_twice", f"{code} stands in the row twice")
        else:
            dimensions[code] = Dimension(attribute, label, attribute_label)
    given = {code: dimension.attribute for code, dimension in dimensions.items()}
    return _Breakdown(dimensions, canonical_breakdown(given), within_year)


def _within_year(code: str, attribute: str) -> str:
    prefix, form = _WITHIN_YEAR[code]
    number = attribute.removeprefix(prefix)
    if attribute and not (number.isascii() and number.isdigit()):
        raise _BadRow("variable_attribute_code", "period_unreadable", f"{attribute} in the year")
    return form.format(int(number)) if attribute else ""


def _period(time: str, within_year: str) -> str:
    try:
        return parse_period(time + within_year).text
    except PeriodRefused as refused:
        raise _BadRow("time", "period_unreadable", str(refused)) from None
