"""What a delivered file is, told by what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from services.indicators.deliveries.formats.content import ACCEPTED, content_of, text_of
from services.indicators.deliveries.formats.ffcsv import FIRST
from services.indicators.deliveries.formats.outcome import FileRefused, Format, Hints, Limits
from services.indicators.deliveries.formats.tables import (
    DELIMITERS,
    Delimited,
    Table,
    first_rows,
    header_of,
)
from services.indicators.deliveries.formats.tidy import is_tidy

_FOREIGN = (("<", "HTML or XML"), ("{", "JSON"), ("[", "JSON"))


@dataclass(frozen=True)
class Found:
    """A recognised file: its format, its table, and the first rows of it, headings first."""

    format: Format
    table: Table
    rows: list[list[str]]
    header: list[str]
    fingerprint: str


def found_in(path: Path, hints: Hints, limits: Limits) -> Found:
    """Recognise a file. Refused with FileRefused, which says what was seen."""
    content = content_of(path, limits)
    text = text_of(content, limits)
    start = text.head(4096).lstrip("\ufeff \t\r\n")
    for sign, name in _FOREIGN:
        if start.startswith(sign):
            raise FileRefused("unknown_format", f"This looks like {name}; {ACCEPTED}.")
    seen: list[str] = []
    for mark in DELIMITERS:
        table = Delimited(text, mark)
        rows = first_rows(table)
        if not rows:
            continue
        header = header_of(rows[0])
        if len(header) > limits.columns:
            raise FileRefused("header", f"More than {limits.columns} columns.")
        format = _format_of(header)
        if format is not None:
            return Found(format, table, rows, header, fingerprint(format, header))
        seen = max(seen, header, key=len)
    named = ", ".join(name[:40] for name in seen[:12])
    raise FileRefused("unknown_format", f"The columns seen are: {named}; {ACCEPTED}.")


def _format_of(header: Sequence[str]) -> Format | None:
    if header[:1] == [FIRST] and len(header) > 1:
        return Format.ffcsv
    if is_tidy(header):
        return Format.tidy_csv
    return None


def fingerprint(format: Format, headings: Sequence[str]) -> str:
    """The digest of the structure of a file: of its headings, never of its figures."""
    written = "\x1f".join([format, *headings])
    return sha256(written.encode("utf-8", "replace")).hexdigest()
