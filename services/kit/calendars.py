"""iCalendar (RFC 5545) for the calendar programs of people, which cannot sign in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event, vText


@dataclass(frozen=True)
class Entry:
    """What happens at a moment, or on a whole day, which nobody is busy for; `reminders` is how
    long before to ring."""

    id: UUID
    revision: int
    changed_at: datetime
    starts: datetime | date
    summary: str
    status: str
    ends: datetime | None = None
    location: str | None = None
    description: str | None = None
    url: str | None = None
    reminders: Sequence[timedelta] = ()


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """A calendar to subscribe to. Each entry keeps its UID for good; SEQUENCE grows with every
    change, so that programs follow."""
    made = Calendar()
    made.add("prodid", "-//Planraum//Planraum//DE")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(name))
    made.add("refresh-interval;value=duration", "PT6H")
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"urn:uuid:{entry.id}")
    event.add("sequence", entry.revision - 1)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    # In UTC, so that no zone has to be explained in the calendar.
    if isinstance(entry.starts, datetime):
        event.add("dtstart", entry.starts.astimezone(UTC))
    else:
        event.add("dtstart", entry.starts)
        event.add("transp", "TRANSPARENT")
    if entry.ends is not None:
        event.add("dtend", entry.ends.astimezone(UTC))
    event.add("summary", entry.summary)
    for field in ("location", "description", "url"):
        value = getattr(entry, field)
        if value is not None:
            event.add(field, value)
    event.add("status", entry.status)
    for before in entry.reminders:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event
