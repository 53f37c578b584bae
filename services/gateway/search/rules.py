"""What several services found, as one list: pure functions."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from services.contracts.shared.search import (
    SERVICES,
    Category,
    CategoryCount,
    Found,
    MeantWord,
    PlacedSuggestion,
    PlacedSuggestions,
    SearchAnswer,
    SearchHit,
    SearchSort,
    Suggestion,
)
from services.kit.problems import Invalid

FARTHEST = 500
"""Hits that can be reached by pages; who needs more narrows down."""
_LITTLE = 2
"""Hits up to which it is asked whether something else was meant."""
_MUCH_LIKE, _MANY_TIMES = 0.6, 5
"""How like a word has to be, and in how many times the documents, to be meant for another."""
_SHORTEST, _DIGIT = 3, re.compile(r"\d")


def chosen(categories: str | None) -> list[Category] | None:
    """The categories of a list with commas, or None for all. Refuses (422) unknown ones."""
    if categories is None:
        return None
    names = [name.strip() for name in categories.split(",")]
    unknown = [name for name in names if name not in set(Category)]
    if unknown:
        detail = f"There is no such category; there are {', '.join(Category)}."
        raise Invalid(detail, parameter="category", code="unknown")
    return [Category(name) for name in dict.fromkeys(names)]


def reach(page: int, page_size: int) -> int:
    """How many hits have to be known for a page. Refuses (422) to go too far."""
    if page * page_size > FARTHEST:
        detail = f"Pages reach {FARTHEST} hits; narrow down by category or by more words."
        raise Invalid(detail, parameter="page", code="too_far")
    return page * page_size


def merged(hits: Iterable[SearchHit], sort: SearchSort) -> list[SearchHit]:
    """Hits of all services in one order: the score of a hit depends on nothing but itself."""

    def place(hit: SearchHit) -> tuple[object, ...]:
        rank = (-hit.score, -(hit.dated_on or date.min).toordinal(), hit.category, hit.key)
        return (rank[1], *rank) if sort is SearchSort.date else rank

    return sorted(hits, key=place)


def poor(found: Iterable[Found]) -> bool:
    """Is it so little that something else may have been meant?"""
    return sum(sum(one.counts.values()) for one in found) <= _LITTLE


def doubted(words: Iterable[str]) -> list[str]:
    """Those of the words that may be misspelt: no numbers, and nothing too short to tell."""
    return [word for word in words if len(word) >= _SHORTEST and not _DIGIT.search(word)]


def better(words: Iterable[MeantWord]) -> dict[str, str]:
    """What to write instead of each word: for one that no service knows what is most like it, for
    one that stands in few documents only what is much like it and stands in many."""
    likeness: dict[tuple[str, str], MeantWord] = {}
    documents = Counter[tuple[str, str]]()
    for one in sorted(words, key=lambda w: (-w.likeness, -w.documents, w.written)):
        likeness.setdefault((one.word, one.meant), one)
        documents[one.word, one.meant] += one.documents
    best: dict[str, str] = {}
    for (name, meant), one in likeness.items():
        own = documents[name, name]
        if meant == name or name in best or not documents[name, meant]:
            continue
        if own == 0 or (one.likeness >= _MUCH_LIKE and documents[name, meant] >= _MANY_TIMES * own):
            best[name] = one.written
    return best


def finds_more(other: Iterable[Found], found: Iterable[Found]) -> bool:
    """Does the other question find more than the one that was asked?"""
    ours, theirs = (sum(sum(one.counts.values()) for one in each) for each in (found, other))
    return theirs > ours


def listed(suggestions: Iterable[PlacedSuggestion], limit: int) -> list[Suggestion]:
    """The suggestions of all services in one order, each name once."""
    told: dict[str, PlacedSuggestion] = {}
    for one in sorted(suggestions, key=lambda s: (s.place, len(s.start), s.start, s.address)):
        told.setdefault(one.title["de"], one)
    first = list(told.values())[:limit]
    return [Suggestion(**one.model_dump(exclude={"place", "start"})) for one in first]


def categories_of(services: Iterable[str]) -> list[Category]:
    """What these services have, in the order of their categories."""
    return [category for name in services for category in SERVICES[name]]


def in_preparation(told: Mapping[str, Found | PlacedSuggestions]) -> list[Category]:
    """The categories of services whose documents are just made anew."""
    return categories_of(name for name, one in told.items() if not one.current)


def answer(
    query: str,
    found: Collection[Found],
    categories: Collection[Category] | None,
    sort: SearchSort,
    page: int,
    page_size: int,
    *,
    meant: str | None = None,
    corrected: bool = False,
    missing: Sequence[Category] = (),
    preparing: Sequence[Category] = (),
) -> SearchAnswer:
    """The page that was asked for; `meant` is what was probably meant, `corrected` whether these
    are its hits."""
    counts = Counter[Category]()
    for one in found:
        counts.update(one.counts)
    total = sum(n for name, n in counts.items() if categories is None or name in categories)
    hits = merged((hit for one in found for hit in one.hits), sort)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return SearchAnswer(
        query=query,
        did_you_mean=meant,
        corrected=corrected,
        total=total,
        categories=[CategoryCount(category=name, count=n) for name, n in ordered if n],
        page=page,
        page_size=page_size,
        pages=-(-total // page_size),
        hits=hits[(page - 1) * page_size : page * page_size],
        missing=list(missing),
        in_preparation=list(preparing),
    )
