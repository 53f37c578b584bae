"""What a person does with the agenda of a meeting."""

from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas import queries, rules
from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.agendas.tables import AgendaItemRow
from services.boards.exclusions import commands as exclusions
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.boards.organisations.queries import known
from services.boards.procedures.queries import in_force
from services.contracts.boards.meetings import MeetingState, NewAgendaItem
from services.kit.database import municipality_of
from services.kit.days import day
from services.kit.keys import opaque
from services.kit.patches import Patch


async def put(session: AsyncSession, meeting: str, new: NewAgendaItem) -> AgendaItemRow:
    """Put an item on the agenda."""
    found = await MEETINGS.one(session, meeting, lock=True)
    state = MeetingState(found.state)
    rules.check_state(state)
    rules.check_urgent(new, state)
    computed = await _computed(session, found, new)
    row = await AGENDA_ITEMS.add(
        session, new, key=new.key or opaque("a"), meeting=found.key, **computed
    )
    await exclusions.propose(session, found, row)
    base = f"/v1/{municipality_of(session).key}/meetings/{found.key}"
    session.info["location"] = f"{base}/agenda-items/{row.key}"
    return row


async def change(
    session: AsyncSession, meeting: str, key: str, patch: Patch[NewAgendaItem], expected: int
) -> AgendaItemRow:
    """Change an item: its text, its place, what came of it."""
    found = await MEETINGS.one(session, meeting, lock=True)
    on_agenda = col(AgendaItemRow.meeting) == found.key
    row = await AGENDA_ITEMS.locked(session, key, expected, on_agenda)
    new = patch.onto(row, "urgent")
    if (new.withdrawn, new.result) != (row.withdrawn, row.result):
        rules.check_voted(row, new, await queries.was_voted_on(session, row.key))
    row = await AGENDA_ITEMS.store(session, row, new, **await _computed(session, found, new))
    await exclusions.propose(session, found, row)
    session.info["revision"] = row.revision
    return row


async def _computed(
    session: AsyncSession, meeting: MeetingRow, new: NewAgendaItem
) -> dict[str, Any]:
    rules.check_result(new, MeetingState(meeting.state))
    position = new.position
    if position is None:
        position = await queries.end_of_agenda(session, meeting.key)
    if new.again_of is not None:
        again = await queries.not_quorate_before(session, meeting, new.again_of)
        rules.check_again(again)
    rules.check_concerns(new, await known(session, new.concerns))
    given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    visibility = rules.visibility(new, usually_public=given.items_public)
    return {"position": position, "visibility": visibility}
