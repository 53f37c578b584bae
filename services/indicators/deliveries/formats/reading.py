"""Which format a file has, and the table in it."""

from typing import NamedTuple

from services.indicators.deliveries.formats.content import Limits, Text, text_of
from services.indicators.deliveries.formats.ffcsv import read_ffcsv
from services.indicators.deliveries.formats.records import first_record
from services.indicators.deliveries.formats.table import FileRefused, Format, ReadTable
from services.indicators.deliveries.formats.tidy import COLUMNS, REQUIRED, read_tidy

_ACCEPTED = (
    "accepted are the flat files of the statistics offices (ffcsv, columns statistics_code;...;"
    "value) and tidy CSV with the columns area, period, value"
)
_FOREIGN = (
    ("Statistik_Code;", "a flat file in the format used until 2024; ask for the new ffcsv"),
    ("GENESIS-Tabelle:", "a cross table; ask for the flat file (ffcsv) of the same table"),
    ("Tabelle:", "a cross table; ask for the flat file (ffcsv) of the same table"),
    ("STRUCTURE,", "SDMX-CSV"),
    ("<", "HTML or XML"),
    ("{", "JSON"),
    ("[", "JSON"),
)


class _Recognised(NamedTuple):
    format: Format
    delimiter: str
    header: list[str]


def recognise(data: bytes, limits: Limits | None = None) -> Format:
    """The format of a delivered file, told by its content.

    Refused with FileRefused, which says what was seen and what would be accepted.
    """
    limits = limits or Limits()
    return _recognised(text_of(data, limits), limits).format


def read(data: bytes, limits: Limits | None = None) -> ReadTable:
    """Read a delivered file: ffcsv (German or English) or tidy CSV, plain or zipped.

    A bad cell costs its row and adds an issue, and reading goes on. What is no such file at all
    is refused with FileRefused.
    """
    limits = limits or Limits()
    text = text_of(data, limits)
    found = _recognised(text, limits)
    reader = read_ffcsv if found.format is Format.ffcsv else read_tidy
    return reader(text, found.header, found.delimiter, limits)


def _recognised(text: Text, limits: Limits) -> _Recognised:
    start = text.text[:100].lstrip()
    for sign, name in _FOREIGN:
        if start.startswith(sign):
            raise FileRefused("unknown_format", f"This looks like {name}; {_ACCEPTED}.")
    headers = {mark: first_record(text.text, mark) for mark in (";", ",", "\t")}
    for mark, header in headers.items():
        if len(header) > limits.columns:
            raise FileRefused("header", f"More than {limits.columns} columns.")
        if header[:1] == ["statistics_code"] and len(header) > 1:
            return _Recognised(Format.ffcsv, mark, header)
        if {name.lower() for name in header} >= REQUIRED:
            return _Recognised(Format.tidy_csv, mark, [_plain(name) for name in header])
    seen = ", ".join(name[:40] for name in max(headers.values(), key=len)[:12])
    raise FileRefused("unknown_format", f"The columns seen are: {seen}; {_ACCEPTED}.")


def _plain(name: str) -> str:
    """Columns of ours in lower case; the names of breakdowns are codes and stay as they are."""
    return name.lower() if name.lower() in COLUMNS else name
