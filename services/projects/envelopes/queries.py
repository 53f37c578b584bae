"""What is bound of a grant, over all tables that bind something."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.kit.database import municipality_of
from services.kit.problems import NotFound
from services.projects.claims.tables import ClaimRow
from services.projects.envelopes.rules import ZERO, Envelope
from services.projects.grants.rules import HOLDING
from services.projects.grants.tables import GrantRow
from services.projects.onward_grants.tables import OnwardGrantRow
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
    sums = (
        select(func.coalesce(func.sum(column), ZERO))
        .where(col(row.municipality_id) == grant.municipality_id, col(row.grant) == grant.key)
        .scalar_subquery()
        for row, column in (
            (OnwardGrantRow, OnwardGrantRow.bound),
            (ClaimRow, ClaimRow.paid_out),
            (RecoveryRow, RecoveryRow.repaid),
        )
    )
    onward, paid_out, recovered = (await session.exec(select(*sums))).one()
    return Envelope(
        amount=grant.amount if GrantState(grant.state) in HOLDING else ZERO,
        onward=onward,
        own_use=grant.own_use,
        paid_out=paid_out,
        recovered=recovered,
    )
