"""Where a body is not composed as its seats say, on a day. Pure functions.

What a seat lacks is told once, at the seat. Rules for the body as a whole are asked as if every
free place were taken by whom it is for: see decision 0026.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.boards.rosters.rules import Day, Held
from services.boards.seats.rules import filling
from services.boards.tenures.rules import DAY, full_term
from services.contracts.boards.composition import TermState
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer, Open, Seat
from services.contracts.boards.violations import ViolationCode as Code


@dataclass(frozen=True)
class Finding:
    """One thing that is not as a rule says, in keys and numbers; `violations.words` says it."""

    code: Code
    seat: str | None = None
    rule: str | None = None
    organisation: str | None = None
    organisation_kind: OrganisationKind | None = None
    memberships: tuple[str, ...] = ()
    count: int = 1
    since: date | None = None
    more: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What else the sentence needs."""

    @property
    def what(self) -> tuple[object, ...]:
        """The same on two days when it is the same thing that is wrong."""
        who = (self.organisation, self.organisation_kind, self.count)
        return self.code, self.seat, self.rule, *who


def of_seats(day: Day) -> Iterator[Finding]:
    """What is wrong with single seats."""
    for seat in day.seats:
        yield from _expired(day, seat)
        yield from _numbers(day, seat)
        yield from _unlawful(day, seat)
    yield from _without_seat(day)
    yield from _left_over(day)
    yield from _two_seats(day)


def _expired(day: Day, seat: Seat) -> Iterator[Finding]:
    carried = [one for one in day.held[seat.key] if one.standing(day.on) == TermState.carried_over]
    expired = ((Code.carried_over, _by_place(seat, carried)), (Code.lapsed, _lapsed(day, seat)))
    for code, found in expired:
        for organisation, of_one in found.items():
            yield Finding(
                code,
                seat.key,
                organisation=organisation,
                memberships=_keys(of_one),
                count=len(of_one),
                since=min(one.term_ends_on + DAY for one in of_one if one.term_ends_on),
            )


def _lapsed(day: Day, seat: Seat) -> Mapping[str | None, Sequence[Held]]:
    """Whose term is over and who has left a place free, the last first, by whose place it is.

    Where places are not counted everybody whose membership has lapsed.
    """
    found = _by_place(seat, day.lapsed[seat.key])
    if isinstance(seat.rule, Category | Open):
        return found
    free = dict(filling(day, seat).free)
    last = {owner: sorted(of_one, key=_term, reverse=True) for owner, of_one in found.items()}
    left = {owner: of_one[: free.get(owner, 0)] for owner, of_one in last.items()}
    return {owner: of_one for owner, of_one in left.items() if of_one}


def _term(one: Held) -> tuple[date, str]:
    return one.term_ends_on or date.max, one.member.key


def _numbers(day: Day, seat: Seat) -> Iterator[Finding]:
    filled, lapsed = filling(day, seat), _lapsed(day, seat)
    for owner, number in filled.free:
        of_owner = lapsed.get(owner, ()) if owner is not None else _all(lapsed)
        told = len(of_owner)
        if number > told and not _ended(day, owner):
            yield Finding(
                Code.vacant,
                seat.key,
                organisation=owner,
                organisation_kind=day.roster.kind(seat, owner),
                count=number - told,
                since=_vacant_since(day, seat, owner),
            )
    for owner, number in filled.surplus:
        holders: Sequence[Held] = day.held[seat.key]
        if isinstance(seat.rule, OnePer):
            holders = [one for one in holders if one.member.on_behalf_of == owner]
        yield Finding(
            Code.overfilled,
            seat.key,
            organisation=owner,
            memberships=_keys(holders),
            count=number,
        )


def _unlawful(day: Day, seat: Seat) -> Iterator[Finding]:
    rule, held = seat.rule, day.held[seat.key]
    owner = rule.organisation if isinstance(rule, Exactly | ExOfficio) else None
    gone = {owner} | {one.member.on_behalf_of for one in held}
    for organisation in sorted(one for one in gone if one is not None and _ended(day, one)):
        sent = [one for one in held if one.member.on_behalf_of in (organisation, None)]
        yield _sender_ended(day, seat, organisation, sent)
    strangers = [one for one in held if _stranger(day, seat, one)]
    for sender, of_one in _by_owner(day, seat, strangers).items():
        yield Finding(Code.wrong_sender, seat.key, None, sender, None, _keys(of_one), len(of_one))
    too_much = [one for one in held if one.member.voting and not seat.voting]
    if too_much:
        yield Finding(Code.no_vote, seat.key, memberships=_keys(too_much), count=len(too_much))
    long = [one for one in held if _longer(one, seat)]
    if long:
        yield Finding(Code.term_too_long, seat.key, memberships=_keys(long), count=len(long))


def _stranger(day: Day, seat: Seat, one: Held) -> bool:
    sender = one.member.on_behalf_of
    match seat.rule:
        case Exactly(organisation=owner) | ExOfficio(organisation=owner) if owner is not None:
            return sender not in (None, owner)
        case Category(organisation_kind=kind) if kind is not None and sender is not None:
            return day.roster.kind(None, sender) != kind
    return False


def _longer(one: Held, seat: Seat) -> bool:
    whole = full_term(one.member, seat)
    return whole is not None and one.term_ends_on is not None and one.term_ends_on > whole


def _ended(day: Day, organisation: str | None) -> bool:
    known = day.roster.organisations.get(organisation or "")
    return known is not None and known.ends_on is not None and known.ends_on < day.on


def _sender_ended(day: Day, seat: Seat, organisation: str, sent: Sequence[Held]) -> Finding:
    last = day.roster.organisations[organisation].ends_on
    return Finding(
        Code.sender_ended,
        seat.key,
        organisation=organisation,
        memberships=_keys(sent),
        count=max(1, len(sent)),
        since=last + DAY if last is not None else None,
    )


def _without_seat(day: Day) -> Iterator[Finding]:
    if lapsed := day.lapsed[None]:
        since = min(one.term_ends_on + DAY for one in lapsed if one.term_ends_on)
        yield Finding(Code.lapsed, memberships=_keys(lapsed), count=len(lapsed), since=since)


def _left_over(day: Day) -> Iterator[Finding]:
    there = {seat.key for seat in day.seats}
    for key in sorted({one.member.seat or "" for one in day.left_over}):
        seat = day.roster.seat[key]
        of_seat = [one for one in day.left_over if one.member.seat == key]
        if key not in there:
            ended = seat.ends_on is not None and seat.ends_on < day.on
            since = seat.ends_on + DAY if seat.ends_on is not None and ended else None
            yield Finding(
                Code.seat_ended,
                key,
                memberships=_keys(of_seat),
                count=len(of_seat),
                since=since,
            )
            continue
        for organisation, of_one in _by_owner(day, seat, of_seat).items():
            if organisation is not None and _ended(day, organisation):
                yield _sender_ended(day, seat, organisation, of_one)
            else:
                yield Finding(
                    Code.wrong_sender, key, None, organisation, None, _keys(of_one), len(of_one)
                )


def _two_seats(day: Day) -> Iterator[Finding]:
    first: dict[str, Held] = {}
    for seat in day.seats:
        for one in day.held[seat.key]:
            before = first.setdefault(one.member.person, one)
            if before is not one:
                yield Finding(Code.two_seats, seat.key, memberships=_keys([before, one]))


def _vacant_since(day: Day, seat: Seat, owner: str | None) -> date | None:
    """The day on which the place became free, or on which it came to be."""
    own = [
        one
        for one in day.roster.tenures.get(seat.key, ())
        if not isinstance(seat.rule, OnePer) or one.member.on_behalf_of == owner
    ]
    left = [one.until + DAY for one in own if one.until is not None and one.until < day.on]
    group = day.roster.organisations.get(owner or "") if isinstance(seat.rule, OnePer) else None
    came = [day.roster.body.starts_on, seat.starts_on, group.starts_on if group else None]
    return max([*left, *(one for one in came if one is not None)], default=None)


def _by_place(seat: Seat, found: Iterable[Held]) -> Mapping[str | None, Sequence[Held]]:
    """By the organisation whose place it is: the rule's, or else who sent the member."""
    places: dict[str | None, list[Held]] = {}
    for one in found:
        match seat.rule:
            case Exactly(organisation=owner) | ExOfficio(organisation=owner):
                places.setdefault(owner, []).append(one)
            case _:
                places.setdefault(one.member.on_behalf_of, []).append(one)
    return dict(sorted(places.items(), key=lambda item: item[0] or ""))


def _by_owner(day: Day, seat: Seat, found: Iterable[Held]) -> Mapping[str | None, Sequence[Held]]:
    owners: dict[str | None, list[Held]] = {}
    for one in found:
        owners.setdefault(day.roster.owner(seat, one.member), []).append(one)
    return dict(sorted(owners.items(), key=lambda item: item[0] or ""))


def _keys(found: Iterable[Held]) -> tuple[str, ...]:
    return tuple(one.member.key for one in found)


def _all(by_owner: Mapping[str | None, Sequence[Held]]) -> Sequence[Held]:
    return [one for found in by_owner.values() for one in found]
