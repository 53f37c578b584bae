"""Tidy CSV: one figure per line, as an office writes it with its own means.

The header names `area`, `period` and `value`; `indicator` and `status` may follow, and every
further column is a breakdown whose empty cell means the total. Separated by comma, semicolon or
tabulator; decimal point or comma, the same in the whole file.
"""

from services.contracts.indicators.values import ValueStatus, has_value, marker_of
from services.indicators.deliveries.formats.cells import (
    MARKERS,
    CellRefused,
    Reading,
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

REQUIRED = frozenset({"area", "period", "value"})
COLUMNS = REQUIRED | {"indicator", "status"}
_STATUSES = {
    **MARKERS,
    **{str(status): status for status in ValueStatus},
    marker_of(ValueStatus.limited): ValueStatus.limited,
    str(ValueStatus.confidential): ValueStatus.unknown,
}


class _BadCell(ValueError):
    def __init__(self, column: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.issue = (column, code, detail)


def read_tidy(text: Text, header: list[str], delimiter: str, limits: Limits) -> ReadTable:
    """Read a tidy CSV. Columns without a name or named twice refuse the whole file."""
    breakdowns = _breakdowns(header)
    at = {name: place for place, name in enumerate(header)}
    value_at = at["value"]
    decimal = decimal_separator(
        (r[value_at] for _, r in records(text.text, delimiter, limits) if len(r) > value_at),
        grouped=True,
    )
    issues, rows = Issues(limits.issues), []
    shared: dict[tuple[str, ...], tuple[dict[str, Dimension], str]] = {}
    for line, record in records(text.text, delimiter, limits):
        problem = shape_issue(line, record, len(header))
        if problem:
            issues.add(problem)
            continue
        cells = [cell.strip() for cell in record]
        try:
            attributes = tuple(cells[at[name]] for name in breakdowns)
            if attributes not in shared:
                shared[attributes] = _dimensions(breakdowns, attributes)
            dimensions, breakdown = shared[attributes]
            measure = cells[at["indicator"]] if "indicator" in at else ""
            status = cells[at["status"]] if "status" in at else ""
            value = _value(cells[value_at], status, decimal)
            rows.append(
                Row(
                    line=line,
                    area=_code("area", cells[at["area"]]),
                    area_scheme="",
                    area_label="",
                    period=_period(cells[at["period"]]),
                    statistic="",
                    measure=_code("indicator", measure) if measure else "",
                    measure_label="",
                    unit="",
                    dimensions=dimensions,
                    breakdown=breakdown,
                    value=value.value,
                    status=value.status,
                    quality="",
                )
            )
        except _BadCell as bad:
            issues.add(Issue(line, *bad.issue))
    return ReadTable(Format.tidy_csv, text.encoding, delimiter, decimal, rows, issues)


def _breakdowns(header: list[str]) -> list[str]:
    for place, name in enumerate(header, start=1):
        if not CODE.fullmatch(name):
            raise FileRefused(
                "header", f"Column {place} is named {name[:40]!r}; use letters, digits and _ . -"
            )
        if header.index(name) != place - 1:
            raise FileRefused("header", f"Two columns are named {name!r}.")
    return [name for name in header if name not in COLUMNS]


def _dimensions(names: list[str], attributes: tuple[str, ...]) -> tuple[dict[str, Dimension], str]:
    for name, attribute in zip(names, attributes, strict=True):
        if attribute:
            _code(name, attribute)
    given = dict(zip(names, attributes, strict=True))
    dimensions = {name: Dimension(code, name, code) for name, code in given.items()}
    return dimensions, canonical_breakdown(given)


def _code(column: str, text: str) -> str:
    if not CODE.fullmatch(text):
        raise _BadCell(
            column, "code_unreadable", f"{text[:40]!r} is no code of 1 to 40 letters, digits, _ . -"
        )
    return text


def _period(text: str) -> str:
    try:
        return parse_period(text).text
    except PeriodRefused as refused:
        raise _BadCell("period", "period_unreadable", str(refused)) from None


def _value(text: str, status_text: str, decimal: str) -> Reading:
    try:
        reading = read_cell(text, decimal, grouped=True)
    except CellRefused as refused:
        raise _BadCell("value", refused.code, str(refused)) from None
    if not status_text:
        return reading
    status = _STATUSES.get(status_text)
    if status is None:
        raise _BadCell("status", "status_unknown", f"{status_text[:40]!r} is no known status")
    blank = reading.status is ValueStatus.missing
    fits = has_value(status) == has_value(reading.status)
    if not fits or not (blank or has_value(status) or status is reading.status):
        raise _BadCell(
            "status", "status_contradicts", f"status {status} does not fit the value {text!r}"
        )
    return Reading(reading.value, status)
