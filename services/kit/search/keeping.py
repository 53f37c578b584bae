"""How the search follows what is stored: in the transaction of each change."""

from collections.abc import Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import BeforeCommit
from services.kit.search import queries
from services.kit.search.index import Index
from services.kit.search.searched import Searched

_PART = 500


def following(index: Index) -> BeforeCommit:
    """What a service does with its search before each commit."""

    async def follow(session: AsyncSession, subjects: Sequence[str]) -> None:
        touched: dict[str, set[str]] = {}
        for subject in subjects:
            collection, _, key = subject.rpartition("/")
            touched.setdefault(collection, set()).add(key)
        gone = {
            (collection, key)
            for collection in index.by_collection.keys() & touched.keys()
            for key in touched[collection]
        }
        made = []
        for one in index.kinds:
            made += await _documents(session, one, await queries.rows(session, index, one, touched))
        gone |= {(document["collection"], document["key"]) for document in made}
        if not gone:
            return
        lost = await queries.forget(session, sorted(gone))
        kept = [document for document in made if document["shown"] is not None]
        if kept:
            await queries.keep(session, kept)
        if lost:
            await queries.unsay(session, lost)

    return follow


async def rebuild(session: AsyncSession, index: Index) -> int:
    """Make all documents of the municipality anew; how many there are."""
    await queries.lock(session)
    await queries.empty(session, index)
    number = 0
    for one in index.kinds:
        rows = await queries.every(session, one)
        for start in range(0, len(rows), _PART):
            made = await _documents(session, one, rows[start : start + _PART])
            kept = [document for document in made if document["shown"] is not None]
            await queries.keep(session, kept)
            number += len(kept)
    return number


async def _documents(
    session: AsyncSession, one: Searched, rows: Sequence[tuple[Any, bool | None]]
) -> list[dict[str, Any]]:
    """The rows as they are found; `shown` is None for what is not found at all."""
    if not rows:
        return []
    more = await one.beside(session, [row for row, _ in rows]) if one.beside else {}
    return [{**one.document(row, more.get(row.key, {})), "shown": shown} for row, shown in rows]
