"""Every question asked of the stored expenditures."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.expenditures import ExpenditureState
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.expenditures.tables import ExpenditureRow

EXPENDITURES = Kind(ExpenditureRow, "expenditures", "projects.expenditure")


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    state: ExpenditureState | None,
    project: str | None,
    grant: str | None,
    claim: str | None,
    commitment: str | None,
    category: CostCategory | None,
    invoice_number: str | None,
    paid_from: date | None,
    paid_until: date | None,
) -> Mapping[str, Any]:
    """Expenditures by key, of one state, project, grant, claim, order, category, invoice or time
    of payment."""
    row = ExpenditureRow
    equal = {
        row.state: state,
        row.project: project,
        row.commitment: commitment,
        row.category: category,
        row.invoice_number: invoice_number,
    }
    where = [col(column) == value for column, value in equal.items() if value is not None]
    part = {name: key for name, key in (("grant", grant), ("claim", claim)) if key is not None}
    if part:
        where.append(col(row.parts).contains([part]))
    if paid_from is not None:
        where.append(col(row.payment_date) >= paid_from)
    if paid_until is not None:
        where.append(col(row.payment_date) <= paid_until)
    return await EXPENDITURES.page(session, paging, *where)


async def locked(session: AsyncSession, keys: Collection[str]) -> Sequence[ExpenditureRow]:
    """The expenditures with these keys in the order of their keys, locked for a change."""
    statement = (
        select(ExpenditureRow)
        .where(col(ExpenditureRow.municipality_id) == municipality_of(session).id)
        .where(col(ExpenditureRow.key).in_(keys))
        .order_by(col(ExpenditureRow.key))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).all()
