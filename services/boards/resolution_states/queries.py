"""Every question asked about whether resolutions hold on a day."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.implementations.tables import ImplementationRow
from services.boards.resolutions import rules
from services.boards.resolutions.tables import EndingRow, ResolutionRow
from services.contracts.boards.resolutions import EndingKind, ResolutionState
from services.kit.database import municipality_of
from services.kit.days import today


def in_state(state: ResolutionState, on: date) -> ColumnElement[bool]:
    """Resolutions in the state on the day."""
    valid = col(ResolutionRow.valid)
    if state == ResolutionState.void:
        return ~valid
    if state == ResolutionState.valid:
        return valid & ~_ended(on)
    repealed = state == ResolutionState.repealed
    return valid & _ended(on, EndingKind.repeals if repealed else EndingKind.replaces)


def _ended(on: date, kind: EndingKind | None = None) -> ColumnElement[bool]:
    """Whether a valid later resolution has ended this one by the day: the first that does."""
    later, first = aliased(ResolutionRow), aliased(EndingRow)
    how = (
        select(first.kind)
        .join(
            later,
            (col(later.municipality_id) == col(first.municipality_id))
            & (col(later.key) == col(first.resolution)),
        )
        .where(
            col(first.municipality_id) == col(ResolutionRow.municipality_id),
            col(first.ended) == col(ResolutionRow.key),
            col(first.ends_from) <= on,
            col(later.valid),
        )
        .order_by(col(first.ends_from), col(first.resolution))
        .limit(1)
        .correlate(ResolutionRow)
        .scalar_subquery()
    )
    return how.is_not(None) if kind is None else how == kind


def holds(on: date) -> ColumnElement[bool]:
    """Tasks whose resolution holds on the day: nobody owes what it no longer asks for."""
    return exists().where(
        col(ResolutionRow.municipality_id) == col(ImplementationRow.municipality_id),
        col(ResolutionRow.key) == col(ImplementationRow.resolution),
        in_state(ResolutionState.valid, on),
    )


def is_overdue(on: date) -> ColumnElement[bool]:
    """Tasks that should have been done before the day."""
    late: ColumnElement[bool] = col(ImplementationRow.due_on) < on
    return late & col(ImplementationRow.state).in_(rules.OPEN)


async def valid(session: AsyncSession, keys: Collection[str]) -> set[str]:
    """Those of the resolutions that hold today."""
    if not keys:
        return set()
    statement = select(ResolutionRow.key).where(
        col(ResolutionRow.municipality_id) == municipality_of(session).id,
        col(ResolutionRow.key).in_(keys),
        in_state(ResolutionState.valid, today()),
    )
    return set(await session.exec(statement))
