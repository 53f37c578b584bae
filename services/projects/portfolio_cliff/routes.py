"""The funding cliff over HTTP."""

from typing import Annotated, Any

from fastapi import Header, Query, Response

from services.contracts.indicators.charts import ChartForm, VegaLite
from services.contracts.projects.portfolio_cliff import CliffStep, FundingCliff
from services.contracts.shared.base import Language
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.kit.drawing import pictures
from services.projects.portfolio.routes import INSPECT, On
from services.projects.portfolio_cliff import queries

portfolio_cliff = router("Controlling")
By = Annotated[CliffStep, Query(description="By which steps of time.")]
Lang = Annotated[Language, Query(description="Language of the chart.")]
_CHART: dict[int | str, dict[str, Any]] = {
    200: {
        "model": VegaLite,
        "content": {
            pictures.MEDIA["vega-lite"]: {"schema": {"$ref": "#/components/schemas/VegaLite"}},
            pictures.MEDIA["svg"]: {"schema": {"type": "string"}, "example": "<svg></svg>"},
            pictures.MEDIA["png"]: {"schema": {"type": "string", "format": "binary"}},
        },
    },
}


@portfolio_cliff.get("/portfolio/cliff", response_model=FundingCliff, dependencies=[INSPECT])
async def read_funding_cliff(
    session: Reading,
    on: On = None,
    by: By = CliffStep.quarter,
    lang: Lang = "de",
) -> FundingCliff:
    """Read when the money ends.

    Granted money and the staff it pays for, by month, quarter or year until the last notice ends
    (Förderklippe): by the years of the financing plan where every source has one, else evenly over
    the period. With it each grant that ends, and whether a later grant of its project is granted,
    applied for, or a programme continues its own. Comes with a chart as Vega-Lite specification.
    """
    return await queries.cliff(session, on or today(), by, lang)


@portfolio_cliff.get("/portfolio/cliff/chart", dependencies=[INSPECT], responses=_CHART)
async def read_funding_cliff_chart(
    session: Reading,
    on: On = None,
    by: By = CliffStep.quarter,
    lang: Lang = "de",
    format: Annotated[ChartForm | None, Query(description="Or by the header `Accept`.")] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Read the chart of the funding cliff.

    What `/portfolio/cliff` tells, drawn: as Vega-Lite specification with its data, as SVG or as PNG
    (Förderklippe als Diagramm). Money and staff stand below one another, readable without colour;
    with the number of grants that end with nothing to follow. What is not known is no bar.
    """
    found = await queries.cliff(session, on or today(), by, lang)
    form = pictures.form_of(accept, format)
    headers = {"Vary": "Accept", **pictures.alone(form)}
    await session.close()  # others have the connection while this is drawn
    return Response(await pictures.made(found.chart, form), 200, headers, pictures.MEDIA[form])
