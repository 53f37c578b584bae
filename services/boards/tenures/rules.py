"""Who holds a seat, and how long: terms, carrying over, successors. Pure functions.

`ends_on` of a membership is its last day for good. A term may be over before: whoever is not
succeeded then is carried over where the seat says so, and has lapsed where it does not.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from services.contracts.boards.composition import TermState
from services.contracts.boards.memberships import HOLDING, NewMembership
from services.contracts.boards.seats import NewSeat, OnePer, places

M = TypeVar("M", bound=NewMembership)
DAY = timedelta(days=1)
Term = tuple[date, date | None]
"""First and last day; None while it lasts."""


@dataclass(frozen=True)
class Tenure(Generic[M]):
    """A membership with the end of its term and the beginning of its successor's."""

    member: M
    term_ends_on: date | None
    carries_over: bool
    succeeded_on: date | None = None

    @property
    def until(self) -> date | None:
        """Last day on which it is a place; None while none is known."""
        ends = [self.member.ends_on]
        if self.term_ends_on is not None:
            if not self.carries_over:
                ends.append(self.term_ends_on)
            elif self.succeeded_on is not None:
                ends.append(self.succeeded_on - DAY)
        return _first(ends)

    def standing(self, on: date) -> TermState | None:
        """None: not yet, no longer, or succeeded."""
        if on < self.member.starts_on or not _within(on, self.member.ends_on):
            return None
        if _within(on, self.until):
            return TermState.in_term if _within(on, self.term_ends_on) else TermState.carried_over
        succeeded = self.succeeded_on is not None and self.succeeded_on <= on
        return None if succeeded else TermState.lapsed

    def holds(self, on: date) -> bool:
        """Whether it is a place on the day: in its term or carried over."""
        return self.standing(on) in (TermState.in_term, TermState.carried_over)


def _within(on: date, last: date | None) -> bool:
    return last is None or on <= last


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def between(one: date | None, other: date | None) -> list[Term]:
    """The days from one bound of a term to another; a last day of None lasts."""
    if one == other:
        return []
    first, *last = sorted(day for day in (one, other) if day is not None)
    return [(first, last[0] if last else None)]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_term(member: NewMembership, seat: NewSeat | None) -> date | None:
    """The last day of a whole term of the seat; None when its terms have no length."""
    if seat is None or seat.term_months is None:
        return None
    return months_later(member.starts_on, seat.term_months) - DAY


def tenures(members: Iterable[M], seat: NewSeat | None) -> Sequence[Tenure[M]]:
    """The memberships of a seat, or those without one, by their beginning.

    Each that begins after another's end follows it, on behalf of the same organisation first, the
    one that waits longest first; when every place is taken, somebody who is carried over. Where
    each organisation of a kind has a place, one follows another of the same organisation only.
    """
    found: list[Tenure[M]] = []
    for member in sorted(members, key=lambda one: (one.starts_on, one.key or "")):
        if member.role not in HOLDING:
            continue
        if seat is not None:
            _follow(found, member, seat)
        ends = member.term_ends_on or full_term(member, seat)
        found.append(Tenure(member, ends, seat is not None and seat.carry_over))
    return found


def _follow(earlier: list[Tenure[M]], member: M, seat: NewSeat) -> None:
    """Note the successor at the one whom the member follows."""
    own = isinstance(seat.rule, OnePer)
    rivals = [one for one in earlier if not own or _same(one, member)]
    there = [one for one in rivals if one.holds(member.starts_on)]
    limit = 1 if own else places(seat.rule)
    full = limit is not None and len(there) >= limit
    waiting = [one for one in (there if full else rivals) if _waits(one, member.starts_on)]
    if waiting:
        first = min(waiting, key=lambda one: (not _same(one, member), _end(one)))
        earlier[earlier.index(first)] = replace(first, succeeded_on=member.starts_on)


def _same(one: Tenure[M], member: M) -> bool:
    return one.member.on_behalf_of == member.on_behalf_of


def _waits(one: Tenure[M], on: date) -> bool:
    return one.succeeded_on is None and _end(one) < on


def _end(one: Tenure[M]) -> date:
    return _first([one.member.ends_on, one.term_ends_on]) or date.max
