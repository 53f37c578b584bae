"""The search over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from services.contracts.shared.base import Language
from services.contracts.shared.search import SearchAnswer, SearchSort
from services.gateway.peers import Behind
from services.gateway.search import queries, rules
from services.kit.access import Acting, Allowed
from services.kit.app import router
from services.kit.search.asking import understood

search = router("Search")
READ = Allowed("gateway.search:read")
NOT_KEPT = {"Cache-Control": "private, no-cache"}
"""The cache of the gateway learns of changes service by service; an answer of all is asked anew."""


@search.get("/search", response_model=SearchAnswer, dependencies=[READ])
async def search_everything(
    peers: Behind,
    actor: Acting,
    response: Response,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=300,
            description='Words, "verbatim phrases", -words that must not be there.',
        ),
    ],
    category: Annotated[
        str | None, Query(description="Only these categories, separated by commas.")
    ] = None,
    sort: Annotated[SearchSort, Query(description="Best first, or newest first.")] = (
        SearchSort.relevance
    ),
    page: Annotated[int, Query(ge=1, description="Which page, from 1.")] = 1,
    page_size: Annotated[int, Query(ge=1, le=100, description="Hits on a page.")] = 20,
    lang: Annotated[Language, Query(description="The language of the snippets.")] = "de",
) -> SearchAnswer:
    """Search everything.

    One ranked list over all services, of what you may see and nothing else: counts, categories and
    snippets know no more than the lists of each collection (Suche). Words are found in any form and
    as the beginning of longer ones, umlauts however they are written; words in quotes are found
    verbatim, one after the other, and so are codes and reference numbers. `categories` counts all
    hits, so that it can be narrowed down; pages reach 500 hits. Refused: a question that names
    nothing, and a category that does not exist.
    """
    understood(q)
    categories = rules.chosen(category)
    question = {"q": q, "sort": sort.value, "lang": lang}
    question["limit"] = str(rules.reach(page, page_size))
    if categories is not None:
        question["category"] = ",".join(categories)
    found = await queries.found(peers, actor, question)
    response.headers.update(NOT_KEPT)
    return rules.answer(q, found, categories, sort, page, page_size)
