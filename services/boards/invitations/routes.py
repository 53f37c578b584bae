"""Invitations and agendas over HTTP."""

from typing import Annotated

from fastapi import Query

from services.boards.invitations import commands, queries
from services.boards.invitations.queries import INVITATIONS
from services.boards.meetings.queries import MEETINGS
from services.contracts.boards.invitations import Agenda, AgendaAs, Invitation, NewInvitation
from services.contracts.shared.base import Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing

invitations = router("Meetings")
READ, WRITE = requires("boards.meetings:read"), requires("boards.meetings:write")
HISTORY = requires("boards.meetings:history")


@invitations.post(
    "/meetings/{key}/invitation", status_code=201, response_model=Invitation, dependencies=[WRITE]
)
async def invite_to_meeting(session: Writing, key: str, new: NewInvitation) -> Invitation:
    """Invite to a meeting.

    The agenda is frozen as it stands. The answer says whether the invitation is in due form by the
    procedure of the body (ordnungsgemäße Ladung), which clause says so, and what is wrong with it;
    nothing is refused for that. A planned meeting becomes invited; as long as it has not begun a
    later invitation replaces this one. Refused: any other state of the meeting (409).
    """
    return await commands.invite(session, key, new)


@invitations.get("/meetings/{key}/invitation", response_model=Invitation, dependencies=[READ])
async def read_invitation(session: Reading, key: str) -> Invitation:
    """Read the invitation to a meeting.

    `convening` says what holds now: whether the body was duly convened, must first establish the
    urgency, or a defect is healed because all came whom it concerns and nobody objects. Who they
    are, and why it is urgent, is told to the body and the administration.
    """
    return await queries.one(session, key)


@invitations.get(
    "/meetings/{key}/invitation/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_invitation_history(session: Reading, key: str) -> list[Revision]:
    """Read the earlier invitations to a meeting.

    Every state, newest first, with the agenda as it was sent.
    """
    return await INVITATIONS.history(session, (await MEETINGS.one(session, key)).key)


@invitations.get("/meetings/{key}/agenda", response_model=Agenda, dependencies=[READ])
async def read_agenda(
    session: Reading,
    key: str,
    of: Annotated[
        AgendaAs | None,
        Query(
            alias="as",
            description="As invited or as held; if not said, as invited until the meeting begins.",
        ),
    ] = None,
) -> Agenda:
    """Read the agenda of a meeting.

    `invited`: as it was sent with the invitation (404 before that). `held`: as it stands, with what
    was added for urgency, what was taken off, and the results. Of the closed part
    (nichtöffentlicher Teil) everybody learns how many items it has; its members see them.
    """
    return await queries.agenda(session, key, of)
