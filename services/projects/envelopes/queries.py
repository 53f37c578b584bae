"""What is bound of a grant, over all tables that bind something."""

from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import municipality_of
from services.kit.problems import NotFound
from services.projects.claims.tables import ClaimRow
from services.projects.envelopes.rules import Envelope
from services.projects.grants.tables import GrantRow
from services.projects.recoveries.tables import RecoveryRow


async def locked(session: AsyncSession, grant: str) -> GrantRow:
    """The row of the grant with this key, locked until the end of the transaction; 404 when it is
    not there. Whoever binds money of it waits here for whoever does so at the same time."""
    statement = (
        select(GrantRow)
        .where(col(GrantRow.municipality_id) == municipality_of(session).id)
        .where(col(GrantRow.key) == grant)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise NotFound(f"There is no grant {grant!r}.")
    return found


async def of(session: AsyncSession, grant: GrantRow) -> Envelope:
    """What is bound of the grant now; right until the end of the transaction when it is locked."""
    paid_out, recovered = await _drawn(session, grant)
    return Envelope(amount=grant.amount, paid_out=paid_out, recovered=recovered)


async def _drawn(session: AsyncSession, grant: GrantRow) -> tuple[Decimal, Decimal]:
    """What the funder has paid out, and what of it went back."""
    sums = (
        select(func.coalesce(func.sum(column), 0))
        .where(col(row.municipality_id) == grant.municipality_id, col(row.grant) == grant.key)
        .scalar_subquery()
        for row, column in ((ClaimRow, ClaimRow.paid_out), (RecoveryRow, RecoveryRow.repaid))
    )
    paid_out, recovered = (await session.exec(select(*sums))).one()
    return Decimal(paid_out), Decimal(recovered)
