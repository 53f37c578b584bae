"""The funding cliff over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from services.contracts.projects.portfolio_cliff import CliffStep, FundingCliff
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.kit.drawing.answers import CHART, Form, answered
from services.kit.languages import VARIES, InLanguage
from services.projects.portfolio.routes import INSPECT, On
from services.projects.portfolio_cliff import queries

portfolio_cliff = router("Controlling")
By = Annotated[CliffStep, Query(description="By which steps of time.")]


@portfolio_cliff.get("/portfolio/cliff", response_model=FundingCliff, dependencies=[INSPECT])
async def read_funding_cliff(
    response: Response,
    session: Reading,
    lang: InLanguage,
    on: On = None,
    by: By = CliffStep.quarter,
) -> FundingCliff:
    """Read when the money ends.

    Granted money and the staff it pays for, by month, quarter or year until the last notice ends
    (Förderklippe): by the years of the financing plan where every source has one, else evenly over
    the period. With it each grant that ends, and whether a later grant of its project is granted,
    after how many days without any, or applied for, or a programme continues its own. Comes with a
    chart as Vega-Lite specification.
    """
    response.headers["Vary"] = VARIES
    return await queries.cliff(session, on or today(), by, lang)


@portfolio_cliff.get("/portfolio/cliff/chart", dependencies=[INSPECT], responses=CHART)
async def read_funding_cliff_chart(
    session: Reading,
    form: Form,
    lang: InLanguage,
    on: On = None,
    by: By = CliffStep.quarter,
) -> Response:
    """Read the chart of the funding cliff.

    What `/portfolio/cliff` tells, drawn: as Vega-Lite specification with its data, as SVG or as PNG
    (Förderklippe als Diagramm). Money and staff stand below one another, readable without colour;
    with the number of grants that end with nothing to follow, or only after a gap. What is not
    known is no bar.
    """
    found = await queries.cliff(session, on or today(), by, lang)
    return await answered(session, found.chart, form)
