"""What a person does with votes, and what follows by itself."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import item
from services.boards.agendas.tables import AgendaItemRow
from services.boards.attendances.queries import attended
from services.boards.attendances.rules import here, standings
from services.boards.composition.queries import legal_size, voters
from services.boards.exclusions.queries import excluded as excluded_from
from services.boards.exclusions.rules import Excluded, applies
from services.boards.grounds.commands import turned
from services.boards.invitations import queries as convened
from services.boards.invitations.queries import invited
from services.boards.meetings.queries import MEETINGS, locked
from services.boards.meetings.rules import check_begun
from services.boards.meetings.tables import MeetingRow
from services.boards.procedures.queries import in_force
from services.boards.reviews.rules import Cast, reviewed
from services.boards.tenures.rules import Term
from services.boards.votes import queries, rules
from services.boards.votes.queries import VOTES
from services.boards.votes.tables import VoteRow
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.votes import (
    Counts,
    NewVote,
    Vote,
    VoteClosing,
    VotePurpose,
    VoteState,
)
from services.kit.days import day
from services.kit.keys import opaque
from services.kit.problems import Conflict, Invalid
from services.kit.resources import aside


async def put(session: AsyncSession, new: NewVote) -> Vote:
    """Put a question to the vote."""
    meeting = await locked(session, new.meeting)
    check_begun(MeetingState(meeting.state))
    rules.check_item(new)
    on_agenda = await _on_agenda(session, new.agenda_item)
    if on_agenda is not None and on_agenda.meeting != meeting.key:
        raise Invalid(
            "That item is not on the agenda of this meeting.",
            pointer="/agenda_item",
            code="other-meeting",
        )
    await _check(session, meeting, new.purpose, on_agenda)
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
    vote, on = Vote.model_validate(row), day(meeting.starts_at)
    on_agenda = await _on_agenda(session, vote.agenda_item)
    await _check(session, meeting, vote.purpose, on_agenda)
    at = rules.moment(
        closing.at, MeetingState(meeting.state), meeting.starts_at, meeting.ends_at, _now()
    )
    everybody = await voters(session, meeting.body, on)
    noted = await attended(session, meeting.key)
    excluded = await _excluded(session, meeting, vote.purpose, on_agenda)
    members = standings(everybody, noted, excluded.confirmed, at)
    rules.check_decided(members, {one.membership: one.person for one in noted}, excluded.undecided)
    sent = await invited(session, meeting.key)
    again = on_agenda is not None and on_agenda.again_of is not None
    snapshot = rules.taken(
        (await in_force(session, meeting.body, on)).rules,
        vote.majority,
        vote.tie,
        members,
        (await legal_size(session, meeting.body, on))[1],
        [voter for voter in everybody if voter.chair],
        at,
        again=again and sent is not None and sent.states_again,
    )
    snapshot, counts = rules.closed(snapshot, vote.method, closing)
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
    """Look at the closed votes of a meeting again, those on urgency first: others rest on them."""
    rows = await queries.closed_in(session, meeting.key)
    if not rows:
        return
    everybody = await voters(session, meeting.body, day(meeting.starts_at))
    noted = await attended(session, meeting.key)
    others: list[VoteRow] = []
    for row in sorted(rows, key=lambda one: one.purpose != VotePurpose.urgency):
        vote = Vote.model_validate(row)
        assert vote.snapshot is not None, "a closed vote has a snapshot"
        on_agenda = await _on_agenda(session, vote.agenda_item)
        excluded = await _excluded(session, meeting, vote.purpose, on_agenda)
        at = vote.snapshot.at
        now = standings(everybody, noted, excluded.confirmed, at)
        there = {one.membership: one.substitutes_for for one in noted if here(one, at)}
        counts = Counts.model_validate({name: getattr(row, name) for name in Counts.model_fields})
        objection = await convened.objection(session, meeting, vote.purpose, on_agenda)
        outcome, irregularities = reviewed(
            vote.snapshot,
            Cast(counts, vote.ballots, vote.casting),
            now,
            there,
            convened=objection is None,
        )
        before = row.outcome
        await VOTES.store(session, row, vote, outcome=outcome, irregularities=irregularities)
        if row.outcome != before:
            others.append(row)
    await turned(session, others)


async def review_of(session: AsyncSession, body: str, *terms: Term) -> None:
    """Look at the closed votes of a body again, where another may have been a member on the day."""
    if not terms:
        return
    with aside(session):
        for meeting in await queries.decided_by(session, body, terms):
            await review(session, meeting)


async def _open(session: AsyncSession, key: str) -> tuple[MeetingRow, VoteRow]:
    """An open vote and its meeting, in which nobody else does anything until commit."""
    row = await VOTES.one(session, key)
    meeting = await MEETINGS.one(session, row.meeting, lock=True)
    await session.refresh(row)
    session.info["read"] = key
    if row.state != VoteState.open:
        raise Conflict(f"The vote is {row.state}.", pointer="/state", code="not-open")
    return meeting, row


async def _on_agenda(session: AsyncSession, key: str | None) -> AgendaItemRow | None:
    found = await item(session, key) if key is not None else None
    if key is not None and found is None:
        raise Invalid("There is no such agenda item.", pointer="/agenda_item", code="unknown")
    return found


async def _check(
    session: AsyncSession,
    meeting: MeetingRow,
    purpose: VotePurpose,
    on_agenda: AgendaItemRow | None,
) -> None:
    """Refuse a vote for which the body was not duly convened."""
    objection = await convened.objection(session, meeting, purpose, on_agenda)
    if objection is not None:
        raise objection


async def _excluded(
    session: AsyncSession,
    meeting: MeetingRow,
    purpose: VotePurpose,
    on_agenda: AgendaItemRow | None,
) -> Excluded:
    return await excluded_from(session, meeting, on_agenda) if applies(purpose) else Excluded()


def _now() -> datetime:
    return datetime.now(UTC)
