"""Flat files in the format used until 2024 (ffcsv, mostly in Latin-1).

As the new ones, but with a column for every measure, `CODE__Label__Unit`, and perhaps one for its
quality, `CODE__Label__q`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.indicators.deliveries.formats.figures import BadCell, Figures, code_of
from services.indicators.deliveries.formats.flat import Flat, Names
from services.indicators.deliveries.formats.outcome import FileRefused
from services.indicators.deliveries.formats.tables import records
from services.indicators.deliveries.formats.values import Numbers
from services.kit.tabular.tables import Table

_START = ["Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit"]
_BLOCK = ["Merkmal_Code", "Merkmal_Label", "Auspraegung_Code", "Auspraegung_Label"]
_BEGIN = len(_START)
_MEASURE = re.compile(r"([A-Za-z0-9.\-]+(?:_[A-Za-z0-9.\-]+)*)__(.*)__([^_].*)")
_QUALITY = "__q"


class _Column(NamedTuple):
    at: int
    code: str
    label: str
    unit: str
    quality: int | None


def is_old_ffcsv(header: Sequence[str]) -> bool:
    """Does the header begin like that of an old flat file?"""
    return header[0] == _START[0] and len(header) > 1


def read_old_ffcsv(table: Table, header: Sequence[str], figures: Figures) -> str:
    """Read an old flat file; the decimal separator that was found.

    Refused with FileRefused: a header that is not complete and in order.
    """
    end, columns = _columns(header)
    numbers = Numbers(None, grouped=False)
    flat = Flat(figures, numbers, Names(_START[0], _START[4], _BLOCK[0], _BLOCK[2], "measure"))
    variables, measures, periods = flat.variables, flat.measures, flat.periods
    append = figures.buffer.append
    for line, record in records(table, 1, len(header), figures, flat.forget):
        try:
            place, breakdown, within = variables[tuple(record[_BEGIN:end])]
            period = periods[record[4], within]
            for at, code, label, unit, quality_at in columns:
                measure = measures[record[0], code, unit, label]
                quality = record[quality_at] if quality_at is not None else ""
                try:
                    end_of_line = flat.tail_of(record[at], quality, code)
                    append(f"{line}\t{place}\t{measure}\t{period}\t{breakdown}\t{end_of_line}")
                except BadCell as bad:
                    figures.bad(line, bad)
        except BadCell as bad:
            figures.bad(line, bad)
    for number, known in enumerate(figures.measures):
        figures.column(known.measure, number)
    return numbers.decimal


def _columns(header: Sequence[str]) -> tuple[int, list[_Column]]:
    variables = sum(name.endswith("_Auspraegung_Code") for name in header)
    blocks = [f"{n}_{name}" for n in range(1, variables + 1) for name in _BLOCK]
    expected = _START + blocks
    if not variables or list(header[: len(expected)]) != expected:
        raise FileRefused("header", "The columns are not those of a flat file of the old format.")
    quality = {name: at for at, name in enumerate(header) if name.endswith(_QUALITY)}
    found = []
    for at, name in enumerate(header[len(expected) :], start=len(expected)):
        if name in quality:
            continue
        measure = _MEASURE.fullmatch(name)
        if measure is None:
            detail = f"Column {at + 1}, {name[:40]!r}, is not named CODE__Label__Unit."
            raise FileRefused("header", detail)
        code, label, unit = measure.groups()
        try:
            code_of(code, name)
        except BadCell as bad:
            raise FileRefused("header", f"Column {at + 1}: {bad.detail}.") from None
        found.append(_Column(at, code, label, unit, quality.get(f"{code}__{label}{_QUALITY}")))
    if not found:
        raise FileRefused("header", "The flat file has no column of figures.")
    return len(expected), found
