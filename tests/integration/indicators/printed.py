"""Tables of the offices as they are printed, read by the simplest means there are.

Nothing of the service reads here: what a test expects to come back is taken from the file itself.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

SIGNS = {
    "-": "nothing",
    ".": "unknown",
    "x": "not_meaningful",
    "/": "unreliable",
    "": "missing",
}
_LINE = re.compile(r"(31\.12\.\d{4}|20\d\d);(DG|\d{2,8});")


class Printed(NamedTuple):
    """A cell of a file: the code and label of its area, and what stands in it."""

    code: str
    label: str
    indicator: str
    period: str
    breakdown: str
    value: Decimal | None
    status: str


def meant(cell: str, classes: Mapping[str, str] | None = None) -> tuple[Decimal | None, str]:
    """What a cell says: a class that a number stands for, a sign, or a number."""
    if classes and cell in classes:
        return Decimal(classes[cell]), "normal"
    if cell in SIGNS:
        return None, SIGNS[cell]
    return Decimal(cell), "normal"


@dataclass(frozen=True)
class Cross:
    """A cross table: where its head ends, and what the texts around its figures mean.

    `before` are dimensions in columns, `above` the dimensions of lines of the head; `codes` says
    what their labels mean, '' for a total. `measures` names the indicators of the line `names`;
    without it there is one.
    """

    name: str
    headings: int
    before: tuple[str, ...]
    above: Mapping[int, str]
    codes: Mapping[str, str]
    measures: Mapping[str, str]
    names: int | None = 5
    only: str = ""
    format: str = "genesis"
    said: Mapping[str, str] = field(default_factory=dict)

    def content(self, folder: Path) -> bytes:
        """The file; the head, the foot and the lines of `only` where not all are wanted."""
        lines = (folder / "genesis" / f"{self.name}_00.csv").read_text("utf-8").split("\n")
        kept = (line for line in lines if not _LINE.match(line) or self._wants(line))
        return "\n".join(kept).encode()

    def _wants(self, line: str) -> bool:
        return line.split(";")[1].startswith(self.only)

    def cells(self, folder: Path) -> Iterator[Printed]:
        """Every figure, line by line."""
        lines = self.content(folder).decode().split("\n")
        head = [line.split(";") for line in lines[: self.headings]]
        for line in filter(_LINE.match, lines):
            period, code, label, *rest = line.split(";")
            period = period if len(period) == 4 else f"{period[-4:]}-12-31"
            left = dict(zip(self.before, rest, strict=False))
            for at, cell in enumerate(rest[len(left) :], start=3 + len(left)):
                labels = left | {d: head[n][at] for n, d in self.above.items() if head[n][at]}
                codes = {d: self.codes[label] for d, label in labels.items()}
                parts = (f"{d}={part}" for d, part in sorted(codes.items()) if part)
                what = head[self.names][at] if self.names else next(iter(self.measures))
                place = (self.measures[what], period, "&".join(parts))
                yield Printed(code, label.strip(), *place, *meant(cell))


@dataclass(frozen=True)
class Wide:
    """A table with a column for every measure, or for every day of one indicator (`days_of`).

    `period` is said when it is delivered where no column does; `prefix` begins the keys of its
    indicators; `beside` are columns of no figures; `classes` the numbers that stand for texts.
    """

    path: str
    area: str = "id"
    label: str | None = None
    period: str | None = None
    prefix: str = ""
    beside: tuple[str, ...] = ()
    classes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    days_of: str | None = None
    format: str = "wide_measures"

    def content(self, folder: Path) -> bytes:
        """The file."""
        return (folder / self.path).read_bytes()

    def cells(self, folder: Path) -> Iterator[Printed]:
        """Every figure, line by line."""
        with (folder / self.path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            code, label = row[self.area], row[self.label] if self.label else ""
            for column in row.keys() - {self.area, self.label, "year", *self.beside}:
                value, status = meant(row[column], self.classes.get(column))
                indicator = self.days_of or self.indicator_of(column)
                day = "-".join(reversed(column.split(".")))
                period = day if self.days_of else self.period or row["year"]
                yield Printed(code, label, indicator, period, "", value, status)

    def indicator_of(self, column: str) -> str:
        """The indicator that we keep a column as."""
        return self.prefix + column.lower().replace("_", "-")

    @property
    def said(self) -> dict[str, str]:
        """What is said of the file when it is delivered."""
        if self.days_of:
            return {"indicator": self.days_of}
        return {"period": self.period} if self.period else {}
