"""Flat files of the statistics offices (ffcsv of GENESIS, Regionalstatistik and Zensus).

One figure per line: statistic, time, n variables with code, label, attribute code and attribute
label, then value, unit and what was counted. Semicolon, decimal comma (German) or point (English),
never thousands separators. The rows come in no order; an empty attribute code is the total.
"""

from collections.abc import Sequence

from services.indicators.deliveries.formats.figures import BadCell, Figures
from services.indicators.deliveries.formats.flat import Flat, Names
from services.indicators.deliveries.formats.outcome import FileRefused
from services.indicators.deliveries.formats.tables import records
from services.indicators.deliveries.formats.values import Numbers
from services.kit.tabular.tables import Table

_START = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
_BLOCK = ["variable_code", "variable_label", "variable_attribute_code", "variable_attribute_label"]
_VALUE = ["value", "value_unit", "value_variable_code", "value_variable_label"]
_BEGIN = len(_START)
_NAMES = Names(_START[0], _START[4], _BLOCK[0], _BLOCK[2], _VALUE[2])


def is_ffcsv(header: Sequence[str]) -> bool:
    """Does the header begin like that of a flat file?"""
    return header[0] == _START[0] and len(header) > 1


def read_ffcsv(table: Table, header: Sequence[str], figures: Figures) -> str:
    """Read a flat file; the decimal separator that was found.

    Refused with FileRefused: a header that is not complete and in order.
    """
    end = _end(header)
    unit_at, measure_at, label_at, quality_at = end + 1, end + 2, end + 3, end + 4
    with_quality = len(header) > quality_at
    numbers = Numbers(None, grouped=False)
    flat = Flat(figures, numbers, _NAMES)
    variables, measures, periods, tails = flat.variables, flat.measures, flat.periods, flat.tails
    append = figures.buffer.append
    for line, record in records(table, 1, len(header), figures, flat.forget):
        try:
            place, breakdown, within = variables[tuple(record[_BEGIN:end])]
            measure = measures[record[0], record[measure_at], record[unit_at], record[label_at]]
            period = periods[record[4], within]
            end_of_line = tails[record[end], record[quality_at] if with_quality else ""]
            append(f"{line}\t{place}\t{measure}\t{period}\t{breakdown}\t{end_of_line}")
        except BadCell as bad:
            figures.bad(line, bad)
    return numbers.decimal


def _end(header: Sequence[str]) -> int:
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
    return len(_START) + len(blocks)
