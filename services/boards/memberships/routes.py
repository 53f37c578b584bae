"""Memberships over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.composition.queries import memberships as page
from services.boards.memberships import commands
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.contracts.boards.memberships import Membership, NewMembership
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

memberships = router("Memberships")
READ, WRITE = requires("boards.memberships:read"), requires("boards.memberships:write")
HISTORY = requires("boards.memberships:history")


@memberships.get("/memberships", response_model=Page[Membership], dependencies=[READ])
async def list_memberships(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="In this body only.")] = None,
    person: Annotated[Key | None, Query(description="Of this person only.")] = None,
    seat: Annotated[Key | None, Query(description="On this seat only.")] = None,
    on: Annotated[
        date | None, Query(description="Those that hold a place on this day only.")
    ] = None,
) -> Mapping[str, Any]:
    """List memberships.

    Who is what in which body (Mitgliedschaften), in the order of their keys; only those whose
    person and body you may see. `on` leaves out whose term is over then (abgelaufen), unless their
    seat carries over and nobody has followed.
    """
    return await page(session, paging, body, person, seat, on)


@memberships.post("/memberships", status_code=201, response_model=Membership, dependencies=[WRITE])
async def create_membership(session: Writing, new: NewMembership) -> MembershipRow:
    """Create a membership.

    Person, body and organisation must exist, the seat must be one of the body. Refused: the same
    role of a person in a body twice at a time (409), one holder more than a seat has places (409),
    a vote on a seat without one, somebody sent by whom the seat is not for. Substitutes, guests
    and clerks take no place. Whoever begins after the term of another on the seat follows that
    one (Nachfolge), whose carrying over ends. A substitute stands in for one member
    (`substitute_for`), or belongs to the pool of a seat or of the body.
    """
    return await commands.appoint(session, new)


@memberships.get("/memberships/{key}", response_model=Membership, dependencies=[READ])
async def read_membership(session: Reading, key: str) -> MembershipRow:
    """Read a membership.

    By its key or its UUID.
    """
    return await MEMBERSHIPS.one(session, key)


@memberships.patch("/memberships/{key}", response_model=Membership, dependencies=[WRITE])
async def change_membership(
    session: Writing, key: str, patch: Patch[NewMembership], expected: Expected
) -> MembershipRow:
    """Change a membership.

    Send only what changes, with the ETag that you have read as If-Match; `ends_on` ends it,
    `term_ends_on` only its term. Person and body are for good: another person's membership is
    another membership.
    """
    return await commands.change(session, key, patch, expected)


@memberships.get(
    "/memberships/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_membership_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a membership.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await MEMBERSHIPS.history(session, key)
