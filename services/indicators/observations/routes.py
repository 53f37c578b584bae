"""Figures over HTTP."""

from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Request, Response

from services.contracts.indicators.observations import Observations
from services.contracts.shared.access import Actor
from services.contracts.shared.base import Key, Language
from services.indicators.native import native
from services.indicators.observations import queries, rules
from services.indicators.observations.queries import Form
from services.indicators.observations.rules import Question
from services.kit.access import Acting, Allowed, visible_to
from services.kit.app import router
from services.kit.conditional import matches
from services.kit.database import Fast, Reading
from services.kit.hot import HotRoute

observations = router("Observations", kind=HotRoute)
raw_observations = router("Observations")
READ, RAW = Allowed("indicators.observations:read"), Allowed("indicators.observations:raw")
_MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_CSV_EXAMPLE = (
    "indicator,indicator_name,area,area_name,period,breakdown,value,status,unit\r\n"
    "bevoelkerung,Bevölkerung,wartburgkreis,Wartburgkreis,2024-12-31,,154957,normal,Personen\r\n"
)
_ANSWERS: dict[int | str, dict[str, object]] = {
    200: {
        "model": Observations,
        "content": {"text/csv": {"schema": {"type": "string"}, "example": _CSV_EXAMPLE}},
    },
    304: {"description": "Nothing has changed since the answer with that ETag."},
}


async def _question(
    indicator: Annotated[
        str,
        Query(description="Keys of indicators, separated by commas.", examples=["bevoelkerung"]),
    ],
    area: Annotated[
        str | None, Query(description="Keys of areas, separated by commas; all if not given.")
    ] = None,
    level: Annotated[Key | None, Query(description="Areas that are or were of this level.")] = None,
    within: Annotated[
        Key | None, Query(description="Areas that are or were below this one, at any depth.")
    ] = None,
    start: Annotated[
        str | None, Query(alias="from", description="First period: `2016`, `2016-03`, `2016-Q1`.")
    ] = None,
    until: Annotated[str | None, Query(description="Last period: `2024`, `2024-12-31`.")] = None,
    breakdown: Annotated[
        str | None,
        Query(
            description="Such as `GES:GESM,total`; parts of one are joined with `;`. All if not "
            "given.",
            max_length=4000,
        ),
    ] = None,
    as_of: Annotated[
        int | None,
        Query(ge=1, le=2**31 - 1, description="As the figures stood with this release."),
    ] = None,
) -> Question:
    first = None if start is None else rules.first_day(start)
    last = None if until is None else rules.last_day(until)
    rules.check_order(first, last)
    return Question(
        indicators=rules.keys("indicator", indicator),
        areas=None if area is None else rules.keys("area", area),
        level=level,
        within=within,
        start=first,
        end=last,
        breakdowns=None if breakdown is None else rules.breakdowns(breakdown),
        release=as_of,
    )


async def _form(
    format: Annotated[
        Literal["json", "csv"] | None, Query(description="Or by the header `Accept`.")
    ] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Form:
    return format or ("csv" if "text/csv" in accept else "json")


Asked = Annotated[Question, Depends(_question)]
InForm = Annotated[Form, Depends(_form)]
Lang = Annotated[Language, Query(description="Language of the names in CSV.")]


@observations.get("/observations", dependencies=[READ], responses=_ANSWERS)
async def list_observations(
    request: Request,
    pool: Fast,
    actor: Acting,
    question: Asked,
    form: InForm,
    lang: Lang = "de",
) -> Response:
    """Read figures.

    In columns: the n-th entries of all columns belong together. A figure without a value says why
    (`status`); hidden to protect persons is `confidential`. `as_of` returns the figures as they
    were printed with that release. As CSV (`format=csv` or `Accept: text/csv`) a missing value is
    its sign (Wertzeichen), and names that a spreadsheet would run as a formula begin with `'`.
    Refused (422) are indicators and areas that do not exist or are not for you to see.
    """
    assert actor.municipality is not None
    town, visible = actor.municipality.id, visible_to(actor)
    headers = _headers(actor)
    known = request.headers.get("if-none-match")
    if known:
        tag = await queries.etag(pool, town, question, visible, form, lang, False)
        if matches(known, tag):
            return Response(status_code=304, headers={**headers, "ETag": tag})
    found = await queries.figures(pool, town, question, visible, form, lang)
    headers["ETag"] = found.etag
    return Response(found.body, media_type=_MEDIA[form], headers=headers)


@raw_observations.get("/observations/raw", dependencies=[RAW], responses=_ANSWERS)
async def list_raw_observations(
    session: Reading, actor: Acting, question: Asked, form: InForm, lang: Lang = "de"
) -> Response:
    """Read raw figures.

    Before protection, for the statistics office alone (abgeschottete Statistikstelle). Asked and
    answered like the figures that everybody may see.
    """
    assert actor.municipality is not None
    town, visible = actor.municipality.id, visible_to(actor)
    connection = await native(session)
    found = await queries.figures(connection, town, question, visible, form, lang, raw=True)
    headers = {"Cache-Control": "private, no-store", "Vary": "Accept", "ETag": found.etag}
    return Response(found.body, media_type=_MEDIA[form], headers=headers)


def _headers(actor: Actor) -> dict[str, str]:
    shared = actor.kind == "anonymous"
    caching = "public, max-age=0, must-revalidate" if shared else "private, no-cache"
    return {"Cache-Control": caching, "Vary": "Accept"}
