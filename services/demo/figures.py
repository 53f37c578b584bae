"""Figures typed in one by one, with the table they come from."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

Value = int | Decimal | str
"""A number, or the sign that stands in its place, such as `.` or `/`."""


@dataclass(frozen=True)
class Figure:
    """One figure. `breakdown` maps a dimension to its attribute; without it: the total."""

    indicator: str
    area: str
    period: str
    value: Value
    breakdown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Figures of one source, delivered as one file."""

    name: str
    source: str
    note: str
    figures: Sequence[Figure]

    def tidy(self) -> bytes:
        """The file: a tidy CSV, one figure per line, in an order that never changes."""
        dimensions = sorted({name for figure in self.figures for name in figure.breakdown})
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["indicator", "area", "period", *dimensions, "value"])
        for figure in self.figures:
            attributes = [figure.breakdown.get(name, "") for name in dimensions]
            writer.writerow(
                [figure.indicator, figure.area, figure.period, *attributes, figure.value]
            )
        return out.getvalue().encode()

    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.tidy()).hexdigest()


def series(
    indicator: str, values: Mapping[tuple[str, str], Value], **breakdown: str
) -> list[Figure]:
    """Figures of one indicator by area and period."""
    return [
        Figure(indicator, area, period, value, breakdown)
        for (area, period), value in values.items()
    ]


def per_hundred(part: int, whole: int) -> Decimal:
    """A share in per cent with two decimals."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"))
