"""Every question asked of the stored statements."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.organisations.queries import ORGANISATIONS
from services.boards.participation.queries import PROCESSES
from services.boards.statements.tables import StatementRow
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

STATEMENTS = Kind(
    StatementRow,
    "statements",
    "boards.statement",
    within={"process": PROCESSES, "organisation": ORGANISATIONS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    process: str | None,
    organisation: str | None,
    answered: bool | None,
) -> Mapping[str, Any]:
    """Statements by key: to a process, of an organisation, answered or not."""
    where = matching(StatementRow, process=process, organisation=organisation)
    if answered is not None:
        where.append(col(StatementRow.answer).is_not(None) == answered)
    return await STATEMENTS.page(session, paging, *where)


async def number(session: AsyncSession, process: str) -> int:
    """How many statements to a process there are."""
    statement = select(func.count()).where(
        col(StatementRow.municipality_id) == municipality_of(session).id,
        col(StatementRow.process) == process,
    )
    return (await session.exec(statement)).one()
