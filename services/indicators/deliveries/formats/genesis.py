"""GENESIS cross tables (Kreuztabellen) of Regionalstatistik and the statistics offices.

Labels instead of codes: those of attributes become stable codes (männlich is maennlich), those of
measures too (`12411:bevoelkerungsstand:Anzahl`), and the dimensions are D1, D2, ... in the order
of the stub's columns and then of the rows of headings, unless a mapping names them. "Insgesamt" is
the total. The label of an area is indented below the one it is part of. A foot with the day of
the data ends the table: without it the file was cut off.
"""

from collections.abc import Sequence

from services.contracts.indicators.mappings import ColumnRole, FileLayout, MappedColumn
from services.indicators.deliveries.formats.figures import FULL, BadCell, Figures, Known, Skipped
from services.indicators.deliveries.formats.genesis_foot import BEGIN, Foot, foot_of
from services.indicators.deliveries.formats.genesis_head import Column, Head
from services.indicators.deliveries.formats.naming import Codes
from services.indicators.deliveries.formats.outcome import FileRefused
from services.indicators.deliveries.formats.rows import add_measure
from services.indicators.deliveries.formats.slugs import slug
from services.indicators.deliveries.formats.values import Numbers, Tails
from services.kit.tabular.tables import Reader, Table, fit, skip

SCHEME = "KREISE"
_MOST_NOTES = 2_000
Plan = list[tuple[int, str, Tails]]


def read_genesis(
    table: Table, head: Head, figures: Figures, mapping: FileLayout | None
) -> tuple[str, Foot]:
    """Read a cross table; the decimal separator that was found, and its foot."""
    numbers = Numbers(mapping.decimal if mapping else None, grouped=False)
    cross = _Cross(head, figures, mapping, numbers)
    append, rows = figures.buffer.append, 0
    notes: list[str] = []
    with table.rows() as reader:
        line = skip(reader, head.skip)
        for record in reader:
            start, line = line + 1, reader.line_num
            if BEGIN.match(record[0] if record else ""):
                notes = _notes(reader)
                break
            if len(record) != head.width:
                fitted = fit(record, head.width, padded=table.container == "xlsx")
                if fitted is None:
                    if _is_note(record, head):
                        notes = ["\n".join(record), *_notes(reader)]
                        break
                    rows += 1
                    detail = f"{len(record)} cells where the table has {head.width} columns"
                    figures.issue(start, None, "columns", detail)
                    continue
                record = fitted
                if not record:
                    continue
            rows += 1
            try:
                place = cross.place(record)
                for at, middle, tails in cross.plans[tuple(record[n] for n in cross.varying)]:
                    try:
                        append(f"{start}\t{place}{middle}{tails[record[at]]}")
                    except BadCell as bad:
                        figures.bad(start, bad)
            except BadCell as bad:
                figures.bad(start, bad)
            except Skipped:
                figures.counts["skipped"] += 1
            if not rows & 1023 or len(figures.buffer) >= FULL:
                figures.flush(rows)
                cross.plans.forget()
                if figures.are_enough:
                    return numbers.decimal, foot_of(notes)
    figures.flush(rows)
    foot = foot_of(notes)
    if foot.as_of is None:
        detail = "The foot with the day of the data (Stand) is missing: the file was cut off."
        figures.issue(line + 1, None, "cut_off", detail)
    return numbers.decimal, foot


def _notes(reader: Reader) -> list[str]:
    found: list[str] = []
    for record in reader:
        if len(found) < _MOST_NOTES:
            found.extend(line for cell in record for line in cell.splitlines())
    return found


def _is_note(record: Sequence[str], head: Head) -> bool:
    return len(record) < min(3, head.width) and not record[0][:4].isdigit()


class _Cross:
    """What the rows of a cross table share."""

    def __init__(
        self, head: Head, figures: Figures, mapping: FileLayout | None, numbers: Numbers
    ) -> None:
        self._head = head
        self._figures = figures
        named = {column.name: column for column in mapping.columns} if mapping else {}
        self._named = named
        self._scheme = (mapping.area_scheme if mapping else None) or SCHEME
        self._codes = Codes(mapping.unknown_codes if mapping else None)
        self._numbers = numbers
        self._above: list[tuple[int, int]] = []
        self._places: dict[str, int] = {}
        stub = () if head.period is None else (head.period,)
        self.varying = (*stub, *head.dims)
        self.plans: Known[tuple[str, ...], Plan] = Known(self._plan)
        self._tails = {column.at: self._tails_of(column) for column in head.columns}

    def place(self, record: Sequence[str]) -> int:
        """The area of a row; the first row of an area tells what it is part of."""
        code, label = record[self._head.area], record[self._head.label]
        place = self._places.get(code)
        if place is None:
            indent = len(label) - len(label.lstrip())
            while self._above and self._above[-1][0] >= indent:
                self._above.pop()
            parent = self._above[-1][1] if self._above else None
            column = self._named.get("area", _AREA)
            key = self._codes.code(column, code, "")
            place = self._places[code] = self._figures.place(key, self._scheme, label, parent)
            self._above.append((indent, place))
        return place

    def _plan(self, cells: tuple[str, ...]) -> Plan:
        head = self._head
        period = None
        if head.period is not None:
            period = self._figures.period(cells[0].strip(), "column 1")
            cells = cells[1:]
        stub = self._attributes(1, cells)
        plan: Plan = []
        for column in head.columns:
            mapped = self._named.get(column.measure)
            if mapped and mapped.role is ColumnRole.ignore:
                continue
            try:
                given = {**stub, **self._attributes(1 + len(head.dims), column.labels)}
            except Skipped:
                continue
            if mapped:
                given |= mapped.attributes
            of = period
            if of is None:
                of = self._figures.period(column.period or "", column.measure)
            numbers = (self._measure(column), of, self._figures.breakdown(given))
            self._figures.column(f"column {column.at + 1}", *numbers)
            middle = "".join(f"\t{number}" for number in numbers) + "\t"
            plan.append((column.at, middle, self._tails[column.at]))
        return plan

    def _attributes(self, first: int, labels: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for n, label in enumerate(labels, start=first):
            column = self._named.get(f"D{n}") or MappedColumn(
                name=f"D{n}", role=ColumnRole.dimension, code=f"D{n}"
            )
            if column.role is ColumnRole.ignore:
                continue
            dimension = column.code or f"D{n}"
            text = label.strip()
            code = self._codes.code(column, text, dimension) if text else ""
            self._figures.attribute(dimension, dimension, code, text)
            if dimension in found:
                raise FileRefused("mapping", f"Two levels of the table are named {dimension}.")
            found[dimension] = code
        return found

    def _measure(self, column: Column) -> int:
        mapped = self._named.get(column.measure)
        name = mapped.measure if mapped else None
        unit = (mapped.unit if mapped else None) or column.unit
        if name is None:
            statistic = self._head.statistic
            return self._figures.measure(statistic, slug(column.measure), unit, column.measure)
        return add_measure(self._figures, name, unit, column.measure)

    def _tails_of(self, column: Column) -> Tails:
        mapped = self._named.get(column.measure)
        name = f"column {column.at + 1}"
        if mapped is None:
            return Tails(self._numbers, name)
        return Tails(self._numbers, name, mapped.factor, mapped.codes)


_AREA = MappedColumn(name="area", role=ColumnRole.area)
