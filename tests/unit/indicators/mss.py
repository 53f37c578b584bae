"""The editions 2017 and 2019 of Berlin's monitoring of social urban development, as published.

`2-1` holds the inputs of all planning areas, `1` the official classes. The headers of file `3`
are shifted against its columns, so the standard scores are not read from there.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

OUTLIER = "10010203"
"""Left out by the publisher in both editions, although it has more than 1,300 inhabitants."""
SMALL_BEFORE = "04020314"
"""436 inhabitants in 2016, but left out: the edition before, with fewer than 300, is not there."""
LATER_SMALL = {"2017": [SMALL_BEFORE], "2019": []}
Row = Mapping[str, str]


@dataclass(frozen=True)
class Edition:
    """One edition: its inputs and what the publisher made of them."""

    folder: Path
    year: str

    @property
    def period(self) -> str:
        """The reporting date: the last day of the year before."""
        return f"{int(self.year) - 1}-12-31"

    @property
    def before(self) -> str:
        return f"{int(self.year) - 3}-12-31"

    @cached_property
    def inputs(self) -> dict[str, Row]:
        return _rows(self.folder / self.year / f"mss-{self.year}-2-1.csv")

    @cached_property
    def inhabitants(self) -> dict[str, dict[str, str]]:
        """Inhabitants by period and area: also of the edition before, where that is there."""
        found = {self.period: {area: row["inhabitants"] for area, row in self.inputs.items()}}
        if self.year == "2019":
            found |= Edition(self.folder, "2017").inhabitants
        return found

    @cached_property
    def official(self) -> dict[str, Row]:
        return _rows(self.folder / self.year / f"mss-{self.year}-1.csv")

    @cached_property
    def status_columns(self) -> list[str]:
        return [name for name in next(iter(self.inputs.values())) if name.startswith("s")]

    @cached_property
    def change_columns(self) -> list[str]:
        return [f"d{name[1:]}" for name in self.status_columns]

    def classes(self) -> dict[str, tuple[str, str, str]]:
        """Of every area the official status, dynamics and group."""
        return {
            area: (
                str(int(float(row["status_index"]))),
                row["dynamik_index"],
                row["status_dynamik_index"],
            )
            for area, row in self.official.items()
        }

    def preset(self) -> dict[str, Any]:
        """What the preset `mss-berlin` is asked to become."""
        return {
            "key": f"mss-{self.year}",
            "level": "planungsraum",
            "source": {"publisher": "Senatsverwaltung für Stadtentwicklung und Wohnen Berlin"},
            "components": [
                name.partition("_")[0] + f"-{self.year}" for name in self.status_columns
            ],
            "changes": [name.partition("_")[0] + f"-{self.year}" for name in self.change_columns],
            "population": "einwohner",
            "first_period": self.period,
            "last_period": self.period,
        }


def _rows(path: Path) -> dict[str, Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}
