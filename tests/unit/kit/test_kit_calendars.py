"""Calendars as programs read them (RFC 5545), byte by byte."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.calendars import Entry, calendar

AT = datetime(2026, 7, 1, 15, 0, tzinfo=UTC)
MEETING = Entry(
    id=UUID("0193d3a4-5b6c-7d8e-9f00-112233445566"),
    revision=3,
    changed_at=datetime(2026, 6, 1, 8, 30, 15, 250_000, tzinfo=UTC),
    starts=AT,
    summary="Beirat",
    status="CONFIRMED",
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300)


def lines(*entries: Entry, name: str = "Sitzungen") -> list[str]:
    """Content lines without their folds."""
    told = calendar(name, entries)
    assert told.endswith(b"\r\n")
    physical = told.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in physical)
    assert max(map(len, physical)) <= 75
    for line in physical:
        line.decode()  # no character is torn by a fold
    return told.decode().removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def event(entry: Entry) -> dict[str, str]:
    """Name with its parameters -> value, of the entry itself."""
    told = lines(entry)
    inside = told[told.index("BEGIN:VEVENT") + 1 : told.index("END:VEVENT")]
    inside = inside[: inside.index("BEGIN:VALARM")] if "BEGIN:VALARM" in inside else inside
    found = dict(line.split(":", 1) for line in inside)
    assert len(found) == len(inside), "no property is there twice"
    return found


def read(value: str) -> str:
    """A TEXT as a program reads it (3.3.11)."""
    out, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            out += "\n" if after in "nN" else after
        else:
            assert sign not in ",;", "a comma would begin another value"
            out += sign
    return out


def test_a_meeting_says_what_it_is_and_nothing_that_nobody_knows() -> None:
    assert event(MEETING) == {
        "UID": "urn:uuid:0193d3a4-5b6c-7d8e-9f00-112233445566",
        "SEQUENCE": "2",
        "DTSTAMP": "20260601T083015Z",
        "LAST-MODIFIED": "20260601T083015Z",
        "DTSTART": "20260701T150000Z",
        "SUMMARY": "Beirat",
        "STATUS": "CONFIRMED",
    }
    entry = replace(MEETING, ends=AT + timedelta(hours=2), location="Rathaus", description="Bitte")
    told = event(replace(entry, url="https://example.org/a;b,c"))
    assert (told["DTEND"], told["LOCATION"], told["DESCRIPTION"], told["URL"]) == (
        "20260701T170000Z",
        "Rathaus",
        "Bitte",
        "https://example.org/a;b,c",
    )


def test_a_calendar_is_one_to_subscribe_to() -> None:
    told = lines()
    assert (told[0], told[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {
        "VERSION:2.0",
        "PRODID:-//Planraum//Planraum//DE",
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    } <= set(told)


@pytest.mark.parametrize("zone", [ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-5)), UTC])
def test_every_moment_is_told_in_utc(zone: ZoneInfo | timezone) -> None:
    there = replace(MEETING, starts=AT.astimezone(zone), ends=AT.astimezone(zone))
    told = event(there)
    assert (told["DTSTART"], told["DTEND"]) == ("20260701T150000Z", "20260701T150000Z")


def test_a_whole_day_keeps_nobody_busy() -> None:
    told = event(replace(MEETING, starts=date(2026, 7, 1)))
    assert (told["DTSTART;VALUE=DATE"], told["TRANSP"]) == ("20260701", "TRANSPARENT")
    assert "TRANSP" not in event(MEETING)


def test_it_rings_as_long_before_as_was_said() -> None:
    told = lines(replace(MEETING, reminders=[timedelta(days=7), timedelta(hours=1)]))
    assert [line for line in told if line.startswith("TRIGGER")] == [
        "TRIGGER:-P7D",
        "TRIGGER:-PT1H",
    ]
    assert told.count("ACTION:DISPLAY") == told.count("DESCRIPTION:Beirat") == 2


@given(name=TEXTS, summary=TEXTS, description=TEXTS)
def test_whatever_is_called_however_it_stays_one_property(
    name: str, summary: str, description: str
) -> None:
    described = f"{description}\nEND:VEVENT\n"
    entry = replace(MEETING, summary=summary, description=described)
    told = event(entry)
    assert (read(told["SUMMARY"]), read(told["DESCRIPTION"])) == (summary, described)
    (called,) = (line for line in lines(entry, name=name) if line.startswith("X-WR-CALNAME:"))
    assert read(called.removeprefix("X-WR-CALNAME:")) == name
