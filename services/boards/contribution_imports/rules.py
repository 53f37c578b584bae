"""What is in a CSV export of a participation platform: pure functions."""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256
from html import unescape

from services.contracts.shared.problems import Fault
from services.kit.days import day as day_here
from services.kit.faults import pointer
from services.kit.problems import Invalid

MOST = 5_000
_LONGEST_CELL = 131_072
"""Said here: the limit of the csv module is one for the whole process, and others move it."""
FIELDS = ("id", "text", "category", "area", "target_group", "received_on")
_LANGUAGE = r"(?:/(?:de|en|it|[a-z]{2}(?:-[a-z]{2,4})?))?"
_KNOWN: Mapping[str, Sequence[Sequence[str]]] = {
    "id": [["id"], ["reference"], ["link", "url"]],
    "text": [
        ["title", "titel", "name"],
        ["summary", "kurzfassung"],
        ["body", "description", "beschreibung", "text", "inhalt"],
    ],
    "category": [["category/name", "category", "kategorie", "thema"]],
    "area": [["scope/name", "geozone", "district", "stadtteil", "ortsteil", "gebiet", "area"]],
    "target_group": [["target_group", "zielgruppe"]],
    "received_on": [["published_at", "created_at", "created", "erstellt", "eingang", "datum"]],
}
"""Field -> its parts, each with the names that platforms give it (Decidim, CONSUL, adhocracy)."""
_BREAK, _TAG = re.compile(r"(?i)<br\s*/?>|</(?:p|li|div|h\d)>"), re.compile(r"<[^<>]{1,2000}>")
_SEPARATOR = re.compile(r"sep=(?P<said>[;,\t])\r?\n", re.IGNORECASE)
"""A first line that spreadsheets understand and that is no row."""
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)", re.ASCII),
    re.compile(r"(?P<day>\d\d?)[./](?P<month>\d\d?)[./](?P<year>\d{4})(?!\d)", re.ASCII),
)
_MOMENT = re.compile(
    r"[T ,]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)? ?"
    r"(?:Z|UTC|GMT|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)?)",
    re.ASCII | re.IGNORECASE,
)
"""The time after a day, where it says how far it is from UTC."""


@dataclass(frozen=True)
class Row:
    """A row of the file: its line, and what it says field by field."""

    line: int
    said: Mapping[str, str]

    def fault(self, column: str, code: str, detail: str) -> Fault:
        """A fault, in line and column of the file."""
        return Fault(pointer=pointer([self.line, column]), code=code, detail=detail)


@dataclass(frozen=True)
class Sheet:
    """A file: which columns say what, and its rows."""

    columns: Mapping[str, Sequence[str]]
    rows: Sequence[Row]

    def column(self, field: str) -> str:
        """Where in the file a field stands, for those who correct it."""
        return (self.columns.get(field) or [field])[-1]


def read(data: bytes, asked: Mapping[str, Sequence[str]]) -> Sheet:
    """The rows of a CSV file; `asked` says which columns a field is read from.

    Fields that are not asked for are looked for by the names that platforms use. Refused is a file
    without text, or without a column that is asked for, and one that is too long.
    """
    text = _text(data)
    told = _SEPARATOR.match(text)
    first = text[: text.find("\n") + 1] or text
    delimiter = told["said"] if told else max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        if told:
            next(reader)
        header = [name.strip() for name in next(reader, [])]
        parts = columns(header, asked)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if max(map(len, cells)) > _LONGEST_CELL:
                detail = f"Line {reader.line_num}: a cell of more than {_LONGEST_CELL} characters."
                raise Invalid(detail, pointer=pointer([reader.line_num]), code="csv")
            if len(cells) != len(header):
                detail = f"Line {reader.line_num} has {len(cells)} cells, not {len(header)}."
                raise Invalid(detail, pointer=pointer([reader.line_num]), code="cells")
            if len(rows) == MOST:
                raise Invalid(f"More than {MOST} rows in one file.", pointer="", code="too_many")
            rows.append(Row(reader.line_num, _said(dict(zip(header, cells, strict=True)), parts)))
    except csv.Error as error:
        at = pointer([reader.line_num])
        raise Invalid(f"Line {reader.line_num}: {error}.", pointer=at, code="csv") from None
    found = {field: [name for part in of for name in part] for field, of in parts.items()}
    return Sheet(found, rows)


Parts = Mapping[str, Sequence[Sequence[str]]]


def columns(header: Sequence[str], asked: Mapping[str, Sequence[str]]) -> Parts:
    """Field -> its parts, each with the columns of one meaning, German before other languages."""
    doubled = [name for name, times in Counter(header).items() if times > 1 and name]
    if doubled:
        raise Invalid(f"The column {doubled[0][:40]} is there twice.", pointer="", code="header")
    unknown = [
        Fault(parameter=f"column[{field}]", code="unknown", detail=f"No column is {name[:40]!r}.")
        for field, names in asked.items()
        for name in names
        if name not in header
    ]
    if unknown:
        raise Invalid("The file has other columns.", faults=unknown)
    found: dict[str, Sequence[Sequence[str]]] = {f: [[n] for n in ns] for f, ns in asked.items()}
    taken = {name for names in asked.values() for name in names}
    for field, parts in _KNOWN.items():
        if field not in found:
            free = [name for name in header if name not in taken]
            named = [one for part in parts if (one := _named(part, free))]
            found[field] = named[:1] if field == "id" else named
    if not found["text"]:
        detail = "No column is known to hold the text; say which one does: column[text]=..."
        raise Invalid(detail, pointer="", code="header")
    return {field: parts for field, parts in found.items() if parts}


def _named(known: Iterable[str], header: Sequence[str]) -> list[str]:
    """The columns of the first name that is there; one for each language."""
    for name in known:
        pattern = re.compile(f"{re.escape(name)}{_LANGUAGE}", re.IGNORECASE)
        if found := [one for one in header if pattern.fullmatch(one)]:
            return sorted(found, key=lambda one: not one.lower().endswith("/de"))
    return []


def _said(cells: Mapping[str, str], parts: Parts) -> dict[str, str]:
    said = {}
    for field, of in parts.items():
        values = [next((v for name in part if (v := plain(cells[name]))), "") for part in of]
        said[field] = "\n\n".join(value for value in values if value)
    return said


def plain(text: str) -> str:
    """The words of a cell, without the marks of HTML."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    lines = [" ".join(line.split()) for line in unescape(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def day(said: str, today: date) -> date:
    """The day of a cell; today for an empty one. ValueError for none and for one to come.

    That of a moment with its offset from UTC is the day in Germany; otherwise it is the day as
    written, whatever comes after it.
    """
    if not said:
        return today
    for form in _DAYS:
        if found := form.match(said):
            written = date(*(int(found[part]) for part in ("year", "month", "day")))
            moment = _MOMENT.fullmatch(said, found.end())
            told = written if moment is None else _here(written, moment)
            if told > today:
                raise ValueError("the day has not come")
            return told
    raise ValueError("this is no day: write 2026-04-15 or 15.04.2026")


def _here(written: date, moment: re.Match[str]) -> date:
    """The day in Germany at a moment of the day that is written elsewhere."""
    behind = timedelta(hours=int(moment["hours"] or 0), minutes=int(moment["minutes"] or 0))
    zone = timezone(-behind if moment["sign"] == "-" else behind)
    clock = time(int(moment["hour"]), int(moment["minute"]), tzinfo=zone)
    try:
        return day_here(datetime.combine(written, clock))
    except OverflowError:
        raise ValueError("this day is out of time") from None


def chosen(
    said: str, offered: Mapping[str, Mapping[str, str]], means: Mapping[str, str]
) -> str | None:
    """The key of what a cell names: by what it `means`, its key or its name. KeyError for none."""
    if not said:
        return None
    words = {key.casefold(): key for key in offered}
    for key, names in offered.items():
        words |= {name.casefold(): key for name in names.values()}
    words |= {word.casefold(): key for word, key in means.items()}
    return words[said.casefold()]


def origins(process: str, rows: Sequence[Row]) -> list[str]:
    """What each row is known by when it comes again: its number, or all that it says.

    Of rows without number that say the same, the first, the second and so on.
    """
    times: Counter[str] = Counter()
    made = []
    for row in rows:
        number = row.said.get("id")
        told = f"id\n{number}" if number else "\n".join(f"{n}={v}" for n, v in row.said.items())
        times[told] += 1
        nth = 0 if number else times[told]
        made.append(sha256(f"{process}\n{nth}\n{told}".encode()).hexdigest())
    return made


def repeated(sheet: Sheet, known_by: Sequence[str]) -> list[Fault]:
    """Rows with a number that stands in the file before."""
    seen: set[str] = set()
    faults = []
    for row, origin in zip(sheet.rows, known_by, strict=True):
        if origin in seen:
            detail = "The number stands in the file twice."
            faults.append(row.fault(sheet.column("id"), "repeated", detail))
        seen.add(origin)
    return faults


def asked(parameters: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What a request says of columns (`column[text]=Titel|Inhalt`), and what words mean."""
    named: dict[str, list[str]] = {}
    means: dict[str, str] = {}
    for name, value in parameters:
        kind, _, inner = name.partition("[")
        inner = inner.removesuffix("]")
        if kind == "column" and inner not in FIELDS:
            detail = f"There is no such field; known are {', '.join(FIELDS)}."
            raise Invalid(detail, parameter=name[:100], code="field")
        if kind == "column":
            named[inner] = [part.strip() for part in value.split("|")]
        elif kind == "means":
            means[inner] = value
    return named, means


def _text(data: bytes) -> str:
    """What the file says: in UTF-8, in Windows-1252, or in UTF-16 if its first mark says so."""
    marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Invalid("The file holds binary data.", pointer="", code="not_text")
        return text
    raise Invalid("The file is neither UTF-8 nor Windows-1252.", pointer="", code="encoding")
