"""Figures in a territory: what stands in front of the statement that reads figures."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from services.contracts.indicators.territory import WeightKind
from services.contracts.shared.base import Visibility
from services.indicators.territory.series import rules
from services.indicators.territory.series.rules import Path, Step
from services.kit.native import statement

_CROSSINGS = statement(__package__, "crossings")
_TERRITORIAL = statement(__package__, "territorial")
_NAMED = re.compile(r"(?<!:):([a-z]+)\b")
_FIRST = 26
"""The number of the parameter after those of every question for figures."""
_ARRAYS = ("since", "until", "source", "target", "weight")
_PLACES = {
    "municipality": 1,
    "visible": 2,
    "indicators": 3,
    "first": 7,
    "last": 8,
    "day": _FIRST,
    **{name: _FIRST + 1 + n for n, name in enumerate(_ARRAYS)},
}


class Connection(Protocol):
    """A pool or a connection of asyncpg."""

    async def fetch(self, query: str, *values: Any) -> Any: ...


def in_a_territory(figures: str) -> str:
    """The statement of figures, reading `territorial` where it reads `published`.

    Its parameters from $26 on are the day of the territory and the paths as columns.
    """
    lines = "\n".join(line.strip() for line in _TERRITORIAL.splitlines())  # asyncpg keeps 15 kB
    front = _NAMED.sub(
        lambda name: f"${_PLACES[name[1]]}" if name[1] in _PLACES else name[0], lines
    )
    figures = figures.replace("FROM published AS", "FROM territorial AS")
    return figures.replace("WITH RECURSIVE", f"WITH RECURSIVE\n{front},", 1)


async def paths(
    connection: Connection,
    municipality: int,
    visible: Sequence[Visibility],
    territory: date,
    kind: WeightKind | None,
) -> list[Path]:
    """Every path into the territory of the day, over the crossings that may be seen."""
    found = await connection.fetch(_CROSSINGS, municipality, [str(v) for v in visible], kind)
    return rules.paths([Step(*row) for row in found], territory)


def columns(found: Sequence[Path]) -> list[list[Any]]:
    """The paths as arrays, in the order of their parameters."""
    return [[getattr(path, name) for path in found] for name in _ARRAYS]
