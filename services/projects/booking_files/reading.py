"""Reading a file of bookings: here, or limited in a child process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from services.contracts.projects.booking_mappings import NewBookingMapping
from services.kit.tabular.child import child, is_small_text, output, pieces, said
from services.kit.tabular.limits import Limits
from services.projects.booking_files.outcome import Summary
from services.projects.booking_files.rows import Rows
from services.projects.booking_files.tables import found

LIMITS = Limits(size=64 * 1024 * 1024, rows=500_000, columns=200)
_MODULE = "services.projects.booking_files"
_PART = 1_000


def read_file(path: Path, out: BinaryIO, mapping: NewBookingMapping, limits: Limits) -> Summary:
    """Write the bookings of a file to `out` as COPY text. Refused with FileRefused."""
    headings = mapping.columns.model_dump(exclude_none=True)
    rows = Rows(mapping, found(path, headings, limits), limits)
    buffer: list[str] = []
    for line in rows.lines():
        buffer.append(line)
        if len(buffer) >= _PART:
            out.write("".join(buffer).encode())
            buffer.clear()
    out.write("".join(buffer).encode())
    return rows.summary


class Limited:
    """A file being read: first all of `rows`, then `summary`."""

    rows: AsyncIterator[bytes]
    summary: Summary


@asynccontextmanager
async def limited(path: Path, mapping: NewBookingMapping) -> AsyncIterator[Limited]:
    """The bookings of a file, read with bounded memory and time; FileRefused out of `rows`, or at
    once where the file is a small text."""
    reading = Limited()
    if await asyncio.to_thread(is_small_text, path):
        out = BytesIO()
        reading.summary = await asyncio.to_thread(read_file, path, out, mapping, LIMITS)
        reading.rows = pieces(out)
        yield reading
        return
    order: dict[str, Any] = {"path": str(path), "mapping": mapping.model_dump(mode="json")}
    async with child(_MODULE, order, LIMITS) as (process, report):

        async def rows() -> AsyncIterator[bytes]:
            async for piece in output(process, report, LIMITS):
                yield piece
            reading.summary = Summary.model_validate_json(said(report))

        reading.rows = rows()
        yield reading
