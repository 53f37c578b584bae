"""Every question asked of the search of a service."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import ColumnElement, literal, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.kit.database import Database, enter
from services.kit.native import Connection, native, statement, walled
from services.kit.search.asking import Asked
from services.kit.search.index import Index
from services.kit.search.searched import Searched

_ASKED = statement(__package__, "asked")
_SHOWN, _INSIDE = statement(__package__, "documents"), statement(__package__, "documents_inside")
_TEXTS, _INSIDE_TEXTS = statement(__package__, "texts"), statement(__package__, "texts_inside")
_FIND = statement(__package__, "find").replace(":asked", _ASKED)
FIND_SHOWN = _FIND.replace(":documents", _SHOWN).replace(":texts", _TEXTS)
FIND_ALL = _FIND.replace(":documents", _SHOWN + _INSIDE).replace(":texts", _TEXTS + _INSIDE_TEXTS)
MATCHED_INSIDE = statement(__package__, "inside").replace(":asked", _ASKED)
MEANT, MEANT_INSIDE = (statement(__package__, name) for name in ("meant", "meant_inside"))
WRITTEN, WRITTEN_INSIDE = (statement(__package__, name) for name in ("written", "written_inside"))
SUGGEST, SUGGEST_INSIDE = (statement(__package__, n) for n in ("suggest", "suggest_inside"))
BEGUN_INSIDE = statement(__package__, "begun_inside")
CONFIGURATIONS = {"de": "german", "en": "english", "it": "italian"}
COUNTED = 100
"""Documents with a word that count, when it is asked whether it was meant."""
_LIKE = 20
"""Words inside that are looked at for each, for those who see all of them."""

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Place = tuple[str, str]
"""Collection and key."""


@dataclass(frozen=True)
class Choice:
    """What is asked for besides the words."""

    language: str = "de"
    categories: Sequence[str] | None = None
    by_date: bool = False
    limit: int = 20


Hits = tuple[list[str], Mapping[str, int], list[dict[str, Any]]]
"""Stems of the words, how much was found in each category, and the best of it."""


@dataclass(frozen=True)
class Inside:
    """Behind the wall, as somebody with a role: what not everybody may see, but they."""

    connection: Connection
    town: int
    index: Index
    collections: Sequence[str]
    """Those whose lists they may ask for."""
    session: AsyncSession | None
    """By which it is asked what else they may see; None when it is everything."""

    async def seen(self, matched: Iterable[Place]) -> set[Place]:
        """Those of the documents inside that the actor may see, by the rule of their lists."""
        keys: dict[str, set[str]] = defaultdict(set)
        for collection, key in matched:
            keys[collection].add(key)
        if self.session is None:
            return {(collection, key) for collection in keys for key in keys[collection]}
        parts = [
            select(literal(collection), col(one.kind.row.key)).where(
                visible(self.session, one), col(one.kind.row.key).in_(keys[collection])
            )
            for collection, one in self.index.by_collection.items()
            if collection in keys
        ]
        if not parts:
            return set()
        rows = await (await self.session.connection()).execute(union_all(*parts))
        return {(collection, key) for collection, key in rows}

    async def allowed(self, matched: str, *values: Any) -> list[str] | None:
        """What they may see of what a statement matches; None when that is everything."""
        if self.session is None:
            return None
        rows = await self.connection.fetch(matched, self.town, *values, self.collections)
        return [f"{c}/{k}" for c, k in await self.seen((r["collection"], r["key"]) for r in rows)]


@asynccontextmanager
async def inside(database: Database, index: Index, actor: Actor) -> AsyncIterator[Inside]:
    """Behind the wall as this actor. Those who see rows of every visibility need no session: no
    row is asked for itself."""
    assert actor.municipality is not None
    town, collections = actor.municipality.id, index.open_to(actor)
    if actor.sees_everything:
        async with walled(database.pool, town) as connection:
            yield Inside(connection, town, index, collections, None)
    else:
        async with database.sessions() as session:
            await enter(session, actor)
            yield Inside(await native(session), town, index, collections, session)


def visible(session: AsyncSession, one: Searched) -> ColumnElement[bool]:
    """Whether the actor sees a row in the list of its kind."""
    seen = one.kind.seen(session)
    for also in one.seen(session):
        seen &= also
    return seen


async def found_by_everybody(pool: Pool, town: int, asked: Asked, choice: Choice) -> Hits:
    """What anybody finds: one statement on what everybody may see, without a transaction."""
    return _hits(await pool.fetchrow(FIND_SHOWN, town, *_question(asked, choice)))


async def found(within: Inside, asked: Asked, choice: Choice) -> Hits:
    """What the actor finds: of what the actor may see and nothing else."""
    values = _question(asked, choice)
    allowed = await within.allowed(MATCHED_INSIDE, *values[:4])
    return _hits(
        await within.connection.fetchrow(
            FIND_ALL, within.town, *values, within.collections, allowed
        )
    )


def _question(asked: Asked, choice: Choice) -> list[Any]:
    categories = None if choice.categories is None else [*choice.categories]
    configuration = f"pg_catalog.{CONFIGURATIONS[choice.language]}"
    form = [[*asked.words], asked.beginnings, asked.exactly, configuration]
    return [*form, asked.whole, categories, choice.by_date, choice.limit, asked.ranked]


def _hits(row: Any) -> Hits:
    return row["stems"] or [], json.loads(row["counts"]), json.loads(row["hits"])


async def meant(pool: Pool, town: int, words: Sequence[str]) -> list[dict[str, Any]]:
    """For each word those most like it that everybody can find, itself too: in how many documents,
    with the texts of one."""
    rows = [dict(row) for row in await pool.fetch(MEANT, town, list(words), COUNTED)]
    spelt = sorted({row["meant"] for row in rows})
    found = await pool.fetch(WRITTEN, town, spelt)
    texts = {row["word"]: _texts(row) for row in found}
    return [{**row, "texts": texts.get(row["meant"], ())} for row in rows]


async def meant_inside(within: Inside, words: Sequence[str]) -> list[dict[str, Any]]:
    """The same of what not everybody may see: of documents that the actor may see, no others."""
    # Which words there are is asked without a limit where rows are judged one by one: a word that
    # is hidden must not take the place of one that is not.
    limit = _LIKE if within.session is None else None
    values = (list(words), within.collections, limit)
    rows = await within.connection.fetch(MEANT_INSIDE, within.town, *values)
    seen = await within.seen((row["collection"], row["key"]) for row in rows)
    told: dict[Place, dict[str, Any]] = {}
    for row in rows:
        place = row["collection"], row["key"]
        if place in seen:
            new = {name: row[name] for name in ("word", "meant", "likeness")}
            one = told.setdefault((row["word"], row["meant"]), {**new, "documents": 0, "at": place})
            one["documents"] = min(one["documents"] + 1, COUNTED)
    places = sorted({one["at"] for one in told.values()})
    found = await within.connection.fetch(WRITTEN_INSIDE, within.town, *_columns(places))
    texts = {(row["collection"], row["key"]): _texts(row) for row in found}
    return [{**one, "texts": texts.get(one.pop("at"), ())} for one in told.values()]


def _columns(places: Collection[Place]) -> tuple[list[str], list[str]]:
    return [collection for collection, _ in places], [key for _, key in places]


def _texts(row: Mapping[str, Any]) -> list[str]:
    return [*json.loads(row["title"]).values(), *json.loads(row["body"]).values()]


async def suggested_to_everybody(
    pool: Pool, town: int, begun: str, limit: int
) -> list[dict[str, Any]]:
    """Names that go on like what was begun, of what everybody may see."""
    return _titled(await pool.fetch(SUGGEST, town, begun, limit))


async def suggested(within: Inside, begun: str, limit: int) -> list[dict[str, Any]]:
    """The same of what not everybody may see, but the actor."""
    allowed = await within.allowed(BEGUN_INSIDE, begun)
    values = (begun, limit, within.collections, allowed)
    return _titled(await within.connection.fetch(SUGGEST_INSIDE, within.town, *values))


def _titled(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{**dict(row), "title": json.loads(row["title"])} for row in rows]
