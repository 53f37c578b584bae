"""On which days something changes in a body, and what is wrong then. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.boards.composition.rules import findings
from services.boards.rosters.rules import Roster, last_day
from services.boards.seats.rules import filling
from services.boards.tenures.rules import DAY
from services.boards.violations.rules import Finding
from services.contracts.boards.composition import SeatState
from services.contracts.boards.forecasts import ForecastCode as Code
from services.contracts.boards.memberships import MembershipRole


@dataclass(frozen=True)
class Event:
    """One thing that happens, in keys; `forecasts.words` says it."""

    on: date
    code: Code
    seat: str | None = None
    rule: str | None = None
    organisation: str | None = None
    membership: str | None = None


@dataclass(frozen=True)
class Change:
    """What a day brings: events, and what is wrong from then on or not any more."""

    on: date
    complete: Mapping[str, bool]
    """Seat -> whether it is filled as its rule says."""
    events: Sequence[Event]
    appears: Sequence[Finding]
    disappears: Sequence[Finding]


def changes(roster: Roster, on: date, until: date) -> Sequence[Change]:
    """Every day after `on` and up to `until` on which something happens.

    As if nobody were appointed, ended or founded beside those who are known already.
    """
    found = []
    before = {one.what: one for one in findings(roster.on(on))}
    days = _by_day(roster, on, until)
    for day in sorted(days):
        then = roster.on(day)
        now = {one.what: one for one in findings(then)}
        found.append(
            Change(
                on=day,
                complete={
                    seat.key: filling(then, seat).state == SeatState.filled for seat in then.seats
                },
                events=days[day],
                appears=[one for what, one in now.items() if what not in before],
                disappears=[one for what, one in before.items() if what not in now],
            )
        )
        before = now
    return found


def days_of_change(roster: Roster, on: date) -> Sequence[date]:
    """Every day after `on` on which something is known to happen."""
    return sorted(_by_day(roster, on, date.max))


def _by_day(roster: Roster, on: date, until: date) -> Mapping[date, list[Event]]:
    days: dict[date, list[Event]] = {}
    for event in (*_of_body(roster), *_of_members(roster), *_of_substitutes(roster)):
        if on < event.on <= until:
            days.setdefault(event.on, []).append(event)
    return days


def _of_body(roster: Roster) -> Iterator[Event]:
    body = roster.body
    yield from _bounds(body.starts_on, body.ends_on, Code.body_begins, Code.body_ended)
    for seat in roster.seats:
        yield from _bounds(
            seat.starts_on, seat.ends_on, Code.seat_begins, Code.seat_ended, seat=seat.key
        )
    for rule in roster.rules:
        yield from _bounds(
            rule.starts_on, rule.ends_on, Code.rule_begins, Code.rule_ended, rule=rule.key
        )
    for key, one in roster.organisations.items():
        codes = (Code.organisation_begins, Code.organisation_ended)
        yield from _bounds(one.starts_on, one.ends_on, *codes, organisation=key)


def _bounds(
    first: date | None, last: date | None, begins: Code, ended: Code, **what: str | None
) -> Iterator[Event]:
    if first is not None:
        yield Event(first, begins, **what)
    if last is not None and last < date.max:
        yield Event(last + DAY, ended, **what)


def _of_members(roster: Roster) -> Iterator[Event]:
    for key, found in roster.tenures.items():
        seat = roster.seat.get(key or "")
        for one in found:
            member = one.member
            owner = roster.owner(seat, member)
            what = {"seat": key, "organisation": owner, "membership": member.key}
            yield Event(member.starts_on, Code.membership_begins, **what)
            last, term = member.ends_on, one.term_ends_on
            if last is not None and last < date.max:
                yield Event(last + DAY, Code.membership_ended, **what)
            if term is not None and term < date.max and (last is None or term < last):
                goes_on = one.holds(term + DAY)
                code = Code.carry_over_begins if goes_on else Code.term_ended
                yield Event(term + DAY, code, **what)


def _of_substitutes(roster: Roster) -> Iterator[Event]:
    for one in roster.members:
        if one.role == MembershipRole.substitute:
            last = last_day(one, roster.seat_behind(one))
            codes = (Code.substitute_begins, Code.substitute_ended)
            yield from _bounds(one.starts_on, last, *codes, seat=one.seat, membership=one.key)
