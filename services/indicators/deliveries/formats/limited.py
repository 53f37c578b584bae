"""Reading a file in a child process that can harm nobody."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import services
from services.contracts.indicators.mappings import FileLayout
from services.indicators.deliveries.formats.content import ARCHIVE
from services.indicators.deliveries.formats.outcome import (
    FileRefused,
    Hints,
    Limits,
    Recognition,
    Summary,
)
from services.indicators.deliveries.formats.proposing import recognition
from services.indicators.deliveries.formats.reading import read_file

_SMALL = 256 * 1024
_PIECE = 256 * 1024
_ROOT = Path(services.__file__).parents[1]


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
    if await asyncio.to_thread(_is_small_text, path):
        out = BytesIO()
        reading.result = await asyncio.to_thread(read_file, path, out, hints, limits)
        reading.rows = _pieces(out)
        yield reading
        return
    order = {"path": str(path), "hints": _told(hints)}
    async with _child(order, limits) as (child, report):
        reading.rows = _rows(child, report, limits, reading)
        yield reading


async def recognised(path: Path, limits: Limits) -> Recognition:
    """See `recognise_limited`."""
    if await asyncio.to_thread(_is_small_text, path):
        return await asyncio.to_thread(recognition, path, limits)
    async with _child({"path": str(path), "hints": None}, limits) as (child, report):
        async for _ in _output(child, report, limits):
            pass
        return Recognition.model_validate_json(_read(report))


def _is_small_text(path: Path) -> bool:
    if path.stat().st_size > _SMALL:
        return False
    with path.open("rb") as file:
        return not file.read(4).startswith(ARCHIVE[:2])


async def _pieces(out: BytesIO) -> AsyncIterator[bytes]:
    out.seek(0)
    while piece := out.read(_PIECE):
        yield piece


@asynccontextmanager
async def _child(
    order: dict[str, Any], limits: Limits
) -> AsyncIterator[tuple[asyncio.subprocess.Process, IO[bytes]]]:
    """A process that has its order, and the file that it reports to. It knows no secret."""
    with tempfile.TemporaryFile() as report, tempfile.TemporaryFile() as orders:
        limited = {**order, "limits": asdict(limits), "report": report.fileno()}
        orders.write(json.dumps(limited).encode())
        orders.seek(0)
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.indicators.deliveries.formats",
            stdin=orders,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=[report.fileno()],
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PATH": os.defpath},
            cwd="/",
            limit=_PIECE,
        )
        try:
            yield child, report
        finally:
            if child.returncode is None:
                child.kill()
            await child.wait()


async def _rows(
    child: asyncio.subprocess.Process, report: IO[bytes], limits: Limits, reading: Limited
) -> AsyncIterator[bytes]:
    async for piece in _output(child, report, limits):
        yield piece
    reading.result = Summary.model_validate_json(_read(report))


async def _output(
    child: asyncio.subprocess.Process, report: IO[bytes], limits: Limits
) -> AsyncIterator[bytes]:
    assert child.stdout
    until = asyncio.get_running_loop().time() + limits.seconds
    try:
        while True:
            async with asyncio.timeout_at(until):
                piece = await child.stdout.read(_PIECE)
            if not piece:
                break
            yield piece
        async with asyncio.timeout_at(until):
            code = await child.wait()
    except TimeoutError:
        raise FileRefused("too_slow", f"Reading took over {limits.seconds} seconds.") from None
    if code != 0:
        raise _refusal(code, _read(report))


def _refusal(code: int, report: bytes) -> FileRefused:
    if code == -signal.SIGXCPU:
        return FileRefused("too_slow", "Reading the file takes too long.")
    try:
        said = json.loads(report)
        return FileRefused(said["code"], said["detail"])
    except (ValueError, KeyError, TypeError):
        return FileRefused("too_complex", "Reading the file takes more memory than a file may.")


def _read(report: IO[bytes]) -> bytes:
    report.seek(0)
    return report.read()


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
