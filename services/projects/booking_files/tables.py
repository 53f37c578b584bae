"""Finding the table of bookings in a file: by the headings that the mapping names."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from services.kit.tabular.content import content_of, text_of
from services.kit.tabular.limits import FileRefused, Limits
from services.kit.tabular.tables import DELIMITERS, Delimited, Table, first_rows
from services.kit.tabular.workbook import sheets_of


class Place(NamedTuple):
    """A table, how many rows of it are passed over, and where each field stands."""

    table: Table
    skip: int
    columns: Mapping[str, int]
    sheet: bool


def found(path: Path, headings: Mapping[str, str], limits: Limits) -> Place:
    """The first table whose head has all the headings, in whatever row.

    Refused with FileRefused: a file without one, naming what is missing; a heading that is there
    twice; and whatever the limits refuse.
    """
    wanted = {field: _plain(heading) for field, heading in headings.items()}
    nearest: set[str] | None = None
    for table in _tables(path, limits):
        for n, row in enumerate(first_rows(table)):
            cells = [_plain(cell) for cell in row]
            missing = set(wanted.values()) - set(cells)
            if not missing:
                return Place(table, n + 1, _places(wanted, cells), table.container == "xlsx")
            if nearest is None or len(missing) < len(nearest):
                nearest = missing
    names = [headings[field] for field, name in wanted.items() if name in (nearest or ())]
    raise FileRefused("header", f"No row has all the headings; missing: {', '.join(names)[:500]}.")


def _tables(path: Path, limits: Limits) -> Iterator[Table]:
    content = content_of(path, limits)
    if content.container == "xlsx":
        return chain(sheets_of(content, limits))
    text = text_of(content, limits)
    return (Delimited(text, delimiter) for delimiter in DELIMITERS)


def _places(wanted: Mapping[str, str], cells: Sequence[str]) -> dict[str, int]:
    for name in wanted.values():
        if cells.count(name) > 1:
            raise FileRefused("header", f"The heading {name[:80]!r} is there more than once.")
    return {field: cells.index(name) for field, name in wanted.items()}


def _plain(heading: str) -> str:
    """Headings are compared without line breaks, runs of blanks and capitals."""
    return " ".join(heading.split()).casefold()
