"""Meetings as calendars show them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from icalendar import Calendar

from services.boards.calendars.rules import Entry, calendar
from services.contracts.boards.meetings import MeetingState as State
from services.contracts.shared.base import Language

MEETING = Entry(
    id=UUID("0193d3a4-5b6c-7d8e-9f00-112233445566"),
    revision=1,
    changed_at=datetime(2026, 6, 1, 8, tzinfo=UTC),
    body={"de": "Beirat", "en": "Advisory board"},
    name={"de": "1. Sitzung"},
    location=None,
    state=State.invited,
    starts_at=datetime(2026, 7, 1, 15, tzinfo=UTC),
    ends_at=None,
)
STATUS = {
    State.planned: "TENTATIVE",
    State.invited: "CONFIRMED",
    State.running: "CONFIRMED",
    State.held: "CONFIRMED",
    State.postponed: "CANCELLED",
    State.cancelled: "CANCELLED",
}


def event(entry: Entry, language: Language = "de", address: str | None = None) -> dict[str, str]:
    (found,) = Calendar.from_ical(calendar("Sitzungen", [entry], language, address)).walk("VEVENT")
    return {name: str(value) for name, value in found.items()}


@pytest.mark.parametrize("state", list(State))
def test_a_meeting_is_to_come_or_sure_or_off(state: State) -> None:
    assert event(replace(MEETING, state=state))["STATUS"] == STATUS[state]


def test_a_meeting_is_told_in_the_language_with_its_address_where_the_world_has_one() -> None:
    there = replace(MEETING, location={"de": "Rathaus", "en": "Town hall"})
    told = event(there, "en", "https://example.org/v1/jena/meetings")
    assert (told["SUMMARY"], told["LOCATION"], told["URL"]) == (
        "Advisory board: 1. Sitzung",
        "Town hall",
        "https://example.org/v1/jena/meetings/0193d3a4-5b6c-7d8e-9f00-112233445566",
    )
    assert event(MEETING).keys().isdisjoint({"LOCATION", "URL", "DTEND"})
