"""Every question asked of the stored memberships."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.memberships.tables import MembershipRow
from services.boards.persons.queries import PERSONS
from services.boards.persons.tables import PersonRow
from services.boards.seats.tables import SeatRow
from services.contracts.boards.memberships import HOLDING, Membership, MembershipRole
from services.contracts.shared.access import Role
from services.kit.database import actor_of, municipality_of
from services.kit.days import holds_on, today
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

MEMBERSHIPS = Kind(
    MembershipRow,
    "memberships",
    "boards.membership",
    personal=True,
    within={"person": PERSONS, "body": BODIES},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *where: ColumnElement[bool],
    body: str | None,
    person: str | None,
    seat: str | None,
) -> Mapping[str, Any]:
    """Memberships by key: in a body, of a person, on a seat."""
    asked = matching(MembershipRow, body=body, person=person, seat=seat)
    return await MEMBERSHIPS.page(session, paging, *asked, *where)


async def on_seat(session: AsyncSession, seat: str, but: str) -> Sequence[Membership]:
    """All who ever hold the seat, `but` one membership."""
    statement = select(MembershipRow).where(
        col(MembershipRow.municipality_id) == municipality_of(session).id,
        col(MembershipRow.seat) == seat,
        col(MembershipRow.role).in_(HOLDING),
        col(MembershipRow.key) != but,
    )
    return [Membership.model_validate(row) for row in await session.exec(statement)]


async def member(session: AsyncSession, key: str) -> Membership | None:
    """A membership, whoever may see it; None when there is none."""
    statement = select(MembershipRow).where(
        col(MembershipRow.municipality_id) == municipality_of(session).id,
        col(MembershipRow.key) == key,
    )
    row = (await session.exec(statement)).one_or_none()
    return Membership.model_validate(row) if row is not None else None


def in_own_body(session: AsyncSession, body: Any) -> ColumnElement[bool]:
    """Whether a column names a body in which the actor sits today, not only as a guest."""
    actor = actor_of(session)
    if actor.person is None or Role.member not in actor.roles:
        return false()
    own = (
        select(MembershipRow.body)
        .join(
            PersonRow,
            (col(PersonRow.municipality_id) == col(MembershipRow.municipality_id))
            & (col(PersonRow.key) == col(MembershipRow.person)),
        )
        .where(
            col(MembershipRow.municipality_id) == municipality_of(session).id,
            col(PersonRow.id) == actor.person,
            col(MembershipRow.role) != MembershipRole.guest,
            holds_on(MembershipRow, today()),
            serves(today()),
        )
    )
    inside: ColumnElement[bool] = body.in_(own)
    return inside


def of_member(column: str, row: Any = MembershipRow) -> ColumnElement[str | None]:
    """A column of the member for whom a personal substitute stands in."""
    member = aliased(MembershipRow)
    found = select(getattr(member, column)).where(
        col(member.municipality_id) == col(row.municipality_id),
        col(member.key) == col(row.substitute_for),
    )
    return found.correlate_except(member).scalar_subquery()


def _seat_behind(row: Any = MembershipRow) -> ColumnElement[str | None]:
    return func.coalesce(col(row.seat), of_member("seat", row))


def sender() -> ColumnElement[str | None]:
    """The organisation for which somebody sits there, although nobody may have said so: that of the
    member for whom one steps in, or of the seat that is an organisation's or an office's there."""
    seat = select(col(SeatRow.rule)["organisation"].astext).where(
        col(SeatRow.municipality_id) == col(MembershipRow.municipality_id),
        col(SeatRow.key) == _seat_behind(),
    )
    return func.coalesce(
        col(MembershipRow.on_behalf_of),
        of_member("on_behalf_of"),
        seat.correlate(MembershipRow).scalar_subquery(),
    )


def serves(on: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Memberships whose term lasts on the day, or whose seat carries over and has nobody else.

    On a seat of several places nobody can be told who of them was followed: all of them stay
    until their last day is entered. A personal substitute stays with the member's seat, and no
    longer than the member: then there is nobody to stand in for.
    """
    member = aliased(MembershipRow)
    behind = exists().where(
        col(member.municipality_id) == col(MembershipRow.municipality_id),
        col(member.key) == col(MembershipRow.substitute_for),
        or_(col(member.ends_on).is_(None), col(member.ends_on) >= on),
        _in_term(member, on),
    )
    alone = col(MembershipRow.substitute_for).is_(None)
    return _in_term(MembershipRow, on) & (alone | behind.correlate_except(member))


def _in_term(row: Any, on: date | ColumnElement[date]) -> ColumnElement[bool]:
    term = col(row.term_ends_on)
    seat = _seat_behind(row)
    rule = col(SeatRow.rule)
    per_sender = rule["kind"].astext == "one_per"
    successor = aliased(MembershipRow)
    follows = exists().where(
        col(successor.municipality_id) == col(row.municipality_id),
        col(successor.seat) == seat,
        col(successor.role).in_(HOLDING),
        col(successor.starts_on) > term,
        col(successor.starts_on) <= on,
        ~per_sender | (col(successor.on_behalf_of) == col(row.on_behalf_of)),
    )
    # Two levels down it would ask about all memberships, and on the day of any meeting.
    succeeded = follows.correlate_except(successor)
    number = func.coalesce(rule["count"].astext, rule["maximum"].astext)
    one_place = per_sender | (rule["kind"].astext == "ex_officio") | (number == "1")
    carried = exists().where(
        col(SeatRow.municipality_id) == col(row.municipality_id),
        col(SeatRow.key) == seat,
        col(SeatRow.carry_over),
        ~func.coalesce(one_place, false()) | ~succeeded,
    )
    return or_(term.is_(None), term >= on, carried.correlate_except(SeatRow))


async def memberships_of(session: AsyncSession, body: str, on: date) -> set[str]:
    """The keys of all memberships of the body that hold on the day, whoever asks."""
    statement = select(MembershipRow.key).where(
        col(MembershipRow.municipality_id) == municipality_of(session).id,
        col(MembershipRow.body) == body,
        holds_on(MembershipRow, on),
    )
    return set(await session.exec(statement))
