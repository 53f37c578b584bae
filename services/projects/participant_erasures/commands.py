"""Erasing participants: on request, and every day when their erase date has come."""

from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Role
from services.kit.days import today
from services.kit.jobs import Work
from services.kit.problems import NotFound
from services.projects.jobs import JOBS
from services.projects.participant_erasures import queries
from services.projects.participants import rules
from services.projects.participants.commands import tell
from services.projects.participants.queries import due, one

ERASE = "participants.erase"


async def erase(session: AsyncSession, key: str) -> None:
    """Erase somebody; what they counted as stays in the counts."""
    whole = await one(session, key, lock=True)
    row = whole.row
    counted = rules.codes(whole.facts, row.age, whole.leaving, whole.later)
    await queries.keep_counts(session, row, counted)
    await queries.forget(session, row)
    await tell(session, row, "erased")
    session.expunge(row)
    session.expunge(whole.special)
    session.info.pop("revision", None)


@JOBS.daily(ERASE, at="20 2", role=Role.case_worker)
async def erase_who_is_due(work: Work) -> None:
    """Erase in one municipality who is due; an erasure that fails holds up no other."""
    async with work.database.writing(work.actor) as session:
        keys = await due(session, today())
    await work.each([partial(_erase_due, key=key) for key in keys])


async def _erase_due(session: AsyncSession, key: str) -> None:
    """Erase somebody who is still due, and whom nobody erased meanwhile."""
    try:
        whole = await one(session, key, lock=True)
    except NotFound:
        return
    if whole.row.erase_on <= today():
        await erase(session, key)
