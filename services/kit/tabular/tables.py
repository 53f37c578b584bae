"""Tables as rows of texts, whether they come as delimited text or from a workbook."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Literal, Protocol

from services.kit.tabular.content import Text
from services.kit.tabular.limits import FileRefused

LONGEST_CELL = 500
DELIMITERS = (";", ",", "\t", "|")
_HEAD = 40
_MOST_CELLS = 200_000


class Reader(Protocol):
    """Rows of cells; empty rows are empty lists. `line_num` is the last line read so far."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class Table(Protocol):
    """A table that is read from its beginning as often as needed.

    `decimal` is the separator of the numbers that it holds as numbers; '' where it has none yet.
    """

    container: Literal["", "zip", "xlsx"]
    encoding: str
    delimiter: str
    decimal: str
    ended: bool

    def rows(self) -> AbstractContextManager[Reader]: ...


@dataclass
class Delimited:
    """A delimited text. Quotation marks that are not closed refuse the file (FileRefused)."""

    text: Text
    delimiter: str
    decimal: str = ""

    def __post_init__(self) -> None:
        self.container = self.text.content.container
        self.encoding = self.text.encoding.removesuffix("-sig")
        self.ended = self.text.ended

    @contextmanager
    def rows(self) -> Iterator[Reader]:
        with self.text.content.open() as file:
            lines = TextIOWrapper(file, self.text.encoding, newline="")
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                yield reader
            except csv.Error as problem:
                line = reader.line_num
                raise FileRefused(
                    "csv", f"The text breaks off at line {line}: {problem}."
                ) from None
            finally:
                lines.detach()


def skip(reader: Reader, count: int) -> int:
    """Pass over this many rows that are not empty; the last line read."""
    while count > 0:
        row = next(reader, None)
        if row is None:
            break
        count -= any(row)
    return reader.line_num


def fit(record: list[str], width: int, *, padded: bool) -> list[str] | None:
    """A row in the width of the header: empty if nothing is in it, None if it does not fit."""
    if not any(record) and (padded or len(record) < 2):
        return []
    if padded and len(record) < width:
        return record + [""] * (width - len(record))
    if padded and not any(record[width:]):
        return record[:width]
    return None


def first_rows(table: Table, count: int = _HEAD) -> list[list[str]]:
    """The first rows that are not empty, as far as they can be read."""
    found: list[list[str]] = []
    cells = 0
    with table.rows() as reader:
        try:
            for row in reader:
                if any(row):
                    found.append(row)
                    cells += len(row)
                if len(found) >= count or cells > _MOST_CELLS:
                    break
        except csv.Error:
            if not found:
                raise
    return found


def header_of(row: Sequence[str]) -> list[str]:
    """The headings, without outer blanks."""
    return [name.strip() for name in row]
