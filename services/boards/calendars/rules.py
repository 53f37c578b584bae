"""Meetings as iCalendar (RFC 5545): pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from icalendar import Calendar, Event

from services.contracts.boards.meetings import MeetingState
from services.contracts.shared.base import Language

_STATUS: Mapping[MeetingState, str] = {
    MeetingState.planned: "TENTATIVE",
    MeetingState.postponed: "CANCELLED",
    MeetingState.cancelled: "CANCELLED",
}


@dataclass(frozen=True)
class Entry:
    """A meeting as a calendar shows it."""

    id: UUID
    revision: int
    changed_at: datetime
    body: Mapping[str, str]
    name: Mapping[str, str]
    location: Mapping[str, str] | None
    state: MeetingState
    starts_at: datetime
    ends_at: datetime | None


def calendar(name: str, entries: Iterable[Entry], language: Language, address: str | None) -> bytes:
    """An iCalendar of the meetings. `address` is that of the meetings, where the world has one.

    Each keeps its UID for good; SEQUENCE grows with every change, so that programs follow. A
    meeting that is off stays there as CANCELLED.
    """
    made = Calendar()
    made.add("prodid", "-//Planraum//Planraum//DE")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval;value=duration", "PT6H")
    for entry in entries:
        made.add_component(_event(entry, language, address))
    return bytes(made.to_ical())


def _event(entry: Entry, language: Language, address: str | None) -> Event:
    event = Event()
    event.add("uid", f"urn:uuid:{entry.id}")
    event.add("sequence", entry.revision - 1)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at)
    if entry.ends_at is not None:
        event.add("dtend", entry.ends_at)
    event.add("summary", f"{_in(entry.body, language)}: {_in(entry.name, language)}")
    if entry.location is not None:
        event.add("location", _in(entry.location, language))
    event.add("status", _STATUS.get(entry.state, "CONFIRMED"))
    if address is not None:
        event.add("url", f"{address}/{entry.id}")
    return event


def _in(texts: Mapping[str, str], language: Language) -> str:
    return texts.get(language) or texts["de"]


def digest(token: str) -> str:
    """What is kept of the secret part of an address."""
    return sha256(token.encode()).hexdigest()
