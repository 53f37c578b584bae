"""What is bound of a grant, over all tables that bind something."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import municipality_of
from services.kit.problems import NotFound
from services.projects.envelopes.rules import Envelope
from services.projects.grants.tables import GrantRow


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
    return Envelope(amount=grant.amount)
