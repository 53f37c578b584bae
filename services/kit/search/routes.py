"""The search of a service, for the gateway that asks all of them. Never reachable from outside."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from services.contracts.shared.access import Actor, Municipality
from services.contracts.shared.base import Language
from services.contracts.shared.search import Found, MeantWords, PlacedSuggestions, SearchSort
from services.kit.access import Acting
from services.kit.database import Database, Fast, UnitOfWork
from services.kit.search import queries
from services.kit.search.asking import Asked, understood
from services.kit.search.folding import folded
from services.kit.search.index import Index
from services.kit.search.queries import Choice
from services.kit.search.searching import Searching
from services.kit.search.snippets import snippet, written

MOST = 500


def search_router(searching: Searching) -> APIRouter:
    """`/internal/search/{municipality}`: what this service finds, as the actor sees it."""
    index = searching.index
    router = APIRouter(prefix="/internal", include_in_schema=False, route_class=UnitOfWork)

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
        town, database = _town(actor), _database(request)
        current = await searching.is_current(database, actor)
        asked = understood(q)
        categories = category.split(",") if category else None
        choice = Choice(lang, categories, sort is SearchSort.date, limit)
        if actor.roles:
            async with queries.inside(database, index, actor) as within:
                found = await queries.found(within, asked, choice)
        else:
            found = await queries.found_by_everybody(pool, town.id, asked, choice)
        stems, counts, hits = found
        return {
            "counts": counts,
            "hits": [_hit(town, index, asked, stems, hit, lang) for hit in hits],
            "current": current,
        }

    @router.get("/words/{municipality}", response_model=MeantWords)
    async def words(
        request: Request, pool: Fast, actor: Acting, words: str
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        asked = words.split(",")
        meant = await queries.meant(pool, _town(actor).id, asked)
        if actor.roles:
            async with queries.inside(_database(request), index, actor) as within:
                meant += await queries.meant_inside(within, asked)
        return {"words": [{**one, "written": written(one["meant"], one["texts"])} for one in meant]}

    @router.get("/suggestions/{municipality}", response_model=PlacedSuggestions)
    async def suggestions(
        request: Request,
        pool: Fast,
        actor: Acting,
        q: str,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Mapping[str, Any]:
        town, database = _town(actor), _database(request)
        current = await searching.is_current(database, actor)
        begun = " ".join(folded(q))
        found = await queries.suggested_to_everybody(pool, town.id, begun, limit)
        if actor.roles:
            async with queries.inside(database, index, actor) as within:
                found += await queries.suggested(within, begun, limit)
        told = [{**one, **_named(town, index, one)} for one in found]
        return {"suggestions": told, "current": current}

    return router


def _town(actor: Actor) -> Municipality:
    assert actor.municipality is not None, "the address names a municipality"
    return actor.municipality


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


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
        "address": f"/v1/{town.key}/{found['address'] or f'{collection}/{key}'}",
        "title": found["title"],
    }
