"""Is a seat filled as its rule says, and who votes on it? Pure functions."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.boards.composition import Expected, SeatState
from services.contracts.boards.memberships import HOLDING, Membership, MembershipRole
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer, Open, Rule, Seat


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


@dataclass(frozen=True)
class Voter:
    """Who holds a seat or a place on a day; keys, no names."""

    membership: str
    person: str
    seat: str | None
    organisation: str | None
    voting: bool
    chair: bool
    substitutes: tuple[str, ...]
    """Memberships of those who may step in, in this order."""


def voters(serving: Sequence[Membership], seats: Mapping[str, Seat]) -> Sequence[Voter]:
    """Each member with those who may step in: the pool of the seat, then that of the body."""
    pools: dict[str | None, list[str]] = defaultdict(list)
    for one in serving:
        if one.role == MembershipRole.substitute:
            pools[one.seat].append(one.key)
    found = []
    for one in serving:
        if one.role not in HOLDING or (one.seat is not None and one.seat not in seats):
            continue
        seat = seats[one.seat] if one.seat is not None else None
        pool = [*(pools[one.seat] if one.seat is not None else ()), *pools[None]]
        found.append(
            Voter(
                membership=one.key,
                person=one.person,
                seat=one.seat,
                organisation=one.on_behalf_of,
                voting=one.voting and (seat is None or seat.voting),
                chair=one.role == MembershipRole.chair or (seat is not None and seat.chair),
                substitutes=tuple(pool),
            )
        )
    return found


def legal_size(
    serving: Sequence[Membership],
    seats: Sequence[Seat],
    organisations: Mapping[str, Sequence[str]],
) -> tuple[int, int]:
    """Members, and voting members, by rule.

    A seat counts as many places as its rule fixes, filled or not; where the rule leaves room, as
    many as hold it, within the limits. Members without a seat count as they are.
    """
    holding = [one for one in serving if one.role in HOLDING]
    held = Counter(one.seat for one in holding)
    members, voting = held[None], sum(one.voting for one in holding if one.seat is None)
    for seat in seats:
        rule = seat.rule
        of_kind = organisations.get(rule.organisation_kind, ()) if isinstance(rule, OnePer) else ()
        wanted = fill(rule, (), of_kind).expected
        most = held[seat.key] if wanted.maximum is None else min(held[seat.key], wanted.maximum)
        size = max(wanted.minimum, most)
        members += size
        voting += size if seat.voting else 0
    return members, voting
