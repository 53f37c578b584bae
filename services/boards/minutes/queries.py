"""Every question asked of the stored minutes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.agendas.tables import AgendaItemRow
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.boards.meetings.tables import MeetingRow
from services.boards.minutes.rules import Approving
from services.boards.minutes.tables import MinutesRow
from services.boards.votes.tables import VoteRow
from services.contracts.boards.minutes import Minutes, MinutesState
from services.contracts.boards.votes import VoteOutcome, VotePurpose
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

MINUTES = Kind(
    MinutesRow,
    "minutes",
    "boards.minutes",
    within={"meeting": MEETINGS},
    also=lambda session: of_own_body(session, col(MinutesRow.meeting)),
)


async def page(
    session: AsyncSession, paging: Paging, body: str | None, state: MinutesState | None
) -> Mapping[str, Any]:
    """Minutes by key: of a body, in a state."""
    where = matching(MinutesRow, body=body, state=state)
    found = await MINUTES.page(session, paging, *where)
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Minutes:
    """Minutes as the actor may see them."""
    return (await told(session, [await MINUTES.one(session, key)]))[0]


async def told(session: AsyncSession, rows: Sequence[MinutesRow]) -> list[Minutes]:
    """With the notes on those items that the actor may see."""
    answers = [Minutes.model_validate(row) for row in rows]
    noted = {note.agenda_item for answer in answers for note in answer.notes}
    if actor_of(session).sees_everything or not noted:
        return answers
    statement = select(AgendaItemRow.key).where(
        AGENDA_ITEMS.seen(session), col(AgendaItemRow.key).in_(noted)
    )
    seen = set(await session.exec(statement))
    return [
        answer.model_copy(
            update={"notes": [note for note in answer.notes if note.agenda_item in seen]}
        )
        for answer in answers
    ]


async def approving(session: AsyncSession, vote: str) -> Approving | None:
    """The vote by which minutes are to be approved, whoever asks; locked until commit."""
    statement = (
        select(VoteRow, MeetingRow.starts_at)
        .join(
            MeetingRow,
            (col(MeetingRow.municipality_id) == col(VoteRow.municipality_id))
            & (col(MeetingRow.key) == col(VoteRow.meeting)),
        )
        .where(
            col(VoteRow.municipality_id) == municipality_of(session).id, col(VoteRow.key) == vote
        )
        .with_for_update(of=VoteRow, key_share=True)
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        return None
    row, starts_at = found
    return Approving(
        body=row.body,
        purpose=VotePurpose(row.purpose),
        outcome=VoteOutcome(row.outcome) if row.outcome is not None else None,
        taken_in_meeting_of=starts_at,
    )


async def approved_by(session: AsyncSession, votes: Collection[str]) -> Sequence[MinutesRow]:
    """The minutes that these votes approved."""
    if not votes:
        return []
    statement = select(MinutesRow).where(
        MINUTES.seen(session), col(MinutesRow.approved_by).in_(votes)
    )
    return (await session.exec(statement.order_by(col(MinutesRow.key)))).all()
