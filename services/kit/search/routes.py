"""The search of a service, for the gateway that asks all of them. Never reachable from outside."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.contracts.shared.base import Language
from services.contracts.shared.search import Found, MeantWords, PlacedSuggestions, SearchSort
from services.kit.access import Acting
from services.kit.database import Database, Reading, UnitOfWork, municipality_of
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
    router = APIRouter(prefix="/internal", include_in_schema=False, route_class=UnitOfWork)

    async def ready(request: Request, session: AsyncSession, actor: Actor) -> None:
        town = municipality_of(session).id
        if town not in current:
            await _make(request, session, actor, index)
            current.add(town)

    @router.get("/search/{municipality}", response_model=Found)
    async def search(
        request: Request,
        session: Reading,
        actor: Acting,
        q: str,
        category: str | None = None,
        sort: SearchSort = SearchSort.relevance,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
        lang: Language = "de",
    ) -> Mapping[str, Any]:
        await ready(request, session, actor)
        asked = understood(q)
        categories = category.split(",") if category else None
        choice = Choice(lang, categories, sort is SearchSort.date, limit)
        stems, counts, hits = await queries.found(session, index, asked, choice)
        told = [_hit(session, index, asked, stems, hit, lang) for hit in hits]
        return {"counts": counts, "hits": told}

    @router.get("/words/{municipality}", response_model=MeantWords)
    async def words(session: Reading, actor: Acting, words: str) -> Mapping[str, Any]:
        meant = await queries.meant(session, words.split(","))
        told = [{**one, "written": written(one["meant"], one.pop("texts", ()))} for one in meant]
        return {"words": told}

    @router.get("/suggestions/{municipality}", response_model=PlacedSuggestions)
    async def suggestions(
        request: Request,
        session: Reading,
        actor: Acting,
        q: str,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Mapping[str, Any]:
        await ready(request, session, actor)
        begun = " ".join(folded(q))
        found = await queries.suggested(session, index, begun, limit)
        return {"suggestions": [{**one, **_named(session, index, one)} for one in found]}

    return router


async def _make(request: Request, session: AsyncSession, actor: Actor, index: Index) -> None:
    """Make the documents of a town where they were not made by the rules of today."""
    if not await queries.is_current(session, index):
        database: Database = request.app.state.database
        async with database.writing(actor) as writing:
            await keeping.rebuild(writing, index)


def _hit(
    session: AsyncSession,
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
        **_named(session, index, hit),
        "snippet": piece,
        "dated_on": hit["dated_on"],
        "score": round(hit["score"], 4),
    }


def _named(session: AsyncSession, index: Index, found: Mapping[str, Any]) -> dict[str, Any]:
    collection, key = found["collection"], found["key"]
    return {
        "category": collection,
        "kind": index.by_collection[collection].name,
        "key": key,
        "address": f"/v1/{municipality_of(session).key}/{collection}/{key}",
        "title": found["title"],
    }
