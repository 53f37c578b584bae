"""What a person does with series of meetings."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.meetings.queries import MEETINGS
from services.boards.series import rules
from services.boards.series.queries import SERIES
from services.boards.series.tables import MeetingSeriesRow
from services.contracts.boards.meetings import NewMeeting
from services.contracts.boards.series import NewMeetingSeries


async def plan(session: AsyncSession, new: NewMeetingSeries) -> MeetingSeriesRow:
    """Plan a series with all its meetings."""
    row = await SERIES.add(session, new)
    told = {name: session.info[name] for name in ("location", "revision")}
    for number, (starts_at, ends_at) in enumerate(rules.times(new), 1):
        meeting = NewMeeting(
            key=f"{new.key}-{number}",
            body=new.body,
            name=new.name,
            kind=new.kind,
            starts_at=starts_at,
            ends_at=ends_at,
            location=new.location,
            visibility=new.visibility,
        )
        await MEETINGS.add(session, meeting, series=row.key)
    session.info.update(told)
    return row
