"""Figures: one statement, the answer built in the database and passed through as bytes."""

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from services.contracts.indicators.values import STATUS_TEXTS
from services.contracts.shared.access import Actor
from services.contracts.shared.base import Language, Visibility
from services.indicators.observations import filters, rules
from services.indicators.observations.rules import Place, Question
from services.indicators.territory.series.queries import columns, in_a_territory
from services.indicators.territory.series.rules import Path
from services.kit.database import Database, enter
from services.kit.native import native, statement
from services.kit.problems import Invalid, NotFound

_FIGURES, _ASKED = statement(__package__, "figures"), statement(__package__, "asked")
_IN_A_TERRITORY = in_a_territory(_FIGURES)
_AVAILABILITY, _CODES = statement(__package__, "availability"), statement(__package__, "codes")
_MOST_KNOWN = 256
_KNOWN: dict[tuple[Any, ...], Mapping[str, frozenset[str]]] = {}
"""Codes by what they were asked of and the state of the figures: true as long as anybody asks."""
_PARTS = {name: statement(__package__, name) for name in ("head", "stand")}
_IF = re.compile(r" *-- if ([\w ]+)$")
_STANDING = {
    "current": "o.release_to IS NULL",
    "past": "o.release_from <= (SELECT release FROM pinned)"
    " AND coalesce(o.release_to > (SELECT release FROM pinned), true)",
}
_WORDS = "'{}'::jsonb".format(
    json.dumps(
        {s: {"marker": text.marker, "label": text.label} for s, text in STATUS_TEXTS.items()}
    ).replace("'", "''")
)
"""The words for each status, as a constant of the statement."""


class Source(Protocol):
    """Where statements are asked: a pool or a connection of asyncpg, or the raw side."""

    async def fetchrow(self, query: str, *values: Any) -> Any: ...


class BehindTheWall:
    """Raw figures: each statement in a transaction of its own that names the municipality."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database, self._actor = database, actor

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        async with self._database.sessions() as session:
            await enter(session, self._actor)
            yield await native(session)

    async def fetchrow(self, query: str, *values: Any) -> Any:
        async with self._connection() as connection:
            return await connection.fetchrow(query, *values)


class Asked(NamedTuple):
    """A question, of whom, by somebody who may see so much; and the paths into its territory."""

    municipality: int
    question: Question
    visible: tuple[Visibility, ...]
    lang: Language
    raw: bool = False
    paths: Sequence[Path] = ()

    def pinned(self, release: int | None) -> "Asked":
        """The same question to one release, whatever is released meanwhile."""
        question = replace(self.question, release=release, moment=None)
        return self._replace(question=question if release else self.question)


class End(NamedTuple):
    """How the figures are put together: one of as_*.sql, and which of its parts."""

    name: str
    parts: frozenset[str] = frozenset()


class Part(NamedTuple):
    """Figures in the order of their places, at most as many as asked for.

    `last` is the place of the last one where there may be more.
    """

    body: str
    figures: int
    last: Place | None
    pinned: int | None
    state: tuple[int, int]


def sql_of(
    question: Question, end: End, *, raw: bool = False, after: bool = False, figures: str = _FIGURES
) -> str:
    """The statement that builds an answer; from the protected figures, or from the raw ones.

    It says only what was asked for: the planner then finds the best way for this question.
    `figures` is another way to find them, that ends in the same `figure`.
    """
    parts = _parts(question) | end.parts
    if question.territory is not None:
        figures = _IN_A_TERRITORY
    elif "pattern" in parts and {"current", "standing"} <= parts and not raw:
        parts = parts - {"pattern"} | {"known"}  # there is an index of what stands
    if after:
        parts.add("after")
    elif parts & {"from", "until", "breakdown", "known", "period", "newest"}:
        parts.add("bounded")
    return _statement(frozenset(parts), end.name, raw, figures)


def _parts(question: Question) -> set[str]:
    q = question
    asked = {
        "area": q.areas is not None,
        "level": q.level is not None,
        "within": q.within is not None,
        "from": q.start is not None,
        "until": q.end is not None,
        "breakdown": q.breakdowns is not None,
        "pattern": q.pattern is not None,
        "status": q.statuses is not None,
        "period": q.periods is not None,
        "newest": q.newest is not None or q.before,
        "last": q.newest is not None,
        "before": q.before,
        "last_and_before": q.newest is not None and q.before,
        "current": q.release is None and q.moment is None,
        "release": q.release is not None,
        "moment": q.moment is not None,
        "since": q.since is not None,
        "since_moment": q.since_moment is not None,
        "gone": q.tells_what_went,
        "standing": not q.tells_what_went,
        "territory": q.territory is not None,
        "as_it_was": q.territory is None,
        "within_territory": q.within is not None and q.territory is not None,
        "area_territory": q.areas is not None and q.territory is not None,
        "one": len(q.indicators) == 1,
        "several": len(q.indicators) > 1,
    }
    return {part for part, said in asked.items() if said}


@lru_cache(maxsize=1024)
def _statement(parts: frozenset[str], end: str, raw: bool, figures: str) -> str:
    made = _said(figures, parts) + _said(statement(__package__, end), parts)
    made = made.replace(":asked", _said(_ASKED, parts).strip())
    made = made.replace(":standing", _STANDING["current" if "current" in parts else "past"])
    for name, text in _PARTS.items():
        made = made.replace(f":{name}", _said(text, parts).strip())
    made = made.replace(":rule", "''" if raw else "o.rule").replace(":words", _WORDS)
    return made.replace("FROM published", "FROM observation") if raw else made


def _said(text: str, parts: frozenset[str]) -> str:
    """Only the lines that were asked for, without comments."""
    kept = []
    for line in text.splitlines():
        found = _IF.search(line)
        if found is None or parts & set(found[1].split()):
            line = line[: found.start()] if found else line
            if line.strip() and not line.lstrip().startswith("--"):
                kept.append(line + "\n")
    return "".join(kept)


def values_of(asked: Asked, most: int, after: Place | None = None) -> list[Any]:
    """The values of that statement."""
    q = asked.question
    values = [
        asked.municipality,
        [str(v) for v in asked.visible],
        q.indicators,
        q.areas,
        q.level,
        q.within,
        q.start,
        q.end,
        q.breakdowns,
        q.pattern,
        q.statuses,
        q.periods,
        q.period_ends,
        q.newest or 1,
        q.release,
        q.moment,
        q.since,
        q.since_moment,
        asked.lang,
        most,
        *(after or (None,) * 5),
    ]
    return values if q.territory is None else [*values, q.territory, *columns(asked.paths)]


async def part(
    source: Source, asked: Asked, end: End, most: int, after: Place | None = None
) -> Part:
    """The first figures after a place; refuses unknown keys and releases to come.

    Of a question for a territory the paths have been found before.
    """
    sql = sql_of(asked.question, end, raw=asked.raw, after=after is not None)
    row = await source.fetchrow(sql, *values_of(asked, most, after))
    rules.check_answered(asked.question, row)
    last = row["last"]
    if last is not None:
        last = Place(last[0], last[1], date.fromisoformat(last[2]), last[3], last[4])
    state = (row["release"], row["changes"])
    return Part(row["body"] or "", row["figures"], last, row["pinned"], state)


async def following(
    source: Source, asked: Asked, end: End, first: Part, most: int
) -> AsyncIterator[Part]:
    """All parts of an answer, of the release that the first one was of.

    Each part is a statement of its own that goes on where the one before ended: nothing is held
    in the database while a slow reader reads, and memory holds one part.
    """
    yield first
    last, asked = first.last, asked.pinned(first.pinned)
    while last is not None:
        found = await part(source, asked, end, most, last)
        yield found
        last = found.last


async def breakdowns(source: Source, asked: Asked) -> tuple[list[str], dict[str, Any]]:
    """Which breakdowns the figures asked for have, however many, and how codes are read."""
    sql = sql_of(asked.question, End("breakdowns"), raw=asked.raw)
    row = await source.fetchrow(sql, *values_of(asked, 2**62))
    return row["breakdowns"], json.loads(row["labels"] or "{}")


async def check_codes(source: Source, asked: Asked, state: tuple[int, int]) -> None:
    """Refuse codes that nothing has, in the state of the town's figures; also of the past."""
    if not asked.question.named:
        return
    refused: Invalid | None = None
    for name in ("current",) if asked.question.is_current else ("current", "past"):
        known = await _codes(source, asked, state, name)
        refused = filters.why_unknown(asked.question.named, known)
        if refused is None:
            return
    if refused is not None:
        raise refused


async def _codes(
    source: Source, asked: Asked, state: tuple[int, int], name: str
) -> Mapping[str, frozenset[str]]:
    place = (asked.municipality, asked.visible, asked.question.indicators, state, name)
    known = _KNOWN.get(place)
    if known is None:
        visible = [str(v) for v in asked.visible]
        given = (asked.municipality, visible, asked.question.indicators)
        row = await source.fetchrow(_said(_CODES, frozenset({name})), *given)
        known = _KNOWN[place] = filters.codes_of(row["breakdowns"], json.loads(row["labels"]))
        if len(_KNOWN) > _MOST_KNOWN:
            del _KNOWN[next(iter(_KNOWN))]
    return known


async def availability(source: Source, asked: Asked) -> bytes:
    """What there is of an indicator, as JSON; 404 where there is nothing to be seen."""
    (key,) = asked.question.indicators
    visible = [str(v) for v in asked.visible]
    row = await source.fetchrow(_AVAILABILITY, asked.municipality, visible, key)
    if row["found"] is None:
        raise NotFound(f"There is no indicator {key!r} that you may see.")
    body: str = row["body"]
    return body.encode()


async def etag(source: Source, asked: Asked, *form: object) -> str:
    """The tag that an answer would have now."""
    row = await source.fetchrow(
        "SELECT release, changes FROM edition WHERE municipality_id = $1", asked.municipality
    )
    state = (row["release"], row["changes"]) if row else (0, 0)
    return tag(state, asked, *form)


def tag(state: tuple[int, int], asked: Asked, *form: object) -> str:
    """The tag of an answer to a question while the town's figures are in that state."""
    release, changes = state
    said = repr((changes, asked.question, [str(v) for v in asked.visible], asked[3:5], form))
    return f'"rel-{release}-{sha256(said.encode()).hexdigest()[:16]}"'
