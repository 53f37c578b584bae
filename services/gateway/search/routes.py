"""The search over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from services.contracts.shared.search import SearchAnswer, SearchSort, SuggestionsAnswer
from services.gateway.peers import Behind
from services.gateway.search import queries, rules
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.languages import InLanguage, told_in
from services.kit.problems import Invalid
from services.kit.search.asking import corrected as other_words
from services.kit.search.asking import understood
from services.kit.search.folding import folded

search = router("Search")
READ = requires("gateway.search:read")
NOT_KEPT = {"Cache-Control": "private, no-cache"}
"""The cache of the gateway learns of changes service by service; an answer of all is asked anew."""


@search.get("/search", response_model=SearchAnswer, dependencies=[READ])
async def search_everything(
    peers: Behind,
    actor: Acting,
    response: Response,
    lang: InLanguage,
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
) -> SearchAnswer:
    """Search everything.

    One ranked list over all services, of what you may see and nothing else: counts, categories and
    snippets know no more than the lists of each collection (Suche). Words are found in any form and
    as the beginning of longer ones, umlauts however they are written; words in quotes are found
    verbatim, one after the other, and so are codes and reference numbers. `categories` counts all
    hits, so that it can be narrowed down; pages reach 500 hits. When nothing is spelt like the
    question, `did_you_mean` says what is, and the hits are for that (`corrected`); when little is,
    it only says so. While a service is away, `missing` names the categories that the answer is
    without; `in_preparation` those that are just made ready anew. Refused: a question that names
    nothing, and a category that does not exist.
    """
    asked = understood(q)
    categories = rules.chosen(category)
    question = {"q": q, "sort": sort.value, "lang": lang}
    question["limit"] = str(rules.reach(page, page_size))
    if categories is not None:
        question["category"] = ",".join(categories)
    told = await queries.found(peers, actor, question)
    meant, corrected, away = None, False, {*told.away}
    if rules.poor(told.answers.values()):
        doubted = rules.doubted(asked.whole.split(" "))
        words = await queries.meant(peers, actor, doubted) if doubted else []
        if better := rules.better(words):
            other = other_words(q, better)
            instead = await queries.found(peers, actor, {**question, "q": other})
            if rules.finds_more(instead.answers.values(), told.answers.values()):
                meant, corrected = other, not any(one.counts for one in told.answers.values())
                if corrected:
                    told, away = instead, away | {*instead.away}
    response.headers.update({**NOT_KEPT, **told_in(lang)})
    return rules.answer(
        q,
        told.answers.values(),
        categories,
        sort,
        page,
        page_size,
        meant=meant,
        corrected=corrected,
        missing=rules.categories_of(name for name in peers if name in away),
        preparing=rules.in_preparation(told.answers),
    )


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
    While a service is away, `missing` names the categories that the answer is without.
    """
    if not folded(q):
        raise Invalid("Name something to be found.", parameter="q", code="nothing")
    question = {"q": q, "limit": str(4 * limit)}
    told = await queries.suggested(peers, actor, question)
    found = (one for answer in told.answers.values() for one in answer.suggestions)
    response.headers.update(NOT_KEPT)
    return SuggestionsAnswer(
        query=q,
        suggestions=rules.listed(found, limit),
        missing=rules.categories_of(told.away),
        in_preparation=rules.in_preparation(told.answers),
    )
