"""The head of a GENESIS cross table: what its columns are about.

Line 1 names the table, some lines give titles, then come rows of headings (a heading spans columns
by standing in each of them), at last perhaps a row of units. In front stand the columns of the
stub: a period, the code and the label of an area, and labels of dimensions, without headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.indicators.deliveries.formats.figures import label_of
from services.indicators.deliveries.formats.outcome import FileRefused
from services.indicators.deliveries.formats.slugs import is_total
from services.indicators.periods import PeriodRefused, parse_written

TITLE = re.compile(r"(?:GENESIS-)?Tabelle: *([0-9A-Za-z]{2,12}(?:-[0-9A-Za-z]+)*)")
AREA = re.compile(r"DG|[0-9]{1,12}")
_UNIT = re.compile(
    r"anzahl|%|prozent|promille|personen|jahre?|tage?|stunden?|std\.?|tsd\.?|je .*|[0-9]{4}=100|"
    r"[0-9. ]{3,} ?(?:personen|eur)?|"
    r"(?:tsd\.?|mill?\.?|mrd\.?|1000)? ?(?:eur|euro|€)(?:/.*| je .*)?|"
    r"ha|q?km²?2?|m²|m2|m|t|kg|st(?:ü|ue)ck|gwh|mwh|kwh|terajoule",
    re.IGNORECASE,
)
_WITH_UNIT = re.compile(r"(.+?) \(([^()]{1,40})\)")
_LONGEST_HEAD = 60


@dataclass(frozen=True)
class Column:
    """A column of figures: what is counted, in which unit, of which part, of which period."""

    at: int
    measure: str
    unit: str
    labels: tuple[str, ...]
    period: str | None


@dataclass(frozen=True)
class Head:
    """The head of a cross table. `dims` are the places of the stub's dimensions."""

    table: str
    title: str
    skip: int
    width: int
    period: int | None
    area: int
    label: int
    dims: tuple[int, ...]
    levels: int
    columns: tuple[Column, ...]

    @property
    def statistic(self) -> str:
        """The number of the statistic, the first part of the table's."""
        return self.table.partition("-")[0]

    def headings(self) -> list[str]:
        """What tells this structure from another, without periods and areas."""
        texts = {"|".join((c.measure, c.unit, *c.labels)) for c in self.columns}
        return [self.table, str(len(self.dims)), *sorted(texts)]


def is_cross_table(text: str) -> bool:
    """Does a text begin as a cross table does?"""
    return TITLE.match(text.lstrip('\ufeff"')) is not None


def head_of(rows: Sequence[list[str]], *, spanned: bool) -> Head:
    """Read the head from the first rows that are not empty.

    `spanned` says that a heading stands in the first of its columns only, as in a workbook.
    Refused with FileRefused: a table without rows of figures, or whose stub names no area.
    """
    named = TITLE.match(rows[0][0].lstrip("\ufeff"))
    first = _first_row(rows)
    width, row = len(rows[first]), rows[first]
    stub = _stub(rows[first : first + 30], rows[1:first])
    if named is None or stub >= width:
        raise FileRefused("header", "The cross table has no columns of figures.")
    period = next((at for at in range(stub) if is_period(row[at])), None)
    area = next((at for at in range(stub) if at != period and AREA.fullmatch(row[at])), None)
    if area is None or area + 1 >= stub:
        raise FileRefused("header", "The cross table has no column with the code of an area.")
    dims = tuple(at for at in range(stub) if at not in (period, area, area + 1))
    titles = [cells[0].strip() for cells in rows[1:first] if not any(cells[1:])]
    levels = [_padded(cells, width) for cells in rows[1:first] if any(cells[stub:])]
    if spanned:
        _fill(levels, stub)
    columns, count = _columns(levels, titles, range(stub, width), period is None)
    return Head(
        table=named[1],
        title=label_of(" ".join(titles)),
        skip=first,
        width=width,
        period=period,
        area=area,
        label=area + 1,
        dims=dims,
        levels=count,
        columns=columns,
    )


def is_period(text: str) -> bool:
    """Can the text be read as a period?"""
    try:
        parse_written(text)
    except PeriodRefused:
        return False
    return True


def _first_row(rows: Sequence[list[str]]) -> int:
    for n, row in enumerate(rows[1:_LONGEST_HEAD], start=1):
        codes = [at for at, cell in enumerate(row[:6]) if AREA.fullmatch(cell)]
        begins = is_period(row[0]) or AREA.fullmatch(row[0])
        if len(row) > 2 and begins and codes:
            return n
    raise FileRefused("header", "The cross table has no row of figures.")


def _stub(data: Sequence[list[str]], head: Sequence[list[str]]) -> int:
    """How many columns stand in front of the figures."""
    leading = [
        next((n for n, cell in enumerate(cells) if cell.strip()), 0)
        for cells in head
        if any(cells[1:])
    ]
    if leading and min(leading) > 1:
        return min(leading)
    row = data[0]
    code = next(n for n, cell in enumerate(row) if AREA.fullmatch(cell) and not is_period(cell))
    stub = code + 2
    while stub < len(row) and re.search(r"[^\W\d_]{2}", row[stub]):
        stub += 1
    return stub


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [label_of(cell) for cell in cells[:width]] + [""] * (width - len(cells))


def _fill(levels: list[list[str]], stub: int) -> None:
    """Let every heading but the last stand in all columns that it spans."""
    for n, level in enumerate(levels[:-1]):
        above = levels[n - 1] if n else level
        for at in range(stub + 1, len(level)):
            if not level[at] and (not n or above[at] == above[at - 1]):
                level[at] = level[at - 1]


def _columns(
    levels: list[list[str]], titles: Sequence[str], places: range, by_period: bool
) -> tuple[tuple[Column, ...], int]:
    levels = list(levels)
    measure, unit = "", ""
    units: list[str] | None = None
    if len(levels) > 1 and all(_UNIT.fullmatch(levels[-1][at]) for at in places):
        units = levels.pop()
    if titles and units is None:
        with_unit = _WITH_UNIT.fullmatch(titles[-1])
        if with_unit:
            measure, unit = with_unit[1], with_unit[2]
    periods = None
    if by_period:
        periods = next((x for x in levels if all(is_period(x[at]) for at in places)), None)
        if periods is None:
            raise FileRefused("header", "The cross table names no period.")
        levels.remove(periods)
    measures = levels.pop(0) if not measure and levels else None
    varied = [x for x in levels if len({x[at] for at in places}) > 1]
    columns = []
    for at in places:
        columns.append(
            Column(
                at=at,
                measure=measures[at] if measures else measure or " ".join(titles[-1:]),
                unit=units[at] if units else unit,
                labels=tuple(level[at] for level in varied),
                period=periods[at] if periods else None,
            )
        )
    return _distinct(columns), len(varied)


def _distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Two columns are never the same total: the second says which of them it is."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for column in columns:
        parts = tuple("" if is_total(label) else label for label in column.labels)
        key = (column.measure, column.unit, column.period or "", *parts)
        if key in seen:
            last = " ".join(filter(None, (*column.labels, f"({column.at + 1})")))
            column = Column(
                column.at,
                column.measure,
                column.unit,
                (*column.labels[:-1], last) if column.labels else (),
                column.period,
            )
        seen.add(key)
        found.append(column)
    return tuple(found)
