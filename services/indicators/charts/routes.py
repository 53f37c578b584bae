"""Charts over HTTP."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response

from services.contracts.indicators.charts import ChartKind
from services.contracts.indicators.maps import ClassMethod
from services.contracts.shared.base import Key
from services.indicators.analyses import asking
from services.indicators.analyses import queries as analyses
from services.indicators.analyses.pictures import Question
from services.indicators.analyses.trends import MOST_PERIODS
from services.indicators.charts import queries
from services.indicators.charts.queries import Order
from services.indicators.maps import classes
from services.indicators.maps.routes import look
from services.indicators.maps.rules import Look
from services.indicators.observations.rules import keys
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import matches
from services.kit.database import Reading
from services.kit.drawing.answers import CHART, Form, answered
from services.kit.languages import VARIES, InLanguage
from services.kit.problems import Invalid

charts = router("Charts")
READ = requires("indicators.analyses:read")
_ANSWERS: dict[int | str, dict[str, Any]] = {
    **CHART,
    304: {"description": "Nothing has changed since the answer with that ETag."},
}


Kind = Annotated[ChartKind, Path(description="What kind of chart.")]


async def _question(
    kind: Kind,
    indicator: Annotated[
        Key | None, Query(description="Key of the indicator; needed unless there is an `index`.")
    ] = None,
    index: Annotated[
        Key | None, Query(description="Key of an index with dynamics, for its index matrix.")
    ] = None,
    area: Annotated[
        str | None, Query(description="Keys of areas, separated by commas; of any level.")
    ] = None,
    level: asking.Level = None,
    within: asking.Within = None,
    period: asking.PeriodAsked = None,
    breakdown: asking.Breakdown = None,
    as_of: asking.AsOf = None,
    periods: Annotated[
        int | None,
        Query(ge=1, le=MOST_PERIODS, description="How many periods a time series shows."),
    ] = None,
) -> Question:
    if (indicator is None) is (index is None):
        raise Invalid("Name an indicator, or an index.", parameter="indicator", code="missing")
    if index is not None and kind != "index-matrix":
        raise Invalid("Only an index matrix is of an index.", parameter="index", code="kind")
    most = MOST_PERIODS if kind == "time-series" else 1
    return Question(
        indicator or f"{index}-status",
        level=level,
        within=within,
        areas=None if area is None else keys("area", area),
        period=asking.period(period),
        breakdown=asking.breakdown(breakdown),
        release=as_of,
        periods=periods or most,
    )


async def _order(
    kind: Kind,
    question: Annotated[Question, Depends(_question)],
    look: Annotated[Look, Depends(look)],
    lang: InLanguage,
    index: Annotated[Key | None, Query(description="Key of the index.")] = None,
    second: Annotated[
        Key | None, Query(description="Key of the indicator across an index matrix.")
    ] = None,
    second_limits: Annotated[
        str | None,
        Query(
            description="Limits between its classes; thirds if not given, or its own of an index.",
            max_length=200,
        ),
    ] = None,
) -> Order:
    across = Look(classes=3)
    if second_limits is not None:
        limits = classes.given_limits(second_limits, "second_limits")
        across = Look(method=ClassMethod.given, limits=limits)
    return Order(kind, question, look, lang, second, across, index)


@charts.get("/charts/{kind}", dependencies=[READ], responses=_ANSWERS)
async def read_chart(
    request: Request,
    session: Reading,
    order: Annotated[Order, Depends(_order)],
    form: Form,
) -> Response:
    """Read a chart.

    A time series, a ranking, a map or an index matrix of published figures (Diagramm; Indexmatrix:
    of an `index` with dynamics, or of an `indicator` and a `second` one): as
    Vega-Lite specification with its data, or drawn as SVG or PNG. With title, the essential
    numbers in words as alternative text, source and release; what is hidden is hatched and
    explained, never zero. Refused (422) are more areas than a chart can show.
    """
    headers = {"Vary": f"Accept, {VARIES}"}
    asked = ("chart", order, form)
    known = request.headers.get("if-none-match")
    if known and matches(known, tag := await analyses.tag(session, *asked)):
        return Response(status_code=304, headers={**headers, "ETag": tag})
    spec, picture = await queries.drawn(session, order)
    headers["ETag"] = analyses.tag_of(session, picture.state, *asked)
    return await answered(session, spec, form, headers)
