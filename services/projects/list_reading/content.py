"""The bytes of a list as text and as rows of cells."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from services.kit.problems import Invalid

MOST_ROWS = 20_000
MOST_COLUMNS = 300
DELIMITERS = ",;\t|"
_UTF8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_LOOK = 60
_LONGEST = 100_000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")

Row = list[str]


def text_of(data: bytes) -> str:
    """The text, in UTF-8 or Windows-1252. Refused are binary data and a mixture of both."""
    if not data.strip():
        raise refusal("empty", "The file is empty.")
    if b"\x00" in data:
        raise refusal("not_text", "The file holds binary data; save the table as CSV in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    # Letters of UTF-8 among others would be read as two signs each.
    if not _UTF8.search(data):
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    detail = f"Line {line}: this is neither UTF-8 nor Windows-1252, or some of both."
    raise refusal("encoding", detail)


def beginning(text: str, delimiter: str) -> list[Row]:
    """The first rows, to find the header in, as far as the text can be split so."""
    rows: list[Row] = []
    with suppress(csv.Error):
        rows.extend(islice(_reader(text, delimiter), _LOOK))
    return rows


def rows_of(text: str, delimiter: str) -> Iterator[tuple[int, Row]]:
    """All rows that hold something, with their number as a spreadsheet counts.

    Refused are a quotation that does not end, a cell or a row beyond all measure, and more rows
    than any list has.
    """
    number = held = 0
    try:
        for number, cells in enumerate(_reader(text, delimiter), 1):
            if any(cell.strip() for cell in cells):
                held += 1
                if held > MOST_ROWS:
                    raise refusal("too_many", f"A list holds {MOST_ROWS} rows at most.")
                if len(cells) > MOST_COLUMNS:
                    raise refusal("cells", f"Row {number} has {len(cells)} cells.", number)
                if max(map(len, cells)) > _LONGEST:
                    detail = f"Row {number} has a cell of more than {_LONGEST} characters."
                    raise refusal("too_long", detail, number)
                yield number, cells
    except csv.Error as error:
        at = number + 1
        raise refusal("csv", f"Row {at} cannot be read: {error}.", at) from None


def refusal(code: str, detail: str, row: int | None = None) -> Invalid:
    """The whole file is refused, at a row where there is one."""
    return Invalid(detail, pointer="" if row is None else f"/{row}", code=code)


def line(cell: str) -> str:
    """A cell as one line: no breaks, no double spaces, no signs that cannot be seen."""
    return " ".join(_CONTROL.sub("", cell).split())


def prose(cell: str) -> str:
    """A cell as it is, without signs that cannot be seen."""
    lines = _CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return lines.replace("\u2028", "\n").replace("\u2029", "\n")


def _reader(text: str, delimiter: str) -> Iterator[Row]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
