"""Leaving, coming back and asking again over HTTP."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.projects.participants import (
    DueFollowUp,
    Participant,
    ParticipantExit,
    ReEntry,
    SixMonths,
)
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.projects.participant_follow_ups import commands, queries

participant_follow_ups = router("Participants")
READ, WRITE = requires("projects.participants:read"), requires("projects.participants:write")


@participant_follow_ups.get(
    "/participants/follow-ups", response_model=list[DueFollowUp], dependencies=[READ]
)
async def list_participant_follow_ups(
    session: Reading,
    until: Annotated[date | None, Query(description="Due on this day or before.")] = None,
) -> Sequence[DueFollowUp]:
    """List whom to ask again.

    Of everybody who left: what is so within four weeks, and how it is after six months, as far as
    it is not known yet (Wiedervorlage); the earliest first.
    """
    return await queries.due(session, today(), until)


@participant_follow_ups.post(
    "/participants/{key}/exit", response_model=Participant, dependencies=[WRITE]
)
async def leave_project(session: Writing, key: str, new: ParticipantExit) -> Participant:
    """Enter that a participant left.

    The last exit overwrites what was said of the one before. Of looking for work (EECR01) and being
    in work (EECR04) the last within the four weeks counts, never both. Refused: a day before the
    last entry, and both of them.
    """
    return await commands.leave(session, key, new)


@participant_follow_ups.post(
    "/participants/{key}/re-entry", response_model=Participant, dependencies=[WRITE]
)
async def re_enter_project(session: Writing, key: str, new: ReEntry) -> Participant:
    """Enter that a participant came back.

    To the same project it is one record, counted once, with what was known on the first entry.
    Refused (409): somebody who has not left.
    """
    return await commands.come_back(session, key, new)


@participant_follow_ups.post(
    "/participants/{key}/six-months", response_model=Participant, dependencies=[WRITE]
)
async def answer_after_six_months(session: Writing, key: str, new: SixMonths) -> Participant:
    """Enter how it is six months after leaving.

    Refused (409): somebody who has not left.
    """
    return await commands.ask_again(session, key, new)
