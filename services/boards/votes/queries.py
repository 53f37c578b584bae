"""Every question asked of the stored votes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.boards.tenures.rules import Term
from services.boards.votes.tables import VoteRow
from services.contracts.boards.votes import Vote, VoteOutcome, VoteState
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.days import day_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

VOTES = Kind(
    VoteRow,
    "votes",
    "boards.vote",
    within={"meeting": MEETINGS, "agenda_item": AGENDA_ITEMS},
    also=lambda session: of_own_body(session, col(VoteRow.meeting)),
)


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    meeting: str | None,
    agenda_item: str | None,
    state: VoteState | None,
    outcome: VoteOutcome | None,
) -> Mapping[str, Any]:
    """Votes by key: of a body, a meeting, an item, in a state, with an outcome."""
    where = matching(
        VoteRow, body=body, meeting=meeting, agenda_item=agenda_item, state=state, outcome=outcome
    )
    found = await VOTES.page(session, paging, *where)
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Vote:
    """One vote, as the actor may see it."""
    return (await told(session, [await VOTES.one(session, key)]))[0]


async def told(session: AsyncSession, rows: Sequence[VoteRow]) -> list[Vote]:
    """As the actor may see them: who was there and who said what only where that may be seen."""
    votes = [Vote.model_validate(row) for row in rows]
    if actor_of(session).sees_everything or not votes:
        return votes
    meetings = {vote.meeting for vote in votes}
    own = set(
        await session.exec(
            select(VoteRow.meeting).where(
                col(VoteRow.municipality_id) == municipality_of(session).id,
                col(VoteRow.meeting).in_(meetings),
                of_own_body(session, col(VoteRow.meeting)),
            )
        )
    )
    named = {ballot.membership for vote in votes for ballot in vote.ballots}
    for vote in votes:
        named |= {one.membership for one in (vote.snapshot and vote.snapshot.members) or ()}
    seen = set(
        await session.exec(
            select(MembershipRow.key).where(
                MEMBERSHIPS.seen(session), col(MembershipRow.key).in_(named)
            )
        )
    )
    allowed = visible_to(actor_of(session))
    return [
        vote if vote.meeting in own else _redacted(vote, seen, open=_open_to_see(vote, allowed))
        for vote in votes
    ]


def _open_to_see(vote: Vote, allowed: Collection[str]) -> bool:
    return vote.snapshot is not None and vote.snapshot.attendance_visibility in allowed


def _redacted(vote: Vote, seen: Collection[str], *, open: bool) -> Vote:
    snapshot = vote.snapshot
    if snapshot is not None:
        shown = [one for one in snapshot.members or () if one.membership in seen]
        chair = snapshot.chair if open and snapshot.chair in seen else None
        snapshot = snapshot.model_copy(update={"members": shown if open else None, "chair": chair})
    ballots = [ballot for ballot in vote.ballots if open and ballot.membership in seen]
    return vote.model_copy(
        update={
            "snapshot": snapshot,
            "ballots": ballots,
            "irregularities": [
                one.model_copy(update={"memberships": None}) for one in vote.irregularities
            ],
        }
    )


async def closed_in(session: AsyncSession, meeting: str) -> Sequence[VoteRow]:
    """The closed votes of a meeting, whoever asks."""
    statement = (
        select(VoteRow)
        .where(
            col(VoteRow.municipality_id) == municipality_of(session).id,
            col(VoteRow.meeting) == meeting,
            col(VoteRow.state) == VoteState.closed,
        )
        .order_by(col(VoteRow.key))
    )
    return (await session.exec(statement)).all()


async def decided_by(
    session: AsyncSession, body: str, terms: Iterable[Term]
) -> Sequence[MeetingRow]:
    """The meetings on a day of these terms in which the body closed a vote, whoever asks.

    Nobody else does anything in them until commit.
    """
    town = municipality_of(session).id
    voted = select(VoteRow.meeting).where(
        col(VoteRow.municipality_id) == town,
        col(VoteRow.body) == body,
        col(VoteRow.state) == VoteState.closed,
    )
    on = day_of(col(MeetingRow.starts_at))
    within = [on >= first if last is None else on.between(first, last) for first, last in terms]
    statement = (
        select(MeetingRow)
        .where(
            col(MeetingRow.municipality_id) == town, col(MeetingRow.key).in_(voted), or_(*within)
        )
        .order_by(col(MeetingRow.key))
        .with_for_update()
    )
    return (await session.exec(statement)).all()
