"""Figures on their way out: COPY text with small numbers, and the lists these numbers point to."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import BinaryIO, Generic, TypeVar

from services.indicators.breakdowns import CODE, canonical_breakdown
from services.indicators.deliveries.formats.outcome import (
    CodeList,
    FileRefused,
    Issue,
    Limits,
    Measure,
    Place,
    Severity,
    Span,
)
from services.indicators.periods import PeriodRefused, parse_written

FULL = 4_096
"""Lines that are buffered before they are written."""
K = TypeVar("K")
V = TypeVar("V")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST_LABEL = 300
_MOST_COLUMNS = 20_000


class BadCell(ValueError):
    """A cell that costs its row: the column, a stable code, an explanation."""

    def __init__(self, column: str | None, code: str, detail: str) -> None:
        super().__init__(detail)
        self.column = column
        self.code = code
        self.detail = detail


class Skipped(Exception):
    """A row that is left out without a word."""


class Known(dict[K, V], Generic[K, V]):
    """What was read once is looked up from then on, as long as it is not too much."""

    def __init__(self, learn: Callable[[K], V]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, key: K) -> V:
        value = self[key] = self._learn(key)
        return value

    def forget(self, most: int = 65_536) -> None:
        """Keep the memory flat."""
        if len(self) > most:
            self.clear()


def label_of(text: str) -> str:
    """A label without control characters, outer and repeated blanks."""
    return " ".join(_UNFIT.sub(" ", text).split())[:_LONGEST_LABEL]


def code_of(text: str, column: str | None, problem: str = "code_unreadable") -> str:
    """A code; refused with BadCell: anything else."""
    text = text.strip()
    if not CODE.fullmatch(text):
        detail = f"{text[:40]!r} is no code of 1 to 40 letters, digits, _ . -"
        raise BadCell(column, problem, detail)
    return text


class Figures:
    """Takes the rows of one file. `buffer` holds lines of COPY text until the next `flush`:

    line, place, measure, period, breakdown, value, status, gone, provisional.
    """

    def __init__(self, out: BinaryIO, limits: Limits, most: int | None = None) -> None:
        self.limits = limits
        self.most = most
        self.places: list[Place] = []
        self.parents: list[int | None] = []
        self.measures: list[Measure] = []
        self.periods: list[Span] = []
        self.breakdowns: list[str] = []
        self.dimensions: dict[str, CodeList] = {}
        self.columns: dict[tuple[int, int | None, int | None], str] = {}
        self.issues: list[Issue] = []
        self.counts: Counter[str] = Counter()
        self.errors = 0
        self.warnings = 0
        self.rows = 0
        self.last_line = 1
        self.figures = 0
        self.buffer: list[str] = []
        self._out = out
        self._numbers: dict[tuple[object, ...], int] = {}

    def flush(self, rows: int) -> None:
        """Write the buffered lines; `rows` is how many rows there were so far.

        Refused with FileRefused: more rows than allowed.
        """
        self.rows = rows
        if rows > self.limits.rows:
            raise FileRefused("too_many_rows", f"More than {self.limits.rows} rows.")
        self.figures += len(self.buffer)
        self._out.write("".join(self.buffer).encode("ascii"))
        self.buffer.clear()

    @property
    def are_enough(self) -> bool:
        """Were as many rows read as are wanted?"""
        return self.most is not None and self.rows >= self.most

    def place(
        self, code: str, scheme: str, label: str, parent: int | None = None, *, named: bool = False
    ) -> int:
        """The number of an area."""
        number = self._number(("place", code, scheme, named), len(self.places))
        if number == len(self.places):
            self.places.append(Place(code, scheme, label_of(label), named))
            self.parents.append(parent)
        return number

    def measure(self, statistic: str, measure: str, unit: str, label: str) -> int:
        """The number of what is counted."""
        unit = label_of(unit)
        number = self._number(("measure", statistic, measure, unit), len(self.measures))
        if number == len(self.measures):
            self.measures.append(Measure(statistic, measure, unit, label_of(label)))
        return number

    def period(self, text: str, column: str | None) -> int:
        """The number of a period, however it is written; BadCell for what is none."""
        try:
            period = parse_written(text)
        except PeriodRefused as refused:
            raise BadCell(column, "period_unreadable", str(refused)) from None
        number = self._number(("period", period.text), len(self.periods))
        if number == len(self.periods):
            self.periods.append(Span(period.text, period.start, period.end))
        return number

    def breakdown(self, attributes: Mapping[str, str]) -> int:
        """The number of a breakdown, given as attributes by dimension; empty is the total."""
        text = canonical_breakdown(attributes)
        number = self._number(("breakdown", text), len(self.breakdowns))
        if number == len(self.breakdowns):
            self.breakdowns.append(text)
        return number

    def column(
        self, name: str, measure: int, period: int | None = None, breakdown: int | None = None
    ) -> None:
        """Remember in which of several columns figures stand, of so many as are worth it."""
        if len(self.columns) < _MOST_COLUMNS:
            self.columns.setdefault((measure, period, breakdown), name)

    def attribute(self, dimension: str, label: str, code: str, text: str) -> None:
        """Remember what the file calls a dimension and one of its attributes; '' is the total."""
        known = self.dimensions.get(dimension)
        if known is None:
            known = self.dimensions[dimension] = CodeList(label=label_of(label) or dimension)
        if code:
            known.attributes.setdefault(code, label_of(text) or code)
        elif known.total is None and text:
            known.total = label_of(text)

    def issue(
        self,
        line: int,
        column: str | None,
        code: str,
        detail: str,
        severity: Severity = Severity.error,
    ) -> None:
        """Note something wrong; the first ones are kept, all are counted."""
        self.counts[code] += 1
        if severity is Severity.error:
            self.errors += 1
        else:
            self.warnings += 1
        if len(self.issues) < self.limits.issues:
            column = label_of(column) if column is not None else None
            self.issues.append(Issue(line, column, code, label_of(detail), severity))

    def bad(self, line: int, cell: BadCell) -> None:
        """Note a bad cell."""
        self.issue(line, cell.column, cell.code, cell.detail)

    def _number(self, key: tuple[object, ...], following: int) -> int:
        number = self._numbers.setdefault(key, following)
        if following >= self.limits.different and number == following:
            raise FileRefused(
                "too_many_codes", f"The file names more than {following} different {key[0]}s."
            )
        return number
