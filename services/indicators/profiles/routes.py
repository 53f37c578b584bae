"""Profiles of areas over HTTP."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic_core import to_json

from services.contracts.indicators.profiles import AreaProfile
from services.indicators.analyses import asking
from services.indicators.analyses import queries as analyses
from services.indicators.analyses.trends import MOST_PERIODS
from services.indicators.profiles import queries
from services.indicators.profiles.queries import Question
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import matches
from services.kit.database import Reading
from services.kit.days import today
from services.kit.languages import VARIES, InLanguage

profiles = router("Area profiles")
READ = requires("indicators.analyses:read")


@profiles.get(
    "/areas/{key}/profile",
    dependencies=[READ],
    responses={200: {"model": AreaProfile}},
)
async def read_area_profile(
    request: Request,
    session: Reading,
    key: str,
    lang: InLanguage,
    period: Annotated[
        str | None,
        Query(description="The latest figures until the end of this period.", max_length=20),
    ] = None,
    as_of: asking.AsOf = None,
    periods: Annotated[
        int, Query(ge=1, le=MOST_PERIODS, description="How many periods series look back.")
    ] = 5,
) -> Response:
    """Read the profile of an area.

    Everything that is published of a quarter, by topic (Gebietsprofil, Lebenslagen): the latest
    figure of each indicator or the reason for its absence, with its series and trend, its rank
    among the areas of its level, its reliability, and how it compares with the areas above it.
    Only totals and published figures. And what there is: by kind the facilities in the area that
    are open on that day, and how many nobody could assign.
    """
    question = Question(key, asking.period(period), as_of, periods)
    there = await queries.facilities(session, question, lang)
    asked = ("profile", question, lang, today() if period is None else None, there)
    known = request.headers.get("if-none-match")
    if known and matches(known, tag := await analyses.tag(session, *asked)):
        return Response(status_code=304, headers={"Vary": VARIES, "ETag": tag})
    answer, state = await queries.profile(session, question, lang, there)
    headers = {"Vary": VARIES, "ETag": analyses.tag_of(session, state, *asked)}
    return Response(to_json(answer), media_type="application/json", headers=headers)
