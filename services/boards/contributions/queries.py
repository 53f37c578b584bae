"""Every question asked of the stored contributions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import not_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.answers.queries import of_recommendation, of_resolution, went_into
from services.boards.contributions import rules
from services.boards.contributions.tables import ContributionRow
from services.boards.files.subjects import carries_files
from services.boards.participation.queries import PROCESSES
from services.boards.participation.rules import Used
from services.boards.participation.tables import ParticipationProcessRow
from services.contracts.boards.contributions import Contribution, ContributionState
from services.contracts.boards.files import SubjectKind
from services.kit.conditional import face
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.problems import Forbidden, NotFound
from services.kit.resources import Kind

CONTRIBUTIONS = carries_files(
    SubjectKind.contribution,
    Kind(
        ContributionRow,
        "contributions",
        "boards.contribution",
        personal=True,
        within={"process": PROCESSES},
    ),
)


async def told(session: AsyncSession, rows: Sequence[ContributionRow]) -> list[dict[str, Any]]:
    """The contributions as the actor sees them, and what they went into."""
    links = await went_into(session, [row.key for row in rows]) if rows else {}
    office = actor_of(session).sees_everything
    return [
        {**rules.shown(row, office, today()), "recommendations": links.get(row.key, [])}
        for row in rows
    ]


async def alone(session: AsyncSession, row: ContributionRow) -> Contribution:
    """One contribution, whose ETag changes with what it went into."""
    (found,) = await told(session, [row])
    shown = Contribution.model_validate(found)
    session.info["variant"] = face(row, shown)
    return shown


async def page(
    session: AsyncSession,
    paging: Paging,
    equal: Mapping[str, str | None],
    answered: bool | None,
    overdue: bool | None,
    recommendation: str | None,
    resolution: str | None,
) -> Mapping[str, Any]:
    """Contributions by key: those with all of the given values, answered or overdue or not, that
    went into a recommendation or, through one, into a resolution.

    Refuses to look for what the actor does not see of a contribution.
    """
    asked = {name: value for name, value in equal.items() if value is not None}
    if {"area", "target_group"} & asked.keys() and not actor_of(session).sees_everything:
        raise Forbidden("Only the administration looks for areas and target groups.")
    row = ContributionRow
    where = [col(getattr(row, name)) == value for name, value in asked.items()]
    if answered is not None:
        where.append(col(row.decision).is_not(None) == answered)
    if overdue is not None:
        late = (
            col(row.decision).is_(None)
            & col(row.state).in_(rules.TO_BE_ANSWERED)
            & (col(row.answer_due_on) < today())
        )
        where.append(late if overdue else not_(late))
    if recommendation is not None:
        where.append(of_recommendation(session, recommendation))
    if resolution is not None:
        where.append(of_resolution(session, resolution))
    found = await CONTRIBUTIONS.page(session, paging, *where)
    return {**found, "items": await told(session, found["items"])}


async def used(session: AsyncSession, process: str) -> Used:
    """What the contributions to a process have chosen."""
    row = ContributionRow
    statement = (
        select(col(row.category), col(row.target_group), col(row.area))
        .where(col(row.municipality_id) == municipality_of(session).id, col(row.process) == process)
        .distinct()
    )
    chosen = (await session.exec(statement)).all()
    columns = [
        frozenset(value for value in column if value) for column in zip(*chosen, strict=True)
    ]
    return Used(True, *columns) if chosen else Used()


async def by_token(session: AsyncSession, token: str, *, lock: bool = False) -> ContributionRow:
    """The contribution of whoever has the token; 404 for a token that is none."""
    statement = select(ContributionRow).where(
        col(ContributionRow.municipality_id) == municipality_of(session).id,
        col(ContributionRow.token_digest) == rules.digest(token),
    )
    found = (await session.exec(statement.with_for_update() if lock else statement)).first()
    if found is None:
        raise NotFound("There is no contribution with this token; it may have been erased.")
    return found


async def due(session: AsyncSession, on: date) -> Sequence[str]:
    """The contributions to be erased: on their day, or that of their process if it is earlier."""
    row, process = ContributionRow, ParticipationProcessRow
    statement = (
        select(row.key)
        .join(
            process,
            (col(process.municipality_id) == col(row.municipality_id))
            & (col(process.key) == col(row.process)),
        )
        .where(
            col(row.municipality_id) == municipality_of(session).id,
            col(row.erased_at).is_(None),
            func.least(col(row.delete_on), col(process.delete_on)) <= on,
        )
    )
    return (await session.exec(statement)).all()


async def own(session: AsyncSession, token: str) -> Mapping[str, Any]:
    """The contribution as its contributor sees it."""
    row = await by_token(session, token)
    said: dict[str, Any] = row.model_dump()
    if row.state == ContributionState.published:
        said["published_text"] = row.published_text or row.text
    links = await went_into(session, [row.key])
    return {**said, "answer": rules.answer(row), "recommendations": links.get(row.key, [])}
