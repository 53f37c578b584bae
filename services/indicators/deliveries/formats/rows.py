"""Reading a table by its layout: every figure of every row."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from services.indicators.breakdowns import attributes_of
from services.indicators.deliveries.formats.cells import decimal_separator
from services.indicators.deliveries.formats.figures import (
    BadCell,
    Figures,
    Known,
    Skipped,
)
from services.indicators.deliveries.formats.layouts import Layout, Value
from services.indicators.deliveries.formats.naming import Codes
from services.indicators.deliveries.formats.outcome import Hints
from services.indicators.deliveries.formats.tables import records
from services.indicators.deliveries.formats.values import Numbers, SaidTails, Tails
from services.kit.tabular.tables import Table

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
    area_at, said_at = layout.area.at, (layout.status, layout.provisional, layout.gone)
    said = SaidTails(meaning.tails[0], layout.values[0].name, layout.status_name, ours=layout.ours)
    plain = said_at == (None, None, None)
    append = figures.buffer.append
    for line, record in records(table, layout.skip, layout.width, figures, meaning.forget):
        try:
            place = places.get(record[area_at])
            if place is None:
                place = meaning.place(record)
            for at, middle, tails in plans[key_of(record)]:
                try:
                    end = tails[record[at]] if plain else said[_cells(record, at, *said_at)]
                    append(f"{line}\t{place}{middle}{end}")
                except BadCell as bad:
                    figures.bad(line, bad)
        except BadCell as bad:
            figures.bad(line, bad)
        except Skipped:
            figures.counts["skipped"] += 1
    return numbers.decimal


def _cells(record: Sequence[str], *places: int | None) -> tuple[str, ...]:
    return tuple("" if at is None else record[at] for at in places)


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
        self._codes = Codes(layout.unknown, strict=layout.strict)

    def forget(self) -> None:
        """Keep the memory flat."""
        self.plans.forget()
        if len(self.places) > self._figures.limits.different:
            self.places.clear()

    def place(self, record: Sequence[str]) -> int:
        """Learn the area of a row."""
        area, label_at = self._layout.area, self._layout.area_label
        text = record[area.at]
        code = self._codes.area(area, text)
        if not code:
            raise BadCell(area.name, "area_missing", "the row names no area")
        named = self._codes.is_name(area, text, code)
        label = record[label_at] if label_at is not None else ("" if code == text else text)
        scheme = self._layout.scheme
        number = self._figures.place(code, scheme, text if named else label, named=named)
        self.places[text] = number
        return number

    def _plan(self, cells: tuple[str, ...]) -> Plan:
        layout, figures = self._layout, self._figures
        cell = dict(zip(self._at, cells, strict=True))
        attributes: dict[str, str] = {}
        for part in layout.parts:
            text = cell[part.at].strip()
            code = "" if not text else self._codes.code(part, text, part.dimension)
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
            if len(layout.values) > 1:
                figures.column(value.name, *numbers)
            middle = "".join(f"\t{number}" for number in numbers) + "\t"
            plan.append((value.at, middle, tails))
        return plan

    def _measure(self, value: Value, cell: dict[int, str]) -> int:
        layout = self._layout
        unit = cell[layout.unit] if layout.unit is not None else value.unit or ""
        named = len(layout.values) > 1 and value.period is None
        label, name = value.name if named else "", value.measure
        if layout.measure is not None:
            label = cell[layout.measure.at].strip()
            name = self._codes.code(layout.measure, label, "") if label else name
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

    found = decimal_separator(islice(cells(), 20_000_000), grouped=layout.grouped)
    # Who opens our text in a spreadsheet may save it with other separators, but never with commas
    # between the cells and thousands within them.
    return found or table.decimal or (layout.presumed if table.delimiter == "," else "")
