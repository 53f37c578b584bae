"""What several services found, as one list: pure functions."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from services.contracts.shared.search import (
    Category,
    CategoryCount,
    Found,
    MeantWord,
    PlacedSuggestion,
    SearchAnswer,
    SearchHit,
    SearchSort,
    Suggestion,
)
from services.kit.search.asking import refused

FARTHEST = 500
"""Hits that can be reached by pages; who needs more narrows down."""


def chosen(categories: str | None) -> list[Category] | None:
    """The categories of a list with commas, or None for all. Refuses (422) unknown ones."""
    if categories is None:
        return None
    names = [name.strip() for name in categories.split(",")]
    unknown = [name for name in names if name not in set(Category)]
    if unknown:
        detail = f"There is no such category; there are {', '.join(Category)}."
        raise refused("category", "unknown", detail)
    return [Category(name) for name in dict.fromkeys(names)]


def reach(page: int, page_size: int) -> int:
    """How many hits have to be known for a page. Refuses (422) to go too far."""
    if page * page_size > FARTHEST:
        detail = f"Pages reach {FARTHEST} hits; narrow down by category or by more words."
        raise refused("page", "too_far", detail)
    return page * page_size


def merged(hits: Iterable[SearchHit], sort: SearchSort) -> list[SearchHit]:
    """Hits of all services in one order: the score of a hit depends on nothing but itself."""

    def place(hit: SearchHit) -> tuple[object, ...]:
        rank = (-hit.score, -(hit.dated_on or date.min).toordinal(), hit.category, hit.key)
        return (rank[1], *rank) if sort is SearchSort.date else rank

    return sorted(hits, key=place)


def better(words: Iterable[MeantWord]) -> dict[str, str]:
    """What to write instead of each word; nothing for words that some service knows."""
    best: dict[str, MeantWord] = {}
    for word in sorted(words, key=lambda w: (-w.likeness, w.meant, w.written)):
        best.setdefault(word.word, word)
    return {name: word.written for name, word in best.items() if word.meant != name}


def listed(suggestions: Iterable[PlacedSuggestion], limit: int) -> list[Suggestion]:
    """The suggestions of all services in one order, each name once."""
    told: dict[str, Suggestion] = {}
    for one in sorted(suggestions, key=lambda s: (s.place, len(s.start), s.start, s.address)):
        told.setdefault(one.title["de"], Suggestion.model_validate(one.model_dump()))
    return list(told.values())[:limit]


def answer(
    query: str,
    found: Collection[Found],
    categories: Collection[Category] | None,
    sort: SearchSort,
    page: int,
    page_size: int,
    meant: str | None = None,
) -> SearchAnswer:
    """The page that was asked for; `meant` is what was searched for instead of the question."""
    counts = Counter[Category]()
    for one in found:
        counts.update(one.counts)
    total = sum(n for name, n in counts.items() if categories is None or name in categories)
    hits = merged((hit for one in found for hit in one.hits), sort)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return SearchAnswer(
        query=query,
        did_you_mean=meant,
        corrected=meant is not None,
        total=total,
        categories=[CategoryCount(category=name, count=n) for name, n in ordered if n],
        page=page,
        page_size=page_size,
        pages=-(-total // page_size),
        hits=hits[(page - 1) * page_size : page * page_size],
    )
