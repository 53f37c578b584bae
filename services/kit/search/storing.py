"""How documents get into the search and out of it."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, text, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit import sql
from services.kit.database import as_everybody, municipality_of
from services.kit.native import native, statement
from services.kit.search.index import Index, Touched, reached
from services.kit.search.queries import Place, visible
from services.kit.search.searched import Searched

FORGET, KEEP, UNSAY, TIDY = (
    statement(__package__, name) for name in ("forget", "keep", "unsay", "tidy")
)
STORED = statement(__package__, "stored")
_SLOW = 600.0
"""Seconds that a statement over all documents of a town may take."""
Rows = list[tuple[Any, bool | None]]
"""Rows, each with whether everybody may see it; None for what is not found at all."""


def _open(session: AsyncSession, one: Searched) -> ColumnElement[bool]:
    """Whether everybody may see the row."""
    if one.permission is not None:
        return false()
    with as_everybody(session):
        return visible(session, one)


async def rows(session: AsyncSession, index: Index, one: Searched, touched: Touched) -> Rows:
    """The rows of a kind that have changed, or that everybody may see now and could not before,
    or the other way round."""
    row, town = one.kind.row, municipality_of(session).id
    parts: list[ColumnElement[bool]] = []
    if keys := touched.get(one.kind.collection):
        parts.append(col(row.key).in_(keys))
    for collection, named in one.made_of.items():
        if keys := touched.get(collection):
            parts.append(
                col(getattr(row, named)).in_(keys) if isinstance(named, str) else named(keys)
            )
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


async def part(session: AsyncSession, one: Searched, after: str, limit: int) -> Rows:
    """Rows of a kind by key."""
    where = col(one.kind.row.key) > after
    return await _rows(session, one, _open(session, one), where, limit)


async def _rows(
    session: AsyncSession,
    one: Searched,
    opened: ColumnElement[bool],
    where: ColumnElement[bool],
    limit: int | None = None,
) -> Rows:
    row = one.kind.row
    there = true() if one.there is None else one.there
    mine = col(row.municipality_id) == municipality_of(session).id
    asked = select(row, opened, there).where(mine, where).order_by(col(row.key)).limit(limit)
    found = (await session.exec(asked)).all()
    return [(r, bool(shown) if here else None) for r, shown, here in found]


async def keys(session: AsyncSession, one: Searched) -> set[str]:
    """The keys of all rows of a kind that are found."""
    row = one.kind.row
    mine = col(row.municipality_id) == municipality_of(session).id
    asked = select(row.key).where(mine, true() if one.there is None else one.there)
    return set((await session.exec(asked)).all())


async def stored(session: AsyncSession) -> Mapping[Place, Mapping[str, Any]]:
    """All documents as they stand in the search."""
    connection, town = await native(session), municipality_of(session).id
    rows = await connection.fetch(STORED, town, timeout=_SLOW)
    return {(row["collection"], row["key"]): json.loads(row["document"]) for row in rows}


async def forget(session: AsyncSession, which: Sequence[Place]) -> set[str]:
    """Take documents out; the words by which everybody could find them."""
    connection, town = await native(session), municipality_of(session).id
    collections, keys = [one for one, _ in which], [key for _, key in which]
    found = await connection.fetch(FORGET, town, collections, keys, timeout=_SLOW)
    return {row["word"] for row in found}


async def keep(session: AsyncSession, documents: Sequence[Mapping[str, Any]]) -> None:
    """Put documents in that are not there."""
    connection, town = await native(session), municipality_of(session).id
    await connection.execute(KEEP, town, json.dumps(documents), timeout=_SLOW)


async def unsay(session: AsyncSession, words: Collection[str]) -> None:
    """Take out of the known words those that no document has any more which everybody may see."""
    connection, town = await native(session), municipality_of(session).id
    await connection.execute(UNSAY, town, list(words), timeout=_SLOW)


async def tidy(session: AsyncSession) -> None:
    """Take out all words that no document has any more."""
    connection, town = await native(session), municipality_of(session).id
    for statement_ in TIDY.split(";"):
        await connection.execute(statement_, town, timeout=_SLOW)


_STAND = text("""
    SELECT (SELECT version FROM search_stand WHERE municipality_id = :town) AS version,
           (SELECT seq FROM journal_head WHERE municipality_id = :town) AS seq""")
_LOCK = text("SELECT FROM journal_head WHERE municipality_id = :town FOR UPDATE")
_BEGIN = text("""
    INSERT INTO search_stand (municipality_id, version)
    SELECT :town, :version FROM journal_head WHERE municipality_id = :town AND seq <= :entries
    ON CONFLICT DO NOTHING""")
_SET = text("""
    INSERT INTO search_stand (municipality_id, version) VALUES (:town, :version)
    ON CONFLICT (municipality_id) DO UPDATE SET version = excluded.version""")


async def is_current(session: AsyncSession, index: Index) -> bool:
    """Were the documents of the municipality made by the rules of today? Where nothing was ever
    written there are none to be made."""
    values = {"town": municipality_of(session).id}
    stand = (await sql.run(session, _STAND, values)).one()
    return stand.seq is None or stand.version == index.version


async def begin(session: AsyncSession, index: Index, entries: int) -> None:
    """Note by which rules documents are made, when these entries of the journal are the first."""
    values = {"town": municipality_of(session).id, "version": index.version, "entries": entries}
    await sql.run(session, _BEGIN, values)


async def complete(session: AsyncSession, index: Index) -> None:
    """Note by which rules all documents were made."""
    values = {"town": municipality_of(session).id, "version": index.version}
    await sql.run(session, _SET, values)


async def lock(session: AsyncSession) -> None:
    """Nobody else writes to the journal of the municipality until commit."""
    await sql.run(session, _LOCK, {"town": municipality_of(session).id})
