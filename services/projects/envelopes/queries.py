"""What is bound of a grant, over all tables that bind something."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.kit.database import municipality_of
from services.kit.problems import NotFound
from services.projects.envelopes.rules import ZERO, Envelope
from services.projects.grants.rules import HOLDING
from services.projects.grants.tables import GrantRow
from services.projects.onward_grants.tables import OnwardGrantRow


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
    held = GrantState(grant.state) in HOLDING
    onward = select(func.coalesce(func.sum(col(OnwardGrantRow.bound)), ZERO)).where(
        col(OnwardGrantRow.municipality_id) == grant.municipality_id,
        col(OnwardGrantRow.grant) == grant.key,
    )
    return Envelope(
        amount=grant.amount if held else ZERO,
        onward=(await session.exec(onward)).one(),
        own_use=grant.own_use,
    )
