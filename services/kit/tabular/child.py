"""Reading a file in a child process that can harm nobody: what parent and child do alike.

A small plain text can harm nobody either, and is read in a thread: see `is_small_text`.
"""

import asyncio
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, BinaryIO

import services
from services.kit.tabular.content import ARCHIVE
from services.kit.tabular.limits import FileRefused, Limits

PIECE = 256 * 1024
_SMALL = 256 * 1024
_ROOT = Path(services.__file__).parents[1]
_REFUSED = 3
_TOO_COMPLEX = "Reading the file takes more memory than a file may."


def is_small_text(path: Path) -> bool:
    """Is it so short, and no archive, that to start a process takes longer than to read it?"""
    if path.stat().st_size > _SMALL:
        return False
    with path.open("rb") as file:
        return not file.read(4).startswith(ARCHIVE[:2])


async def pieces(out: BinaryIO) -> AsyncIterator[bytes]:
    """What was written, piece by piece, as a child tells it."""
    out.seek(0)
    while piece := out.read(PIECE):
        yield piece


@asynccontextmanager
async def child(
    module: str, order: dict[str, Any], limits: Limits
) -> AsyncIterator[tuple[asyncio.subprocess.Process, IO[bytes]]]:
    """A process that has its order, and the file that it reports to. It knows no secret."""
    with tempfile.TemporaryFile() as report, tempfile.TemporaryFile() as orders:
        limited = {**order, "limits": asdict(limits), "report": report.fileno()}
        orders.write(json.dumps(limited).encode())
        orders.seek(0)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            stdin=orders,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=[report.fileno()],
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PATH": os.defpath},
            cwd="/",
            limit=PIECE,
        )
        try:
            yield process, report
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def output(
    process: asyncio.subprocess.Process, report: IO[bytes], limits: Limits
) -> AsyncIterator[bytes]:
    """What the child writes, piece by piece; whatever goes wrong is FileRefused."""
    assert process.stdout
    until = asyncio.get_running_loop().time() + limits.seconds
    try:
        while True:
            async with asyncio.timeout_at(until):
                piece = await process.stdout.read(PIECE)
            if not piece:
                break
            yield piece
        async with asyncio.timeout_at(until):
            code = await process.wait()
    except TimeoutError:
        raise FileRefused("too_slow", f"Reading took over {limits.seconds} seconds.") from None
    if code != 0:
        raise _refusal(code, said(report))


def said(report: IO[bytes]) -> bytes:
    """What the child has reported."""
    report.seek(0)
    return report.read()


def _refusal(code: int, report: bytes) -> FileRefused:
    if code == -signal.SIGXCPU:
        return FileRefused("too_slow", "Reading the file takes too long.")
    try:
        told = json.loads(report)
        return FileRefused(told["code"], told["detail"])
    except (ValueError, KeyError, TypeError):
        return FileRefused("too_complex", _TOO_COMPLEX)


def obey(read: Callable[[dict[str, Any]], bytes]) -> int:
    """In the child: limit itself, do what the order on standard input says, and report.

    Rows go to standard output; what `read` returns, or the refusal, to the file of the report.
    """
    order = json.load(sys.stdin)
    _limit(order["limits"])
    with os.fdopen(order["report"], "wb") as report:
        try:
            told, code = read(order), 0
        except FileRefused as refused:
            told, code = _told(refused.code, refused.detail), _REFUSED
        except MemoryError:
            told, code = _told("too_complex", _TOO_COMPLEX), _REFUSED
        report.write(told)
    return code


def _told(code: str, detail: str) -> bytes:
    return json.dumps({"code": code, "detail": detail}).encode()


def _limit(limits: dict[str, Any]) -> None:
    """Not every system knows every limit; the wall clock of the parent stands behind them."""
    memory, seconds = limits["memory"], limits["cpu_seconds"]
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        # The signal of the soft limit says what happened; the hard one kills without a word.
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))
