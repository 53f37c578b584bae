"""Which own grants an operation may be."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.projects.exports.queries import GIVEN, public
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.operation_imports.rules import Figures


async def grants_by_figures(
    session: AsyncSession, costs: Collection[Decimal]
) -> Mapping[Figures, list[str]]:
    """The keys of public grants by their figures, of those with one of these costs."""
    statement = select(GrantRow).where(
        public(session, GRANTS),
        col(GrantRow.state).in_(GIVEN),
        col(GrantRow.eligible_cost).in_(costs),
    )
    found: dict[Figures, list[str]] = defaultdict(list)
    for grant in await session.exec(statement):
        if grant.eligible_cost is not None and grant.starts_on is not None:
            found[(grant.eligible_cost, grant.starts_on, grant.ends_on)].append(grant.key)
    return found
