"""Maps over HTTP."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from services.contracts.indicators.maps import ClassMethod, PaletteName, ThematicMap
from services.indicators.analyses import asking
from services.indicators.analyses import queries as analyses
from services.indicators.analyses.pictures import Question
from services.indicators.geojson import GEOJSON, AsGeoJson
from services.indicators.maps import classes, queries
from services.indicators.maps.queries import Detail
from services.indicators.maps.rules import Look
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import matches
from services.kit.database import Reading
from services.kit.languages import VARIES, InLanguage
from services.kit.problems import Invalid

maps = router("Maps")
READ = requires("indicators.analyses:read")
_ANSWERS: dict[int | str, dict[str, object]] = {
    200: {
        "model": ThematicMap,
        "content": {GEOJSON: {"schema": {"$ref": "#/components/schemas/ThematicMap"}}},
    },
    304: {"description": "Nothing has changed since the answer with that ETag."},
}


async def _question(
    indicator: Annotated[str, Path(description="Key of the indicator.")],
    level: asking.Level = None,
    within: asking.Within = None,
    period: asking.PeriodAsked = None,
    breakdown: asking.Breakdown = None,
    as_of: asking.AsOf = None,
    periods: asking.Periods = 5,
) -> Question:
    return Question(
        indicator,
        level=level,
        within=within,
        period=asking.period(period),
        breakdown=asking.breakdown(breakdown),
        release=as_of,
        periods=periods,
    )


async def look(
    classes_: Annotated[
        int | None,
        Query(
            alias="classes",
            ge=classes.FEWEST,
            le=classes.MOST,
            description="How many classes; 5 if not given.",
        ),
    ] = None,
    method: Annotated[
        ClassMethod | None,
        Query(
            description="How limits are found. If not given: `given` with `limits`; of an index "
            "`recipe`, its own classes, unless a number of classes is asked for; else `quantile`."
        ),
    ] = None,
    limits: Annotated[
        str | None,
        Query(description="Limits between classes, such as `5,10,20`.", max_length=200),
    ] = None,
    palette: Annotated[
        PaletteName | None, Query(description="Colours (ColorBrewer); by polarity if not given.")
    ] = None,
    reverse: Annotated[
        bool | None, Query(description="From dark to light, or the two ends swapped.")
    ] = None,
) -> Look:
    if limits is None and method is ClassMethod.given:
        raise Invalid("The method `given` needs limits.", parameter="limits", code="missing")
    if limits is not None and method not in (None, ClassMethod.given):
        raise Invalid(
            f"Limits are given, {method} would find others.", parameter="limits", code="method"
        )
    between = () if limits is None else classes.given_limits(limits)
    by_number = ClassMethod.quantile if classes_ else None
    chosen = method or (ClassMethod.given if limits else by_number)
    return Look(classes_ or 5, chosen, between, palette, reverse)


@maps.get("/maps/{indicator}", dependencies=[READ], responses=_ANSWERS)
async def read_map(
    request: Request,
    session: Reading,
    question: Annotated[Question, Depends(_question)],
    look: Annotated[Look, Depends(look)],
    lang: InLanguage,
    geojson: AsGeoJson,
    geometry: Annotated[
        Detail | None,
        Query(
            description="`simplified` to about a pixel of a screen, common borders staying one; "
            "`none` if not given, with `geojson` `simplified`."
        ),
    ] = None,
) -> Response:
    """Read a map.

    One indicator on all areas of a level (thematische Karte), with everything needed to draw and
    to read it: shape, value or the reason for its absence, class, colour, pattern, legend, rank
    with its range, percentile, interval, smoothed value, trend, reference values. Only published
    figures are used, for everything that is computed from them as well. Of an index the classes
    are those of its recipe, with their names. Where shapes are drawn tiles, `schematic` says so.
    The answer is a GeoJSON FeatureCollection in either format. Nothing released yet is a 404.
    """
    detail: Detail = geometry or ("simplified" if geojson else "none")
    headers = {"Vary": f"Accept, {VARIES}"}
    asked = ("map", question, look, detail, geojson, lang)
    known = request.headers.get("if-none-match")
    if known and matches(known, tag := await analyses.tag(session, *asked)):
        return Response(status_code=304, headers={**headers, "ETag": tag})
    body, picture = await queries.map_of(session, question, look, detail, lang)
    headers["ETag"] = analyses.tag_of(session, picture.state, *asked)
    media = GEOJSON if geojson else "application/json"
    return Response(body, media_type=media, headers=headers)
