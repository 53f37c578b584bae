"""Reading a file in a child process that can harm nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from services.contracts.indicators.mappings import FileLayout
from services.indicators.deliveries.formats.outcome import (
    Hints,
    Limits,
    Recognition,
    Summary,
)
from services.indicators.deliveries.formats.proposing import recognition
from services.indicators.deliveries.formats.reading import read_file
from services.kit.tabular.child import child, is_small_text, output, pieces, said

_MODULE = "services.indicators.deliveries.formats"


class Limited:
    """A file being read: first all of `rows`, then `summary()`."""

    rows: AsyncIterator[bytes]
    result: Summary | None = None

    def summary(self) -> Summary:
        """What the file held; only when `rows` are through."""
        if self.result is None:
            raise RuntimeError("the rows were not read to their end")
        return self.result


@asynccontextmanager
async def limited(path: Path, hints: Hints, limits: Limits) -> AsyncIterator[Limited]:
    """See `parse_limited`."""
    reading = Limited()
    if await asyncio.to_thread(is_small_text, path):
        out = BytesIO()
        reading.result = await asyncio.to_thread(read_file, path, out, hints, limits)
        reading.rows = pieces(out)
        yield reading
        return
    order = {"path": str(path), "hints": _told(hints)}
    async with child(_MODULE, order, limits) as (process, report):
        reading.rows = _rows(process, report, limits, reading)
        yield reading


async def recognised(path: Path, limits: Limits) -> Recognition:
    """See `recognise_limited`."""
    if await asyncio.to_thread(is_small_text, path):
        return await asyncio.to_thread(recognition, path, limits)
    async with child(_MODULE, {"path": str(path), "hints": None}, limits) as (process, report):
        async for _ in output(process, report, limits):
            pass
        return Recognition.model_validate_json(said(report))


async def _rows(
    process: asyncio.subprocess.Process, report: IO[bytes], limits: Limits, reading: Limited
) -> AsyncIterator[bytes]:
    async for piece in output(process, report, limits):
        yield piece
    reading.result = Summary.model_validate_json(said(report))


def _told(hints: Hints) -> dict[str, Any]:
    return {
        "mapping": hints.mapping and hints.mapping.model_dump(mode="json"),
        "period": hints.period,
        "indicator": hints.indicator,
        "known": {key: known.model_dump(mode="json") for key, known in hints.known.items()},
        "most": hints.most,
    }


def hints_of(told: dict[str, Any]) -> Hints:
    """The hints that an order holds."""
    mapping, known = told.pop("mapping"), told.pop("known")
    return Hints(
        mapping=mapping and FileLayout.model_validate(mapping, extra="ignore"),
        known={
            key: FileLayout.model_validate(layout, extra="ignore") for key, layout in known.items()
        },
        **told,
    )
