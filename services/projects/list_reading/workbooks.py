"""Lists that come as a workbook (XLSX): sheets as texts, read by a child process with limits."""

import csv
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from services.kit.tabular.child import child, output
from services.kit.tabular.content import content_of
from services.kit.tabular.limits import FileRefused, Limits
from services.kit.tabular.tables import Table
from services.kit.tabular.workbook import sheets_of
from services.projects.list_reading.content import MOST_ROWS, refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MODULE = "services.projects.list_reading"
_BETWEEN = "\x00"
"""No cell of a workbook can hold it."""
_MOST_SHEETS = 10
_LIMITS = Limits(accepted="a workbook (XLSX)", columns=300, cpu_seconds=60, seconds=90)


async def texts_of(data: bytes) -> list[str]:
    """The sheets as CSV. Refuses (422) what is no workbook, and one beyond all measure."""
    try:
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(data)
            file.flush()
            async with child(_MODULE, {"path": file.name}, _LIMITS) as (process, report):
                told = b"".join([piece async for piece in output(process, report, _LIMITS)])
    except FileRefused as refused:
        raise refusal(refused.code, refused.detail) from None
    texts = [text for text in told.decode().split(_BETWEEN) if text.strip()]
    if not texts:
        raise refusal("empty", "The workbook has no sheet with anything in it.")
    return texts


def read(order: dict[str, Any]) -> bytes:
    """In the child: write the sheets, one after the other."""
    limits = Limits(**order["limits"])
    content = content_of(Path(order["path"]), limits)
    if content.container != "xlsx":
        raise FileRefused("not_text", "This is no workbook (XLSX).")
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:
        for n, sheet in enumerate(sheets_of(content, limits)):
            if n < _MOST_SHEETS:
                out.write(_written(sheet) + _BETWEEN)
    return b""


def _written(sheet: Table) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    with sheet.rows() as rows:
        # One more than are taken, so that the reader sees that there are too many.
        for n, cells in enumerate(rows):
            if n > MOST_ROWS + 100:
                break
            table.writerow(cells)
    return out.getvalue()
