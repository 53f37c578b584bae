"""Files read for the tests: every line of COPY text as a figure with its names."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from services.contracts.indicators.values import ValueStatus
from services.indicators.breakdowns import attributes_of
from services.indicators.deliveries.formats import (
    Format,
    Hints,
    Issue,
    Limits,
    Recognition,
    Summary,
    parse,
    recognise,
)


class Figure(NamedTuple):
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
    dimensions: dict[str, str]
    breakdown: str
    value: Decimal | None
    status: ValueStatus
    gone: bool
    provisional: bool


class Read(NamedTuple):
    """A file as it was read."""

    summary: Summary
    rows: list[Figure]

    @property
    def issues(self) -> list[Issue]:
        return self.summary.issues


@contextmanager
def stored(data: bytes) -> Iterator[Path]:
    """These bytes as a file without a telling name."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        yield Path(file.name)


def read(data: bytes | Path, hints: Hints | None = None, limits: Limits | None = None) -> Read:
    """Read a file as a whole."""
    if isinstance(data, bytes):
        with stored(data) as path:
            return read(path, hints, limits)
    out = BytesIO()
    summary = parse(data, out, hints, limits)
    text = out.getvalue().decode("ascii")
    assert not text or text.endswith("\n")
    rows = [_figure(line, summary) for line in text.splitlines()]
    assert len(rows) == summary.figures
    return Read(summary, rows)


def recognised(data: bytes, limits: Limits | None = None) -> Recognition:
    """What these bytes are recognised as."""
    with stored(data) as path:
        return recognise(path, limits)


def format_of(data: bytes, limits: Limits | None = None) -> Format:
    """The format that these bytes are recognised as."""
    return recognised(data, limits).format


def _figure(text: str, summary: Summary) -> Figure:
    line, place, measure, period, part, value, status, gone, provisional = text.split("\t")
    area, what = summary.places[int(place)], summary.measures[int(measure)]
    breakdown = summary.breakdowns[int(part)]
    return Figure(
        int(line),
        *area[:3],
        summary.periods[int(period)].text,
        what.statistic,
        what.measure,
        what.label,
        what.unit,
        attributes_of(breakdown),
        breakdown,
        None if value == "\\N" else Decimal(value),
        ValueStatus(status),
        gone == "t",
        provisional == "t",
    )
