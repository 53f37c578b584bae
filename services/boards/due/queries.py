"""What is due in the boards, each kind from what the actor may see."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.rules import mandates_on
from services.boards.bodies.tables import BodyRow
from services.boards.contributions.queries import CONTRIBUTIONS
from services.boards.contributions.rules import TO_BE_ANSWERED
from services.boards.contributions.tables import ContributionRow
from services.boards.due import rules
from services.boards.implementations.queries import IMPLEMENTATIONS
from services.boards.implementations.tables import ImplementationRow
from services.boards.legislative_terms.queries import LEGISLATIVE_TERMS
from services.boards.legislative_terms.tables import LegislativeTermRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.rules import OFF
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.boards.nominations.queries import nominations as owed
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.boards.participation.queries import PROCESSES
from services.boards.participation.tables import ParticipationProcessRow
from services.boards.procedures.rules import PRESETS, preset_for
from services.boards.procedures.tables import ProcedureRow
from services.boards.resolution_states.queries import in_state
from services.boards.resolutions.tables import ResolutionRow
from services.boards.rosters.queries import rosters, sight
from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.implementations import ImplementationState
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.procedures import ProcedureRules
from services.contracts.boards.resolutions import ResolutionState
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.kit.days import day, day_of, lasts, today
from services.kit.deadlines import Telling, Wanted

_LONGEST_NOTICE = timedelta(days=62)
_MOST_MONTHS = 60


async def meetings(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Meetings that are not off."""
    statement = (
        select(MeetingRow, BodyRow.name, BodyRow.kind)
        .join(BodyRow, _same(BodyRow, MeetingRow, "body"))
        .where(
            MEETINGS.seen(session),
            col(MeetingRow.state).not_in(OFF),
            wanted.by(body=col(MeetingRow.body)),
        )
    )
    held = col(MeetingRow.state) == MeetingState.held
    on = day_of(MeetingRow.starts_at)
    found = wanted.among(statement, "meeting/", on, col(MeetingRow.key), held)
    return [rules.meeting(row, name, kind) for row, name, kind in await session.exec(found)]


async def invitations(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """The last days for invitations, by the rules that the body has on the day it meets."""
    on = day_of(MeetingRow.starts_at)
    in_force = lasts(ProcedureRow.starts_on, ProcedureRow.ends_on, on, on)
    invited = col(MeetingRow.state).in_(rules.INVITED)
    statement = (
        select(MeetingRow, BodyRow, ProcedureRow)
        .join(BodyRow, _same(BodyRow, MeetingRow, "body"))
        .outerjoin(
            ProcedureRow,
            and_(
                col(ProcedureRow.municipality_id) == col(MeetingRow.municipality_id),
                col(ProcedureRow.body) == col(MeetingRow.body),
                in_force,
            ),
        )
        .where(
            MEETINGS.seen(session),
            col(MeetingRow.state).not_in(OFF),
            or_(
                and_(invited, on.between(wanted.done_from, _later(wanted.done_to))),
                and_(~invited, on.between(wanted.open_from, _later(wanted.open_to))),
            ),
        )
    )
    if wanted.after is not None:  # an invitation is due before its meeting
        statement = statement.where(on >= wanted.after[0])
    seen = await _organisations(session)
    return [
        rules.invitation(row, body, _rules(row, body, own), rules.office_of(body, seen))
        for row, body, own in await session.exec(statement)
    ]


def _later(last: date) -> date:
    """The day of the last meeting to which an invitation may be due by the day."""
    return last + _LONGEST_NOTICE


def _rules(row: MeetingRow, body: BodyRow, own: ProcedureRow | None) -> ProcedureRules:
    if own is not None:
        given = {name: getattr(own, name) for name in ProcedureRules.model_fields}
        return ProcedureRules.model_validate(given)
    held = [Mandate(one) for one in mandates_on(body, day(row.starts_at))]
    return PRESETS[preset_for(BodyKind(body.kind), held)].rules


async def implementations(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Tasks that follow from resolutions and were not dropped; those left open while it holds."""
    seen = col(ImplementationRow.responsible).in_(_seen_organisations(session))
    statement = (
        select(ImplementationRow, ResolutionRow.reference, seen)
        .join(ResolutionRow, _same(ResolutionRow, ImplementationRow, "resolution"))
        .where(
            IMPLEMENTATIONS.seen(session),
            col(ImplementationRow.state) != ImplementationState.dropped,
            or_(
                col(ImplementationRow.state) == ImplementationState.done,
                in_state(ResolutionState.valid, today()),
            ),
            wanted.by(organisation=(col(ImplementationRow.responsible), seen)),
        )
    )
    done = col(ImplementationRow.state) == ImplementationState.done
    key = col(ImplementationRow.key)
    found = wanted.among(statement, "implementation/", col(ImplementationRow.due_on), key, done)
    return [
        rules.implementation(row, reference, row.responsible if shown else None)
        for row, reference, shown in await session.exec(found)
    ]


async def answers(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Answers owed to contributors, counted by process and day."""
    row, process = ContributionRow, ParticipationProcessRow
    statement = (
        select(process, col(row.answer_due_on), func.count())
        .join(process, _same(process, row, "process"))
        .where(
            CONTRIBUTIONS.seen(session),
            col(row.decision).is_(None),
            col(row.state).in_(TO_BE_ANSWERED),
            col(row.answer_due_on).between(wanted.open_from, wanted.open_to),
        )
        .group_by(col(process.municipality_id), col(process.id), col(row.answer_due_on))
    )
    return [
        rules.answers(found, on, count, found.organisation)
        for found, on, count in await session.exec(statement)
    ]


async def participation(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Steps of the processes that were not called off."""
    row = ParticipationProcessRow
    statement = select(row, col(row.organisation).in_(_seen_organisations(session))).where(
        PROCESSES.seen(session),
        or_(col(row.cancelled_on).is_(None), col(row.cancelled_on) > today()),
        wanted.by(body=col(row.body), organisation=col(row.organisation)),
    )
    return [
        due
        for process, shown in await session.exec(statement)
        for due in rules.steps(process, process.organisation if shown else None, today())
    ]


async def terms(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Ends of terms of the members whom the actor may see, and of legislative terms."""
    row = LegislativeTermRow
    statement = select(row).where(LEGISLATIVE_TERMS.seen(session), col(row.ends_on).is_not(None))
    over = col(row.ends_on) < today()
    prefix = "term/legislative_term/"
    named = await session.exec(
        wanted.among(statement, prefix, col(row.ends_on), col(row.key), over)
    )
    due = [rules.legislative_term(found, today()) for found in named]
    mine = select(MembershipRow.key).where(MEMBERSHIPS.seen(session))
    members = set(await session.exec(mine))
    bodies = (await session.exec(select(BodyRow.key).where(BODIES.seen(session)))).all()
    for roster in (await rosters(session, bodies)).values():
        due += rules.terms(roster, sight(session, roster, members), today())
    return due


async def nominations(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Whom organisations must name, as of today and as far ahead as was asked."""
    months = 12 * (wanted.last.year - today().year) + wanted.last.month - today().month + 1
    if months < 0:
        return []
    found = await owed(session, None, None, today(), min(months, _MOST_MONTHS))
    return list(rules.nominations(found.organisations, today()))


def _same(one: Any, other: Any, column: str) -> ColumnElement[bool]:
    """The row of the same municipality that the other names in a column."""
    return and_(
        col(one.municipality_id) == col(other.municipality_id),
        col(one.key) == col(getattr(other, column)),
    )


def _seen_organisations(session: AsyncSession) -> Any:
    return select(OrganisationRow.key).where(ORGANISATIONS.seen(session))


async def _organisations(session: AsyncSession) -> frozenset[str]:
    return frozenset(await session.exec(_seen_organisations(session)))


SOURCES = (
    Telling(DeadlineKind.meeting, "boards.meetings:read", meetings),
    Telling(DeadlineKind.invitation, "boards.meetings:read", invitations, office_only=True),
    Telling(DeadlineKind.implementation, "boards.implementations:read", implementations),
    Telling(
        DeadlineKind.contribution_answer, "boards.contributions:read", answers, office_only=True
    ),
    Telling(DeadlineKind.participation, "boards.participation:read", participation),
    Telling(DeadlineKind.term, "boards.memberships:read", terms),
    Telling(DeadlineKind.nomination, "boards.nominations:read", nominations),
)
