"""How the search follows what is stored: in the transaction of each change."""

from collections.abc import Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.kit.database import BeforeCommit, Database, municipality_of
from services.kit.search import storing
from services.kit.search.index import Index
from services.kit.search.searched import Searched

_PART = 200
_COMPARED = ("shown", "address", "title", "body", "dated_on", "names")


def following(index: Index) -> BeforeCommit:
    """What a service does with its search before each commit."""
    begun: set[int] = set()

    async def follow(session: AsyncSession, subjects: Sequence[str]) -> None:
        town = municipality_of(session).id
        if town not in begun:
            await storing.begin(session, index, len(subjects))
            begun.add(town)
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
            made += await _documents(session, one, await storing.rows(session, index, one, touched))
        gone |= {(document["collection"], document["key"]) for document in made}
        if not gone:
            return
        lost = await storing.forget(session, sorted(gone))
        await _keep(session, made)
        if lost:
            await storing.unsay(session, lost)

    return follow


async def rebuild(database: Database, index: Index, actor: Actor) -> int:
    """Make all documents of the actor's municipality anew, a part in a transaction, so that nobody
    waits long who changes something meanwhile; how many there are. What is asked meanwhile is
    answered from what there is."""
    number = 0
    for one in index.kinds:
        after = ""
        while True:
            async with database.writing(actor) as session:
                await storing.lock(session)
                rows = await storing.part(session, one, after, _PART)
                made = await _documents(session, one, rows)
                places = [(document["collection"], document["key"]) for document in made]
                await storing.forget(session, places)
                number += await _keep(session, made)
            if len(rows) < _PART:
                break
            after = rows[-1][0].key
    async with database.writing(actor) as session:
        await storing.lock(session)
        there = {
            (one.kind.collection, key)
            for one in index.kinds
            for key in await storing.keys(session, one)
        }
        await storing.forget(session, sorted((await storing.stored(session)).keys() - there))
        await storing.tidy(session)
        await storing.complete(session, index)
    return number


async def compare(session: AsyncSession, index: Index) -> list[str]:
    """What is not in the search as it should be: `collection/key` of each, also of what should not
    be there at all."""
    await storing.lock(session)
    stored = dict(await storing.stored(session))
    wrong = []
    for one in index.kinds:
        after = ""
        while rows := await storing.part(session, one, after, _PART):
            for document in await _documents(session, one, rows):
                there = stored.pop((document["collection"], document["key"]), None)
                right = {name: document[name] for name in _COMPARED}
                if (right if document["shown"] is not None else None) != there:
                    wrong.append(f"{document['collection']}/{document['key']}")
            after = rows[-1][0].key
    return wrong + [f"{collection}/{key}" for collection, key in stored]


async def _keep(session: AsyncSession, made: Sequence[dict[str, Any]]) -> int:
    kept = [document for document in made if document["shown"] is not None]
    if kept:
        await storing.keep(session, kept)
    return len(kept)


async def _documents(
    session: AsyncSession, one: Searched, rows: Sequence[tuple[Any, bool | None]]
) -> list[dict[str, Any]]:
    """The rows as they are found; `shown` is None for what is not found at all."""
    if not rows:
        return []
    more = await one.beside(session, [row for row, _ in rows]) if one.beside else {}
    return [{**one.document(row, more.get(row.key, {})), "shown": shown} for row, shown in rows]
