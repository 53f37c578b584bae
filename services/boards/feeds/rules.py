"""What stands in feeds, in which words: pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.boards.feeds.atom import Entry, Feed, Link, Tombstone
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.publications import Publication
from services.contracts.shared.base import Language
from services.kit.days import HERE
from services.kit.writing import text

JSON, HTML, ATOM = "application/json", "text/html", "application/atom+xml"
_TITLES: Mapping[str, Mapping[Language, str]] = {
    "publications": {"de": "Veröffentlichungen", "en": "Publications", "it": "Pubblicazioni"},
    "resolutions": {"de": "Beschlüsse", "en": "Resolutions", "it": "Delibere"},
    "meetings": {"de": "Sitzungen", "en": "Meetings", "it": "Sedute"},
}
_STATES: Mapping[MeetingState, Mapping[Language, str]] = {
    MeetingState.planned: {"de": "geplant", "en": "planned", "it": "in programma"},
    MeetingState.invited: {"de": "eingeladen", "en": "invited", "it": "convocata"},
    MeetingState.running: {"de": "läuft", "en": "running", "it": "in corso"},
    MeetingState.held: {"de": "durchgeführt", "en": "held", "it": "tenuta"},
    MeetingState.postponed: {"de": "verschoben", "en": "postponed", "it": "rinviata"},
    MeetingState.cancelled: {"de": "abgesagt", "en": "cancelled", "it": "annullata"},
}
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Place:
    """Where a feed is given out, and in which language."""

    address: str
    """The public address of the installation."""
    town: str
    town_id: int
    query: str
    language: Language
    names: Names

    def at(self, path: str) -> str:
        return f"{self.address}/v1/{self.town}/{path}"

    def named(self, place: str | None) -> str | None:
        """What a body or an organisation is called."""
        return in_language(self.names.get(place or ""), self.language)


def in_language(texts: Mapping[Any, str] | None, language: Language) -> str | None:
    """The text in the language, else in German."""
    return text(texts, language) if texts else None


def feed(
    place: Place, collection: str, body: str | None, entries: Sequence[Entry | Tombstone]
) -> Feed:
    """The feed of a collection, or of what a body has in it."""
    title = _TITLES[collection][place.language]
    of = place.named(f"bodies/{body}") or place.town
    own = place.at(f"{collection}/feed.atom") + (f"?{place.query}" if place.query else "")
    plain = place.at(collection) + (f"?body={body}" if body else "")
    return Feed(
        of=f"{place.town_id}:{collection}:{place.query}",
        title=f"{title} - {of}",
        author=of,
        language=place.language,
        links=(Link("self", own, ATOM), Link("alternate", plain, JSON)),
        entries=entries,
    )


def publication(
    place: Place, told: Publication, changed_at: datetime, files: Sequence[Any]
) -> Entry | Tombstone:
    """An entry of a publication, or its tombstone."""
    if told.withdrawn_at is not None:
        return Tombstone(told.id, told.withdrawn_at, told.reason or "")
    links = [Link("alternate", place.at(f"publications/{told.key}"), JSON)]
    if told.link is not None:
        links.append(Link("alternate", told.link, HTML))
    links += [
        Link(
            "enclosure",
            place.at(f"files/{file.key}/download"),
            file.mime_type,
            file.size,
            file.name,
        )
        for file in files
    ]
    places = [f"organisations/{told.publisher}", *(f"bodies/{key}" for key in told.bodies)]
    authors = [name for name in map(place.named, places) if name]
    current = told.current
    return Entry(
        id=told.id,
        title=in_language(told.title, place.language) or told.key,
        updated=changed_at,
        links=links,
        authors=authors or [place.town],
        published=current.published_on if current is not None else told.published_on,
        summary=in_language(told.summary, place.language),
        categories=[told.kind, *told.topics],
    )


def meeting(place: Place, row: Any) -> Entry:
    """An entry of a meeting: when, where, and how far it has come."""
    moment: datetime = row.starts_at
    key: str = row.key
    identifier: UUID = row.id
    where = in_language(row.location, place.language)
    state = in_language(_STATES[MeetingState(row.state)], place.language)
    said = [f"{moment.astimezone(HERE):%Y-%m-%d %H:%M}", where, state]
    return Entry(
        id=identifier,
        title=in_language(row.name, place.language) or key,
        updated=row.changed_at,
        links=[Link("alternate", place.at(f"meetings/{key}"), JSON)],
        authors=[place.named(f"bodies/{row.body}") or place.town],
        summary=", ".join(part for part in said if part),
        categories=[row.kind, row.state],
    )


def resolution(place: Place, row: Any, changed_at: datetime) -> Entry:
    """An entry of a resolution: its number, its words, and whether it holds."""
    key: str = row.key
    title = in_language(row.title, place.language) or key
    return Entry(
        id=row.id,
        title=f"{row.reference}: {title}",
        updated=changed_at,
        links=[Link("alternate", place.at(f"resolutions/{key}"), JSON)],
        authors=[place.named(f"bodies/{row.body}") or place.town],
        published=row.decided_on,
        summary=in_language(row.text, place.language),
        categories=[row.kind, row.state],
    )
