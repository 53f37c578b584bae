"""What was spent, as one statement over bookings and expenditures."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.spending import Spending
from services.kit.database import municipality_of
from services.kit.native import native, statement
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow


async def of_grants(session: AsyncSession, grants: Collection[str] | None) -> Sequence[Spending]:
    """What was spent of these grants, or of all, by year and category."""
    connection, town = await native(session), municipality_of(session).id
    asked = None if grants is None else list(grants)
    rows = await connection.fetch(statement(__package__, "spending"), town, asked)
    return [Spending.model_validate(dict(row)) for row in rows]


async def grants(
    session: AsyncSession, *, grant: str | None, project: str | None, programme: str | None
) -> Collection[str] | None:
    """Keys of the grants that are asked about; None for all."""
    wanted = {
        GrantRow.key: grant,
        GrantRow.project: project,
        GrantRow.programme: programme,
    }
    where = [col(column) == value for column, value in wanted.items() if value is not None]
    if not where:
        return None
    return (await session.exec(select(GrantRow.key).where(GRANTS.seen(session), *where))).all()
