"""The portfolio over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.projects.portfolio import Portfolio, PortfolioAxis
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.database import Reading
from services.projects.dates import today
from services.projects.portfolio import queries, rules

portfolio = router("Controlling")
INSPECT = Allowed("projects.money:inspect")
On = Annotated[date | None, Query(description="On this day; today when missing.")]


@portfolio.get("/portfolio", response_model=Portfolio, dependencies=[INSPECT])
async def read_portfolio(
    session: Reading,
    on: On = None,
    by: Annotated[
        PortfolioAxis, Query(description="By what the projects are grouped.")
    ] = PortfolioAxis.programme,
) -> Portfolio:
    """Read everything that is funded on a day.

    All grants that are granted or closed on the day (Förderportfolio), in groups and together: what
    was granted, spent, ordered, claimed, paid out, is left, will be spent and lapses, and plan,
    actual and forecast of each year. Receipts and bookings count each euro once. A project that
    belongs to several fields, areas, target groups or departments by its measures and sites counts
    in each of them and once in the total; `several` says how many grants do. What is not known is
    in no sum: it is counted beside it, and where nothing is known the sum is null.
    """
    day = on or today()
    grants = await queries.told(session, day)
    groups = {} if by is PortfolioAxis.programme else await queries.groups(session, by)
    return rules.portfolio(grants, day, by, groups)
