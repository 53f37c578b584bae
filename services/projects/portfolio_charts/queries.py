"""What the charts of controlling are drawn of, and what its groups are called."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.portfolio import PortfolioAxis, PortfolioFigures
from services.contracts.shared.base import Language
from services.kit.database import municipality_of
from services.kit.drawing.looks import Spec
from services.kit.native import statement
from services.kit.sql import run
from services.projects.area_views import queries as area_views
from services.projects.area_views_chart.rules import areas
from services.projects.funded import queries as funded
from services.projects.grants.queries import GRANTS
from services.projects.portfolio import queries as portfolio
from services.projects.portfolio.rules import figures
from services.projects.portfolio_shares_chart.rules import shares
from services.projects.portfolio_years_chart.rules import ALL, years
from services.projects.references.commands import Owners


async def of_years(
    session: AsyncSession, on: date, lang: Language, grant: str | None = None
) -> Spec:
    """Plan, actual and forecast of everything that is granted on a day, or of one grant."""
    named = None if grant is None else await GRANTS.one(session, grant)
    grants = await funded.told(session, on)
    told = [one for one in grants if named is None or one.facts.grant == named.key]
    found = PortfolioFigures(**figures([one.values for one in told]))
    what = ALL[lang] if named is None else named.key
    return years(found, on, what, lang)


async def of_groups(session: AsyncSession, on: date, by: PortfolioAxis, lang: Language) -> Spec:
    """What is granted by group."""
    found = await portfolio.portfolio(session, on, by)
    return shares(found, await _names(session, by), lang)


async def of_areas(
    session: AsyncSession, peers: Owners, on: date, year: int, lang: Language
) -> Spec:
    """Need and money of all areas; refuses (503) while the indicators service is away."""
    found = await area_views.views(session, peers, on, year)
    return areas(found, await _names(session, PortfolioAxis.area), lang)


async def _names(session: AsyncSession, axis: PortfolioAxis) -> Mapping[str, Mapping[str, str]]:
    """What the groups of an axis are called, by key."""
    asked = text(statement(__package__, "names"))
    found = await run(session, asked, {"town": municipality_of(session).id, "axis": axis})
    return {row.key: row.name for row in found}
