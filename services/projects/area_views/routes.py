"""The view of areas over HTTP."""

from typing import Annotated

from fastapi import Query

from services.contracts.projects.area_views import AreaViews
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.area_views import queries
from services.projects.portfolio.routes import On
from services.projects.references.commands import Peers

area_views = router("Controlling")
Year = Annotated[
    int | None,
    Query(ge=1950, le=2100, description="Year of the budgets; that of the day when missing."),
]


@area_views.get(
    "/portfolio/areas",
    response_model=AreaViews,
    dependencies=[requires("projects.money:inspect")],
)
async def read_portfolio_of_areas(
    session: Reading,
    peers: Peers,
    on: On = None,
    year: Year = None,
) -> AreaViews:
    """Read need, measures and money of every area.

    Side by side (integrierte Sozial- und Finanzplanung): the findings of the needs analysis that
    are open or confirmed and which of them a measure answers, the measures that are not withdrawn,
    what they may cost in the year by whose money it is, and what was granted to the projects that
    work there. A measure for several areas counts in each and once in the total. What is not known
    is in no sum, it is counted. Refused (503) while the indicators service is away.
    """
    day = on or today()
    return await queries.views(session, peers, day, year or day.year)
