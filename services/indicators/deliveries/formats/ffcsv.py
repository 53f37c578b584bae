"""Flat files of the statistics offices (ffcsv of GENESIS, Regionalstatistik and Zensus).

One figure per line: statistic, time, n variables with code, label, attribute code and attribute
label, then value, unit and what was counted. Semicolon, decimal comma (German) or point (English),
never thousands separators. The rows come in no order; an empty attribute code is the total.
"""

from collections.abc import Sequence

from services.contracts.indicators.values import ValueStatus
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.cells import QUALITIES, Reading
from services.indicators.deliveries.formats.figures import BadCell, Figures, Known, code_of
from services.indicators.deliveries.formats.outcome import FileRefused
from services.indicators.deliveries.formats.regions import region_among, within_year
from services.indicators.deliveries.formats.rows import fit, skip
from services.indicators.deliveries.formats.tables import LONGEST_CELL, Table
from services.indicators.deliveries.formats.values import Numbers, tail

FIRST = "statistics_code"
_START = [FIRST, "statistics_label", "time_code", "time_label", "time"]
_BLOCK = ["variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label"]
_VALUE = ["value", "value_unit", "value_variable_code", "value_variable_label"]
_BEGIN = len(_START)
_MOST_KEPT = 65_536


def read_ffcsv(table: Table, header: Sequence[str], figures: Figures) -> str:
    """Read a flat file; the decimal separator that was found.

    Refused with FileRefused: a header that is not complete and in order.
    """
    end, width = _shape(header)
    numbers = Numbers(None, grouped=False)
    reading = _Flat(figures, end, numbers)
    statistic_at, time_at, value_at = 0, 4, end
    unit_at, measure_at, label_at, quality_at = end + 1, end + 2, end + 3, end + 4
    with_quality = width > quality_at
    append, rows = figures.buffer.append, 0
    variables, measures, periods, tails = (
        reading.variables,
        reading.measures,
        reading.periods,
        reading.tails,
    )
    with table.rows() as reader:
        line = skip(reader, 1)
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
                place, breakdown, within = variables[tuple(record[_BEGIN:end])]
                measure = measures[
                    record[statistic_at], record[measure_at], record[unit_at], record[label_at]
                ]
                period = periods[record[time_at], within]
                quality = record[quality_at] if with_quality else ""
                append(
                    f"{start}\t{place}\t{measure}\t{period}\t{breakdown}\t"
                    f"{tails[record[value_at], quality]}"
                )
            except BadCell as bad:
                figures.bad(start, bad)
            if not rows & 4095:
                figures.flush(rows)
                reading.forget()
    figures.flush(rows)
    return numbers.decimal


def _shape(header: Sequence[str]) -> tuple[int, int]:
    variables = sum(name.endswith("_variable_attribute_code") for name in header)
    blocks = [f"{n}_{name}" for n in range(1, variables + 1) for name in _BLOCK]
    expected = _START + blocks + _VALUE
    if not variables or list(header) not in (expected, [*expected, "value_q"]):
        wrong = next(
            (n for n, name in enumerate(header) if n >= len(expected) or name != expected[n]),
            len(header),
        )
        raise FileRefused(
            "header", f"The columns are not those of a flat file: column {wrong + 1} is wrong."
        )
    return len(_START) + len(blocks), len(header)


class _Flat:
    """Looks up what the rows of a flat file share."""

    def __init__(self, figures: Figures, end: int, numbers: Numbers) -> None:
        self._figures = figures
        self._numbers = numbers
        self._region_at: dict[tuple[str, ...], int] = {}
        self._places: Known[tuple[str, ...], int] = Known(self._place)
        self._breakdowns: Known[tuple[str, ...], tuple[int, str]] = Known(self._breakdown)
        self.variables: Known[tuple[str, ...], tuple[int, int, str]] = Known(self._variables)
        self.measures: Known[tuple[str, str, str, str], int] = Known(self._measure)
        self.periods: Known[tuple[str, str], int] = Known(self._period)
        self.tails: Known[tuple[str, str], str] = Known(self._tail)

    def forget(self) -> None:
        """Keep the memory flat."""
        for known in (self.variables, self.tails):
            if len(known) > _MOST_KEPT:
                known.clear()

    def _variables(self, cells: tuple[str, ...]) -> tuple[int, int, str]:
        if max(map(len, cells)) > LONGEST_CELL:
            detail = f"a cell of more than {LONGEST_CELL} characters"
            raise BadCell(None, "cell_too_long", detail)
        region = 4 * region_among(cells[::4], "1_variable_code")
        place = self._places[(str(region // 4 + 1), *cells[region : region + 4])]
        return place, *self._breakdowns[cells[:region] + cells[region + 4 :]]

    def _place(self, cells: tuple[str, ...]) -> int:
        number, scheme, _, code, label = cells
        column = f"{number}_variable_attribute_code"
        return self._figures.place(code_of(code, column, "area_missing"), scheme, label)

    def _breakdown(self, cells: tuple[str, ...]) -> tuple[int, str]:
        attributes: dict[str, str] = {}
        within = ""
        for n in range(0, len(cells), 4):
            code, label, attribute, attribute_label = cells[n : n + 4]
            if not code:
                continue
            if not CODE.fullmatch(code) or (attribute and not CODE.fullmatch(attribute)):
                detail = f"{code[:40]}={attribute[:40]} are no codes"
                raise BadCell("variable_code", "code_unreadable", detail)
            suffix = within_year(code, attribute)
            if suffix is not None:
                within = suffix
            elif code in attributes:
                detail = f"{code} stands in the row twice"
                raise BadCell("variable_code", "variable_twice", detail)
            else:
                attributes[code] = attribute
                self._figures.attribute(code, label, attribute, attribute_label)
        return self._figures.breakdown(attributes), within

    def _measure(self, cells: tuple[str, str, str, str]) -> int:
        statistic, code, unit, label = cells
        if max(map(len, cells)) > LONGEST_CELL:
            detail = f"a cell of more than {LONGEST_CELL} characters"
            raise BadCell(None, "cell_too_long", detail)
        return self._figures.measure(
            code_of(statistic, FIRST), code_of(code, _VALUE[2]), unit, label
        )

    def _period(self, cells: tuple[str, str]) -> int:
        return self._figures.period("".join(cells), "time")

    def _tail(self, cells: tuple[str, str]) -> str:
        return tail(with_quality(self._numbers.read(cells[0], "value"), cells[1].strip()))


def with_quality(reading: Reading, quality: str) -> Reading:
    """The reading of a cell together with the sign of quality beside it.

    Signs that are not known change nothing: offices add their own.
    """
    status, provisional = QUALITIES.get(quality, (ValueStatus.normal, False))
    if reading.status is not ValueStatus.normal:
        status = reading.status
    return reading._replace(status=status, provisional=reading.provisional or provisional)
