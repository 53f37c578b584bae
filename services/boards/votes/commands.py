"""What a person does with votes, and what follows by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import concerned, item
from services.boards.attendances.queries import attended
from services.boards.attendances.rules import standings
from services.boards.composition.queries import legal_size, voters
from services.boards.composition.rules import Voter
from services.boards.days import day
from services.boards.exclusions.queries import affiliations, of_item
from services.boards.exclusions.rules import applies, named
from services.boards.grounds.commands import turned
from services.boards.keys import opaque
from services.boards.meetings.queries import MEETINGS, locked
from services.boards.meetings.rules import check_begun
from services.boards.meetings.tables import MeetingRow
from services.boards.procedures.queries import in_force
from services.boards.reviews.rules import Cast, reviewed
from services.boards.votes import queries, rules
from services.boards.votes.queries import VOTES
from services.boards.votes.tables import VoteRow
from services.contracts.boards.exclusions import ExclusionState
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.votes import (
    Counts,
    NewVote,
    StandingOf,
    Vote,
    VoteClosing,
    VoteMethod,
    VoteState,
)
from services.kit.problems import Conflict, Invalid


async def put(session: AsyncSession, new: NewVote) -> Vote:
    """Put a question to the vote."""
    meeting = await locked(session, new.meeting)
    check_begun(MeetingState(meeting.state))
    rules.check_item(new)
    if new.agenda_item is not None:
        on_agenda = await item(session, new.agenda_item)
        if on_agenda is None or on_agenda.meeting != meeting.key:
            raise Invalid(
                "That item is not on the agenda of this meeting.",
                pointer="/agenda_item",
                code="other-meeting",
            )
    given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    row = await VOTES.add(
        session,
        new,
        key=new.key or opaque("v"),
        meeting=meeting.key,
        body=meeting.body,
        majority=new.majority or given.majority,
        tie=new.tie or given.tie,
        state=VoteState.open,
        ballots=[],
        irregularities=[],
    )
    return Vote.model_validate(row)


async def close(session: AsyncSession, key: str, closing: VoteClosing) -> Vote:
    """Close a vote with the votes that were cast; what follows is computed and frozen."""
    meeting, row = await _open(session, key)
    at = rules.moment(
        closing.at, MeetingState(meeting.state), meeting.starts_at, meeting.ends_at, _now()
    )
    given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
    everybody = await voters(session, meeting.body, day(meeting.starts_at))
    vote = Vote.model_validate(row)
    members = await _standings(session, meeting, vote, everybody, at, undecided=True)
    _, voting_members = await legal_size(session, meeting.body, day(meeting.starts_at))
    snapshot = rules.taken(
        given,
        vote.majority,
        vote.tie,
        members,
        voting_members,
        [voter for voter in everybody if voter.chair],
        at,
        again=False,
    )
    snapshot, counts = rules.closed(snapshot, VoteMethod(row.method), closing)
    row = await VOTES.store(
        session,
        row,
        counts,
        state=VoteState.closed,
        ballots=closing.ballots,
        casting=closing.casting,
        snapshot=snapshot,
        outcome=snapshot.outcome,
    )
    await VOTES.tell(session, row, "closed", outcome=row.outcome)
    return Vote.model_validate(row)


async def withdraw(session: AsyncSession, key: str) -> Vote:
    """Take back a vote that was opened and not taken."""
    _, row = await _open(session, key)
    row = await VOTES.store(session, row, Vote.model_validate(row), state=VoteState.withdrawn)
    return Vote.model_validate(row)


async def review(session: AsyncSession, meeting: MeetingRow) -> None:
    """Look at the closed votes of a meeting again: were they taken by the right people?"""
    rows = await queries.closed_in(session, meeting.key)
    if not rows:
        return
    everybody = await voters(session, meeting.body, day(meeting.starts_at))
    for row in rows:
        vote = Vote.model_validate(row)
        assert vote.snapshot is not None, "a closed vote has a snapshot"
        now = await _standings(session, meeting, vote, everybody, vote.snapshot.at)
        counts = Counts.model_validate({name: getattr(row, name) for name in Counts.model_fields})
        cast = Cast(counts, vote.ballots, vote.casting)
        outcome, irregularities = reviewed(vote.snapshot, cast, now)
        before = row.outcome
        await VOTES.store(session, row, vote, outcome=outcome, irregularities=irregularities)
        if row.outcome != before:
            await turned(session, row)


async def _open(session: AsyncSession, key: str) -> tuple[MeetingRow, VoteRow]:
    """An open vote and its meeting, in which nobody else does anything until commit."""
    row = await VOTES.one(session, key)
    meeting = await MEETINGS.one(session, row.meeting, lock=True)
    await session.refresh(row)
    session.info["read"] = key
    if row.state != VoteState.open:
        raise Conflict(f"The vote is {row.state}.", pointer="/state", code="not-open")
    return meeting, row


async def _standings(
    session: AsyncSession,
    meeting: MeetingRow,
    vote: Vote,
    everybody: Sequence[Voter],
    at: datetime,
    *,
    undecided: bool = False,
) -> list[StandingOf]:
    """How each voting member stood; refuses an `undecided` conflict of interest of who votes."""
    noted = await attended(session, meeting.key)
    if vote.agenda_item is None or not applies(vote.purpose):
        return standings(everybody, noted, (), at)
    found = await of_item(session, vote.agenda_item)
    excluded = {person for row, person in found if row.state == ExclusionState.confirmed}
    members = standings(everybody, noted, excluded, at)
    if undecided:
        decided = {person for row, person in found if row.state != ExclusionState.proposed}
        waiting = {person for row, person in found if row.state == ExclusionState.proposed}
        on_agenda = await item(session, vote.agenda_item)
        given = (await in_force(session, meeting.body, day(meeting.starts_at))).rules
        if on_agenda is not None and given.exclusions:
            affiliated = await affiliations(session, meeting.body, day(meeting.starts_at))
            concerns = await concerned(session, on_agenda)
            waiting |= {one.person for one in named(concerns, affiliated)} - decided
        acting = {one.votes for one in members}
        persons = {one.membership: one.person for one in noted}
        if waiting & {persons[votes] for votes in acting if votes is not None}:
            raise Conflict(
                "A conflict of interest of somebody who would vote is not decided: "
                "confirm or dismiss the exclusion first.",
                pointer="/agenda_item",
                code="undecided-exclusion",
            )
    return members


def _now() -> datetime:
    return datetime.now(UTC)
