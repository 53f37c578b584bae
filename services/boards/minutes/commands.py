"""What a person does with minutes."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import of_meeting
from services.boards.meetings.queries import MEETINGS, in_its_body, locked
from services.boards.meetings.rules import check_begun
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import memberships_of
from services.boards.minuted_decisions.queries import public_decisions
from services.boards.minutes import queries, rules
from services.boards.minutes.queries import MINUTES
from services.boards.procedures.queries import in_force
from services.boards.proceedings import queries as happened
from services.boards.proceedings.rules import for_everybody, memberships, named
from services.boards.votes.tables import VoteRow
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.minutes import (
    ApprovalOfMinutes,
    Minutes,
    MinutesState,
    MinutesVersion,
    NewMinutes,
)
from services.contracts.boards.proceedings import Proceedings
from services.contracts.boards.votes import VoteOutcome
from services.contracts.shared.base import Visibility
from services.kit.database import actor_of, as_everybody
from services.kit.days import day
from services.kit.patches import Patch
from services.kit.problems import NotFound


async def write(session: AsyncSession, new: NewMinutes) -> Minutes:
    """Begin the minutes of a meeting."""
    meeting = await locked(session, new.meeting)
    check_begun(MeetingState(meeting.state))
    await _check(session, meeting, new)
    row = await MINUTES.add(
        session,
        new,
        key=meeting.key,
        meeting=meeting.key,
        body=meeting.body,
        state=MinutesState.draft,
        corrections=[],
        visibility=Visibility.administration,
    )
    return Minutes.model_validate(row)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewMinutes], expected: int
) -> Minutes:
    """Change a draft."""
    row = await MINUTES.locked(session, key, expected)
    rules.check_draft(MinutesState(row.state))
    new = patch.onto(row, "meeting")
    await _check(session, await MEETINGS.one(session, row.meeting), new)
    row = await MINUTES.store(session, row, new)
    return Minutes.model_validate(row)


async def approve(session: AsyncSession, key: str, given: ApprovalOfMinutes) -> Minutes:
    """Approve minutes; from then on they tell what they tell now."""
    row = await MINUTES.one(session, key, lock=True)
    rules.check_draft(MinutesState(row.state))
    meeting = await MEETINGS.one(session, row.meeting)
    vote = await queries.approving(session, given.vote) if given.vote is not None else None
    given_by = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    state = MeetingState(meeting.state)
    approval = given_by.minutes_approval
    rules.check_approval(state, approval, given, row.body, meeting.starts_at, vote)
    told = await happened.proceedings(session, meeting, row)
    at = datetime.now(UTC)
    approved = {
        "state": MinutesState.approved,
        "corrections": given.corrections,
        "approved_at": at,
    }
    row = await MINUTES.store(
        session,
        row,
        Minutes.model_validate(row),
        **approved,
        approved_by=given.vote,
        frozen=told.model_copy(update=approved),
        visibility=row.readers,
    )
    session.info["revision"] = row.revision
    return Minutes.model_validate(row)


async def reopen(session: AsyncSession, votes: Sequence[VoteRow]) -> None:
    """Make drafts again of minutes whose approval has fallen with its vote: nobody has approved
    them, and nobody outside reads them until somebody does."""
    fallen = [vote.key for vote in votes if vote.outcome != VoteOutcome.adopted]
    for row in await queries.approved_by(session, fallen):
        draft = {"state": MinutesState.draft, "approved_at": None, "approved_by": None}
        told = Minutes.model_validate({**row.model_dump(), **draft})
        hidden = {"frozen": None, "visibility": Visibility.administration}
        await MINUTES.store(session, row, told, **draft, **hidden)


async def read(session: AsyncSession, key: str, version: MinutesVersion) -> Proceedings:
    """What the minutes tell: to everybody, or in full to the body and the administration."""
    row = await MINUTES.one(session, key)
    meeting = await MEETINGS.one(session, row.meeting)
    mine = actor_of(session).sees_everything or await in_its_body(session, meeting)
    if version == MinutesVersion.full and not mine:
        raise NotFound("The full version is for the body and the administration.")
    told = (
        Proceedings.model_validate(row.frozen)
        if row.frozen is not None
        else await happened.proceedings(session, meeting, row)
    )
    if version == MinutesVersion.full:
        return named(told, await happened.known(session, memberships(told)))
    given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    items = await of_meeting(session, meeting.key)
    closed = {item.key for item in items if not item.public}
    readable = await public_decisions(session, told)
    told = for_everybody(told, given.attendance_visibility, closed, readable)
    with as_everybody(session):
        return named(told, await happened.known(session, memberships(told)))


async def _check(session: AsyncSession, meeting: MeetingRow, new: NewMinutes) -> None:
    of_body = await memberships_of(session, meeting.body, day(meeting.starts_at))
    rules.check(new, of_body, {item.key for item in await of_meeting(session, meeting.key)})
