"""Who may be a member, and as what: pure functions."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.boards.tenures.rules import Tenure, Term, between, full_term, tenures
from services.contracts.boards.memberships import HOLDING, Membership, NewMembership
from services.contracts.boards.organisations import OrganisationKind
from services.contracts.boards.seats import Category, Exactly, ExOfficio, OnePer, Seat, places
from services.kit.problems import Conflict, Invalid


def claims_more(old: NewMembership, new: NewMembership) -> bool:
    """Does a change ask for a seat, role, vote, sender or days that the membership did not have?

    What it has it keeps: a term can be ended although the rule of the seat changed meanwhile.
    """
    other = (old.seat, old.role, old.on_behalf_of) != (new.seat, new.role, new.on_behalf_of)
    later = _later(old.ends_on, new.ends_on) or _later(old.term_ends_on, new.term_ends_on)
    return other or later or new.starts_on < old.starts_on or (new.voting and not old.voting)


def other_terms(old: Membership, new: Membership) -> list[Term]:
    """The days on which a change may make another a voting member."""
    what = {"seat", "role", "voting", "substitute_for", "on_behalf_of"}
    if old.model_dump(include=what) != new.model_dump(include=what):
        return [(old.starts_on, old.ends_on), (new.starts_on, new.ends_on)]
    return [
        *between(old.starts_on, new.starts_on),
        *between(old.ends_on, new.ends_on),
        *between(old.term_ends_on, new.term_ends_on),
    ]


def _later(old: date | None, new: date | None) -> bool:
    return old is not None and (new is None or new > old)


def check_seat(new: NewMembership, seat: Seat, sender: OrganisationKind | None) -> None:
    """Refuse a member whom the seat is not for. `sender` is the kind of who sent them.

    The seat must belong to the body; a seat without vote gives none; the seat of an organisation
    is held on its behalf, one of "each organisation of a kind" on behalf of one of that kind.
    """
    if seat.body != new.body:
        raise Invalid("The seat belongs to another body.", pointer="/seat", code="other-body")
    if new.voting and not seat.voting:
        raise Invalid("The seat has no vote.", pointer="/voting", code="no-vote")
    match seat.rule:
        case Exactly(organisation=owner) | ExOfficio(organisation=owner) if (
            owner is not None and new.on_behalf_of not in (None, owner)
        ):
            raise _not_for(f"The seat is for {owner}.")
        case OnePer() if new.on_behalf_of is None:
            raise _not_for("Say which organisation the person was sent by.")
        case OnePer(organisation_kind=kind) | Category(organisation_kind=kind) if (
            kind is not None and sender is not None and sender != kind
        ):
            raise _not_for(f"The seat is for organisations of the kind {kind}.")


def _not_for(detail: str) -> Invalid:
    return Invalid(detail, pointer="/on_behalf_of", code="not-for-them")


def term(new: NewMembership, seat: Seat | None) -> date | None:
    """The last day of the term: as said, or that of a whole term of the seat."""
    whole = full_term(new, seat) if new.role in HOLDING else None
    return new.term_ends_on or whole


def check_substitute(new: NewMembership, member: NewMembership | None) -> None:
    """Refuse a personal substitute of nobody, of oneself, of a guest, or for another seat."""
    if member is None or member.body != new.body:
        raise Invalid("The body has no such membership.", pointer="/substitute_for")
    if member.role not in HOLDING:
        detail = f"A {member.role} has no substitute."
        raise Invalid(detail, pointer="/substitute_for", code="no-member")
    if member.person == new.person:
        detail = "Nobody is their own substitute."
        raise Invalid(detail, pointer="/substitute_for", code="same-person")
    if new.seat not in (None, member.seat):
        raise Invalid("The member has another seat.", pointer="/seat", code="other-seat")


def in_time(
    seat: Seat, new: NewMembership, others: Sequence[NewMembership]
) -> tuple[Term, Sequence[Term]]:
    """From when until when the new one has a place, and so the others, followers considered."""
    held = tenures([*others, new], seat)
    mine = next(one for one in held if one.member is new)
    return _term_of(mine), [_term_of(one) for one in held if one is not mine]


def _term_of(tenure: Tenure[NewMembership]) -> Term:
    return tenure.member.starts_on, tenure.until


def check_places(seat: Seat, term: Term, taken: Iterable[Term]) -> None:
    """Refuse one holder more than the seat has places on some day of the term."""
    limit = places(seat.rule)
    if limit is not None and most_at_once(taken, term) >= limit:
        held = "The seat is" if limit == 1 else f"All {limit} places of the seat are"
        raise Conflict(f"{held} taken in this time.", pointer="/seat", code="taken")


def most_at_once(terms: Iterable[Term], within: Term) -> int:
    """The most of the terms that hold on one and the same day of another term."""
    first, last = within
    meeting = [(s, e) for s, e in terms if (last is None or s <= last) and (not e or e >= first)]
    days = {max(start, first) for start, _ in meeting}
    return max(
        (sum(s <= day and (not e or e >= day) for s, e in meeting) for day in days), default=0
    )
