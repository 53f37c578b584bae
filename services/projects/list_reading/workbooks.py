"""Lists that come as a workbook (XLSX): sheets as texts, read by a child process with limits."""

import tempfile

from services.kit.tabular.child import child, output
from services.kit.tabular.limits import FileRefused, Limits
from services.projects.list_reading.content import MOST_ROWS, refusal
from services.projects.list_reading.sheets import BETWEEN

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MODULE = "services.projects.list_reading"
_LIMITS = Limits(accepted="a workbook (XLSX)", columns=300, cpu_seconds=60, seconds=90)


async def texts_of(data: bytes) -> list[str]:
    """The sheets as CSV. Refuses (422) what is no workbook, and one beyond all measure."""
    try:
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(data)
            file.flush()
            # More rows than are taken, so that the reader sees that there are too many.
            order = {"path": file.name, "most": MOST_ROWS + 100}
            async with child(_MODULE, order, _LIMITS) as (process, report):
                told = b"".join([piece async for piece in output(process, report, _LIMITS)])
    except FileRefused as refused:
        raise refusal(refused.code, refused.detail) from None
    texts = [text for text in told.decode().split(BETWEEN) if text.strip()]
    if not texts:
        raise refusal("empty", "The workbook has no sheet with anything in it.")
    return texts
