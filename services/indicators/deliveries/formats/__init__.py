"""Reading delivered files: recognised by what is in them, never by their name.

The figures of a file come as text for COPY, one line each and nothing but small numbers beside the
value; a `Summary` says what the numbers mean. Memory does not grow with the file.
"""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from services.indicators.deliveries.formats.outcome import (
    CodeList,
    Deletion,
    FileRefused,
    Format,
    Hints,
    Issue,
    Limits,
    Measure,
    Place,
    Recognition,
    Severity,
    Span,
    Summary,
)

if TYPE_CHECKING:
    from services.indicators.deliveries.formats.limited import Limited

__all__ = [
    "CodeList",
    "Deletion",
    "FileRefused",
    "Format",
    "Hints",
    "Issue",
    "Limits",
    "Measure",
    "Place",
    "Recognition",
    "Severity",
    "Span",
    "Summary",
    "parse",
    "parse_limited",
    "recognise",
    "recognise_limited",
]


def recognise(path: Path, limits: Limits | None = None) -> Recognition:
    """What a file is, and how it would be read. Refused with FileRefused."""
    from services.indicators.deliveries.formats.proposing import recognition

    return recognition(path, limits or Limits())


def parse(
    path: Path, out: BinaryIO, hints: Hints | None = None, limits: Limits | None = None
) -> Summary:
    """Write the figures of a file to `out`, as `COPY ... FROM STDIN` takes them.

    Columns: line, place, measure, period, breakdown, value, status, gone, provisional. A bad cell
    costs its row and adds an issue, and reading goes on; what cannot be read at all is refused
    with FileRefused.
    """
    from services.indicators.deliveries.formats.reading import read_file

    return read_file(path, out, hints or Hints(), limits or Limits())


async def recognise_limited(path: Path, limits: Limits | None = None) -> Recognition:
    """The same as `recognise`, with bounded memory and time as `parse_limited` has."""
    from services.indicators.deliveries.formats.limited import recognised

    return await recognised(path, limits or Limits())


def parse_limited(
    path: Path, hints: Hints | None = None, limits: Limits | None = None
) -> AbstractAsyncContextManager["Limited"]:
    """The same with bounded memory and time, for use as `async with`.

    Inside, `rows` are pieces of COPY text; when they are through, `summary()` has the rest. Small
    plain texts are read in a thread, everything else in a child process that is ended at the
    latest when the block is left. Whatever goes wrong with the file is FileRefused, out of `rows`.
    """
    from services.indicators.deliveries.formats.limited import limited

    return limited(path, hints or Hints(), limits or Limits())
