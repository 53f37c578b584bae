"""What the rows of a list say, each checked for itself: a pure function of text and list."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from services.contracts.projects.operation_imports import (
    LeavingOut,
    LeftOut,
    Repair,
    Repeat,
    RowProblem,
    ShareRemark,
)
from services.contracts.projects.operations import NewOperationList
from services.contracts.projects.operations import OperationField as F
from services.contracts.shared.base import shortest
from services.projects.list_reading import content, values
from services.projects.list_reading.entities import is_legal_entity
from services.projects.list_reading.headings import Layout
from services.projects.list_reading.values import Unreadable
from services.projects.operation_lists.rules import squeezed
from services.projects.operations.rules import contradicts, shares

T = TypeVar("T")
_LONGEST = {F.name: 2_000, F.beneficiary: 300, F.purpose: 20_000, F.identifier: 300}
_LONG = 2_000
_SUM = re.compile(r"(gesamt|end)?summe:?|(ins)?gesamt:?|total:?")


class Record(BaseModel):
    """One operation as the list has it."""

    key: str
    list: str
    identifier: str | None
    beneficiary: str
    name: str
    purpose: str | None
    starts_on: date
    ends_on: date | None
    total_cost: Decimal
    rate: Decimal | None
    union_share: Decimal | None
    national_share: Decimal | None
    shares_computed: bool
    currency: str = "EUR"
    postcode: str | None
    place: str | None
    country: str | None
    intervention: str | None
    intervention_code: int | None
    specific_objective: str | None


@dataclass
class Understood:
    """What was read of a list, and what could not be."""

    records: list[Record] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    share_remarks: list[ShareRemark] = field(default_factory=list)
    list_total: Decimal | None = None
    """The sum that the list itself gives."""
    rows: int = 0


class Sent(NamedTuple):
    """A list as it was sent: its text, or those of the sheets of a workbook."""

    texts: list[str]
    workbook: bool = False


class _Habits(NamedTuple):
    """How this list writes numbers and days, and what it does not repeat in each row."""

    decimals: values.Decimals | None
    order: values.Order | None
    country: str | None
    confirmed: frozenset[str]
    codes: Mapping[str, int]
    rates_are_parts: bool
    """Workbooks hold 80 % as 0.8."""


class _Row:
    """The cells of one row by field; collects what is wrong with them."""

    def __init__(self, number: int, cells: Sequence[str], layout: Layout, out: Understood) -> None:
        self.number, self._layout, self._out = number, layout, out
        self._cells, self.sound = cells, True

    def raw(self, what: F) -> str:
        place = self._layout.columns.get(what)
        return self._cells[place] if place is not None and place < len(self._cells) else ""

    def line(self, what: F) -> str | None:
        return self._short(what, content.line(self.raw(what)))

    def prose(self, what: F) -> str | None:
        return self._short(what, content.prose(self.raw(what)))

    def needed(self, what: F, read: Callable[[str], T]) -> T | None:
        if not content.line(self.raw(what)):
            self.wrong(what, "missing", "A value: every operation has one.")
            return None
        return self.maybe(what, read)

    def maybe(self, what: F, read: Callable[[str], T]) -> T | None:
        cell = content.line(self.raw(what))
        if not cell:
            return None
        try:
            return read(cell)
        except Unreadable as trouble:
            self.wrong(what, trouble.code, trouble.expected)
            return None

    def wrong(self, what: F | None, code: str, expected: str) -> None:
        self.sound = False
        place = None if what is None else self._layout.columns.get(what)
        heading = None if place is None else self._layout.headings[place]
        self._out.problems.append(
            RowProblem(row=self.number, column=heading, field=what, code=code, expected=expected)
        )

    def repaired(self, what: F, read: str) -> None:
        written = content.line(self.raw(what))[:60]
        self._out.repairs.append(Repair(row=self.number, field=what, written=written, read=read))

    def _short(self, what: F, text: str) -> str | None:
        longest = _LONGEST.get(what, _LONG)
        if len(text) > longest:
            self.wrong(what, "too_long", f"A text of {longest} characters at most.")
            return None
        return text or None


def understood(
    text: str, layout: Layout, key: str, how: NewOperationList, *, workbook: bool = False
) -> Understood:
    """Every row below the header: an operation, a problem, or left out."""
    rows = [one for one in content.rows_of(text, layout.delimiter) if one[0] > layout.header_row]
    out, habits = Understood(rows=len(rows)), _habits(rows, layout, how, workbook)
    found = [
        (number, cells, record)
        for number, cells in rows
        if (record := _record(_Row(number, cells, layout, out), cells, layout, habits, key))
    ]
    out.repeats = list(_repeats(found))
    out.records = _keyed([record for *_, record in found], key)
    return out


def _repeats(found: Iterable[tuple[int, Sequence[str], Record]]) -> Iterator[Repeat]:
    """Rows that are there before in every cell, and numbers that an earlier operation has."""
    rows, numbers = dict[tuple[str, ...], int](), dict[str, int]()
    for number, cells, record in found:
        alike = rows.setdefault(tuple(content.line(cell) for cell in cells), number)
        named = numbers.setdefault(record.identifier, number) if record.identifier else number
        if (first := min(alike, named)) < number:
            yield Repeat(row=number, first=first, wholly=alike < number)


def _habits(
    rows: Sequence[tuple[int, Sequence[str]]],
    layout: Layout,
    how: NewOperationList,
    workbook: bool,
) -> _Habits:
    def column(what: F) -> list[str]:
        place = layout.columns.get(what)
        return [c[place] for _, c in rows if len(c) > place] if place is not None else []

    amounts = [*column(F.total_cost), *column(F.union_share)]
    # The numbers of a workbook have a point.
    decimals = values.decimals_of(amounts) or ("." if workbook else None)
    return _Habits(
        decimals=decimals,
        order=values.order_of([*column(F.starts_on), *column(F.ends_on)]),
        country=how.nuts[:2] if how.nuts else how.cci[4:6] if how.cci else None,
        confirmed=frozenset(squeezed(name) for name in how.legal_entities),
        codes={squeezed(one.text): one.code for one in how.interventions},
        rates_are_parts=workbook and values.are_parts(column(F.rate)),
    )


def _record(
    row: _Row, cells: Sequence[str], layout: Layout, habits: _Habits, key: str
) -> Record | None:
    out = row._out
    beneficiary = content.line(row.raw(F.beneficiary))
    _take_sum(row, cells, habits)
    if not any(content.line(row.raw(what)) for what in (F.name, F.starts_on, F.ends_on)):
        out.left_out.append(LeftOut(row=row.number, reason=LeavingOut.no_operation))
        return None
    if not is_legal_entity(beneficiary, habits.confirmed):
        reason = LeavingOut.not_a_known_legal_entity if beneficiary else LeavingOut.no_beneficiary
        out.left_out.append(LeftOut(row=row.number, reason=reason))
        return None
    if any(cell.strip() for cell in cells[len(layout.headings) :]):
        row.wrong(None, "cells", f"{len(layout.headings)} cells, as the header has.")
    name = row.line(F.name) or row.needed(F.name, str)
    starts_on = row.needed(F.starts_on, lambda cell: values.day(cell, habits.order))
    ends_on = row.maybe(F.ends_on, lambda cell: values.day(cell, habits.order))
    if starts_on and ends_on and ends_on < starts_on:
        row.wrong(F.ends_on, "before_start", f"A day that is not before {starts_on}.")
    total = row.needed(F.total_cost, lambda cell: values.amount(cell, habits.decimals))
    rate = row.maybe(F.rate, values.part if habits.rates_are_parts else values.rate)
    union = row.maybe(F.union_share, lambda cell: values.amount(cell, habits.decimals))
    if union is not None and total is not None and union > total:
        row.wrong(F.union_share, "above_total", "Not more than the total.")
    country = row.maybe(F.country, values.country) or habits.country
    where = row.maybe(F.postcode, lambda cell: values.place(cell, country))
    wording = row.prose(F.intervention)
    told = {
        "identifier": row.line(F.identifier),
        "beneficiary": row.line(F.beneficiary),
        "purpose": row.prose(F.purpose),
        "place": row.line(F.place) or (where.name if where else None),
        "specific_objective": row.line(F.specific_objective),
    }
    if not row.sound or total is None:
        return None
    if where and where.repaired:
        row.repaired(F.postcode, str(where.postcode))
    if habits.rates_are_parts and rate is not None:
        row.repaired(F.rate, f"{shortest(rate)} %")
    if rate is not None and union is not None and contradicts(total, rate, union):
        expected = shares(total, rate, None).union_share
        out.share_remarks.append(
            ShareRemark(row=row.number, rate=rate, told=union, expected=expected)
        )
    return Record.model_validate(
        {
            **told,
            **shares(total, rate, union)._asdict(),
            "key": "",
            "list": key,
            "name": name,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "total_cost": total,
            "postcode": where.postcode if where else None,
            "country": country,
            "intervention": wording,
            "intervention_code": habits.codes.get(squeezed(wording or ""))
            or values.code(wording or ""),
        }
    )


def _take_sum(row: _Row, cells: Sequence[str], habits: _Habits) -> None:
    """The sum of the list, where this is its row: it is no operation, and says so."""
    if content.line(row.raw(F.starts_on)) or not any(_SUM.fullmatch(squeezed(c)) for c in cells):
        return
    with suppress(Unreadable):
        row._out.list_total = values.amount(content.line(row.raw(F.total_cost)), habits.decimals)


def _keyed(records: Sequence[Record], key: str) -> list[Record]:
    """Each with a key that the next edition gives it again: of its number in the list, else of
    beneficiary, name, begin and postcode; of several alike the earlier ends first."""
    counted: Counter[tuple[str, ...]] = Counter()
    keys: dict[int, str] = {}
    for n in sorted(range(len(records)), key=lambda n: _last(records[n])):
        who = _identity(records[n])
        counted[who] += 1
        told = "\x1f".join((key, *who, str(counted[who])))
        keys[n] = f"{key[:60].rstrip('-')}-{sha256(told.encode()).hexdigest()[:16]}"
    return [one.model_copy(update={"key": keys[n]}) for n, one in enumerate(records)]


def _identity(record: Record) -> tuple[str, ...]:
    if record.identifier is not None:
        return (record.identifier,)
    named = squeezed(record.beneficiary), squeezed(record.name)
    return (*named, record.starts_on.isoformat(), record.postcode or "")


def _last(record: Record) -> tuple[date, Decimal, str]:
    return record.ends_on or date.max, record.total_cost, record.purpose or ""
