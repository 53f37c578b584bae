"""The search of a service, for the gateway that asks all of them. Never reachable from outside."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Language
from services.contracts.shared.search import Found, SearchSort
from services.kit.access import Acting
from services.kit.database import Database, Reading, UnitOfWork, municipality_of
from services.kit.search import keeping, queries
from services.kit.search.asking import Asked, understood
from services.kit.search.index import Index
from services.kit.search.queries import Choice
from services.kit.search.snippets import snippet

MOST = 500


def search_router(index: Index) -> APIRouter:
    """`/internal/search/{municipality}`: what this service finds, as the actor sees it."""
    current: set[int] = set()
    router = APIRouter(prefix="/internal", include_in_schema=False, route_class=UnitOfWork)

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
        town = municipality_of(session).id
        if town not in current:
            await _make(request, session, actor, index)
            current.add(town)
        asked = understood(q)
        categories = category.split(",") if category else None
        choice = Choice(lang, categories, sort is SearchSort.date, limit)
        stems, counts, hits = await queries.found(session, index, asked, choice)
        told = [_hit(session, index, asked, stems, hit, lang) for hit in hits]
        return {"counts": counts, "hits": told}

    return router


async def _make(request: Request, session: AsyncSession, actor: Acting, index: Index) -> None:
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
    collection, key = hit["collection"], hit["key"]
    return {
        "category": collection,
        "kind": index.by_collection[collection].name,
        "key": key,
        "address": f"/v1/{municipality_of(session).key}/{collection}/{key}",
        "title": hit["title"],
        "snippet": piece,
        "dated_on": hit["dated_on"],
        "score": round(hit["score"], 4),
    }
