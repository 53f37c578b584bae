"""The search over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from services.contracts.shared.base import Language
from services.contracts.shared.search import SearchAnswer, SearchSort, SuggestionsAnswer
from services.gateway.peers import Behind
from services.gateway.search import queries, rules
from services.kit.access import Acting, Allowed
from services.kit.app import router
from services.kit.search.asking import corrected, refused, understood
from services.kit.search.folding import folded

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
    hits, so that it can be narrowed down; pages reach 500 hits. When nothing is spelt like the
    question, `did_you_mean` says what is, and the hits are for that. Refused: a question that names
    nothing, and a category that does not exist.
    """
    asked = understood(q)
    categories = rules.chosen(category)
    question = {"q": q, "sort": sort.value, "lang": lang}
    question["limit"] = str(rules.reach(page, page_size))
    if categories is not None:
        question["category"] = ",".join(categories)
    found, meant = await queries.found(peers, actor, question), None
    if not any(one.counts for one in found):
        better = rules.better(await queries.meant(peers, actor, asked.whole.split(" ")))
        if better:
            other = corrected(q, better)
            found = await queries.found(peers, actor, {**question, "q": other})
            meant = other if any(one.counts for one in found) else None
    response.headers.update(NOT_KEPT)
    return rules.answer(q, found, categories, sort, page, page_size, meant)


@search.get("/suggestions", response_model=SuggestionsAnswer, dependencies=[READ])
async def suggest_what_to_search(
    peers: Behind,
    actor: Acting,
    response: Response,
    q: Annotated[
        str, Query(min_length=2, max_length=100, description="What has been typed so far.")
    ],
    limit: Annotated[int, Query(ge=1, le=20, description="How many at most.")] = 10,
) -> SuggestionsAnswer:
    """Suggest what to search.

    While somebody types: names, short names and reference numbers that begin like it or have it
    further on, of what you may see and nothing else (Suchvorschläge). Each leads to its address.
    """
    if not folded(q):
        raise refused("q", "nothing", "Name something to be found.")
    question = {"q": q, "limit": str(4 * limit)}
    found = await queries.suggested(peers, actor, question)
    response.headers.update(NOT_KEPT)
    return SuggestionsAnswer(query=q, suggestions=rules.listed(found, limit))
