"""The records of a delimited text, with the line on which each begins."""

import csv
from collections.abc import Iterator
from io import StringIO

from services.indicators.deliveries.formats.content import Limits
from services.indicators.deliveries.formats.table import FileRefused, Issue

LONGEST_CELL = 500


def first_record(text: str, delimiter: str) -> list[str]:
    """The header of the text, its names without surrounding blanks."""
    header = text.split("\n", 1)[0].rstrip("\r")
    try:
        return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error:
        return []


def records(text: str, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every record after the header, empty lines left out; the header stands on line 1.

    Refused with FileRefused: damaged quotation marks and more rows than allowed.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = rows = 0
    try:
        for record in reader:
            if line and record:
                rows += 1
                if rows > limits.rows:
                    raise FileRefused("too_many_rows", f"More than {limits.rows} rows.")
                yield line + 1, record
            line = reader.line_num
    except csv.Error as problem:
        raise FileRefused("csv", f"The text breaks off at line {line + 1}: {problem}.") from None


def shape_issue(line: int, record: list[str], width: int) -> Issue | None:
    """What is wrong with a record as such: a missing or surplus cell, an endless one."""
    if len(record) != width:
        return Issue(line, None, "columns", f"{len(record)} cells where the header has {width}")
    if max(map(len, record)) > LONGEST_CELL:
        return Issue(line, None, "cell_too_long", f"a cell of more than {LONGEST_CELL} characters")
    return None
