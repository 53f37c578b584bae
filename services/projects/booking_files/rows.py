"""Rows of a file as lines of COPY text: read, attributed to grants, each booking once."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from services.contracts.projects.booking_mappings import (
    BookingRule,
    BookingSign,
    NewBookingMapping,
)
from services.contracts.projects.bookings import BookingFinding
from services.kit.tabular.limits import FileRefused, Limits
from services.kit.tabular.tables import skip
from services.projects.booking_files.cells import (
    CellRefused,
    amount_of,
    copied,
    day_of,
    text_of,
    year_of,
)
from services.projects.booking_files.outcome import Remark, Summary
from services.projects.booking_files.tables import Place

_MOST_TOLD = 200
_FIELDS = (
    "fiscal_year",
    "account",
    "number",
    "position",
    "product",
    "cost_object",
    "booked_on",
    "invoice_date",
    "paid_on",
    "amount",
    "supplier_name",
    "purpose",
)
"""In the order of the working table; the first four are who a booking is."""
_YEAR, _ACCOUNT, _NUMBER, _NAMED, _PRODUCT, _COST_OBJECT, _BOOKED = 0, 1, 2, 4, 4, 5, 6
_NEEDED = (_ACCOUNT, _BOOKED)
_NULL = "\\N"
_Reader = Callable[[str], str]


def _text(cell: str) -> str:
    return copied(text_of(cell))


class Rows:
    """Reads the rows of one table; `summary` is complete when all lines are through."""

    def __init__(self, mapping: NewBookingMapping, place: Place, limits: Limits) -> None:
        self.summary = Summary()
        self._mapping, self._place, self._limits = mapping, place, limits
        self._seen: dict[bytes, bytes] = {}
        self._told = dict.fromkeys(BookingFinding, 0)
        texts, days = _Known(_text), _Known(lambda cell: day_of(cell) if cell.strip() else _NULL)
        readers: dict[str, _Reader] = {
            "fiscal_year": _Known(lambda cell: str(year_of(cell))).__getitem__,
            "number": _text,
            "position": _text,
            "account": texts.__getitem__,
            "product": texts.__getitem__,
            "cost_object": texts.__getitem__,
            "booked_on": days.__getitem__,
            "invoice_date": days.__getitem__,
            "paid_on": days.__getitem__,
            "amount": self._amount,
            "supplier_name": texts.__getitem__,
            "purpose": _text,
        }
        self._plan = [
            (at, place.columns[name], readers[name])
            for at, name in enumerate(_FIELDS)
            if name in place.columns
        ]
        self._goals = _Known(self._goal)

    def lines(self) -> Iterator[str]:
        """Every booking once, as a line of COPY text; of no grant where no rule fits."""
        place, width, rows = self._place, max(self._place.columns.values()) + 1, 0
        account, booked = place.columns["account"], place.columns["booked_on"]
        with place.table.rows() as reader:
            line = skip(reader, place.skip)
            for cells in reader:
                row, line = line + 1, reader.line_num
                if len(cells) < width:
                    cells = cells + [""] * (width - len(cells))
                # A row without account and day is none of a booking, such as a sum or a remark.
                if not cells[account].strip() and not cells[booked].strip():
                    continue
                rows += 1
                if rows > self._limits.rows:
                    raise FileRefused("too_many_rows", f"More than {self._limits.rows} bookings.")
                fields = self._read(row, cells)
                made = fields and self._made(row, fields)
                if made:
                    yield made
        self.summary.rows = rows

    def _read(self, row: int, cells: Sequence[str]) -> list[str] | None:
        """The fields of a booking as COPY takes them; None, and a remark, where one is wrong."""
        fields, at = [_NULL] * len(_FIELDS), 0
        try:
            for at, column, read in self._plan:
                fields[at] = read(cells[column])
            for at in _NEEDED:
                if fields[at] == _NULL:
                    raise CellRefused("the row has none")
        except CellRefused as refused:
            self.summary.unreadable += 1
            heading = getattr(self._mapping.columns, _FIELDS[at])
            self._tell(row, heading, BookingFinding.unreadable, f"{refused}.")
            return None
        if fields[_YEAR] == _NULL:
            fields[_YEAR] = fields[_BOOKED][:4]
        return fields

    def _made(self, row: int, fields: list[str]) -> str | None:
        numbers = (fields[_PRODUCT], fields[_COST_OBJECT], fields[_ACCOUNT])
        goal = self._goals[numbers]
        told = "\t".join(fields)
        content = _digest(told + goal)
        # The grant is no part of who a booking is: with another rule it is the same one.
        named = "\t".join(fields[:_NAMED]) if fields[_NUMBER] != _NULL else told
        identity = _digest(named)
        if not goal:
            # It may be stored as one of a grant, which it then leaves.
            self._unmatched(row, numbers)
            return f"{row}\t{identity.hex()}\t{told}\t{_NULL}\t{_NULL}\t{content.hex()}\n"
        before = self._seen.setdefault(identity, content)
        if before is not content:
            self._again(row, same=before == content)
            return None
        return f"{row}\t{identity.hex()}\t{told}\t{goal}\t{content.hex()}\n"

    def _unmatched(self, row: int, numbers: Sequence[str]) -> None:
        self.summary.unmatched += 1
        names = ("product", "cost object", "account")
        named = zip(names, numbers, strict=True)
        where = ", ".join(f"{name} {number}" for name, number in named if number != _NULL)
        self._tell(row, None, BookingFinding.unmatched, f"No rule fits {where}.")

    def _again(self, row: int, *, same: bool) -> None:
        if same:
            self.summary.duplicates += 1
            self._tell(row, None, BookingFinding.duplicate, "The same stands in a row above.")
            return
        self.summary.contradictions += 1
        detail = (
            "A row above has the same year, account and number and says something else; where a"
            " number has several positions, map their column."
        )
        self._tell(row, self._mapping.columns.number, BookingFinding.contradiction, detail)

    def _amount(self, cell: str) -> str:
        reverse = self._mapping.sign is BookingSign.reversed
        return amount_of(cell, self._mapping.decimal, sheet=self._place.sheet, reverse=reverse)

    def _goal(self, numbers: tuple[str, str, str]) -> str:
        """Grant and category by the first rule that fits; '' by none."""
        for rule in self._mapping.rules:
            if fits(rule, *numbers):
                return f"{rule.grant}\t{rule.category}"
        return ""

    def _tell(self, row: int, column: str | None, finding: BookingFinding, detail: str) -> None:
        self._told[finding] += 1
        if self._told[finding] <= _MOST_TOLD:
            self.summary.remarks.append(Remark(row, column, finding, detail))


class _Known(dict[Any, str]):
    """What was read once; memory does not grow with what is written in ever new ways."""

    def __init__(self, read: Callable[..., str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: Any) -> str:
        made = self._read(key)
        if len(self) < 65_536:
            self[key] = made
        return made


def fits(rule: BookingRule, product: str, cost_object: str, account: str) -> bool:
    """Does the rule speak of these numbers?"""
    pairs = ((rule.product, product), (rule.cost_object, cost_object), (rule.account, account))
    return all(
        pattern is None
        or (number.startswith(pattern[:-1]) if pattern.endswith("*") else number == pattern)
        for pattern, number in pairs
    )


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
