"""Agendas over HTTP."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Path

from services.boards.agendas import commands, queries
from services.boards.agendas.tables import AgendaItemRow
from services.contracts.boards.meetings import AgendaItem, NewAgendaItem
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

agendas = router("Meetings", path="/v1/{municipality}/meetings/{key}/agenda-items")
READ, WRITE = requires("boards.meetings:read"), requires("boards.meetings:write")
HISTORY = requires("boards.meetings:history")
agenda_items = router("Meetings")

MeetingKey = Annotated[str, Path(alias="key", description="Key or UUID of the meeting.")]
ItemKey = Annotated[str, Path(description="Key or UUID of the agenda item.")]


@agendas.get("", response_model=Page[AgendaItem], dependencies=[READ])
async def list_agenda_items(
    session: Reading, paging: PageOf, meeting: MeetingKey
) -> Mapping[str, Any]:
    """List the agenda of a meeting.

    Its items (Tagesordnungspunkte) in their order; those of the closed part (nichtöffentlich) are
    there for the administration and the members of the body.
    """
    return await queries.page(session, paging, meeting)


@agendas.post("", status_code=201, response_model=AgendaItem, dependencies=[WRITE])
async def create_agenda_item(
    session: Writing, meeting: MeetingKey, new: NewAgendaItem
) -> AgendaItemRow:
    """Put an item on the agenda.

    Without a `position` at its end; after the invitation only as `urgent`, with the reason. Where
    it `concerns` an organisation, the exclusion of its people is proposed. Refused: a position that
    is taken (409), a result before the meeting is running (409), a late item that is not urgent
    (409), one that comes again (`again_of`) without having failed for want of a quorum.
    """
    return await commands.put(session, meeting, new)


@agendas.get("/{item}", response_model=AgendaItem, dependencies=[READ])
async def read_agenda_item(session: Reading, meeting: MeetingKey, item: ItemKey) -> AgendaItem:
    """Read an agenda item.

    By its key or its UUID, in its own meeting.
    """
    return await queries.one(session, meeting, item)


@agenda_items.get("/agenda-items/{key}", response_model=AgendaItem, dependencies=[READ])
async def read_agenda_item_by_key(session: Reading, key: str) -> AgendaItem:
    """Read an agenda item by its key alone.

    As events name it (`agenda-items/...`); it says of which meeting it is.
    """
    return await queries.by_key(session, key)


@agendas.patch("/{item}", response_model=AgendaItem, dependencies=[WRITE])
async def change_agenda_item(
    session: Writing,
    meeting: MeetingKey,
    item: ItemKey,
    patch: Patch[NewAgendaItem],
    expected: Expected,
) -> AgendaItemRow:
    """Change an agenda item.

    Send only what changes, with the ETag that you have read as If-Match. A `position` of null moves
    it to the end. Refused (409): a position that is taken, a result before the meeting is running;
    once the body has voted on the item, to type a result or to take it off the agenda.
    """
    return await commands.change(session, meeting, item, patch, expected)


@agendas.get("/{item}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_agenda_item_history(
    session: Reading, meeting: MeetingKey, item: ItemKey
) -> Sequence[Revision]:
    """Read the history of an agenda item.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await queries.history(session, meeting, item)
