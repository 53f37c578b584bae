"""The funding cliff over HTTP."""

from typing import Annotated

from fastapi import Query

from services.contracts.projects.portfolio_cliff import CliffStep, FundingCliff
from services.contracts.shared.base import Language
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.portfolio.routes import INSPECT, On
from services.projects.portfolio_cliff import queries

portfolio_cliff = router("Controlling")


@portfolio_cliff.get("/portfolio/cliff", response_model=FundingCliff, dependencies=[INSPECT])
async def read_funding_cliff(
    session: Reading,
    on: On = None,
    by: Annotated[CliffStep, Query(description="By which steps of time.")] = CliffStep.quarter,
    lang: Annotated[Language, Query(description="Language of the chart.")] = "de",
) -> FundingCliff:
    """Read when the money ends.

    Granted money and the staff it pays for, by month, quarter or year until the last notice ends
    (Förderklippe): by the years of the financing plan where every source has one, else evenly over
    the period. With it each grant that ends, and whether a later grant of its project is granted,
    applied for, or a programme continues its own. Comes with a chart as Vega-Lite specification.
    """
    return await queries.cliff(session, on or today(), by, lang)
