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
from services.indicators.deliveries.formats.outcome import FileRefused, Hints, Limits, Summary
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
    if await asyncio.to_thread(_is_small_text, path):
        out = BytesIO()
        summary = await asyncio.to_thread(read_file, path, out, hints, limits)
        reading = Limited()
        reading.rows, reading.result = _pieces(out), summary
        yield reading
        return
    with tempfile.TemporaryFile() as report:
        order = json.dumps(
            {
                "path": str(path),
                "hints": {
                    "mapping": hints.mapping and hints.mapping.model_dump(mode="json"),
                    "period": hints.period,
                    "indicator": hints.indicator,
                },
                "limits": asdict(limits),
                "report": report.fileno(),
            }
        )
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.indicators.deliveries.formats",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=[report.fileno()],
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PATH": os.defpath},
            cwd="/",
            limit=_PIECE,
        )
        try:
            reading = Limited()
            reading.rows = _rows(child, order, report, limits, reading)
            yield reading
        finally:
            if child.returncode is None:
                child.kill()
            await child.wait()


def _is_small_text(path: Path) -> bool:
    if path.stat().st_size > _SMALL:
        return False
    with path.open("rb") as file:
        return not file.read(4).startswith(ARCHIVE[:2])


async def _pieces(out: BytesIO) -> AsyncIterator[bytes]:
    out.seek(0)
    while piece := out.read(_PIECE):
        yield piece


async def _rows(
    child: asyncio.subprocess.Process,
    order: str,
    report: IO[bytes],
    limits: Limits,
    reading: Limited,
) -> AsyncIterator[bytes]:
    assert child.stdin
    assert child.stdout
    until = asyncio.get_running_loop().time() + limits.seconds
    try:
        child.stdin.write(order.encode())
        child.stdin.close()
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
    except (BrokenPipeError, ConnectionResetError):
        code = await child.wait()
    if code != 0:
        raise _refusal(code, report)
    report.seek(0)
    reading.result = Summary.model_validate_json(report.read())


def _refusal(code: int, report: IO[bytes]) -> FileRefused:
    if code == -signal.SIGXCPU:
        return FileRefused("too_slow", "Reading the file takes too long.")
    said = _said(report)
    if "code" in said:
        return FileRefused(said["code"], said["detail"])
    return FileRefused("too_complex", "Reading the file takes more memory than a file may.")


def _said(report: IO[bytes]) -> dict[str, Any]:
    report.seek(0)
    try:
        found = json.loads(report.read())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def hints_of(given: dict[str, Any]) -> Hints:
    """The hints that an order holds."""
    mapping = given.pop("mapping")
    return Hints(mapping and FileLayout.model_validate(mapping, extra="ignore"), **given)
