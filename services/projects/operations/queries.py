"""Every question asked of the stored operations."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.operation_lists.queries import LISTS
from services.projects.operations.tables import OperationRow

OPERATIONS = Kind(OperationRow, "operations", "projects.operation", within={"list": LISTS})


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    list_: str | None,
    beneficiary: str | None,
    postcode: str | None,
    grant: str | None,
    current: bool | None,
) -> Mapping[str, Any]:
    """Operations by key: of one list, beneficiary, postcode or grant, or of current editions."""
    where = matching(
        OperationRow, list=list_, beneficiary=beneficiary, postcode=postcode, grant=grant
    )
    if current is not None:
        where.append(col(OperationRow.listed_until).is_(None) == current)
    return await OPERATIONS.page(session, paging, *where)


async def of_list(session: AsyncSession, key: str) -> Sequence[OperationRow]:
    """Everything that was ever imported from the list, locked for an import."""
    statement = (
        select(OperationRow)
        .where(
            col(OperationRow.municipality_id) == municipality_of(session).id,
            col(OperationRow.list) == key,
        )
        .order_by(col(OperationRow.key))
        .with_for_update(key_share=True)
    )
    return (await session.exec(statement)).all()
