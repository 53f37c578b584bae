"""Erasing what is kept of people: on request, and every day when their deletion date has come."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.attendances.queries import ATTENDANCES
from services.boards.calendars.queries import CALENDAR_FEEDS
from services.boards.contributions import queries as contributions
from services.boards.contributions.commands import erase as erase_contribution
from services.boards.contributions.queries import CONTRIBUTIONS
from services.boards.erasures import queries, rules
from services.boards.exclusions.queries import EXCLUSIONS
from services.boards.exclusions.tables import ExclusionRow
from services.boards.files.commands import erase_all
from services.boards.jobs import JOBS
from services.boards.persons.queries import PERSONS
from services.boards.persons.tables import PersonRow
from services.boards.redaction import redact
from services.contracts.boards.calendars import NewCalendarFeed
from services.contracts.boards.erasures import Erasure
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.persons import ErasureGround
from services.contracts.shared.access import Role
from services.kit.days import today
from services.kit.jobs import Work
from services.kit.resources import Kind

ERASE = "privacy.erase"


async def erase(session: AsyncSession, key: str, ground: ErasureGround) -> Erasure:
    """Erase what is kept of a person: the entry, its past, kept answers. Memberships stay."""
    row = await PERSONS.one(session, key, lock=True)
    needed = await queries.lasting(session, [row.key], today())
    rules.check_erasable(row.erased_at is not None, bool(needed))
    return await _erase(session, row, ground)


async def _erase(session: AsyncSession, row: PersonRow, ground: ErasureGround) -> Erasure:
    moment = datetime.now(UTC)
    for name, value in rules.BLANK.items():
        setattr(row, name, value)
    row.erased_at, row.erasure_ground = moment, ground
    await session.flush()
    await PERSONS.tell(session, row, "erased", ground=ground)
    states = await redact(session, row)
    memberships = await queries.memberships(session, row.key)
    states += await _forget_reasons(session, [one.key for one in memberships], moment)
    for calendar in await queries.calendars(session, row.key):
        await CALENDAR_FEEDS.revoke(session, calendar, NewCalendarFeed)
    session.info["revision"] = row.revision
    return Erasure(
        person=row.key,
        ground=ground,
        erased_at=moment,
        states=states,
        memberships=len(memberships),
        files=await erase_all(session, SubjectKind.person, row.key),
    )


async def _forget_reasons(
    session: AsyncSession, memberships: Sequence[str], moment: datetime
) -> int:
    """Erase the free words on absences and conflicts of interest; that they were stays.

    Approved minutes keep why somebody was absent: § 42 ThürKO wants it there (Art. 17(3)(b) GDPR).
    They name the membership and nobody.
    """
    states = 0
    for row in await queries.told_of(session, memberships):
        row.reason, row.erased_at = None, moment
        if isinstance(row, ExclusionRow):
            row.decision_reason = None
        await session.flush()
        kind: Kind[Any] = EXCLUSIONS if isinstance(row, ExclusionRow) else ATTENDANCES
        await kind.tell(session, row, "erased")
        states += await redact(session, row)
    return states


@JOBS.daily(ERASE, at="10 2", role=Role.administrator)
async def erase_what_is_due(work: Work) -> None:
    """Erase in one municipality what is due; an erasure that fails holds up no other."""
    async with work.database.writing(work.actor) as session:
        persons = await queries.due(session, today())
        spoken = await contributions.due(session, today())
    await work.each(
        [
            *(partial(_erase_due, key=key) for key in persons),
            *(partial(_erase_spoken, key=key) for key in spoken),
        ]
    )


async def _erase_spoken(session: AsyncSession, key: str) -> None:
    """Erase a contribution that nobody has erased meanwhile."""
    row = await CONTRIBUTIONS.one(session, key, lock=True)
    if row.erased_at is None:
        await erase_contribution(session, row)


async def _erase_due(session: AsyncSession, key: str) -> None:
    """Erase somebody who is still due, and needed by no membership."""
    row = await PERSONS.one(session, key, lock=True)
    still = row.erased_at is None and row.delete_on is not None and row.delete_on <= today()
    if still and not await queries.lasting(session, [key], today()):
        await _erase(session, row, ErasureGround.expired)
