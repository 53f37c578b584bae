"""What a person does with memberships."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.keys import opaque
from services.boards.memberships import queries, rules
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.boards.organisations.queries import kind_of
from services.boards.persons.queries import locked_visibility
from services.boards.seats.queries import locked as locked_seat
from services.contracts.boards.memberships import HOLDING, Membership, NewMembership
from services.contracts.boards.seats import Seat
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def appoint(session: AsyncSession, new: NewMembership) -> MembershipRow:
    """Make a person a member of a body."""
    as_person = await locked_visibility(session, new.person)
    key = new.key or opaque("m")
    seat = await _check(session, key, new)
    computed = {"visibility": new.visibility or as_person, "term_ends_on": rules.term(new, seat)}
    return await MEMBERSHIPS.add(session, new, key=key, **computed)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewMembership], expected: int
) -> MembershipRow:
    """Change or end a membership."""
    row = await MEMBERSHIPS.locked(session, key, expected)
    new = patch.onto(row, "person", "body")
    as_person = await locked_visibility(session, new.person)
    computed: dict[str, Any] = {"visibility": new.visibility or as_person}
    if rules.claims_more(Membership.model_validate(row), new):
        seat = await _check(session, row.key, new)
        computed["term_ends_on"] = rules.term(new, seat)
    return await MEMBERSHIPS.store(session, row, new, **computed)


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
