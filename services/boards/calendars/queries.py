"""Which meetings a calendar shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.calendars.rules import Entry
from services.boards.calendars.tables import CalendarFeedRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS, serves
from services.boards.memberships.tables import MembershipRow
from services.boards.persons.queries import PERSONS
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.memberships import MembershipRole
from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.days import day_of
from services.kit.feeds import Feeds
from services.kit.resources import Kind

CALENDAR_FEEDS = Feeds(
    Kind(CalendarFeedRow, "calendar-feeds", "boards.calendar_feed", personal=True), "calendars"
)
_BACK = timedelta(days=365)
_MOST = 1000
_SHOWN = (Visibility.public, Visibility.members)


async def of_body(session: AsyncSession, key: str) -> tuple[BodyRow, list[Entry]]:
    """A body and its meetings of the last year and to come, as the actor may see them."""
    body = await BODIES.one(session, key)
    mine = col(MeetingRow.body) == body.key
    return body, await _entries(session, MEETINGS.seen(session), mine)


async def of_person(session: AsyncSession, key: str) -> list[Entry]:
    """The meetings of the bodies in which somebody sits, all of it as the actor may see it."""
    person = await PERSONS.one(session, key)
    town = municipality_of(session).id
    mine = _sits(town, person.key, MEMBERSHIPS.seen(session))
    return await _entries(session, MEETINGS.seen(session), mine)


async def of_token(session: AsyncSession, token: str) -> tuple[CalendarFeedRow, list[Entry]]:
    """A private calendar by the secret part of its address; 404 for any that does not work."""
    feed = await CALENDAR_FEEDS.of_token(session, token)
    town = municipality_of(session).id
    shown = (
        (col(MeetingRow.municipality_id) == town)
        & col(MeetingRow.visibility).in_(_SHOWN)
        & col(BodyRow.visibility).in_(_SHOWN)
    )
    mine = (
        col(MeetingRow.body) == feed.body
        if feed.body is not None
        else _sits(town, str(feed.person))
    )
    return feed, await _entries(session, shown, mine)


def _sits(town: int, person: str, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Meetings of bodies in which the person sits on that day, not only as a guest."""
    day = day_of(col(MeetingRow.starts_at))
    return (
        select(MembershipRow.id)
        .where(
            *where,
            col(MembershipRow.municipality_id) == town,
            col(MembershipRow.person) == person,
            col(MembershipRow.body) == col(MeetingRow.body),
            col(MembershipRow.starts_on) <= day,
            or_(col(MembershipRow.ends_on).is_(None), col(MembershipRow.ends_on) >= day),
            col(MembershipRow.role) != MembershipRole.guest,
            serves(day),
        )
        .exists()
    )


async def _entries(session: AsyncSession, *where: Any) -> list[Entry]:
    statement = (
        select(MeetingRow, BodyRow.name)
        .join(
            BodyRow,
            (col(BodyRow.municipality_id) == col(MeetingRow.municipality_id))
            & (col(BodyRow.key) == col(MeetingRow.body)),
        )
        .where(*where, col(MeetingRow.starts_at) >= datetime.now(UTC) - _BACK)
        .order_by(col(MeetingRow.starts_at), col(MeetingRow.key))
        .limit(_MOST)
    )
    found = (await session.exec(statement)).all()
    return [
        Entry(
            id=row.id,
            revision=row.revision,
            changed_at=row.changed_at,
            body=body,
            name=row.name,
            location=row.location,
            state=MeetingState(row.state),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row, body in found
    ]
