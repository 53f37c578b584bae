"""Workbooks (XLSX): read only, and only after a look at what is packed in them.

A workbook of two kilobytes can unpack to gigabytes, hold one cell in the last column of the last
row, or define entities that define each other. So everything is counted before it is parsed, and
parsing is done in a process with limits.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from xml.etree.ElementTree import ParseError

from services.kit.tabular.content import PART, Content
from services.kit.tabular.limits import FileRefused, Limits
from services.kit.tabular.tables import Reader, Table

_MOST_ENTRIES = 2_000
_MOST_SHEETS = 20
_MOST_CELLS = 20_000_000
_LAST_ROW = 1_048_576
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ParseError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_UNCOMPUTED = re.compile(rb"(?:</f>|<f[^<>]{0,300}/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_CELL = re.compile(rb"""<c\s[^<>]{0,100}?\br=["']([A-Z]{1,3}[0-9]{1,7})["']""")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")


def sheets_of(content: Content, limits: Limits) -> Iterator[Table]:
    """The sheets of a workbook, those to be seen, in their order.

    Refused with FileRefused: workbooks with macros, entities, formulas without a value, too many
    or too large parts, and what is no workbook at all.
    """
    _look_through(content)
    try:
        from openpyxl import load_workbook

        with content.path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except FileRefused:
        raise
    except _BROKEN as problem:
        raise _damaged(problem) from None
    for name in names[:_MOST_SHEETS]:
        yield Sheet(content, name, limits)


@dataclass
class Sheet:
    """One sheet as rows of texts."""

    content: Content
    name: str
    limits: Limits

    container: Literal["", "zip", "xlsx"] = "xlsx"
    encoding: str = "xlsx"
    delimiter: str = ""
    decimal: str = ""
    ended: bool = True

    @contextmanager
    def rows(self) -> Iterator[Reader]:
        from openpyxl import load_workbook

        with self.content.path.open("rb") as file:
            try:
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
                sheet = book[self.name]
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True)
            except _BROKEN as problem:
                raise _damaged(problem) from None
            yield _Rows(rows, self)


class _Rows:
    """The rows of a sheet; `line_num` is the number of the row in it."""

    def __init__(self, rows: Iterator[tuple[Any, ...]], sheet: Sheet) -> None:
        self.line_num = 0
        self._rows = rows
        self._sheet = sheet
        self._columns = sheet.limits.columns
        self._cells = 0

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        try:
            row = next(self._rows)
        except _BROKEN as problem:
            raise _damaged(problem) from None
        self.line_num += 1
        self._cells += len(row)
        if self.line_num > _LAST_ROW or self._cells > _MOST_CELLS:
            raise FileRefused("too_many_cells", "The sheet has more cells than a table may.")
        if len(row) > self._columns:
            used = max((n for n, cell in enumerate(row, 1) if cell is not None), default=0)
            if used > self._columns:
                detail = f"Row {self.line_num} has a cell in column {used}; no more than"
                raise FileRefused("header", f"{detail} {self._columns} columns are read.")
            row = row[: self._columns]
        if not self._sheet.decimal and any(_has_decimals(cell) for cell in row):
            self._sheet.decimal = "."
        return [_text(cell) for cell in row]


def _has_decimals(cell: object) -> bool:
    return isinstance(cell, float) and not cell.is_integer()


def _text(cell: object) -> str:
    """A cell as a table writes it: numbers with every digit, days as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second or cell.microsecond)
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _look_through(content: Content) -> None:
    try:
        with zipfile.ZipFile(content.path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise FileRefused("archive", f"The workbook has {len(entries)} parts.")
            names = {entry.filename for entry in entries}
            _check_kind(names)
            left = content.most
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    left = _look_at(archive, entry, left, content.most)
    except _BROKEN as problem:
        if isinstance(problem, FileRefused):
            raise
        raise _damaged(problem) from None


def _check_kind(names: set[str]) -> None:
    if any(name.endswith(("vbaProject.bin", "macrosheets")) for name in names):
        raise FileRefused("macros", "The workbook has macros; save it as .xlsx.")
    if "xl/workbook.bin" in names:
        raise FileRefused("not_text", "This is a binary workbook (xlsb); save it as .xlsx.")
    if not any(name.startswith("xl/") for name in names):
        raise FileRefused("not_text", "This is an Office document, but no workbook (xlsx).")


def _look_at(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, most: int) -> int:
    before = b""
    sheet = entry.filename.startswith("xl/worksheets/")
    with archive.open(entry) as file:
        while part := file.read(PART):
            left -= len(part)
            if left < 0:
                raise FileRefused("too_large", f"The workbook unpacks to more than {most} bytes.")
            if not before and part.startswith(_WIDE):
                raise FileRefused("encoding", f"{entry.filename} is not written in UTF-8.")
            seen = before + part
            if _DECLARED.search(seen):
                raise FileRefused("entities", f"{entry.filename} declares entities.")
            if sheet and (found := _UNCOMPUTED.search(seen)):
                cells = _CELL.findall(seen, 0, found.start())
                at = f" in {cells[-1].decode()}" if cells else ""
                detail = f"A formula{at} has no value; open the workbook, save it, send it again."
                raise FileRefused("formula_without_value", detail)
            before = part[-400:]
    return left


def _damaged(problem: BaseException) -> FileRefused:
    if isinstance(problem, FileRefused):
        return problem
    return FileRefused("workbook", f"The workbook is damaged ({type(problem).__name__}).")
