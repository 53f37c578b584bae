"""Searching everything that a caller may see (Suche)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Answer, Language, example


class Category(StrEnum):
    """What is searched, by the collection in its address (Kategorie)."""

    organisations = "organisations"
    bodies = "bodies"
    meetings = "meetings"
    papers = "papers"
    recommendations = "recommendations"
    resolutions = "resolutions"
    publications = "publications"
    participation_processes = "participation-processes"
    topics = "topics"
    indicators = "indicators"
    indices = "indices"
    areas = "areas"
    facilities = "facilities"
    findings = "findings"
    reports = "reports"
    programmes = "programmes"
    projects = "projects"
    grants = "grants"
    measures = "measures"
    strategies = "strategies"
    fields_of_action = "fields-of-action"
    goals = "goals"
    planning_fields = "planning-fields"
    target_groups = "target-groups"
    operations = "operations"


class SearchSort(StrEnum):
    """In which order hits come (Sortierung)."""

    relevance = "relevance"
    date = "date"


_HIT = {
    "category": "bodies",
    "kind": "body",
    "key": "beirat-armutspraevention",
    "address": "/v1/jena/bodies/beirat-armutspraevention",
    "title": {"de": "Beirat Armutsprävention", "en": "Advisory board on poverty prevention"},
    "snippet": "Berät den Stadtrat in Fragen der <mark>Armutsprävention</mark>.",
    "dated_on": "2023-09-20",
    "score": 2.41,
}


class SearchHit(Answer):
    """Something that was found (Treffer)."""

    model_config = {**Answer.model_config, **example(**_HIT)}

    category: Category
    kind: str = Field(description="What it is, in the singular: `paper`, `indicator`.")
    key: str
    address: str = Field(description="Where it is read.")
    title: dict[Language, str] = Field(description="What it is called, by language.")
    snippet: str = Field(
        description="A piece of its text around what was found, as HTML: `<mark>` around each "
        "word, everything else escaped."
    )
    dated_on: date | None = Field(description="The day it is of; null when it has none.")
    score: float = Field(description="How well it fits, comparable over all of them.")


class Found(Answer):
    """What one service found: how much in each category, and the best of it."""

    counts: Mapping[Category, int]
    hits: list[SearchHit]


class CategoryCount(Answer):
    """How many hits are in a category (Facette)."""

    category: Category
    count: Annotated[int, Field(ge=1)]


class SearchAnswer(Answer):
    """What was found in everything that the caller may see (Suchergebnis)."""

    model_config = {
        **Answer.model_config,
        **example(
            query="armutspraevention",
            did_you_mean="armutsprävention",
            corrected=False,
            total=1,
            categories=[{"category": "bodies", "count": 1}],
            page=1,
            page_size=20,
            pages=1,
            hits=[_HIT],
        ),
    }

    query: str = Field(description="What was asked.")
    did_you_mean: str | None = Field(
        description="What was probably meant when nothing is spelt as in the question, or null."
    )
    corrected: bool = Field(
        description="Nothing was found for the question: these are the hits for `did_you_mean`."
    )
    total: int = Field(description="Hits in the chosen categories.")
    categories: list[CategoryCount] = Field(
        description="Hits in each category, also in those that were not chosen; most first."
    )
    page: int
    page_size: int
    pages: int = Field(description="How many pages there are.")
    hits: list[SearchHit]


class MeantWord(Answer):
    """What a word of a question may have meant, as one service knows it."""

    word: str
    meant: str
    likeness: float
    written: str = Field(description="As it stands in a text that everybody may see.")


class MeantWords(Answer):
    """What the words of a question may have meant."""

    words: list[MeantWord]


_SUGGESTION = {
    "category": "bodies",
    "kind": "body",
    "key": "beirat-armutspraevention",
    "address": "/v1/jena/bodies/beirat-armutspraevention",
    "title": {"de": "Beirat Armutsprävention", "en": "Advisory board on poverty prevention"},
}


class Suggestion(Answer):
    """Something whose name goes on like what was typed (Suchvorschlag)."""

    model_config = {**Answer.model_config, **example(**_SUGGESTION)}

    category: Category
    kind: str = Field(description="What it is, in the singular: `paper`, `indicator`.")
    key: str
    address: str = Field(description="Where it is read.")
    title: dict[Language, str] = Field(description="What it is called, by language.")


class PlacedSuggestion(Suggestion):
    """A suggestion of one service, with what decides about its place in the list."""

    place: int
    start: str


class PlacedSuggestions(Answer):
    """What one service suggests."""

    suggestions: list[PlacedSuggestion]


class SuggestionsAnswer(Answer):
    """What somebody may be about to type (Suchvorschläge)."""

    model_config = {
        **Answer.model_config,
        **example(query="armutspr", suggestions=[_SUGGESTION]),
    }

    query: str = Field(description="What was typed so far.")
    suggestions: list[Suggestion] = Field(
        description="Names that begin like it, then names that have it further on."
    )
