"""What the child process does: write the sheets of a workbook, and load nothing for it but that."""

import csv
import io
import sys
from pathlib import Path
from typing import Any

from services.kit.tabular.content import content_of
from services.kit.tabular.limits import FileRefused, Limits
from services.kit.tabular.tables import Table
from services.kit.tabular.workbook import sheets_of

BETWEEN = "\x00"
"""No cell of a workbook can hold it."""
_MOST_SHEETS = 10


def read(order: dict[str, Any]) -> bytes:
    """Write the sheets as CSV, one after the other, each as far as the order says."""
    limits = Limits(**order["limits"])
    content = content_of(Path(order["path"]), limits)
    if content.container != "xlsx":
        raise FileRefused("not_text", "This is no workbook (XLSX).")
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:
        for n, sheet in enumerate(sheets_of(content, limits)):
            if n < _MOST_SHEETS:
                out.write(_written(sheet, order["most"]) + BETWEEN)
    return b""


def _written(sheet: Table, most: int) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    with sheet.rows() as rows:
        for n, cells in enumerate(rows):
            if n > most:
                break
            table.writerow(cells)
    return out.getvalue()
