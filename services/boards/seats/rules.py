"""Is a seat filled as its rule says? Pure functions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.boards.rosters.rules import Day
from services.boards.tenures.rules import Term, between
from services.contracts.boards.composition import Expected, SeatState
from services.contracts.boards.seats import (
    Category,
    Exactly,
    ExOfficio,
    NewSeat,
    OnePer,
    Open,
    Rule,
    Seat,
)

Places = Sequence[tuple[str | None, int]]
"""How many places, each with the organisation whose they are where the rule names one."""


@dataclass(frozen=True)
class Filling:
    """What the rule asks for, whether it is met, and whose places are free or taken twice."""

    expected: Expected
    state: SeatState
    free: Places = ()
    surplus: Places = ()

    @property
    def missing(self) -> Sequence[str]:
        """Organisations that have a place to take."""
        return [owner for owner, _ in self.free if owner is not None]


def fill(rule: Rule, senders: Sequence[str | None], organisations: Sequence[str] = ()) -> Filling:
    """How the rule is met by holders on behalf of `senders`, one entry per holder.

    `organisations` are those of the kind that a rule `one_per` names.
    """
    match rule:
        case OnePer():
            return _one_per(senders, organisations)
        case Exactly(count=number, organisation=owner):
            return _counted(len(senders), number, number, owner)
        case ExOfficio(organisation=owner):
            return _counted(len(senders), 1, 1, owner)
        case Category() | Open():
            return _counted(len(senders), rule.minimum, rule.maximum, None)


def _one_per(senders: Sequence[str | None], organisations: Sequence[str]) -> Filling:
    sent = Counter(senders)
    free = [(one, 1) for one in organisations if not sent[one]]
    expected = Expected(minimum=len(organisations), maximum=len(organisations))
    surplus = [(one, n - (one in organisations)) for one, n in sent.items()]
    too_many = sorted((one or "", n) for one, n in surplus if n)
    if too_many:
        twice = [(one or None, n) for one, n in too_many]
        return Filling(expected, SeatState.overfilled, free, twice)
    if not free:
        return Filling(expected, SeatState.filled)
    return Filling(expected, SeatState.partly if senders else SeatState.vacant, free)


def _counted(holders: int, minimum: int, maximum: int | None, owner: str | None) -> Filling:
    free = [(owner, minimum - holders)] if holders < minimum else []
    over = maximum is not None and holders > maximum
    surplus = [(owner, holders - maximum)] if maximum is not None and over else []
    expected = Expected(minimum=minimum, maximum=maximum)
    return Filling(expected, state(holders, minimum, maximum), free, surplus)


def state(holders: int, minimum: int, maximum: int | None) -> SeatState:
    """Vacant and partly filled below the minimum, overfilled above the maximum."""
    if maximum is not None and holders > maximum:
        return SeatState.overfilled
    if holders >= minimum:
        return SeatState.filled
    return SeatState.partly if holders else SeatState.vacant


def filling(day: Day, seat: Seat) -> Filling:
    """How a seat is filled on a day."""
    rule = seat.rule
    of_kind = day.of_kind.get(rule.organisation_kind, ()) if isinstance(rule, OnePer) else ()
    return fill(rule, [one.member.on_behalf_of for one in day.held[seat.key]], of_kind)


_OF_VOTERS = {"voting", "chair", "term_months", "carry_over", "rule"}
_WORDS = {"rule": {"office", "label", "minimum"}}
"""What a rule says that makes nobody a member."""


def other_terms(old: NewSeat, new: NewSeat) -> list[Term]:
    """The days on which a change of a seat may make another a voting member."""
    was, now = ((one.starts_on or date.min, one.ends_on) for one in (old, new))
    told = [one.model_dump(include=_OF_VOTERS, exclude=_WORDS) for one in (old, new)]
    if told[0] != told[1]:
        return [was, now]
    return [*between(was[0], now[0]), *between(was[1], now[1])]
