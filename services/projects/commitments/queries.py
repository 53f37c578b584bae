"""Every question asked of the stored commitments."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.commitments import Commitment, CommitmentState
from services.contracts.projects.expenditures import ZERO
from services.kit.conditional import face
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.commitments import rules
from services.projects.commitments.tables import CommitmentRow
from services.projects.expenditures.tables import ExpenditureRow

COMMITMENTS = Kind(CommitmentRow, "commitments", "projects.commitment")


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    state: CommitmentState | None,
    project: str | None,
    grant: str | None,
    due_until: date | None,
) -> Mapping[str, Any]:
    """Commitments by key, of one state, project or grant, or due until a day."""
    where = matching(CommitmentRow, state=state, project=project)
    if grant is not None:
        where.append(col(CommitmentRow.shares).contains([{"grant": grant}]))
    if due_until is not None:
        where.append(col(CommitmentRow.due_on) <= due_until)
    found = await COMMITMENTS.page(session, paging, *where)
    invoiced = await _invoiced(session, [row.key for row in found["items"]])
    told = [rules.told(row.model_dump(), invoiced.get(row.key, ZERO)) for row in found["items"]]
    return {**found, "items": told}


async def one(session: AsyncSession, key: str) -> Commitment:
    """One commitment with what of it is still to come."""
    return await shown(session, await COMMITMENTS.one(session, key))


async def shown(session: AsyncSession, row: CommitmentRow) -> Commitment:
    """The commitment as it is told."""
    invoiced = await _invoiced(session, [row.key])
    told = rules.told(row.model_dump(), invoiced.get(row.key, ZERO))
    session.info["variant"] = face(row, told)
    return told


async def _invoiced(session: AsyncSession, keys: Collection[str]) -> Mapping[str, Decimal]:
    """Gross of the expenditures by the commitment that they name."""
    statement = (
        select(ExpenditureRow.commitment, func.sum(col(ExpenditureRow.gross)))
        .where(col(ExpenditureRow.municipality_id) == municipality_of(session).id)
        .where(col(ExpenditureRow.commitment).in_(keys))
        .group_by(col(ExpenditureRow.commitment))
    )
    return {str(key): gross for key, gross in await session.exec(statement)}
