"""Every question asked of the search of a service, and how documents get into it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import ColumnElement, exists, literal, or_, text, true, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit import sql
from services.kit.database import actor_of, as_everybody, municipality_of
from services.kit.native import native, statement
from services.kit.search.asking import Asked
from services.kit.search.index import Index, Touched, reached
from services.kit.search.searched import Searched

_ASKED = statement(__package__, "asked")
_SHOWN, _INSIDE = statement(__package__, "documents"), statement(__package__, "documents_inside")
_TEXTS, _INSIDE_TEXTS = statement(__package__, "texts"), statement(__package__, "texts_inside")
_FIND = statement(__package__, "find").replace(":asked", _ASKED)
FIND_SHOWN = _FIND.replace(":documents", _SHOWN).replace(":texts", _TEXTS)
FIND_ALL = _FIND.replace(":documents", _SHOWN + _INSIDE).replace(":texts", _TEXTS + _INSIDE_TEXTS)
MATCHED_INSIDE = statement(__package__, "inside").replace(":asked", _ASKED)
FORGET, KEEP, UNSAY = (statement(__package__, name) for name in ("forget", "keep", "unsay"))
MEANT, WRITTEN = (statement(__package__, name) for name in ("meant", "written"))
SUGGEST, SUGGEST_INSIDE = (statement(__package__, n) for n in ("suggest", "suggest_inside"))
CONFIGURATIONS = {"de": "german", "en": "english", "it": "italian"}
_MOST_INSIDE = 1000
"""Documents inside that are asked whether the actor may see them."""
_SLOW = 600.0
"""Seconds that the documents of a whole town may take to be made anew."""


Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"


@dataclass(frozen=True)
class Choice:
    """What is asked for besides the words."""

    language: str = "de"
    categories: Sequence[str] | None = None
    by_date: bool = False
    limit: int = 20


Hits = tuple[list[str], Mapping[str, int], list[dict[str, Any]]]
"""Stems of the words, how much was found in each category, and the best of it."""


async def found_by_everybody(pool: Pool, town: int, asked: Asked, choice: Choice) -> Hits:
    """What anybody finds: one statement on what everybody may see, without a transaction."""
    return _hits(await pool.fetchrow(FIND_SHOWN, town, *_question(asked, choice)))


async def found(session: AsyncSession, index: Index, asked: Asked, choice: Choice) -> Hits:
    """What the actor finds: of what the actor may see and nothing else."""
    connection, town = await native(session), municipality_of(session).id
    values, allowed = _question(asked, choice), None
    if not actor_of(session).sees_everything:
        matched = await connection.fetch(MATCHED_INSIDE, town, *values[:4])
        allowed = await _seen(session, index, [(m["collection"], m["key"]) for m in matched])
    return _hits(await connection.fetchrow(FIND_ALL, town, *values, allowed))


def _question(asked: Asked, choice: Choice) -> list[Any]:
    categories = None if choice.categories is None else [*choice.categories]
    form = [[*asked.words], asked.beginnings, asked.exactly, _configuration(choice.language)]
    return [*form, asked.whole, categories, choice.by_date, choice.limit, asked.ranked]


def _hits(row: Any) -> Hits:
    return row["stems"] or [], json.loads(row["counts"]), json.loads(row["hits"])


async def meant(pool: Pool, town: int, words: Sequence[str]) -> list[dict[str, Any]]:
    """For each word the most similar one that everybody can find, with a document that has it."""
    rows = [dict(row) for row in await pool.fetch(MEANT, town, list(words))]
    spelt = sorted({row["meant"] for row in rows})
    texts = {
        found["word"]: [*json.loads(found["title"]).values(), *json.loads(found["body"]).values()]
        for found in await pool.fetch(WRITTEN, town, spelt)
    }
    return [{**row, "texts": texts.get(row["meant"], ())} for row in rows]


async def suggested_to_everybody(
    pool: Pool, town: int, begun: str, limit: int
) -> list[dict[str, Any]]:
    """Names that go on like what was begun, of what everybody may see."""
    return _titled(await pool.fetch(SUGGEST, town, begun, limit))


async def suggested(session: AsyncSession, index: Index, begun: str) -> list[dict[str, Any]]:
    """The same of what not everybody may see, but the actor."""
    connection, town = await native(session), municipality_of(session).id
    inside = await connection.fetch(SUGGEST_INSIDE, town, begun, _MOST_INSIDE)
    if not actor_of(session).sees_everything:
        which = {(row["collection"], row["key"]) for row in inside}
        seen = set(await _seen(session, index, which))
        inside = [row for row in inside if f"{row['collection']}/{row['key']}" in seen]
    return _titled(inside)


def _titled(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{**dict(row), "title": json.loads(row["title"])} for row in rows]


def _configuration(language: str) -> str:
    return f"pg_catalog.{CONFIGURATIONS[language]}"


async def _seen(
    session: AsyncSession, index: Index, matched: Iterable[tuple[str, str]]
) -> list[str]:
    """Those of the documents inside that the actor may see, by the rule of their lists."""
    keys: dict[str, list[str]] = {}
    for collection, key in matched:
        keys.setdefault(collection, []).append(key)
    parts = [
        select(literal(collection), col(one.kind.row.key)).where(
            _visible(session, one), col(one.kind.row.key).in_(keys[collection])
        )
        for collection, one in index.by_collection.items()
        if collection in keys
    ]
    if not parts:
        return []
    rows = await (await session.connection()).execute(union_all(*parts))
    return [f"{collection}/{key}" for collection, key in rows]


def _visible(session: AsyncSession, one: Searched) -> ColumnElement[bool]:
    seen = one.kind.seen(session)
    for also in one.seen(session):
        seen &= also
    return seen


def _open(session: AsyncSession, one: Searched) -> ColumnElement[bool]:
    """Whether everybody may see the row."""
    with as_everybody(session):
        return _visible(session, one)


async def rows(
    session: AsyncSession, index: Index, one: Searched, touched: Touched
) -> list[tuple[Any, bool | None]]:
    """The rows of a kind that have changed, or that everybody may see now and could not before,
    or the other way round; each with whether everybody may see it, None for what is not found."""
    row, town = one.kind.row, municipality_of(session).id
    parts: list[ColumnElement[bool]] = []
    if keys := touched.get(one.kind.collection):
        parts.append(col(row.key).in_(keys))
    for collection, column in one.made_of.items():
        if keys := touched.get(collection):
            parts.append(col(getattr(row, column)).in_(keys))
    further = [rule(touched[name]) for name, rule in one.reached.items() if touched.get(name)]
    within = reached(one.kind, town, touched)
    if within is not None:
        further.append(within)
    if not parts and not further:
        return []
    opened = _open(session, one)
    if further:
        stands = exists().where(
            col(index.document.municipality_id) == town,
            col(index.document.collection) == one.kind.collection,
            col(index.document.key) == col(row.key),
        )
        parts.append(or_(*further) & (opened != stands))
    return await _rows(session, one, opened, or_(*parts))


async def every(session: AsyncSession, one: Searched) -> list[tuple[Any, bool | None]]:
    """All rows of a kind, each with whether everybody may see it."""
    return await _rows(session, one, _open(session, one), true())


async def _rows(
    session: AsyncSession, one: Searched, opened: ColumnElement[bool], where: ColumnElement[bool]
) -> list[tuple[Any, bool | None]]:
    row = one.kind.row
    there = true() if one.there is None else one.there
    mine = col(row.municipality_id) == municipality_of(session).id
    statement = select(row, opened, there).where(mine, where).order_by(col(row.key))
    found = (await session.exec(statement)).all()
    return [(r, bool(shown) if here else None) for r, shown, here in found]


async def forget(session: AsyncSession, which: Sequence[tuple[str, str]]) -> set[str]:
    """Take documents out; the words by which everybody could find them."""
    connection, town = await native(session), municipality_of(session).id
    collections, keys = [one for one, _ in which], [key for _, key in which]
    return {row["word"] for row in await connection.fetch(FORGET, town, collections, keys)}


async def keep(session: AsyncSession, documents: Sequence[Mapping[str, Any]]) -> None:
    """Put documents in that are not there."""
    connection, town = await native(session), municipality_of(session).id
    await connection.execute(KEEP, town, json.dumps(documents), timeout=_SLOW)


async def unsay(session: AsyncSession, words: Collection[str]) -> None:
    """Take out of the known words those that no document has any more which everybody may see."""
    connection, town = await native(session), municipality_of(session).id
    await connection.execute(UNSAY, town, list(words), timeout=_SLOW)


_STAND = text("SELECT version FROM search_stand WHERE municipality_id = :town")
_LOCK = text("SELECT FROM journal_head WHERE municipality_id = :town FOR UPDATE")
_SET = text("""
    INSERT INTO search_stand (municipality_id, version) VALUES (:town, :version)
    ON CONFLICT (municipality_id) DO UPDATE SET version = excluded.version""")
_EMPTY = (
    text("DELETE FROM search_name WHERE municipality_id = :town"),
    text("DELETE FROM search_document WHERE municipality_id = :town"),
    text("DELETE FROM search_inside WHERE municipality_id = :town"),
    text("DELETE FROM search_word WHERE municipality_id = :town"),
)


async def is_current(session: AsyncSession, index: Index) -> bool:
    """Were the documents of the municipality made by the rules of today?"""
    values = {"town": municipality_of(session).id}
    return (await sql.run(session, _STAND, values)).scalar() == index.version


async def lock(session: AsyncSession) -> None:
    """Nobody else writes to the journal of the municipality until commit."""
    await sql.run(session, _LOCK, {"town": municipality_of(session).id})


async def empty(session: AsyncSession, index: Index) -> None:
    """Take everything out, and note by which rules it is made from now on."""
    town = municipality_of(session).id
    for each in _EMPTY:
        await sql.run(session, each, {"town": town})
    await sql.run(session, _SET, {"town": town, "version": index.version})
