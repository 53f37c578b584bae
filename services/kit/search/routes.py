"""The search of a service, for the gateway that asks all of them. Never reachable from outside."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor, Municipality
from services.contracts.shared.base import Language
from services.contracts.shared.search import Found, MeantWords, PlacedSuggestions, SearchSort
from services.kit.access import Acting
from services.kit.database import Database, Fast, UnitOfWork, enter
from services.kit.search import keeping, queries
from services.kit.search.asking import Asked, understood
from services.kit.search.folding import folded
from services.kit.search.index import Index
from services.kit.search.queries import Choice
from services.kit.search.snippets import snippet, written

MOST = 500


def search_router(index: Index) -> APIRouter:
    """`/internal/search/{municipality}`: what this service finds, as the actor sees it."""
    current: set[int] = set()
    making: dict[int, asyncio.Task[None]] = {}
    router = APIRouter(prefix="/internal", include_in_schema=False, route_class=UnitOfWork)

    async def ready(request: Request, actor: Actor) -> Municipality:
        town = actor.municipality
        assert town is not None
        if town.id in current:
            return town
        async with reading(request, actor) as session:
            made = await queries.is_current(session, index)
        if not made:
            if town.id not in making:
                making[town.id] = asyncio.create_task(make(request.app.state.database, actor))
                making[town.id].add_done_callback(lambda _: making.pop(town.id, None))
            # Whoever asked may give up waiting; the next one finds it made.
            await asyncio.shield(making[town.id])
        current.add(town.id)
        return town

    async def make(database: Database, actor: Actor) -> None:
        async with database.writing(actor) as session:
            await keeping.rebuild(session, index)

    @router.get("/search/{municipality}", response_model=Found)
    async def search(
        request: Request,
        pool: Fast,
        actor: Acting,
        q: str,
        category: str | None = None,
        sort: SearchSort = SearchSort.relevance,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
        lang: Language = "de",
    ) -> Mapping[str, Any]:
        town = await ready(request, actor)
        asked = understood(q)
        categories = category.split(",") if category else None
        choice = Choice(lang, categories, sort is SearchSort.date, limit)
        if actor.roles:
            async with reading(request, actor) as session:
                found = await queries.found(session, index, asked, choice)
        else:
            found = await queries.found_by_everybody(pool, town.id, asked, choice)
        stems, counts, hits = found
        return {
            "counts": counts,
            "hits": [_hit(town, index, asked, stems, hit, lang) for hit in hits],
        }

    @router.get("/words/{municipality}", response_model=MeantWords)
    async def words(pool: Fast, actor: Acting, words: str) -> Mapping[str, Any]:
        assert actor.municipality is not None
        meant = await queries.meant(pool, actor.municipality.id, words.split(","))
        return {"words": [{**one, "written": written(one["meant"], one["texts"])} for one in meant]}

    @router.get("/suggestions/{municipality}", response_model=PlacedSuggestions)
    async def suggestions(
        request: Request,
        pool: Fast,
        actor: Acting,
        q: str,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Mapping[str, Any]:
        town = await ready(request, actor)
        begun = " ".join(folded(q))
        found = await queries.suggested_to_everybody(pool, town.id, begun, limit)
        if actor.roles:
            async with reading(request, actor) as session:
                found += await queries.suggested(session, index, begun)
        return {"suggestions": [{**one, **_named(town, index, one)} for one in found]}

    return router


@asynccontextmanager
async def reading(request: Request, actor: Actor) -> AsyncIterator[AsyncSession]:
    """A session of the actor, for what is asked behind the wall."""
    database: Database = request.app.state.database
    async with database.sessions() as session:
        await enter(session, actor)
        yield session


def _hit(
    town: Municipality,
    index: Index,
    asked: Asked,
    stems: list[str],
    hit: Mapping[str, Any],
    lang: str,
) -> Mapping[str, Any]:
    piece, marked = snippet(asked, stems, hit["body"], lang)
    if not marked:
        title, named = snippet(asked, stems, hit["title"], lang)
        piece = title if named or not piece else piece
    return {
        **_named(town, index, hit),
        "snippet": piece,
        "dated_on": hit["dated_on"],
        "score": round(hit["score"], 4),
    }


def _named(town: Municipality, index: Index, found: Mapping[str, Any]) -> dict[str, Any]:
    collection, key = found["collection"], found["key"]
    return {
        "category": collection,
        "kind": index.by_collection[collection].name,
        "key": key,
        "address": f"/v1/{town.key}/{collection}/{key}",
        "title": found["title"],
    }
