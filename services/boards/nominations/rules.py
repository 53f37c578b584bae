"""Whom organisations must name for a body, by when and why. Pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.boards.composition.rules import findings
from services.boards.forecasts.rules import days_of_change
from services.boards.rosters.rules import Roster, holds_on
from services.boards.tenures.rules import DAY
from services.boards.violations.rules import Finding
from services.contracts.boards.nominations import NominationReason as Reason
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.violations import ViolationCode as Code

_NOW: Mapping[Code, Reason] = {
    Code.vacant: Reason.vacant,
    Code.lapsed: Reason.lapsed,
    Code.carried_over: Reason.carried_over,
    Code.substitute_missing: Reason.substitute,
}


@dataclass(frozen=True)
class What:
    """Places that one organisation has to name people for, or their substitutes."""

    seat: str | None
    organisation: str | None
    substitutes: bool


@dataclass(frozen=True)
class Needed:
    """So many people are to be named."""

    what: What
    kind: OrganisationKind | None
    count: int
    due_on: date | None
    overdue: bool
    reason: Reason
    rule: str | None


def needed(roster: Roster, on: date, until: date) -> Sequence[Needed]:
    """What is to be named on the day, and what falls due up to another.

    A place for which somebody who begins later is known already asks for nobody, although it is
    empty until then.
    """
    days = [on, *days_of_change(roster, on)]
    asked = [_asked(roster, day) for day in days]
    found: list[Needed] = []
    for what in {one for of_day in asked for one in of_day}:
        known = 0
        for place, day in enumerate(days):
            if day > until:
                break
            lasting = _lasting(roster, what, days[place:], asked[place:])
            if lasting > known:
                of_day = asked[place][what]
                found += _parts(roster, what, of_day, lasting - known, day, overdue=day == on)
            known = lasting
    return sorted(found, key=_order)


def _asked(roster: Roster, day: date) -> Mapping[What, Sequence[Finding]]:
    """Who is missing on a day, by whose place it is."""
    found: dict[What, list[Finding]] = {}
    for one in findings(roster.on(day)):
        if one.code in _NOW and (one.seat is not None or one.rule is not None):
            what = What(one.seat, one.organisation, one.code == Code.substitute_missing)
            found.setdefault(what, []).append(one)
    return found


def _lasting(
    roster: Roster,
    what: What,
    days: Sequence[date],
    asked: Sequence[Mapping[What, Sequence[Finding]]],
) -> int:
    """How many are missing on the first of the days and, as far as is known, for good."""
    least: int | None = None
    for day, of_day in zip(days, asked, strict=True):
        if not _exists(roster, what, day):
            break
        missing = sum(one.count for one in of_day.get(what, ()))
        least = missing if least is None else min(least, missing)
    return least or 0


def _exists(roster: Roster, what: What, day: date) -> bool:
    seat = roster.seat.get(what.seat or "")
    organisation = roster.organisations.get(what.organisation or "")
    return all(holds_on(one, day) for one in (roster.body, seat, organisation) if one is not None)


def _parts(
    roster: Roster, what: What, found: Sequence[Finding], count: int, day: date, *, overdue: bool
) -> Iterator[Needed]:
    """What is to be named because of one day: as many as `count`, each with its reason."""
    for one in sorted(found, key=lambda one: (one.since != day, one.code)):
        part = min(count, one.count)
        if part:
            yield Needed(
                what,
                roster.kind(roster.seat.get(what.seat or ""), what.organisation),
                part,
                one.since if overdue else day,
                overdue,
                _NOW[one.code] if overdue else _reason(roster, what, one, day),
                one.rule,
            )
        count -= part


def _reason(roster: Roster, what: What, finding: Finding, day: date) -> Reason:
    if what.substitutes:
        return Reason.substitute
    if finding.code != Code.vacant:
        return Reason.term_ends
    left = any(
        one.until is not None
        and one.until + DAY == day
        and roster.owner(None, one.member) in (what.organisation, None)
        for one in roster.tenures.get(what.seat, ())
    )
    return Reason.leaves if left else Reason.new_place


def _order(one: Needed) -> tuple[date, str, str, Reason]:
    return one.due_on or date.min, one.what.seat or "", one.what.organisation or "", one.reason
