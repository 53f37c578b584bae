"""Rows of a file as lines of COPY text: read, attributed to grants, each booking once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b

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
_TEXTS = ("account", "product", "cost_object", "number", "position", "supplier_name", "purpose")
_DAYS = ("booked_on", "invoice_date", "paid_on")
_NULL = "\\N"


class Rows:
    """Reads the rows of one table; `summary` is complete when all lines are through."""

    def __init__(self, mapping: NewBookingMapping, place: Place, limits: Limits) -> None:
        self.summary = Summary()
        self._mapping, self._place, self._limits = mapping, place, limits
        self._seen: dict[bytes, bytes] = {}
        self._told = dict.fromkeys(BookingFinding, 0)
        self._days = _Known(lambda cell: day_of(cell) if cell.strip() else _NULL)
        self._years = _Known(lambda cell: str(year_of(cell)))
        self._goals = _Known(self._goal)

    def lines(self) -> Iterator[str]:
        """Every new booking that belongs to a grant, as a line of COPY text."""
        place, summary, width = self._place, self.summary, max(self._place.columns.values()) + 1
        with place.table.rows() as reader:
            line = skip(reader, place.skip)
            for cells in reader:
                row, line = line + 1, reader.line_num
                if len(cells) < width:
                    cells = cells + [""] * (width - len(cells))
                try:
                    read = self._read(cells)
                except _Refused as refused:
                    summary.rows += 1
                    summary.unreadable += 1
                    self._tell(row, refused.column, BookingFinding.unreadable, refused.detail)
                    continue
                if read is None:
                    continue
                summary.rows += 1
                if summary.rows > self._limits.rows:
                    raise FileRefused("too_many_rows", f"More than {self._limits.rows} bookings.")
                made = self._made(row, *read)
                if made is not None:
                    yield made

    def _read(self, cells: Sequence[str]) -> tuple[dict[str, str], str] | None:
        """The fields of a booking and its grant; None where the row is none, such as a sum."""
        columns = self._place.columns
        texts = {
            name: copied(text_of(cells[columns[name]])) if name in columns else _NULL
            for name in _TEXTS
        }
        booked = cells[columns["booked_on"]]
        if texts["account"] == _NULL and not booked.strip():
            return None
        if texts["account"] == _NULL or not booked.strip():
            name = "account" if texts["account"] == _NULL else "booked_on"
            raise self._refused(name, "The row has none.")
        fields = texts
        for name in _DAYS:
            fields[name] = self._cell(name, cells, self._days) if name in columns else _NULL
        if "fiscal_year" in columns:
            fields["fiscal_year"] = self._cell("fiscal_year", cells, self._years)
        else:
            fields["fiscal_year"] = fields["booked_on"][:4]
        fields["amount"] = self._cell("amount", cells, self._amount)
        goal = self._goals[texts["product"], texts["cost_object"], texts["account"]]
        return fields, goal

    def _made(self, row: int, fields: Mapping[str, str], goal: str) -> str | None:
        if not goal:
            self.summary.unmatched += 1
            where = ", ".join(
                f"{name} {fields[name]}"
                for name in ("product", "cost_object", "account")
                if fields[name] != _NULL
            )
            self._tell(row, None, BookingFinding.unmatched, f"No rule fits {where}.")
            return None
        year, account, number = fields["fiscal_year"], fields["account"], fields["number"]
        middle = "\t".join(
            [
                year,
                number,
                fields["position"],
                account,
                fields["product"],
                fields["cost_object"],
                fields["booked_on"],
                fields["invoice_date"],
                fields["paid_on"],
                fields["amount"],
                fields["supplier_name"],
                fields["purpose"],
                goal,
            ]
        )
        content = _digest(middle)
        named = f"{year}\t{account}\t{number}\t{fields['position']}"
        # The grant is no part of who a booking is: with another rule it is the same one.
        identity = _digest(named if number != _NULL else middle.removesuffix(goal))
        before = self._seen.setdefault(identity, content)
        if before is not content:
            self._again(row, same=before == content)
            return None
        return f"{row}\t{identity.hex()}\t{middle}\t{content.hex()}\n"

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

    def _cell(self, name: str, cells: Sequence[str], read: "_Known | Callable[[str], str]") -> str:
        cell = cells[self._place.columns[name]]
        try:
            return read[cell] if isinstance(read, _Known) else read(cell)
        except CellRefused as refused:
            raise self._refused(name, f"{refused}.") from None

    def _amount(self, cell: str) -> str:
        reverse = self._mapping.sign is BookingSign.reversed
        return amount_of(cell, self._mapping.decimal, sheet=self._place.sheet, reverse=reverse)

    def _refused(self, name: str, detail: str) -> "_Refused":
        return _Refused(getattr(self._mapping.columns, name), detail)

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


class _Refused(ValueError):
    def __init__(self, column: str | None, detail: str) -> None:
        super().__init__(detail)
        self.column, self.detail = column, detail


class _Known(dict):  # type: ignore[type-arg]  # keys are what its reader takes
    """What was read once; memory does not grow with what is written in ever new ways."""

    def __init__(self, read: Callable[..., str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: object) -> str:
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
