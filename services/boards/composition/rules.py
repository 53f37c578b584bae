"""Who votes in a body, how many there are by rule, and what is wrong. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.boards.composition_rules.rules import of_body
from services.boards.rosters.rules import Day
from services.boards.seats.rules import filling
from services.boards.violations.rules import Finding, of_seats
from services.contracts.boards.composition_rules import Size
from services.contracts.boards.memberships import MembershipRole


def findings(day: Day) -> Sequence[Finding]:
    """Everything that is not as a rule says: at single seats, then in the body as a whole."""
    return [*of_seats(day), *of_body(day)]


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


def voters(day: Day) -> Sequence[Voter]:
    """Every member, each person once, with those who may step in."""
    chairs = {
        one.member.person
        for seat, one in day.holders
        if one.member.role == MembershipRole.chair or (seat is not None and seat.chair)
    }
    chairs |= {one.member.person for one in day.further if one.member.role == MembershipRole.chair}
    return [
        Voter(
            membership=one.member.key,
            person=one.member.person,
            seat=one.member.seat,
            organisation=one.member.on_behalf_of,
            voting=one.member.voting and (seat is None or seat.voting),
            chair=one.member.person in chairs,
            substitutes=tuple(substitute.key for substitute in day.substitutes(one.member)),
        )
        for seat, one in day.holders
    ]


def legal_size(day: Day) -> tuple[int, int]:
    """Members, and voting members, by rule (gesetzliche Mitgliederzahl).

    A seat counts as many places as its rule fixes, filled or not; where the rule leaves room, as
    many as hold it, within the limits. Members without a seat count as they are. A rule for the
    size of the body that leaves no room stands above that.
    """
    members = voting = 0
    for seat in day.seats:
        wanted = filling(day, seat).expected
        held = len(day.held[seat.key])
        size = max(wanted.minimum, held if wanted.maximum is None else min(held, wanted.maximum))
        members, voting = members + size, voting + (size if seat.voting else 0)
    further = [one.member.voting for seat, one in day.holders if seat is None]
    fixed = _fixed(day)
    all_ = fixed.get(False, members + len(further))
    return all_, fixed.get(True, min(all_, voting + sum(further)))


def _fixed(day: Day) -> dict[bool, int]:
    """The size of the body as a rule fixes it: of all members, of those who vote."""
    sizes = [rule.rule for rule in day.rules if isinstance(rule.rule, Size)]
    return {
        size.voting_only: size.minimum
        for size in sizes
        if size.minimum and size.minimum == size.maximum
    }
