"""Meetings as entries of a calendar: pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.contracts.boards.meetings import MeetingState
from services.contracts.shared.base import Language
from services.kit import calendars
from services.kit.writing import text

_STATUS: Mapping[MeetingState, str] = {
    MeetingState.planned: "TENTATIVE",
    MeetingState.postponed: "CANCELLED",
    MeetingState.cancelled: "CANCELLED",
}

MEETINGS: Mapping[Language, str] = {"de": "Sitzungen", "en": "Meetings", "it": "Sedute"}


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
    """A calendar of the meetings. `address` is that of the meetings, where the world has one.

    A meeting that is off stays there as CANCELLED.
    """
    return calendars.calendar(name, (_entry(entry, language, address) for entry in entries))


def _entry(entry: Entry, language: Language, address: str | None) -> calendars.Entry:
    return calendars.Entry(
        id=entry.id,
        revision=entry.revision,
        changed_at=entry.changed_at,
        starts=entry.starts_at,
        ends=entry.ends_at,
        summary=f"{text(entry.body, language)}: {text(entry.name, language)}",
        location=text(entry.location, language) if entry.location is not None else None,
        status=_STATUS.get(entry.state, "CONFIRMED"),
        url=f"{address}/{entry.id}" if address is not None else None,
    )
