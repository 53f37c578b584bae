"""Figures in a territory: what stands in front of the statement that reads figures."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from services.contracts.indicators.territory import WeightKind
from services.contracts.shared.base import Visibility
from services.indicators.native import statement
from services.indicators.observations import queries as observations
from services.indicators.observations.queries import Found
from services.indicators.observations.rules import Question
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


async def figures(
    pool: Any,
    municipality: int,
    question: Question,
    visible: Sequence[Visibility],
    territory: date,
    kind: WeightKind | None,
) -> Found:
    """The figures asked for, in the territory of the day, as columns with `estimated`."""
    values = observations.values_of(municipality, question, visible, "json", "de")
    found = await paths(pool, municipality, visible, territory, kind)
    names = {"municipality": 1, "visible": 2, "indicators": 3, "first": 7, "last": 8, "release": 10}
    more = {name: len(values) + 1 + n for n, name in enumerate(("day", *ARRAYS))}
    asked = observations.sql_of(question, "json")
    parts = observations._parts(question)
    front = "".join(
        line
        for line in territorial({**names, **more}).splitlines(keepends=True)
        if (m := observations._IF.search(line)) is None or m[1] in parts
    )
    sql = asked.replace("FROM published AS o", "FROM territorial AS o")
    sql = sql.replace("WITH RECURSIVE", f"WITH RECURSIVE {front},", 1)
    sql = sql.replace("o.value, o.status", "o.value, o.status, o.rule, o.estimated")
    sql = sql.replace(
        """string_agg('"' || status || '"', ','), ']}}'""",
        """string_agg('"' || status || '"', ','), '],"rule":[', string_agg('"' || rule || '"', ','),
        '],"estimated":[', string_agg(estimated::text, ','), ']}}'""",
    )
    row = await pool.fetchrow(sql, *values, territory, *columns(found))
    return Found(row["body"].encode(), f'"{hash(row["body"])}"')
