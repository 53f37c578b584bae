"""All that the composition of a body follows from, and what it is on a day. Pure functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from services.boards.tenures.rules import Tenure, tenures
from services.contracts.boards.bodies import Body
from services.contracts.boards.composition import TermState
from services.contracts.boards.composition_rules import CompositionRule
from services.contracts.boards.memberships import Membership, MembershipRole
from services.contracts.boards.organisations import Organisation, OrganisationKind
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer, Seat

Held = Tenure[Membership]


def holds_on(thing: Body | Seat | CompositionRule | Organisation, on: date) -> bool:
    """Whether it exists on the day; null has no bound."""
    begun = thing.starts_on is None or thing.starts_on <= on
    return begun and (thing.ends_on is None or on <= thing.ends_on)


def last_day(substitute: Membership, seat: Seat | None) -> date | None:
    """Up to when a substitute may step in; the term of one on a seat that carries over too."""
    term = None if seat is not None and seat.carry_over else substitute.term_ends_on
    return min((day for day in (substitute.ends_on, term) if day is not None), default=None)


@dataclass(frozen=True)
class Roster:
    """A body with its seats, rules, memberships and the organisations in question, of all times."""

    body: Body
    seats: Sequence[Seat]
    rules: Sequence[CompositionRule]
    members: Sequence[Membership]
    organisations: Mapping[str, Organisation]

    @cached_property
    def seat(self) -> Mapping[str, Seat]:
        """The seats by key."""
        return {seat.key: seat for seat in self.seats}

    @cached_property
    def rule(self) -> Mapping[str, CompositionRule]:
        """The rules for the body as a whole by key."""
        return {rule.key: rule for rule in self.rules}

    @cached_property
    def tenures(self) -> Mapping[str | None, Sequence[Held]]:
        """Who holds which seat how long; None: those without one."""
        of_seat: dict[str | None, list[Membership]] = defaultdict(list)
        for member in self.members:
            of_seat[member.seat].append(member)
        return {key: tenures(found, self.seat.get(key or "")) for key, found in of_seat.items()}

    @cached_property
    def member(self) -> Mapping[str, Membership]:
        """The memberships by key."""
        return {member.key: member for member in self.members}

    def seat_behind(self, substitute: Membership) -> Seat | None:
        """The seat for which somebody stands by; of a personal substitute that of the member."""
        member = self.member.get(substitute.substitute_for or "")
        key = substitute.seat or (member.seat if member is not None else None)
        return self.seat.get(key or "")

    def owner(self, seat: Seat | None, member: Membership | None) -> str | None:
        """The organisation whose place it is: who sent the member, or whom the seat is for."""
        if member is not None and member.on_behalf_of is not None:
            return member.on_behalf_of
        rule = seat.rule if seat is not None else None
        return rule.organisation if isinstance(rule, Exactly | ExOfficio) else None

    def kind(self, seat: Seat | None, organisation: str | None) -> OrganisationKind | None:
        """The part of society that a place is of."""
        if organisation is not None and organisation in self.organisations:
            return self.organisations[organisation].kind
        rule = seat.rule if seat is not None else None
        return rule.organisation_kind if isinstance(rule, OnePer | Category) else None

    def on(self, day: date) -> "Day":
        """The body on a day."""
        return Day(self, day)


@dataclass(frozen=True)
class Sight:
    """What a reader may see of a roster: keys of seats, rules, organisations, memberships."""

    seats: frozenset[str]
    rules: frozenset[str]
    organisations: frozenset[str]
    memberships: frozenset[str]


@dataclass(frozen=True)
class Day:
    """A body as it is on a day."""

    roster: Roster
    on: date
    held: Mapping[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    """Seat -> those who hold it, carried over or in their term."""
    lapsed: Mapping[str | None, list[Held]] = field(default_factory=lambda: defaultdict(list))
    """Seat -> those whose term is over and who have no place any more."""
    left_over: list[Held] = field(default_factory=list)
    """On a seat that has ended, or of an organisation that has no place on it any more."""
    further: list[Held] = field(default_factory=list)
    """Members without a seat."""

    def __post_init__(self) -> None:
        if holds_on(self.roster.body, self.on):
            self._sort()

    @cached_property
    def seats(self) -> Sequence[Seat]:
        """Those that exist, the chair's first."""
        there = holds_on(self.roster.body, self.on)
        found = [seat for seat in self.roster.seats if there and holds_on(seat, self.on)]
        return sorted(found, key=lambda seat: (not seat.chair, seat.key))

    @cached_property
    def rules(self) -> Sequence[CompositionRule]:
        """Those that hold."""
        there = holds_on(self.roster.body, self.on)
        return [rule for rule in self.roster.rules if there and holds_on(rule, self.on)]

    @cached_property
    def of_kind(self) -> Mapping[OrganisationKind, Sequence[str]]:
        """The organisations that exist, by kind."""
        found: dict[OrganisationKind, list[str]] = defaultdict(list)
        for key, one in sorted(self.roster.organisations.items()):
            if holds_on(one, self.on):
                found[one.kind].append(key)
        return found

    @cached_property
    def holders(self) -> Sequence[tuple[Seat | None, Held]]:
        """Every member with their seat, each person once: whoever has a seat is nothing further."""
        return list(self._each_once())

    def _each_once(self) -> Iterable[tuple[Seat | None, Held]]:
        seen = set()
        for seat in (*self.seats, None):
            for one in self.held[seat.key] if seat is not None else self.further:
                if one.member.person not in seen:
                    seen.add(one.member.person)
                    yield seat, one

    @property
    def serving(self) -> Iterable[Membership]:
        """Whoever has a place, and whoever stands by for one."""
        for held in (*self.held.values(), self.further):
            yield from (one.member for one in held)
        yield from self._substitutes

    def substitutes(self, member: Membership) -> Sequence[Membership]:
        """Who may step in: personal substitutes by rank, then the pools of seat and body.

        Where each organisation of a kind has a place, whoever one of them sent to a pool steps in
        for its own member alone.
        """
        pools: list[list[Membership]] = [[], [], []]
        for one in self._substitutes:
            if one.person == member.person or self._of_another(one, member):
                continue
            if one.substitute_for is not None:
                place = 0 if one.substitute_for == member.key else None
            elif one.seat is not None:
                place = 1 if one.seat == member.seat else None
            else:
                place = 2
            if place is not None:
                pools[place].append(one)
        return [one for pool in pools for one in pool]

    def _of_another(self, one: Membership, member: Membership) -> bool:
        seat = self.roster.seat.get(member.seat or "")
        own = seat is not None and isinstance(seat.rule, OnePer) and one.substitute_for is None
        return own and one.on_behalf_of not in (None, member.on_behalf_of)

    @cached_property
    def _substitutes(self) -> Sequence[Membership]:
        found = [one for one in self.roster.members if self._stands_by(one)]
        return sorted(found, key=lambda one: (one.rank or 100, one.starts_on, one.key))

    def _stands_by(self, one: Membership) -> bool:
        if one.role != MembershipRole.substitute or one.starts_on > self.on:
            return False
        last = last_day(one, self.roster.seat_behind(one))
        return last is None or self.on <= last

    def _sort(self) -> None:
        seats = {seat.key: seat for seat in self.seats}
        for key, found in self.roster.tenures.items():
            for one in found:
                standing = one.standing(self.on)
                if standing is None:
                    continue
                if key is not None and (key not in seats or self._owed_nothing(seats[key], one)):
                    self.left_over.append(one)
                elif standing == TermState.lapsed:
                    self.lapsed[key].append(one)
                elif key is not None:
                    self.held[key].append(one)
                else:
                    self.further.append(one)

    def _owed_nothing(self, seat: Seat, one: Held) -> bool:
        """Each council group has a place; somebody of another, or of one that ended, has none."""
        rule = seat.rule
        return isinstance(rule, OnePer) and (
            one.member.on_behalf_of not in self.of_kind.get(rule.organisation_kind, ())
        )
