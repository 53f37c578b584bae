"""Which column is what: by the headings that managing authorities use, else by what is in it.

Headings are compared without breaks, hyphens, spaces and capitals: `Ende des Vor-habens` is
`endedesvorhabens`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.contracts.projects.operations import OperationField as F
from services.kit.problems import Invalid
from services.projects.list_reading.content import DELIMITERS, Row, beginning, line, refusal
from services.projects.list_reading.values import looks_like_day, looks_like_rate
from services.projects.operation_lists.rules import squeezed

REQUIRED = (F.beneficiary, F.name, F.starts_on, F.total_cost)
_LEAST = 3
_WORDS: Mapping[F, str] = {
    F.identifier: r"^(eindeutige)?(vorhaben|projekt|operation|förder)s?(unique)?(nummer|kennung|id"
    r"|identifier|code|kennzeichen)$|aktenzeichen|uniquecode",
    F.beneficiary: r"begünstigte|zuwendungsempfänger|beneficiary(name)?s?$|nameofthebeneficiary",
    F.name: r"(bezeichnung|name|titel)desvorhabens|(vorhaben|projekt)(s?bezeichnung|titel|name)"
    r"|operationname(programmelanguage)?$|nameoftheoperation|operationtitle",
    F.purpose: r"zusammenfassung|kurzbeschreibung|beschreibungdes|zweckdes|^zweck$"
    r"|operationsummary(programmelanguage)?$|^(purpose|summary)",
    F.starts_on: r"^(datumdes)?beginn|^start|startdatum|operationstart",
    F.ends_on: r"^(datumdes)?(ende|abschluss)|enddatum|operationend|^end(date)?$|completiondate",
    F.total_cost: r"gesamtbetrag|gesamtkosten|gesamtausgaben|^förderfähigeausgaben"
    r"|totaleligible(?!.*(currency|rate))|^totalcost",
    F.union_share: r"^(eu|esf|efre|unions?)(plus)?(beitrag|mittel|anteil|beteiligung)"
    r"|(union|eu)(contribution|share)",
    F.rate: r"kofinanzierungss[aä]tz|cofinancingrate",
    F.postcode: r"postleitzahl|^plz|postcode|postalcode",
    F.place: r"^ort|^standort|^place",
    F.country: r"^(land|staat|country)$",
    F.intervention: r"intervention",
    F.specific_objective: r"spezifischesziel|specificobjective(code)?$",
}


class Layout(NamedTuple):
    """How a file is to be read."""

    delimiter: str
    header_row: int
    columns: dict[F, int]
    headings: list[str]

    def named(self) -> dict[F, str]:
        """What was recognised, by its heading."""
        return {field: self.headings[n] for field, n in sorted(self.columns.items())}

    def ignored(self) -> list[str]:
        """Headings of columns that are not read."""
        used = set(self.columns.values())
        return [name for n, name in enumerate(self.headings) if name and n not in used]


class _Found(NamedTuple):
    text: str
    delimiter: str
    rows: list[Row]
    row: int
    candidates: dict[F, list[int]]

    @property
    def recognised(self) -> int:
        """How many columns are recognised."""
        return len({n for columns in self.candidates.values() for n in columns})


def layout_of(texts: Sequence[str], given: Mapping[F, str]) -> tuple[str, Layout]:
    """Which of the texts is the list, and how it is to be read.

    `given` says the headings of fields that are worded otherwise.

    Refuses (422) a file without a row that heads a list, without a column that it must have, and
    with two columns for one field: what to give is said.
    """
    best = max(
        (_header(text, delimiter, given) for text in texts for delimiter in DELIMITERS),
        key=lambda found: found.recognised,
    )
    headings = [line(cell) for cell in best.rows[best.row]] if best.rows else []
    if best.recognised:
        _check_given(given, headings)
    if best.recognised < _LEAST:
        detail = (
            "No row heads a list of operations: none of the first rows names beneficiary, "
            "operation, begin and total. Say in `columns` how the list words them."
        )
        raise refusal("header", detail)
    columns = _single(best.candidates, headings)
    columns |= _by_content(columns, best.rows[best.row + 1 :], len(headings))
    for field in REQUIRED:
        if field not in columns:
            detail = (
                f"No column is the {field}: say in `columns` which. There are {_told(headings)}."
            )
            raise Invalid(detail, pointer=f"/columns/{field}", code="missing")
    return best.text, Layout(best.delimiter, best.row + 1, columns, headings)


def _header(text: str, delimiter: str, given: Mapping[F, str]) -> _Found:
    rows = beginning(text, delimiter)
    found = [_candidates(row, given) for row in rows]
    best = max(range(len(rows)), key=lambda n: len(found[n]), default=0)
    return _Found(text, delimiter, rows, best, found[best] if found else {})


def _candidates(row: Row, given: Mapping[F, str]) -> dict[F, list[int]]:
    """Columns that each field may be; a column that was given is nothing else."""
    names = [squeezed(cell) for cell in row]
    wanted = {field: squeezed(heading) for field, heading in given.items()}
    found = {f: [n for n, name in enumerate(names) if name == wanted[f]] for f in wanted}
    taken = {n for columns in found.values() for n in columns}
    for field, words in _WORDS.items():
        if field not in wanted:
            found[field] = [
                n for n, name in enumerate(names) if n not in taken and re.search(words, name)
            ]
    return {field: columns for field, columns in found.items() if columns}


def _check_given(given: Mapping[F, str], headings: Sequence[str]) -> None:
    there = {squeezed(heading) for heading in headings}
    for field, heading in given.items():
        if squeezed(heading) not in there:
            detail = f"There is no column {line(heading)[:80]!r}. There are {_told(headings)}."
            raise Invalid(detail, pointer=f"/columns/{field}", code="unknown")


def _single(candidates: Mapping[F, list[int]], headings: Sequence[str]) -> dict[F, int]:
    columns: dict[F, int] = {}
    for field, places in candidates.items():
        if len(places) > 1:
            names = _told([headings[n] for n in places])
            detail = f"{names} may each be the {field}: say in `columns` which."
            raise Invalid(detail, pointer=f"/columns/{field}", code="ambiguous")
        if places[0] in columns.values():
            other = next(f for f, n in columns.items() if n == places[0])
            detail = f"{_told([headings[places[0]]])} may be {other} or {field}: say in `columns`."
            raise Invalid(detail, pointer=f"/columns/{field}", code="ambiguous")
        columns[field] = places[0]
    return columns


def _by_content(columns: Mapping[F, int], rows: Sequence[Row], width: int) -> dict[F, int]:
    """Days and rates are recognised without a heading, where there is no doubt."""
    free = {
        n: cells
        for n in range(width)
        if n not in columns.values()
        and (cells := [row[n] for row in rows if len(row) > n and row[n].strip()])
    }
    found: dict[F, int] = {}
    days = [n for n, cells in free.items() if all(map(looks_like_day, cells))]
    missing = [field for field in (F.starts_on, F.ends_on) if field not in columns]
    if len(days) == len(missing):
        found |= dict(zip(missing, days, strict=True))
    rates = [n for n, cells in free.items() if all(map(looks_like_rate, cells))]
    if F.rate not in columns and len(rates) == 1:
        found[F.rate] = rates[0]
    return found


def _told(headings: Sequence[str]) -> str:
    return ", ".join(repr(name[:60]) for name in headings if name)[:1000]
