"""What a person does with exclusions, and what is proposed by itself."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import item, of_meeting
from services.boards.agendas.tables import AgendaItemRow
from services.boards.exclusions import queries
from services.boards.exclusions.queries import EXCLUSIONS
from services.boards.exclusions.tables import ExclusionRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import memberships_of
from services.boards.procedures.queries import in_force
from services.boards.votes import commands as votes
from services.contracts.boards.exclusions import (
    ExclusionDecision,
    ExclusionOrigin,
    ExclusionState,
    NewExclusion,
)
from services.contracts.shared.base import Visibility
from services.kit.days import day
from services.kit.keys import opaque
from services.kit.problems import Conflict, Invalid
from services.kit.resources import aside


async def propose(session: AsyncSession, meeting: MeetingRow, on_agenda: AgendaItemRow) -> None:
    """Propose to exclude those whose organisation the item names, unless that was looked into."""
    conflicts = await queries.conflicts(session, meeting, on_agenda)
    if not conflicts:
        return
    known = {row.membership for row, _ in await queries.of_item(session, on_agenda.key)}
    for conflict in conflicts:
        if conflict.membership not in known:
            await EXCLUSIONS.add(
                session,
                NewExclusion(agenda_item=on_agenda.key, membership=conflict.membership),
                key=opaque("e"),
                meeting=meeting.key,
                origin=ExclusionOrigin.named,
                organisation=conflict.organisation,
                state=ExclusionState.proposed,
                visibility=Visibility.administration,
            )


async def propose_all(session: AsyncSession, meeting: MeetingRow) -> None:
    """The same for every item of the meeting."""
    for on_agenda in await of_meeting(session, meeting.key):
        await propose(session, meeting, on_agenda)


async def propose_for(session: AsyncSession, paper: str) -> None:
    """The same for every item on which the paper stands."""
    with aside(session):
        for meeting, on_agenda in await queries.with_paper(session, paper):
            await propose(session, meeting, on_agenda)


async def propose_ahead(session: AsyncSession, *bodies: str) -> None:
    """The same for the items of meetings to come or running, where it is another now who sits in
    the bodies, or for whom."""
    with aside(session):
        for meeting, on_agenda in await queries.ahead(session, bodies):
            await propose(session, meeting, on_agenda)


async def propose_with(session: AsyncSession, person: str) -> None:
    """The same where somebody works elsewhere now."""
    with aside(session):
        for meeting, on_agenda in await queries.ahead(session, queries.bodies_of(session, person)):
            await propose(session, meeting, on_agenda)


async def declare(session: AsyncSession, new: NewExclusion) -> ExclusionRow:
    """Write down that somebody has declared a conflict of interest."""
    on_agenda = await item(session, new.agenda_item)
    if on_agenda is None:
        raise Invalid("There is no such agenda item.", pointer="/agenda_item", code="unknown")
    meeting = await MEETINGS.one(session, on_agenda.meeting, lock=True)
    on = day(meeting.starts_at)
    if new.membership not in await memberships_of(session, meeting.body, on):
        detail = "That membership is not one of this body on this day."
        raise Invalid(detail, pointer="/membership", code="other-body")
    known = {row.membership for row, _ in await queries.of_item(session, on_agenda.key)}
    if new.membership in known:
        detail = "There is an entry for this member and item already: decide that one."
        raise Conflict(detail, pointer="/membership", code="taken")
    return await EXCLUSIONS.add(
        session,
        new,
        key=new.key or opaque("e"),
        meeting=meeting.key,
        origin=ExclusionOrigin.declared,
        state=ExclusionState.proposed,
        visibility=Visibility.administration,
    )


async def decide(session: AsyncSession, key: str, decision: ExclusionDecision) -> ExclusionRow:
    """Write down what the body found; closed votes on the item are looked at again."""
    row = await EXCLUSIONS.one(session, key)
    meeting = await MEETINGS.one(session, row.meeting, lock=True)
    await session.refresh(row)
    given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    confirmed = decision.state == ExclusionState.confirmed
    row = await EXCLUSIONS.store(
        session,
        row,
        decision,
        state=decision.state,
        decision_reason=decision.reason,
        decided_at=datetime.now(UTC),
        reason=row.reason,
        visibility=given.attendance_visibility if confirmed else Visibility.administration,
    )
    revision = row.revision
    await votes.review(session, meeting)
    session.info["revision"] = revision
    return row
