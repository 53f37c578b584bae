"""Is a seat filled as its rule says? Pure functions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.boards.composition import Expected, SeatState
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer, Open, Rule


@dataclass(frozen=True)
class Filling:
    """What the rule asks for, whether it is met, and which organisations have a place to take."""

    expected: Expected
    state: SeatState
    missing: Sequence[str] = ()


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
    missing = [one for one in organisations if not sent[one]]
    expected = Expected(minimum=len(organisations), maximum=len(organisations))
    surplus = sum(sent.values()) - (len(organisations) - len(missing))
    if surplus:
        return Filling(expected, SeatState.overfilled, missing)
    if not missing:
        return Filling(expected, SeatState.filled)
    return Filling(expected, SeatState.partly if senders else SeatState.vacant, missing)


def _counted(holders: int, minimum: int, maximum: int | None, owner: str | None) -> Filling:
    missing = [owner] if owner is not None and holders < minimum else []
    return Filling(
        Expected(minimum=minimum, maximum=maximum), state(holders, minimum, maximum), missing
    )


def state(holders: int, minimum: int, maximum: int | None) -> SeatState:
    """Vacant and partly filled below the minimum, overfilled above the maximum."""
    if maximum is not None and holders > maximum:
        return SeatState.overfilled
    if holders >= minimum:
        return SeatState.filled
    return SeatState.partly if holders else SeatState.vacant
