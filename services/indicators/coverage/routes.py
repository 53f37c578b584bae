"""Coverage over HTTP."""

import asyncio
from datetime import date
from typing import Annotated, Literal

from fastapi import Query, Response

from services.contracts.indicators.coverage import Coverage
from services.contracts.shared.base import Key
from services.indicators.coverage import answers, queries
from services.indicators.coverage.queries import Asked
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.levels import queries as levels
from services.indicators.placing import commands as placing
from services.kit.access import Acting, requires, visible_to
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.kit.languages import VARIES, InLanguage
from services.kit.negotiation import Accept
from services.kit.problems import Invalid, NotFound

coverage = router("Facilities")
_CSV = (
    "area,area_name,facilities,places,need,need_period,places_per_100,reason,rank,nearest,"
    "nearest_facility,schematic\r\n"
    "lobeda-west,Lobeda-West,1,90,450,2024-12-31,20,,1,310,kita-am-park,true\r\n"
)


@coverage.get(
    "/coverage",
    response_model=Coverage,
    dependencies=[requires("indicators.facilities:read")],
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}, "example": _CSV}}},
    },
)
async def read_coverage(
    response: Response,
    session: Reading,
    actor: Acting,
    kind: Annotated[Key, Query(description="Key of a kind of facility.", examples=["kita"])],
    level: Annotated[Key, Query(description="Key of a level of areas.")],
    lang: InLanguage,
    on: Annotated[
        date | None,
        Query(description="The state of facilities and areas on this day; a later one: forecast."),
    ] = None,
    format: Annotated[
        Literal["json", "csv"] | None, Query(description="Or by the header `Accept`.")
    ] = None,
    accept: Accept = "",
) -> Coverage | Response:
    """Read the coverage with facilities.

    For each area of a level (Versorgung): facilities of the kind that are open on the day, their
    places, the published number of people in the target group, places per 100 of them, and how
    far the nearest facility is in a straight line. Where the target group is hidden or not known
    there is no rate, and `reason` says why. Facilities of no area stand in `unassigned`; the
    total counts them. Only facilities that you may see are counted.
    """
    asked = Asked(kind, level, on or today(), today(), visible_to(actor))
    try:
        row = await FACILITY_KINDS.one(session, kind)
    except NotFound as missing:
        raise Invalid(missing.detail, parameter="kind", code="unknown") from None
    await levels.check(session, level)
    await placing.refresh(session)
    covered = await queries.covered(session, asked, row)
    for name in ("revision", "read"):
        session.info.pop(name, None)
    varies = f"Accept, {VARIES}"
    response.headers["Vary"] = varies
    if format == "csv" or (format is None and "text/csv" in accept):
        body = await asyncio.to_thread(answers.as_csv, covered, lang)
        return Response(body, media_type="text/csv", headers={"Vary": varies})
    return answers.in_columns(asked, covered)
