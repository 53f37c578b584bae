"""A file read into memory, row by row."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from services.contracts.indicators.values import ValueStatus
from services.indicators.breakdowns import attributes_of
from services.indicators.deliveries.formats.outcome import Format, Hints, Issue, Limits, Severity
from services.indicators.deliveries.formats.reading import read_file


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


class Row(NamedTuple):
    """One figure of a file."""

    line: int
    area: str
    area_scheme: str
    area_label: str
    period: str
    statistic: str
    measure: str
    measure_label: str
    unit: str
    dimensions: Mapping[str, str]
    breakdown: str
    value: Decimal | None
    status: ValueStatus
    provisional: bool


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file as it was read."""

    format: Format
    encoding: str
    delimiter: str
    decimal: str
    rows: Sequence[Row]
    issues: Issues


def read(data: bytes, limits: Limits | None = None, hints: Hints | None = None) -> ReadTable:
    """Read a file as a whole."""
    out = BytesIO()
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        summary = read_file(Path(file.name), out, hints or Hints(), limits or Limits())
    rows = []
    for text in out.getvalue().decode().splitlines():
        line, place, measure, period, part, value, status, _, provisional = text.split("\t")
        area, what = summary.places[int(place)], summary.measures[int(measure)]
        breakdown = summary.breakdowns[int(part)]
        rows.append(
            Row(
                int(line),
                area.code,
                area.scheme,
                area.label,
                summary.periods[int(period)].text,
                what.statistic,
                what.measure,
                what.label,
                what.unit,
                attributes_of(breakdown),
                breakdown,
                None if value == "\\N" else Decimal(value),
                ValueStatus(status),
                provisional == "t",
            )
        )
    issues = Issues(errors=summary.errors, warnings=summary.warnings, first=summary.issues)
    return ReadTable(
        summary.format, summary.encoding, summary.delimiter, summary.decimal, rows, issues
    )
