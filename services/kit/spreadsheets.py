"""Tables for spreadsheets: CSV and XLSX in which no text is ever run as a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from xlsxwriter import Workbook

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | date | None
"""None is an empty cell: unknown, never zero."""
_RUN = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767
"""Signs that a cell of a workbook holds."""
_CREATED = datetime.fromisoformat("2000-01-01T00:00:00")
"""The same table gives the same bytes."""


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets see the umlauts; RFC 4180.

    A text that a spreadsheet would run as a formula begins with an apostrophe (OWASP).
    """
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet; the first row is its heading. Texts stay texts, never formulas or links."""
    return as_workbook({title: rows})


def as_workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Sheets by name, each with a heading as its first row. Texts stay texts."""
    out = BytesIO()
    book = Workbook(out, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell[:_LONGEST], None if line else bold)
                elif isinstance(cell, date):
                    sheet.write_datetime(line, column, cell, days)
                elif cell is not None:
                    format_ = money if type(cell) is Decimal else None
                    sheet.write_number(line, column, cell, format_)
    book.close()
    return out.getvalue()


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RUN) else cell
    return "" if cell is None else str(cell)
