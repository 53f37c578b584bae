"""Searching everything that a caller may see (Suche)."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Answer, Language, example


class Category(StrEnum):
    """What is searched, by the collection in its address (Kategorie)."""

    organisations = "organisations"
    bodies = "bodies"
    seats = "seats"
    composition_rules = "composition-rules"
    procedures = "procedures"
    legislative_terms = "legislative-terms"
    powers = "powers"
    acts = "acts"
    meetings = "meetings"
    meeting_series = "meeting-series"
    agenda_items = "agenda-items"
    votes = "votes"
    papers = "papers"
    amendments = "amendments"
    recommendations = "recommendations"
    resolutions = "resolutions"
    implementations = "implementations"
    publications = "publications"
    coordinated_reports = "coordinated-reports"
    report_editions = "report-editions"
    participation_processes = "participation-processes"
    statements = "statements"
    files = "files"
    topics = "topics"
    indicators = "indicators"
    indices = "indices"
    dimensions = "dimensions"
    areas = "areas"
    area_levels = "area-levels"
    crosswalks = "crosswalks"
    facilities = "facilities"
    facility_kinds = "facility-kinds"
    needs_rules = "needs-rules"
    findings = "findings"
    releases = "releases"
    reports = "reports"
    slots = "slots"
    programmes = "programmes"
    projects = "projects"
    grants = "grants"
    notices = "notices"
    positions = "positions"
    obligations = "obligations"
    commitments = "commitments"
    expenditures = "expenditures"
    results = "results"
    target_indicators = "target-indicators"
    measures = "measures"
    strategies = "strategies"
    fields_of_action = "fields-of-action"
    goals = "goals"
    planning_fields = "planning-fields"
    planning_tasks = "planning-tasks"
    target_groups = "target-groups"
    operation_lists = "operation-lists"
    operations = "operations"


SERVICES: Mapping[str, Sequence[Category]] = {
    "boards": (
        Category.organisations,
        Category.bodies,
        Category.seats,
        Category.composition_rules,
        Category.procedures,
        Category.legislative_terms,
        Category.powers,
        Category.acts,
        Category.meetings,
        Category.meeting_series,
        Category.agenda_items,
        Category.votes,
        Category.papers,
        Category.amendments,
        Category.recommendations,
        Category.resolutions,
        Category.implementations,
        Category.publications,
        Category.coordinated_reports,
        Category.report_editions,
        Category.participation_processes,
        Category.statements,
        Category.files,
    ),
    "indicators": (
        Category.topics,
        Category.indicators,
        Category.indices,
        Category.dimensions,
        Category.areas,
        Category.area_levels,
        Category.crosswalks,
        Category.facilities,
        Category.facility_kinds,
        Category.needs_rules,
        Category.findings,
        Category.releases,
        Category.reports,
        Category.slots,
    ),
    "projects": (
        Category.programmes,
        Category.projects,
        Category.grants,
        Category.notices,
        Category.positions,
        Category.obligations,
        Category.commitments,
        Category.expenditures,
        Category.results,
        Category.target_indicators,
        Category.measures,
        Category.strategies,
        Category.fields_of_action,
        Category.goals,
        Category.planning_fields,
        Category.planning_tasks,
        Category.target_groups,
        Category.operation_lists,
        Category.operations,
    ),
}
"""Which service has which categories."""


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
    current: bool = Field(description="Whether all of it was made by the rules of today.")


class CategoryCount(Answer):
    """How many hits are in a category (Facette)."""

    category: Category
    count: Annotated[int, Field(ge=1)]


_MISSING = (
    "Categories of which nothing is known now, because the service that has them is away: the "
    "answer is without them."
)
_IN_PREPARATION = (
    "Categories that are just made ready anew, such as after an update: something may still be "
    "missing of them or not be of today."
)


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
            missing=["indicators", "topics"],
            in_preparation=["measures"],
        ),
    }

    query: str = Field(description="What was asked.")
    did_you_mean: str | None = Field(
        description="What was probably meant, when nothing or little is spelt as in the question; "
        "or null."
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
    missing: list[Category] = Field(description=_MISSING)
    in_preparation: list[Category] = Field(description=_IN_PREPARATION)


class MeantWord(Answer):
    """What a word of a question may have meant, as one service knows it."""

    word: str
    meant: str
    likeness: float
    documents: int = Field(description="In how many it stands that the caller may see, to 100.")
    written: str = Field(description="As it stands in a text that the caller may see.")


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
    current: bool = Field(description="Whether all of it was made by the rules of today.")


class SuggestionsAnswer(Answer):
    """What somebody may be about to type (Suchvorschläge)."""

    model_config = {
        **Answer.model_config,
        **example(
            query="armutspr",
            suggestions=[_SUGGESTION],
            missing=["areas"],
            in_preparation=["measures"],
        ),
    }

    query: str = Field(description="What was typed so far.")
    suggestions: list[Suggestion] = Field(
        description="Names that begin like it, then names that have it further on."
    )
    missing: list[Category] = Field(description=_MISSING)
    in_preparation: list[Category] = Field(description=_IN_PREPARATION)
