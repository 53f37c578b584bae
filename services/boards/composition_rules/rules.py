"""Is a body composed as the rules for it as a whole say, on a day? Pure functions.

They are asked as if every free place were taken by whom it is for: what a seat lacks is told once,
at the seat (decision 0026).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from services.boards.rosters.rules import Day, Held
from services.boards.seats.rules import filling
from services.boards.tenures.rules import months_later
from services.boards.violations.rules import Finding
from services.contracts.boards.composition_rules import (
    ChairFrom,
    CompositionRule,
    Coverage,
    Shares,
    Size,
    Staggered,
    Substituted,
)
from services.contracts.boards.memberships import MembershipRole
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import ExOfficio, Seat
from services.contracts.boards.violations import ViolationCode as Code


@dataclass(frozen=True)
class Place:
    """One place of the body: of whom, whether it votes, and who holds it; None: it is free."""

    organisation: str | None
    kind: OrganisationKind | None
    voting: bool
    seat: Seat | None
    held: Held | None = None

    @property
    def has_a_term(self) -> bool:
        """Whether whoever takes it is sent for a time; an office lasts as it lasts."""
        if self.seat is None or not isinstance(self.seat.rule, ExOfficio):
            return True
        sent = self.held is not None and self.held.term_ends_on is not None
        return sent or self.seat.term_months is not None

    @property
    def ends_on(self) -> date | None:
        """The end of the term, or of the membership where that is entered and comes first."""
        ends = (self.held.term_ends_on, self.held.member.ends_on) if self.held else ()
        return min((end for end in ends if end is not None), default=None)


def places(day: Day) -> Sequence[Place]:
    """Every member, and every free place as if it were taken."""
    return [*_taken(day), *_free(day)]


def _taken(day: Day) -> Iterator[Place]:
    for seat, one in day.holders:
        organisation = day.roster.owner(seat, one.member)
        kind = day.roster.kind(seat, organisation)
        yield Place(organisation, kind, one.member.voting, seat, one)


def _free(day: Day) -> Iterator[Place]:
    for seat in day.seats:
        for owner, number in filling(day, seat).free:
            place = Place(owner, day.roster.kind(seat, owner), seat.voting, seat)
            yield from [place] * number


def of_body(day: Day) -> Iterator[Finding]:
    """What is wrong with the body as a whole."""
    every = places(day)
    for rule in day.rules:
        yield from _broken(day, rule, every)
    yield from _chair(day)


def _broken(day: Day, rule: CompositionRule, every: Sequence[Place]) -> Iterator[Finding]:
    voting_only = getattr(rule.rule, "voting_only", False)
    counted = [place for place in every if place.voting or not voting_only]
    match rule.rule:
        case Coverage() as coverage:
            yield from _covered(rule.key, coverage, counted)
        case Shares() as shares:
            yield from _shared(rule.key, shares, counted)
        case Size() as size:
            yield from _sized(rule.key, size, counted)
        case Staggered() as staggered:
            yield from _staggered(day, rule.key, staggered, counted)
        case Substituted() as substituted:
            yield from _substituted(day, rule.key, substituted)


def _covered(rule: str, coverage: Coverage, counted: Sequence[Place]) -> Iterator[Finding]:
    there = Counter(place.kind for place in counted)
    for kind in coverage.organisation_kinds:
        if there[kind] < coverage.minimum:
            lacking = coverage.minimum - there[kind]
            more = {"there": there[kind]}
            yield Finding(
                Code.not_covered, rule=rule, organisation_kind=kind, count=lacking, more=more
            )


def _shared(rule: str, shares: Shares, counted: Sequence[Place]) -> Iterator[Finding]:
    if not counted:
        return
    of_kind = shares.each == "organisation_kind" or shares.organisation_kind is not None
    there = Counter(place.kind if of_kind else place.organisation for place in counted)
    named = shares.organisation_kind if of_kind else shares.organisation
    for one in [named] if shares.each is None else sorted(key for key in there if key):
        part = Fraction(there[one], len(counted))
        for code, limit, broken in (
            (Code.share_too_low, shares.at_least, part < Fraction(shares.at_least or 0)),
            (Code.share_too_high, shares.at_most, part > Fraction(shares.at_most or 1)),
        ):
            if broken:
                yield Finding(
                    code,
                    rule=rule,
                    organisation=None if of_kind else one,
                    organisation_kind=OrganisationKind(one) if of_kind and one else None,
                    count=there[one],
                    more={"of": len(counted), "share": limit, "voting": shares.voting_only},
                )


def _sized(rule: str, size: Size, counted: Sequence[Place]) -> Iterator[Finding]:
    taken = sum(place.held is not None for place in counted)
    more: dict[str, Any] = {"voting": size.voting_only}
    if len(counted) < size.minimum:
        lacking = size.minimum - len(counted)
        more |= {"there": len(counted), "limit": size.minimum}
        yield Finding(Code.too_small, rule=rule, count=lacking, more=more)
    if size.maximum is not None and taken > size.maximum:
        more |= {"there": taken, "limit": size.maximum}
        yield Finding(Code.too_large, rule=rule, count=taken - size.maximum, more=more)


def _staggered(
    day: Day, rule: str, staggered: Staggered, counted: Sequence[Place]
) -> Iterator[Finding]:
    terms = [place for place in counted if place.has_a_term]
    ends = sorted(place.ends_on for place in terms if place.ends_on and place.ends_on >= day.on)
    windows = [(_together(ends, start, staggered.months), start) for start in ends]
    most, start = max(windows, key=lambda found: found[0], default=(0, day.on))
    if most and Fraction(most, len(terms)) > Fraction(staggered.at_most):
        more = {
            "of": len(terms),
            "share": staggered.at_most,
            "until": months_later(start, staggered.months),
        }
        yield Finding(Code.not_staggered, rule=rule, count=most, since=start, more=more)


def _together(ends: Sequence[date], start: date, months: int) -> int:
    until = months_later(start, months)
    return sum(start <= end < until for end in ends)


def _substituted(day: Day, rule: str, wanted: Substituted) -> Iterator[Finding]:
    lacking: dict[tuple[str | None, str | None], list[str]] = {}
    for seat, one in day.holders:
        asked = one.member.voting or not wanted.voting_only
        if asked and len(day.substitutes(one.member)) < wanted.minimum:
            place = seat.key if seat else None, day.roster.owner(seat, one.member)
            lacking.setdefault(place, []).append(one.member.key)
    for (key, owner), members in lacking.items():
        yield Finding(
            Code.substitute_missing,
            key,
            rule,
            owner,
            memberships=tuple(members),
            count=len(members),
        )


def _chair(day: Day) -> Iterator[Finding]:
    """The chair holds the chair's seat, or one of those that a rule names (Vorsitz)."""
    rules = [rule for rule in day.rules if isinstance(rule.rule, ChairFrom)]
    named = {key for rule in rules if isinstance(rule.rule, ChairFrom) for key in rule.rule.seats}
    allowed = [seat for seat in day.seats if seat.chair or seat.key in named]
    if not allowed:
        return
    rule = rules[0].key if rules else None
    keys = [seat.key for seat in allowed]
    more = {"seats": keys}
    at = keys[0] if len(keys) == 1 else None
    seats = {one.member.person: seat for seat, one in day.holders}
    wrong: list[Held] = []
    right: list[Held] = []
    for one in _chairing(day):
        seat = seats.get(one.member.person)
        (right if seat is not None and seat.key in keys else wrong).append(one)
    if wrong:
        members = tuple(one.member.key for one in wrong)
        yield Finding(Code.wrong_chair, at, rule, memberships=members, count=len(wrong), more=more)
    if len({one.member.person for one in right}) > 1:
        members = tuple(one.member.key for one in right)
        yield Finding(
            Code.several_chairs, at, rule, memberships=members, count=len(right), more=more
        )
    if not right and not wrong and not any(filling(day, seat).free for seat in allowed):
        yield Finding(Code.chair_missing, at, rule, more=more)


def _chairing(day: Day) -> Sequence[Held]:
    chairs = [one for seat, one in day.holders if _chairs(seat, one)]
    known = {one.member.person for one in chairs}
    also = [one for one in day.further if one.member.role == MembershipRole.chair]
    return [*chairs, *(one for one in also if one.member.person not in known)]


def _chairs(seat: Seat | None, one: Held) -> bool:
    return one.member.role == MembershipRole.chair or (seat is not None and seat.chair)
