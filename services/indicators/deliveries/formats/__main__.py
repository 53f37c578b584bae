"""The child process: reads one file as its order on standard input says, and ends."""

import sys
from pathlib import Path
from typing import Any

from services.indicators.deliveries.formats.limited import hints_of
from services.indicators.deliveries.formats.outcome import Limits
from services.indicators.deliveries.formats.proposing import recognition
from services.indicators.deliveries.formats.reading import read_file
from services.kit.tabular.child import obey


def _read(order: dict[str, Any]) -> bytes:
    """Rows go to standard output, the summary to the report."""
    limits = Limits(**order["limits"])
    path, hints = Path(order["path"]), order["hints"]
    if hints is None:
        return recognition(path, limits).model_dump_json().encode()
    with open(sys.stdout.fileno(), "wb", buffering=1024 * 1024, closefd=False) as out:
        return read_file(path, out, hints_of(hints), limits).model_dump_json().encode()


if __name__ == "__main__":
    sys.exit(obey(_read))
