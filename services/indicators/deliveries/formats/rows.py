"""Reading a table by its layout: every figure of every row."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from services.contracts.indicators.mappings import UnknownCodes
from services.indicators.breakdowns import CODE, attributes_of
from services.indicators.deliveries.formats.cells import decimal_separator
from services.indicators.deliveries.formats.figures import (
    BadCell,
    Figures,
    Known,
    Skipped,
    code_of,
)
from services.indicators.deliveries.formats.layouts import Layout, Naming, Value
from services.indicators.deliveries.formats.outcome import Hints
from services.indicators.deliveries.formats.slugs import distinct, is_total, slug
from services.indicators.deliveries.formats.tables import Table
from services.indicators.deliveries.formats.values import Numbers, Tails, TailsWithStatus

_MOST_PLANS = 100_000
_LONGEST_LABEL = 300
Plan = list[tuple[int, str, Tails]]


def read_rows(table: Table, layout: Layout, figures: Figures, hints: Hints) -> str:
    """Read every row below the headings; the decimal separator that was found.

    A bad cell costs its row, or in a table with several columns of figures itself, and adds an
    issue. Refused with FileRefused: broken quotation marks and more rows than allowed.
    """
    numbers = Numbers(
        layout.decimal, grouped=layout.grouped, ahead=lambda: _decimal_ahead(table, layout)
    )
    meaning = _Meaning(layout, figures, hints, numbers)
    places, plans, key_of = meaning.places, meaning.plans, meaning.key_of
    area_at, status_at, width = layout.area.at, layout.status, layout.width
    checked = TailsWithStatus(meaning.tails[0], layout.values[0].name, layout.status_name)
    append, rows = figures.buffer.append, 0
    with table.rows() as reader:
        line = skip(reader, layout.skip)
        for record in reader:
            start, line = line + 1, reader.line_num
            if len(record) != width:
                fitted = fit(record, width, padded=table.container == "xlsx")
                if fitted is None:
                    rows += 1
                    detail = f"{len(record)} cells where the header has {width}"
                    figures.issue(start, None, "columns", detail)
                    continue
                record = fitted
                if not record:
                    continue
            rows += 1
            try:
                place = places.get(record[area_at])
                if place is None:
                    place = meaning.place(record)
                for at, middle, tails in plans[key_of(record)]:
                    try:
                        cell = record[at]
                        end = tails[cell] if status_at is None else checked[cell, record[status_at]]
                        append(f"{start}\t{place}{middle}{end}")
                    except BadCell as bad:
                        figures.bad(start, bad)
            except BadCell as bad:
                figures.bad(start, bad)
            except Skipped:
                figures.counts["skipped"] += 1
            if not rows & 4095:
                figures.flush(rows)
                if len(plans) > _MOST_PLANS:
                    plans.clear()
    figures.flush(rows)
    return numbers.decimal


def skip(reader: Iterator[list[str]], count: int) -> int:
    """Pass over this many rows that are not empty; the last line read."""
    for row in reader:
        count -= any(row)
        if count <= 0:
            break
    line: int = reader.line_num  # type: ignore[attr-defined]
    return line


def fit(record: list[str], width: int, *, padded: bool) -> list[str] | None:
    """A row in the width of the header: empty if nothing is in it, None if it does not fit."""
    if not record or (not any(record) and (padded or len(record) == 1)):
        return []
    if padded and len(record) < width:
        return record + [""] * (width - len(record))
    if padded and not any(record[width:]):
        return record[:width]
    return None


class _Meaning:
    """What the cells of one table mean; what many rows share is found out once."""

    def __init__(self, layout: Layout, figures: Figures, hints: Hints, numbers: Numbers) -> None:
        self._layout = layout
        self._figures = figures
        self._hints = hints
        self.places: dict[str, int] = {}
        self.tails = [Tails(numbers, v.name, v.factor, v.codes) for v in layout.values]
        self._at, self.key_of = _key(layout)
        self.plans: Known[tuple[str, ...], Plan] = Known(self._plan)
        self._derived: dict[tuple[str, str], str] = {}

    def place(self, record: Sequence[str]) -> int:
        """Learn the area of a row."""
        area, label_at = self._layout.area, self._layout.area_label
        text = record[area.at]
        code = self._code(area, text, "")
        if not code:
            raise BadCell(area.name, "area_missing", "the row names no area")
        label = record[label_at] if label_at is not None else ("" if code == text else text)
        number = self._figures.place(code, self._layout.scheme, label)
        self.places[text] = number
        return number

    def _plan(self, cells: tuple[str, ...]) -> Plan:
        layout, figures = self._layout, self._figures
        cell = dict(zip(self._at, cells, strict=True))
        attributes: dict[str, str] = {}
        for part in layout.parts:
            text = cell[part.at].strip()
            code = "" if not text else self._code(part, text, part.dimension)
            figures.attribute(part.dimension, part.name, code, text)
            attributes[part.dimension] = code
        if layout.breakdown is not None:
            try:
                attributes |= attributes_of(cell[layout.breakdown].strip())
            except ValueError as problem:
                raise BadCell("breakdown", "code_unreadable", str(problem)) from None
        plan: Plan = []
        for value, tails in zip(layout.values, self.tails, strict=True):
            given = {**attributes, **value.attributes}
            for code, attribute in value.attributes.items():
                figures.attribute(code, code, attribute, value.name)
            numbers = (
                self._measure(value, cell),
                self._period(value, cell),
                figures.breakdown(given),
            )
            middle = "".join(f"\t{number}" for number in numbers) + "\t"
            plan.append((value.at, middle, tails))
        return plan

    def _measure(self, value: Value, cell: dict[int, str]) -> int:
        layout = self._layout
        unit = cell[layout.unit] if layout.unit is not None else value.unit or ""
        label, name = value.name if len(layout.values) > 1 else "", value.measure
        if layout.measure is not None:
            label = cell[layout.measure.at].strip()
            name = self._code(layout.measure, label, "") if label else name
        if layout.measure_label is not None:
            label = cell[layout.measure_label]
        return add_measure(self._figures, name or self._hints.indicator or "", unit, label)

    def _period(self, value: Value, cell: dict[int, str]) -> int:
        layout = self._layout
        if value.period is not None:
            return self._figures.period(value.period, value.name)
        if layout.period is not None:
            return self._figures.period(cell[layout.period].strip(), layout.period_name)
        return self._figures.period(layout.fixed_period or "", None)

    def _code(self, naming: Naming, text: str, dimension: str) -> str:
        """The code that a cell stands for; '' for a total of a dimension."""
        text = text.strip()
        if text in naming.codes:
            return naming.codes[text]
        if naming.digits and text.isdecimal():
            text = text.zfill(naming.digits)
        plain = CODE.fullmatch(text) is not None
        if naming.unknown is UnknownCodes.refuse and not naming.codes:
            return code_of(text, naming.name)
        if dimension and is_total(text):
            return ""
        if plain and not (dimension and naming.codes):
            return text
        if naming.unknown is UnknownCodes.skip:
            raise Skipped
        if naming.unknown is UnknownCodes.refuse:
            detail = f"{text[:40]!r} stands in no code list of the mapping"
            raise BadCell(naming.name, "code_unknown", detail)
        if not text or len(text) > _LONGEST_LABEL:
            raise BadCell(naming.name, "code_unreadable", f"{text[:40]!r} is no label")
        return self._derive(dimension, text)

    def _derive(self, dimension: str, text: str) -> str:
        code = slug(text)
        if self._derived.setdefault((dimension, code), text) != text:
            code = distinct(text, code)
        return code


def add_measure(figures: Figures, name: str, unit: str, label: str) -> int:
    """The number of a measure that is named by a key, by a source code, or not at all."""
    statistic, mark, rest = name.partition(":")
    if not mark:
        return figures.measure("", name, unit, label)
    measure, _, its_unit = rest.partition(":")
    return figures.measure(statistic, measure, its_unit or unit, label)


def _key(layout: Layout) -> tuple[tuple[int, ...], Callable[[list[str]], tuple[str, ...]]]:
    """Which cells, besides the area, tell what the figures of a row are; and how to get them."""
    named = [part.at for part in layout.parts]
    if layout.measure is not None:
        named.append(layout.measure.at)
    for at in (layout.period, layout.measure_label, layout.unit, layout.breakdown):
        if at is not None:
            named.append(at)
    places = tuple(dict.fromkeys(named))
    if not places:
        return places, lambda record: ()
    if len(places) == 1:
        (only,) = places
        return places, lambda record: (record[only],)
    return places, itemgetter(*places)


def _decimal_ahead(table: Table, layout: Layout) -> str:
    def cells() -> Iterator[str]:
        with table.rows() as reader:
            for record in reader:
                for value in layout.values:
                    if value.at < len(record):
                        yield record[value.at]

    return decimal_separator(islice(cells(), 20_000_000), grouped=layout.grouped)
