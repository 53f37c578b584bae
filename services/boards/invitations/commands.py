"""What a person does with invitations."""

from dataclasses import asdict

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import of_meeting
from services.boards.composition.queries import voters
from services.boards.invitations import queries, rules
from services.boards.invitations.queries import INVITATIONS
from services.boards.invitations.tables import InvitationRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.rules import check_invitation
from services.boards.meetings.tables import MeetingRow
from services.boards.procedures.queries import in_force
from services.contracts.boards.invitations import AgendaEntry, Invitation, NewInvitation
from services.contracts.boards.meetings import Meeting, MeetingState
from services.kit.database import municipality_of
from services.kit.days import day
from services.kit.resources import aside


async def invite(session: AsyncSession, key: str, new: NewInvitation) -> Invitation:
    """Invite to a meeting with its agenda as it stands now."""
    meeting = await MEETINGS.one(session, key, lock=True)
    check_invitation(MeetingState(meeting.state))
    row = await _kept(session, meeting, new)
    answer = await queries.told(session, meeting, row)
    revision = row.revision
    changed = Meeting.model_validate(meeting)
    await MEETINGS.store(session, meeting, changed, state=MeetingState.invited)
    base = f"/v1/{municipality_of(session).key}/meetings/{meeting.key}"
    session.info.update(location=f"{base}/invitation", revision=revision)
    return answer


async def lapse(session: AsyncSession, meeting: MeetingRow) -> None:
    """Nobody is invited any more to a meeting that was put off or called off: whoever holds it
    after all invites anew."""
    row = await queries.sent_to(session, meeting.key)
    if row is None:
        return
    same = {name: getattr(row, name) for name in NewInvitation.model_fields}
    given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    with aside(session):
        await INVITATIONS.store(
            session,
            row,
            NewInvitation.model_validate(same),
            in_due_form=False,
            findings=[rules.called_off(given)],
            needs_finding=False,
            reached=[],
        )


async def _kept(session: AsyncSession, meeting: MeetingRow, new: NewInvitation) -> InvitationRow:
    on = day(meeting.starts_at)
    rules.check_receipts(
        new, {voter.membership for voter in await voters(session, meeting.body, on)}
    )
    given = (await in_force(session, meeting.body, on)).rules
    items = [
        AgendaEntry.model_validate({**item.model_dump(), "public": item.public, "added": False})
        for item in await of_meeting(session, meeting.key)
        if not item.withdrawn
    ]
    judgement = rules.judge(given, new, on, len(items))
    computed = {**asdict(judgement), "agenda": items, "meeting": meeting.key}
    earlier = await queries.sent_to(session, meeting.key)
    if earlier is None:
        return await INVITATIONS.add(session, new, key=meeting.key, **computed)
    return await INVITATIONS.store(session, earlier, new, **computed)
