"""Votes over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.votes import commands, queries
from services.boards.votes.queries import VOTES
from services.contracts.boards.votes import NewVote, Vote, VoteClosing, VoteOutcome, VoteState
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf

votes = router("Votes")
READ, WRITE = requires("boards.votes:read"), requires("boards.votes:write")
HISTORY = requires("boards.votes:history")


@votes.get("/votes", response_model=Page[Vote], dependencies=[READ])
async def list_votes(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    meeting: Annotated[Key | None, Query(description="At this meeting only.")] = None,
    agenda_item: Annotated[Key | None, Query(description="On this item only.")] = None,
    state: Annotated[VoteState | None, Query(description="In this state only.")] = None,
    outcome: Annotated[VoteOutcome | None, Query(description="With this outcome only.")] = None,
) -> Mapping[str, Any]:
    """List votes.

    What was asked, how many said what, and what follows (Abstimmungen). Who was there and who said
    what is told to those who may see who was there; of a secret vote nobody knows it.
    """
    return await queries.page(session, paging, body, meeting, agenda_item, state, outcome)


@votes.post("/votes", status_code=201, response_model=Vote, dependencies=[WRITE])
async def create_vote(session: Writing, new: NewVote) -> Vote:
    """Put a question to the vote.

    In a meeting that is running or held, on an item of its agenda. Majority and tie rule are those
    of the body's procedure unless given. It is closed with the votes by `/closing`.
    """
    return await commands.put(session, new)


@votes.get("/votes/{key}", response_model=Vote, dependencies=[READ])
async def read_vote(session: Reading, key: str) -> Vote:
    """Read a vote.

    By its key or its UUID.
    """
    return await queries.one(session, key)


@votes.post("/votes/{key}/closing", response_model=Vote, dependencies=[WRITE])
async def close_vote(session: Writing, key: str, closing: VoteClosing) -> Vote:
    """Close a vote.

    With the votes that were cast. Who may vote, the quorum (Beschlussfähigkeit) and the outcome are
    computed from seats, attendance and exclusions and kept as they were (`snapshot`). Refused: the
    ballot of somebody who is excluded, absent or without a vote; more votes than voters; ballots of
    a secret vote; a roll call that somebody is missing from; a conflict of interest that nobody has
    decided (409).
    """
    return await commands.close(session, key, closing)


@votes.post("/votes/{key}/withdrawal", response_model=Vote, dependencies=[WRITE])
async def withdraw_vote(session: Writing, key: str) -> Vote:
    """Take back a vote.

    One that was opened and not taken. A closed vote stays (409).
    """
    return await commands.withdraw(session, key)


@votes.get("/votes/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_vote_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a vote.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await VOTES.history(session, key)
