"""What a person does with meetings."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.invitations.commands import lapse
from services.boards.meetings import rules
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.contracts.boards.meetings import MeetingState, NewMeeting
from services.kit.days import day, today
from services.kit.patches import Patch


async def plan(session: AsyncSession, new: NewMeeting) -> MeetingRow:
    """Plan a meeting."""
    rules.check_new(new.state)
    return await MEETINGS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewMeeting], expected: int
) -> MeetingRow:
    """Change a meeting: invite to it, move it, open and close it, cancel it."""
    row = await MEETINGS.locked(session, key, expected)
    new = patch.onto(row, "body")
    now = MeetingState(row.state)
    rules.check_step(now, new.state)
    rules.check_day(now, day(row.starts_at), day(new.starts_at))
    if now != new.state:
        rules.check_come(new.state, day(new.starts_at), today())
    row = await MEETINGS.store(session, row, new)
    if now != new.state and rules.is_off(new.state):
        await lapse(session, row)
    return row
