"""What the groups of the portfolio are, and what is in them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.portfolio import Portfolio, PortfolioAxis
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.sql import run
from services.projects.funded import queries as funded
from services.projects.portfolio import rules


async def portfolio(session: AsyncSession, on: date, by: PortfolioAxis) -> Portfolio:
    """Everything that is funded on a day, in groups; five statements."""
    grants = await funded.told(session, on)
    named = {} if by is PortfolioAxis.programme else await groups(session, by)
    return rules.portfolio(grants, on, by, named)


async def groups(session: AsyncSession, axis: PortfolioAxis) -> Mapping[str, Collection[str]]:
    """Project -> the groups it belongs to; one statement."""
    asked = text(statement(__package__, "groups"))
    values = {"town": municipality_of(session).id, "axis": axis}
    found: dict[str, list[str]] = defaultdict(list)
    for row in await run(session, asked, values):
        found[row.project].append(row.group)
    return found
