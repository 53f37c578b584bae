"""Erasing participants: on request, and every day when their erase date has come."""

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor, Municipality, Role
from services.kit import journal
from services.kit.database import Database
from services.kit.jobs import Work
from services.kit.problems import NotFound
from services.kit.settings import Settings
from services.projects.dates import today
from services.projects.jobs import JOBS
from services.projects.participant_erasures import queries
from services.projects.participants import rules
from services.projects.participants.commands import tell
from services.projects.participants.queries import due, one

log = structlog.get_logger()
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


@JOBS.daily(ERASE, at="20 2")
async def every_day(database: Database, _: Settings) -> None:
    """Order for each municipality that who is due is erased."""
    for head in await journal.heads(database.pool):
        town = Municipality(key=head.municipality, id=head.municipality_id)
        actor = Actor(
            subject="job:participants",
            kind="service",
            roles=frozenset({Role.case_worker}),
            municipality=town,
        )
        async with database.writing(actor) as session:
            await JOBS.order(session, ERASE)


@JOBS.does(ERASE, gives_up=lambda work: _give_up(work))
async def erase_who_is_due(work: Work) -> None:
    """Erase in one municipality who is due, each in a transaction of its own."""
    async with work.database.writing(work.actor) as session:
        keys = await due(session, today())
    for key in keys:
        async with work.database.writing(work.actor) as session:
            try:
                whole = await one(session, key, lock=True)
            except NotFound:  # erased by hand meanwhile
                continue
            if whole.row.erase_on <= today():
                await erase(session, key)


async def _give_up(work: Work) -> None:
    """Tomorrow it is tried again; that it failed today must be seen."""
    town = work.actor.municipality.key if work.actor.municipality else ""
    log.error("erasure of participants failed", municipality=town)
