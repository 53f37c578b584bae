"""The cells of values of one file, each kind of cell read once."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from services.contracts.indicators.values import ValueStatus, has_value, marker_of
from services.indicators.deliveries.formats.cells import (
    MARKERS,
    CellRefused,
    Reading,
    decimal_of,
    read_cell,
    times,
)
from services.indicators.deliveries.formats.figures import BadCell

_MOST_KEPT = 65_536
_LONGEST_KEPT = 60
_PLAIN = {mark: re.compile(rf"-?[0-9]{{1,15}}[{mark}][0-9]{{1,20}}") for mark in ",."}
_MARK = re.compile(r"[.,]")
_GROUPS = re.compile(r"\s*\(?[+-]?[0-9]{1,3}([.,][0-9]{3})+([.,][0-9]+)?\)?\s*")
STATUSES = {
    **MARKERS,
    **{str(status): status for status in ValueStatus},
    marker_of(ValueStatus.limited): ValueStatus.limited,
    str(ValueStatus.confidential): ValueStatus.unknown,
}
"""How a status may be written: its name or its sign."""
_YES = frozenset({"true", "1", "ja", "yes", "sì"})
_HIDDEN = (str(ValueStatus.confidential), marker_of(ValueStatus.confidential))


def tail(reading: Reading, *, gone: bool = False) -> str:
    """The end of a line of COPY text: value, status, gone, provisional."""
    value, status, provisional = reading
    written = "\\N" if value is None else value
    return f"{written}\t{status}\t{'t' if gone else 'f'}\t{'t' if provisional else 'f'}\n"


class Numbers:
    """Reads the numbers of one file.

    The first cell that is certain about it tells the decimal separator. Where a cell could mean
    two things before, `ahead` looks for the first certain one of the whole file. A separator that
    was `declared` settles what "1.234" means.
    """

    def __init__(
        self, declared: str | None, *, grouped: bool, ahead: Callable[[], str] | None = None
    ) -> None:
        self.decimal = declared or ""
        self._declared = declared is not None
        self._grouped = grouped
        self._ahead = ahead

    @property
    def plain(self) -> re.Pattern[str] | None:
        """What a broken number looks like in this file, once that is known for certain."""
        return None if self._declared else _PLAIN.get(self.decimal)

    def read(self, cell: str, column: str | None) -> Reading:
        """Value and status of a cell; refused with BadCell: see `read_cell`."""
        if not self.decimal and _MARK.search(cell):
            self.decimal = decimal_of(cell, grouped=self._grouped)
            if not self.decimal and self._ahead is not None:
                self.decimal, self._ahead = self._ahead(), None
        if self._declared and _GROUPS.fullmatch(cell):
            cell = cell.replace("." if self.decimal == "," else ",", "")
        try:
            return read_cell(cell, self.decimal, grouped=self._grouped)
        except CellRefused as refused:
            raise BadCell(column, refused.code, str(refused)) from None


class Tails(dict[str, str]):
    """From the text of a cell to the end of its line of COPY text, for one column.

    `codes` are the numbers that stand for classes.
    """

    def __init__(
        self,
        numbers: Numbers,
        column: str,
        factor: Decimal | None = None,
        codes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._numbers = numbers
        self._column = column
        self._factor = factor
        for text, number in (codes or {}).items():
            self[text] = tail(Reading(_class_number(number, column), ValueStatus.normal))

    def __missing__(self, cell: str) -> str:
        plain = self._numbers.plain
        if self._factor is not None:
            made = tail(self.read(cell))
        elif cell.isdecimal() and cell.isascii() and len(cell) <= 15:
            made = f"{cell}\tnormal\tf\tf\n"
        elif plain is not None and plain.fullmatch(cell):
            made = f"{cell.replace(',', '.')}\tnormal\tf\tf\n"
        else:
            made = tail(self.read(cell))
        if len(self) < _MOST_KEPT and len(cell) < _LONGEST_KEPT:
            self[cell] = made
        return made

    def read(self, cell: str) -> Reading:
        """Value and status of a cell of this column."""
        reading = self._numbers.read(cell, self._column)
        if self._factor is not None and reading.value is not None:
            return reading._replace(value=times(reading.value, self._factor))
        return reading


class SaidTails(dict[tuple[str, ...], str]):
    """From value, status, `provisional` and `gone`, as four cells say them, to the end of the line.

    What a table does not have is an empty cell. In tables of `ours` a figure that is hidden stays
    hidden; it never becomes an unknown one.
    """

    def __init__(self, tails: Tails, column: str, status_column: str, *, ours: bool) -> None:
        super().__init__()
        self._ours = ours
        self._tails = tails
        self._column = column
        self._status_column = status_column

    def __missing__(self, cells: tuple[str, ...]) -> str:
        value, status, provisional, gone = cells
        if gone.strip().lower() in _YES:
            made = tail(Reading(None, ValueStatus.missing), gone=True)
        else:
            reading = self._read(value, status)
            early = reading.provisional or provisional.strip().lower() in _YES
            made = tail(reading._replace(provisional=early))
        if len(self) < _MOST_KEPT and len(value) < _LONGEST_KEPT:
            self[cells] = made
        return made

    def _read(self, cell: str, status_cell: str) -> Reading:
        reading = self._tails.read(cell)
        written = status_cell.strip()
        if not written:
            return reading
        if self._ours and written == _HIDDEN[0] and cell.strip() in ("", _HIDDEN[1]):
            return Reading(None, ValueStatus.confidential)
        status = STATUSES.get(written)
        if status is None:
            detail = f"{written[:40]!r} is no known status"
            raise BadCell(self._status_column, "status_unknown", detail)
        blank = reading.status is ValueStatus.missing
        fits = has_value(status) == has_value(reading.status)
        if not fits or not (blank or has_value(status) or status is reading.status):
            detail = f"status {status} does not fit the value {cell[:40]!r}"
            raise BadCell(self._status_column, "status_contradicts", detail)
        return reading._replace(status=status)


def _class_number(text: str, column: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadCell(column, "number_unreadable", f"the code list says {text[:40]!r}, no number")
    return f"{number:f}"
