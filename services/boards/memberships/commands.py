"""What a person does with memberships."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.exclusions import commands as exclusions
from services.boards.memberships import queries, rules
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.boards.organisations.queries import kind_of
from services.boards.persons.queries import locked as locked_person
from services.boards.persons.rules import check_kept, check_key
from services.boards.persons.tables import PersonRow
from services.boards.seats.queries import locked as locked_seat
from services.boards.votes import commands as votes
from services.contracts.boards.memberships import HOLDING, Membership, NewMembership
from services.contracts.boards.seats import Seat
from services.contracts.shared.base import Visibility
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def appoint(session: AsyncSession, new: NewMembership) -> MembershipRow:
    """Make a person a member of a body."""
    person = await locked_person(session, new.person)
    check_kept(person)
    if person is not None:
        check_key(new.key, person.given_name, person.family_name)
    key = new.key or opaque("m")
    seat = await _check(session, key, new)
    visibility = new.visibility or _as_person(person)
    term_ends_on = rules.term(new, seat)
    row = await MEMBERSHIPS.add(
        session, new, key=key, visibility=visibility, term_ends_on=term_ends_on
    )
    await exclusions.propose_ahead(session, row.body)
    await votes.review_of(session, row.body, (row.starts_on, row.ends_on))
    return row


async def change(
    session: AsyncSession, key: str, patch: Patch[NewMembership], expected: int
) -> MembershipRow:
    """Change or end a membership."""
    row = await MEMBERSHIPS.locked(session, key, expected)
    new = patch.onto(row, "person", "body")
    person = await locked_person(session, new.person)
    computed: dict[str, Any] = {"visibility": new.visibility or _as_person(person)}
    if rules.claims_more(Membership.model_validate(row), new):
        seat = await _check(session, row.key, new)
        computed["term_ends_on"] = rules.term(new, seat)
    before = Membership.model_validate(row)
    row = await MEMBERSHIPS.store(session, row, new, **computed)
    await exclusions.propose_ahead(session, row.body)
    changed = rules.other_terms(before, Membership.model_validate(row))
    await votes.review_of(session, row.body, *changed)
    return row


def _as_person(person: PersonRow | None) -> Visibility:
    return Visibility(person.visibility) if person is not None else Visibility.administration


async def _check(session: AsyncSession, key: str, new: NewMembership) -> Seat | None:
    """The seat, when the membership may be."""
    if new.substitute_for is not None:
        rules.check_substitute(new, await queries.member(session, new.substitute_for))
    if new.seat is None:
        return None
    seat = await locked_seat(session, new.seat)
    if seat is None:
        raise Invalid("There is no such seat.", pointer="/seat")
    sender = await kind_of(session, new.on_behalf_of) if new.on_behalf_of else None
    rules.check_seat(new, seat, sender)
    if new.role in HOLDING:
        others = await queries.on_seat(session, seat.key, but=key)
        rules.check_places(seat, *rules.in_time(seat, new, others))
    return seat
