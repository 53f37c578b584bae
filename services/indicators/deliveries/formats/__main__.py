"""The child process: reads one file as its order on standard input says, and ends."""

import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.indicators.deliveries.formats.limited import hints_of
from services.indicators.deliveries.formats.outcome import FileRefused, Limits
from services.indicators.deliveries.formats.proposing import recognition
from services.indicators.deliveries.formats.reading import read_file

_REFUSED = 3


def main() -> int:
    """Rows go to standard output, the summary or the refusal to the file of the report."""
    order = json.load(sys.stdin)
    limits = Limits(**order["limits"])
    _limit(limits)
    with os.fdopen(order["report"], "wb") as report:
        try:
            said, code = _read(order, limits), 0
        except FileRefused as refused:
            said, code = _refusal(refused.code, refused.detail), _REFUSED
        except MemoryError:
            detail = "Reading the file takes more memory than a file may."
            said, code = _refusal("too_complex", detail), _REFUSED
        report.write(said)
    return code


def _read(order: dict[str, Any], limits: Limits) -> bytes:
    path, hints = Path(order["path"]), order["hints"]
    if hints is None:
        return recognition(path, limits).model_dump_json().encode()
    with open(sys.stdout.fileno(), "wb", buffering=1024 * 1024, closefd=False) as out:
        return read_file(path, out, hints_of(hints), limits).model_dump_json().encode()


def _refusal(code: str, detail: str) -> bytes:
    return json.dumps({"code": code, "detail": detail}).encode()


def _limit(limits: Limits) -> None:
    """Not every system knows every limit; the wall clock of the parent stands behind them."""
    for kind, soft, hard in (
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        # The signal of the soft limit says what happened; the hard one kills without a word.
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    sys.exit(main())
