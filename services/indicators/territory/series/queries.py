"""Figures in a territory: what stands in front of the statement that reads figures."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from services.contracts.indicators.territory import WeightKind
from services.contracts.shared.base import Visibility
from services.indicators.native import statement
from services.indicators.territory.series import rules
from services.indicators.territory.series.rules import Path, Step

_CROSSINGS = statement(__package__, "crossings")
_TERRITORIAL = statement(__package__, "territorial")
_NAMED = re.compile(r"(?<!:):([a-z]+)\b")
ARRAYS = ("since", "until", "source", "target", "weight")


class Connection(Protocol):
    """A pool or a connection of asyncpg."""

    async def fetch(self, query: str, *values: Any) -> Any: ...


def territorial(places: Mapping[str, int]) -> str:
    """The common table expressions `path` to `territorial`, as lines.

    `territorial` has the columns of `published` and `estimated`: figures in the territory of a
    day. `places` gives the number of the parameter for each name in the statement.
    """
    return _NAMED.sub(lambda name: f"${places[name[1]]}", _TERRITORIAL)


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
    """The paths as arrays, in the order of ARRAYS."""
    return [[getattr(path, name) for path in found] for name in ARRAYS]
