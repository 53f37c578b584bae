"""Every question asked of the stored invitations."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import of_meeting
from services.boards.agendas.tables import AgendaItemRow
from services.boards.attendances.queries import attended
from services.boards.composition.queries import voters
from services.boards.invitations import rules
from services.boards.invitations.rules import Invited
from services.boards.invitations.tables import InvitationRow
from services.boards.meetings.queries import MEETINGS, in_its_body
from services.boards.meetings.rules import may_have_results
from services.boards.meetings.tables import MeetingRow
from services.boards.procedures.queries import in_force
from services.boards.votes.tables import VoteRow
from services.contracts.boards.invitations import (
    Agenda,
    AgendaAs,
    AgendaEntry,
    Convening,
    Finding,
    Invitation,
)
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.votes import VoteOutcome, VotePurpose, VoteState
from services.contracts.shared.base import Visibility
from services.kit.database import actor_of, municipality_of
from services.kit.days import day
from services.kit.problems import Conflict, NotFound
from services.kit.resources import Kind

INVITATIONS = Kind(InvitationRow, "invitations", "boards.invitation", within={"meeting": MEETINGS})


async def one(session: AsyncSession, meeting: str) -> Invitation:
    """The invitation to a meeting, as the actor may see it; 404 when there is none."""
    found = await MEETINGS.one(session, meeting)
    row = await INVITATIONS.one(session, found.key)
    return await told(session, found, row)


async def told(session: AsyncSession, meeting: MeetingRow, row: InvitationRow) -> Invitation:
    """With what holds now; whom it concerns, and why it is urgent, for those it concerns."""
    convened = await convening(session, meeting)
    fields = {name: getattr(row, name) for name in Invitation.model_fields if hasattr(row, name)}
    answer = Invitation.model_validate({**fields, "convening": convened})
    if actor_of(session).sees_everything or await in_its_body(session, meeting):
        return answer
    findings = [
        finding.model_copy(update={"memberships": None if finding.memberships is None else []})
        for finding in answer.findings
    ]
    return answer.model_copy(update={"reason": None, "receipts": [], "findings": findings})


async def agenda(session: AsyncSession, meeting: str, of: AgendaAs | None) -> Agenda:
    """The agenda of a meeting as the actor may see it."""
    found = await MEETINGS.one(session, meeting)
    rows = await of_meeting(session, found.key)
    mine = actor_of(session).sees_everything or await in_its_body(session, found)
    seen = {row.key for row in rows if mine or row.visibility == Visibility.public}
    sent = await sent_to(session, found.key)
    begun = sent is None or may_have_results(MeetingState(found.state))
    which = of or (AgendaAs.held if begun else AgendaAs.invited)
    if which == AgendaAs.invited:
        if sent is None:
            raise NotFound("Nobody was invited to this meeting yet.")
        entries = [AgendaEntry.model_validate(entry) for entry in sent.agenda]
    else:
        invited = {entry["key"] for entry in sent.agenda} if sent is not None else None
        entries = [_entry(row, invited) for row in rows]
    shown = [one for one in entries if one.key in seen and (one.public or mine)]
    return Agenda(meeting=found.key, of=which, items=shown, closed_items=len(entries) - len(shown))


def _entry(row: AgendaItemRow, invited: Collection[str] | None) -> AgendaEntry:
    return AgendaEntry.model_validate(
        {
            **row.model_dump(),
            "public": row.public,
            "added": invited is not None and row.key not in invited,
        }
    )


async def sent_to(session: AsyncSession, meeting: str) -> InvitationRow | None:
    """The invitation to a meeting, whoever asks."""
    statement = select(InvitationRow).where(
        col(InvitationRow.municipality_id) == municipality_of(session).id,
        col(InvitationRow.meeting) == meeting,
    )
    return (await session.exec(statement)).one_or_none()


async def invited(session: AsyncSession, meeting: str) -> Invited | None:
    """What is left of the invitation for the rules."""
    row = await sent_to(session, meeting)
    if row is None:
        return None
    findings = [Finding.model_validate(finding) for finding in row.findings]
    return Invited(
        in_due_form=row.in_due_form,
        needs_finding=row.needs_finding,
        reached=row.reached,
        for_everybody=any(finding.memberships is None for finding in findings),
        named={member for finding in findings for member in finding.memberships or ()},
        items={entry["key"] for entry in row.agenda},
        states_again=row.states_again,
    )


async def convening(session: AsyncSession, meeting: MeetingRow) -> Convening:
    """Whether the body was duly convened, with everything that is known now; whoever asks."""
    on = day(meeting.starts_at)
    given = (await in_force(session, meeting.body, on)).rules
    members = {voter.membership for voter in await voters(session, meeting.body, on)}
    return rules.convening(
        given,
        await invited(session, meeting.key),
        await urgency(session, meeting.key, None),
        members,
        await attended(session, meeting.key),
    )


async def urgency(session: AsyncSession, meeting: str, item: str | None) -> VoteOutcome | None:
    """What the body last found of the urgency of the meeting or of an item; None before that."""
    of = col(VoteRow.agenda_item)
    statement = (
        select(VoteRow.outcome)
        .where(
            col(VoteRow.municipality_id) == municipality_of(session).id,
            col(VoteRow.meeting) == meeting,
            col(VoteRow.purpose) == VotePurpose.urgency,
            col(VoteRow.state) == VoteState.closed,
            of.is_(None) if item is None else of == item,
        )
        .order_by(col(VoteRow.snapshot)["at"].astext.desc(), col(VoteRow.id).desc())
        .limit(1)
    )
    found = (await session.exec(statement)).first()
    return VoteOutcome(found) if found is not None else None


async def objection(
    session: AsyncSession, meeting: MeetingRow, purpose: VotePurpose, item: AgendaItemRow | None
) -> Conflict | None:
    """Why there can be no such vote in the meeting; None when there can."""
    on_agenda = None
    if item is not None:
        found = await urgency(session, meeting.key, item.key) == VoteOutcome.adopted
        on_agenda = rules.OnAgenda(item.key, item.urgent, item.withdrawn, found)
    return rules.objection(
        (await in_force(session, meeting.body, day(meeting.starts_at))).rules,
        await convening(session, meeting),
        await invited(session, meeting.key),
        purpose,
        on_agenda,
    )
