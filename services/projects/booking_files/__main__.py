"""The child process: reads one file of bookings as its order says, and ends."""

import sys
from pathlib import Path
from typing import Any

from services.contracts.projects.booking_mappings import NewBookingMapping
from services.kit.tabular.child import obey
from services.kit.tabular.limits import Limits
from services.projects.booking_files.reading import read_file


def _read(order: dict[str, Any]) -> bytes:
    """Rows go to standard output, the summary to the report."""
    mapping = NewBookingMapping.model_validate(order["mapping"])
    limits = Limits(**order["limits"])
    with open(sys.stdout.fileno(), "wb", buffering=1024 * 1024, closefd=False) as out:
        return read_file(Path(order["path"]), out, mapping, limits).model_dump_json().encode()


if __name__ == "__main__":
    sys.exit(obey(_read))
