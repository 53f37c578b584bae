"""Cursors over several journals, and what they say put in one order: pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge

from services.contracts.shared.events import Event, Happened, Scan
from services.contracts.shared.problems import Fault
from services.kit import paging
from services.kit.problems import Invalid

Places = Mapping[str, int]
"""Number of the last entry that was told, for each journal."""
LATEST = "latest"


@dataclass(frozen=True)
class Line:
    """A stretch of what happened, in order; where it ends, and whether more is there already."""

    events: Sequence[Event]
    places: Places
    more: bool


def cursor_of(town: int, places: Places) -> str:
    """An opaque cursor; of one municipality only."""
    return paging.encode([town, *(f"{name}:{seq}" for name, seq in sorted(places.items()))])


def places_of(town: int, cursor: str, parameter: str) -> Places:
    """Where a cursor points. Refuses what is none, and one of another municipality.

    `parameter`, `header` or `pointer`: where it was given.
    """
    try:
        own, *parts = paging.decode(cursor)
        if own != town:
            raise ValueError
        pairs = [str(part).split(":") for part in parts]
        if any(len(seq) > 18 for _, seq in pairs):
            raise ValueError
        return {name: max(0, int(seq)) for name, seq in pairs}
    except (ValueError, Invalid):
        detail = "This is not a cursor of these events; without one they begin at the first."
        name = {"header": "Last-Event-ID", "pointer": "/after"}.get(parameter, "after")
        fault = Fault(**{parameter: name}, code="cursor", detail=detail)
        raise Invalid("The cursor is not valid.", faults=[fault]) from None


def in_line(
    town: tuple[int, str], source: str, before: Places, scans: Mapping[str, Scan], limit: int
) -> Line:
    """What the journals say, in one line: in each in its own order, between them by time.

    It ends where a journal was not looked at to its end, so that nothing overtakes what is not
    known yet. Whatever was left out comes after the places where the line ends.
    """
    left = {name: len(scan.entries) for name, scan in scans.items()}
    places = {**before, **{name: scan.seq for name, scan in scans.items() if not scan.entries}}
    waits = any(scan.more and not scan.entries for scan in scans.values())
    events: list[Event] = []
    for name, entry in _by_time(scans):
        if waits or len(events) == limit:
            break
        left[name] -= 1
        places[name] = entry.seq if left[name] else scans[name].seq
        waits = scans[name].more and not left[name]
        events.append(event_of(name, entry, town, source, places))
    more = any(left.values()) or any(scan.more for scan in scans.values())
    return Line(events, places, more)


def event_of(
    name: str, entry: Happened, town: tuple[int, str], source: str, places: Places | None
) -> Event:
    """The entry of a journal as an event, with the places of all journals after it."""
    return Event(
        id=f"{name}-{entry.seq}",
        source=source,
        type=entry.type,
        subject=entry.subject,
        time=entry.at,
        data=dict(entry.data),
        municipality=town[1],
        cursor=None if places is None else cursor_of(town[0], places),
    )


def _by_time(scans: Mapping[str, Scan]) -> Iterable[tuple[str, Happened]]:
    """Each journal in its order, whatever its clock said; between them the earlier first."""
    lines = [[(name, entry) for entry in scan.entries] for name, scan in sorted(scans.items())]
    return merge(*lines, key=lambda one: one[1].at)
