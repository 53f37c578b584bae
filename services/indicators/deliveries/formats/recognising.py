"""What a delivered file is, told by what is in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from services.contracts.indicators.mapping_proposals import ColumnSeen
from services.contracts.indicators.mappings import FileLayout
from services.indicators.deliveries.formats.columns import Seen, names_of
from services.indicators.deliveries.formats.ffcsv import is_ffcsv
from services.indicators.deliveries.formats.genesis_head import Head, head_of, is_cross_table
from services.indicators.deliveries.formats.guessing import (
    described,
    format_of,
    guess,
    proposed,
)
from services.indicators.deliveries.formats.headings import is_ours
from services.indicators.deliveries.formats.mapped import period_of
from services.indicators.deliveries.formats.old_ffcsv import is_old_ffcsv
from services.indicators.deliveries.formats.outcome import ACCEPTED, FileRefused, Format, Limits
from services.indicators.deliveries.formats.sdmx_head import is_sdmx
from services.indicators.deliveries.formats.tidy import is_tidy
from services.kit.tabular.content import Text, content_of, text_of
from services.kit.tabular.tables import DELIMITERS, Delimited, Table, first_rows, header_of
from services.kit.tabular.workbook import sheets_of

_SAMPLE = 300
_MOST_TITLES = 10
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_FOREIGN = (("<", "HTML or XML"), ("{", "JSON"), ("[", "JSON"))


@dataclass(frozen=True)
class Found:
    """A recognised file: its format and its table, whose first `headings` rows are headings."""

    format: Format
    table: Table
    rows: list[list[str]]
    header: list[str]
    headings: int
    fingerprint: str
    head: Head | None = None
    proposal: FileLayout | None = None
    columns: Sequence[ColumnSeen] = ()


def found_in(path: Path, limits: Limits) -> Found:
    """Recognise a file. Refused with FileRefused, which says what was seen."""
    content = content_of(path, limits)
    if content.container == "xlsx":
        return _first_found(sheets_of(content, limits), limits)
    text = text_of(content, limits)
    _refuse_foreign(text)
    return _first_found(_tables(text), limits)


def _tables(text: Text) -> Iterator[Table]:
    """The text with the delimiter that fits it best first."""
    start = text.head()
    lines = [line for line in start.splitlines()[:50] if line.strip()]
    often = {mark: sorted(line.count(mark) for line in lines) for mark in DELIMITERS}
    middle = {mark: counts[len(counts) // 2] if counts else 0 for mark, counts in often.items()}
    first = {mark: lines[0].count(mark) if lines else 0 for mark in DELIMITERS}
    for mark in sorted(DELIMITERS, key=lambda m: (-min(middle[m], first[m]), -middle[m])):
        yield Delimited(text, mark)


def _refuse_foreign(text: Text) -> None:
    start = text.head(4096).lstrip("\ufeff \t\r\n")
    if start.startswith("{") and '"Feature' in start:
        raise FileRefused(
            "geojson", "This is GeoJSON; areas are brought in with POST /areas/import."
        )
    for sign, name in _FOREIGN:
        if start.startswith(sign):
            raise FileRefused("unknown_format", f"This looks like {name}; {ACCEPTED}.")


def _first_found(tables: Iterator[Table], limits: Limits) -> Found:
    """The first table with a format of its own, else the first that can be guessed."""
    refusals: list[FileRefused] = []
    guessed: Found | None = None
    for table in tables:
        try:
            rows = first_rows(table, _SAMPLE)
        except FileRefused as refused:
            refusals.append(refused)
            continue
        if not rows:
            continue
        if len(rows[0]) > limits.columns:
            raise FileRefused("header", f"More than {limits.columns} columns.")
        found = _described(table, rows)
        if found is not None:
            return found
        if guessed is None:
            try:
                guessed = _guessed(table, rows)
            except FileRefused as refused:
                refusals.append(refused)
    if guessed is not None:
        return guessed
    if not refusals:
        raise FileRefused("empty", f"The file is empty; {ACCEPTED}.")
    raise FileRefused(
        refusals[0].code, f"{refusals[0].detail} {ACCEPTED[0].upper()}{ACCEPTED[1:]}."
    )


def _described(table: Table, rows: list[list[str]]) -> Found | None:
    """A table that says itself what its columns are."""
    if is_cross_table(rows[0][0]):
        head = head_of(rows, spanned=table.container == "xlsx")
        digest = fingerprint(Format.genesis, head.headings())
        return Found(Format.genesis, table, rows, [], head.skip, digest, head)
    header = header_of(rows[0])
    header[0] = header[0].lstrip("\ufeff")
    for format, is_one in (
        (Format.ffcsv, is_ffcsv),
        (Format.old_ffcsv, is_old_ffcsv),
        (Format.sdmx_csv, is_sdmx),
        (Format.tidy_csv, is_tidy),
        (Format.tidy_csv, is_ours),
    ):
        if is_one(header):
            return Found(format, table, rows, header, 1, fingerprint(format, header))
    return None


def _guessed(table: Table, rows: list[list[str]]) -> Found:
    at = _header_at(rows)
    header = names_of(rows[at])
    if len(header) < 2 or at + 1 >= len(rows):
        named = ", ".join(name[:40] for name in header[:12])
        raise FileRefused("unknown_format", f"The columns seen are: {named}.")
    if any(_NUMBER.fullmatch(name) and period_of(name) is None for name in header):
        raise FileRefused("unknown_format", "A row of numbers stands where headings should be.")
    cells = [[*row, *[""] * len(header)][: len(header)] for row in rows[at + 1 :]]
    columns = [Seen(n, name, [row[n].strip() for row in cells]) for n, name in enumerate(header)]
    found = guess(columns)
    format = format_of(found, columns)
    structure = ["<period>" if column.heads_a_period else column.name for column in columns]
    digest = fingerprint(format, list(dict.fromkeys(structure)))
    return Found(
        format,
        table,
        rows,
        header,
        at + 1,
        digest,
        proposal=proposed(columns, found, digest),
        columns=described(columns, found),
    )


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """Where the headings stand: titles above them fill fewer cells than the table does."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = sorted(filled)[len(filled) // 2]
    wide = (
        n for n, count in enumerate(filled[:_MOST_TITLES]) if count > 1 and count >= 0.7 * usual
    )
    return next(wide, 0)


def fingerprint(format: Format, headings: Sequence[str]) -> str:
    """The digest of the structure of a file: of its headings, never of its figures."""
    written = "\x1f".join([format, *headings])
    return sha256(written.encode("utf-8", "replace")).hexdigest()
