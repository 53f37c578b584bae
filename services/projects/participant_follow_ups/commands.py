"""What a person does when somebody leaves, comes back, or is asked again."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participants import (
    Participant,
    ParticipantExit,
    ReEntry,
    SixMonths,
)
from services.projects.participants import queries, rules
from services.projects.participants.commands import store


async def leave(session: AsyncSession, key: str, exit_: ParticipantExit) -> Participant:
    """Enter that somebody left; the last exit counts."""
    whole = await queries.one(session, key, lock=True)
    again = [date.fromisoformat(day) for day in whole.row.re_entered_on]
    rules.check_exit(whole.row.entered_on, again, exit_.exited_on)
    rules.check_outcome(exit_)
    if whole.row.exited_on != exit_.exited_on:
        whole.row.six_months = None
    whole.row.exited_on, whole.row.leaving = exit_.exited_on, exit_.model_dump(mode="json")
    return await store(session, whole, ["exited_on", "leaving"])


async def come_back(session: AsyncSession, key: str, re_entry: ReEntry) -> Participant:
    """Enter that somebody came back: one record, what was known first stays, and what was so when
    they left counts until they leave again."""
    whole = await queries.one(session, key, lock=True)
    rules.check_re_entry(whole.row.exited_on, re_entry.entered_on)
    whole.row.re_entered_on = [*whole.row.re_entered_on, re_entry.entered_on.isoformat()]
    whole.row.exited_on = None
    return await store(session, whole, ["re_entered_on"])


async def ask_again(session: AsyncSession, key: str, later: SixMonths) -> Participant:
    """Enter how it is six months after leaving."""
    whole = await queries.one(session, key, lock=True)
    rules.check_left(whole.row.exited_on)
    whole.row.six_months = later.model_dump(mode="json")
    return await store(session, whole, ["six_months"])
