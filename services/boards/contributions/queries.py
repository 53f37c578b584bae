"""Every question asked of the stored contributions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import not_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contributions import rules
from services.boards.contributions.tables import ContributionRow
from services.boards.days import today
from services.boards.files.subjects import carries_files
from services.boards.participation.queries import PROCESSES
from services.boards.participation.rules import Used
from services.boards.participation.tables import ParticipationProcessRow
from services.contracts.boards.contributions import ContributionState
from services.contracts.boards.files import SubjectKind
from services.kit.database import actor_of, municipality_of
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


def shown(session: AsyncSession, row: ContributionRow) -> dict[str, Any]:
    """The contribution as the actor sees it."""
    return rules.shown(row, actor_of(session).sees_everything, today())


async def page(
    session: AsyncSession,
    paging: Paging,
    equal: Mapping[str, str | None],
    answered: bool | None,
    overdue: bool | None,
) -> Mapping[str, Any]:
    """Contributions by key: those with all of the given values, answered or overdue or not.

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
    found = await CONTRIBUTIONS.page(session, paging, *where)
    return {**found, "items": [shown(session, one) for one in found["items"]]}


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
    told = row.model_dump()
    if row.state == ContributionState.published:
        told["published_text"] = row.published_text or row.text
    return {**told, "answer": rules.answer(row)}
