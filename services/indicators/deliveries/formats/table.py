"""What reading a delivered file yields: typed rows, and what was wrong where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from services.contracts.indicators.values import ValueStatus


class Format(StrEnum):
    """The formats that are read."""

    ffcsv = "ffcsv"
    tidy_csv = "tidy_csv"


class FileRefused(ValueError):
    """The file cannot be read at all; `code` is stable, the message is for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Severity(StrEnum):
    """An error keeps its row out of the table; a warning does not."""

    error = "error"
    warning = "warning"


class Issue(NamedTuple):
    """Something wrong in a file: line (1 is the header), column, stable code, explanation."""

    line: int
    column: str | None
    code: str
    detail: str
    severity: Severity = Severity.error


@dataclass(slots=True)
class Issues:
    """The first `keep` issues, and how many there were."""

    keep: int = 200
    first: list[Issue] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def add(self, issue: Issue) -> None:
        if issue.severity is Severity.error:
            self.errors += 1
        else:
            self.warnings += 1
        if len(self.first) < self.keep:
            self.first.append(issue)


class Dimension(NamedTuple):
    """One breakdown of a row (Merkmal und Ausprägung); an empty attribute is the total."""

    attribute: str
    label: str
    attribute_label: str


class Row(NamedTuple):
    """One figure of a file.

    `value` is None if, and only if, `status` carries no value. `breakdown` is the canonical text
    of `dimensions`; '' is the total. A measure may come in several units, so measure and unit
    together say what is counted. In a tidy CSV there is no statistic, and `measure` is the
    indicator's key, or ''.
    """

    line: int
    area: str
    area_scheme: str
    area_label: str
    period: str
    statistic: str
    measure: str
    measure_label: str
    unit: str
    dimensions: Mapping[str, Dimension]
    breakdown: str
    value: Decimal | None
    status: ValueStatus
    quality: str


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file as it was read. `decimal` is '' where no cell told the decimal separator."""

    format: Format
    encoding: str
    delimiter: str
    decimal: str
    rows: Sequence[Row]
    issues: Issues
