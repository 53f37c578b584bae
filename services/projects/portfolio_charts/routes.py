"""Charts of controlling over HTTP."""

from fastapi import Response

from services.contracts.projects.portfolio import PortfolioAxis
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.kit.drawing.answers import CHART, Form, answered
from services.kit.languages import InLanguage
from services.projects.area_views.routes import Year
from services.projects.figures.routes import INSPECT as INSPECT_FIGURES
from services.projects.portfolio.routes import INSPECT, By, On
from services.projects.portfolio_charts import queries
from services.projects.references.commands import Peers

portfolio_charts = router("Controlling")


@portfolio_charts.get("/portfolio/years/chart", dependencies=[INSPECT], responses=CHART)
async def read_chart_of_portfolio_years(
    session: Reading, form: Form, lang: InLanguage, on: On = None
) -> Response:
    """Read the chart of plan, actual and forecast by year.

    Of everything that is granted on the day (Plan, Ist und Prognose nach Jahren): the grants' money
    above, what is spent below, as Vega-Lite specification with its data, as SVG or as PNG. Plan,
    actual and forecast can be told apart without colour; what is not known is no bar and is marked.
    """
    return await answered(session, await queries.of_years(session, on or today(), lang), form)


@portfolio_charts.get("/grants/{key}/years/chart", dependencies=[INSPECT_FIGURES], responses=CHART)
async def read_chart_of_grant_years(
    session: Reading, key: str, form: Form, lang: InLanguage, on: On = None
) -> Response:
    """Read the chart of plan, actual and forecast of a grant by year.

    As `/portfolio/years/chart`, of this grant alone. Says so where it is not granted on the day.
    """
    return await answered(session, await queries.of_years(session, on or today(), lang, key), form)


@portfolio_charts.get("/portfolio/chart", dependencies=[INSPECT], responses=CHART)
async def read_chart_of_portfolio(
    session: Reading,
    form: Form,
    lang: InLanguage,
    on: On = None,
    by: By = PortfolioAxis.programme,
) -> Response:
    """Read the chart of the portfolio in groups.

    What is granted by programme, field of action, planning field, area, target group or department
    (Anteile am Förderportfolio), the largest group first, with amount and share beside each bar; as
    Vega-Lite specification with its data, as SVG or as PNG. What is not known is no bar and is
    said. Where grants count in several groups the chart says so.
    """
    return await answered(session, await queries.of_groups(session, on or today(), by, lang), form)


@portfolio_charts.get("/portfolio/areas/chart", dependencies=[INSPECT], responses=CHART)
async def read_chart_of_portfolio_areas(
    session: Reading,
    peers: Peers,
    form: Form,
    lang: InLanguage,
    on: On = None,
    year: Year = None,
) -> Response:
    """Read the chart of need and money by area.

    What `/portfolio/areas` tells, drawn (integrierte Sozial- und Finanzplanung als Diagramm): for
    each area municipal money, money of grants, what is granted to projects that work there, and
    the needs that are open; those with the most unanswered needs first. As Vega-Lite specification
    with its data, as SVG or as PNG. Refused (503) while the indicators service is away.
    """
    day = on or today()
    found = await queries.of_areas(session, peers, day, year or day.year, lang)
    return await answered(session, found, form)
