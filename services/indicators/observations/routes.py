"""Figures over HTTP."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from services.contracts.indicators.observations import Availability
from services.contracts.shared.access import Actor
from services.indicators.observations import answers, queries, rules
from services.indicators.observations.answers import Address, Answer, Presentation
from services.indicators.observations.examples import ANSWERS
from services.indicators.observations.parameters import (
    CATEGORIES,
    InForm,
    OfQuestion,
)
from services.indicators.observations.queries import Asked, BehindTheWall
from services.indicators.observations.rules import Question
from services.indicators.territory.series.queries import paths
from services.kit.access import Acting, requires, visible_to
from services.kit.app import router
from services.kit.conditional import matches
from services.kit.database import Database, Fast
from services.kit.hot import HotRoute
from services.kit.languages import InLanguage

observations = router("Observations", kind=HotRoute)
raw_observations = router("Observations")
READ, RAW = requires("indicators.observations:read"), requires("indicators.observations:raw")


@observations.get("/observations", dependencies=[READ], responses=ANSWERS, openapi_extra=CATEGORIES)
async def list_observations(
    request: Request,
    pool: Fast,
    actor: Acting,
    question: OfQuestion,
    look: InForm,
    lang: InLanguage,
) -> Response:
    """Read figures.

    In columns: the n-th entries of all columns belong together. A figure without a value says why
    (`status`); hidden to protect persons is `confidential`, and `reasons` tells the rule that hid
    or rounded the figure of that number. `territory` gives figures of every time as in the areas of
    one day (Gebietsstand): mergers are sums, rates are computed anew, what was divided is
    `estimated`; a hidden or missing part hides the whole. `as_of` returns the figures as they were
    printed with that release; `updated_after` those that have changed since.

    Other forms by `format` or `Accept`: rows, JSON lines, CSV, SDMX-CSV 2.x (parameters of the
    media type are understood), JSON-stat 2.0, XLSX, GeoJSON. In CSV and XLSX a missing value is
    its sign (Wertzeichen); in CSV, names that a spreadsheet would run as a formula begin with `'`.
    Columns and rows come in pages of at most 200,000 figures, all of one release: follow `next`.
    CSV, SDMX-CSV and JSON lines come whole, however many; the other forms of one piece are
    refused (422) above 200,000. Refused (422) are also indicators, areas, levels, dimensions,
    categories and releases that do not exist or are not for you to see; a form that is not spoken
    is refused with 406.
    """
    asked = await _in_territory(pool, _asked(actor, question, lang))
    return await _answered(request, pool, actor, asked, look)


@raw_observations.get(
    "/observations/raw", dependencies=[RAW], responses=ANSWERS, openapi_extra=CATEGORIES
)
async def list_raw_observations(
    request: Request, actor: Acting, question: OfQuestion, look: InForm, lang: InLanguage
) -> Response:
    """Read raw figures.

    Before protection, for the statistics office alone (abgeschottete Statistikstelle). Asked and
    answered like the figures that everybody may see.
    """
    rules.check_raw(question.territory)
    asked = _asked(actor, question, lang)._replace(raw=True)
    source = BehindTheWall(request.app.state.database, actor)
    return await _answered(request, source, actor, asked, look)


@raw_observations.get(
    "/indicators/{key}/availability", response_model=Availability, dependencies=[READ]
)
async def read_availability(request: Request, pool: Fast, actor: Acting, key: str) -> Response:
    """Read what there is of an indicator.

    Which levels of areas, which breakdowns and which periods have figures (Verfügbarkeit), as far
    as you may see them, without reading the figures.
    """
    assert actor.municipality is not None
    asked = Asked(actor.municipality.id, Question((key,)), visible_to(actor), "de")
    tag = await queries.etag(pool, asked, "availability")
    headers = {"Cache-Control": _caching(actor, asked), "ETag": tag}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    body = await queries.availability(pool, asked)
    return Response(body, media_type="application/json", headers=headers)


def _asked(actor: Actor, question: OfQuestion, lang: InLanguage) -> Asked:
    assert actor.municipality is not None
    return Asked(actor.municipality.id, question, visible_to(actor), lang)


async def _answered(
    request: Request, source: Any, actor: Actor, asked: Asked, look: Presentation
) -> Response:
    assert actor.municipality is not None
    caching = _caching(actor, asked)
    known = request.headers.get("if-none-match")
    if known:
        tag = await queries.etag(source, asked, look)
        if matches(known, tag):
            headers = {"Cache-Control": caching, "Vary": look.vary, "ETag": tag}
            return Response(status_code=304, headers=headers)
    address = Address(request.url.path, request.query_params.multi_items())
    database: Database = request.app.state.database
    made: Answer = await answers.answer(source, asked, look, address, database, actor)
    tag = queries.tag(made.state, asked, look)
    headers = answers.headers(look, actor.municipality.key, made, tag)
    headers["Cache-Control"] = caching
    if isinstance(made.body, bytes):
        return Response(made.body, media_type=look.media_type, headers=headers)
    return StreamingResponse(made.body, media_type=look.media_type, headers=headers)


async def _in_territory(pool: Any, asked: Asked) -> Asked:
    question = asked.question
    if question.territory is None:
        return asked
    given = (asked.municipality, asked.visible, question.territory, question.weights)
    return asked._replace(paths=await paths(pool, *given))


def _caching(actor: Actor, asked: Asked) -> str:
    if asked.raw:
        return "private, no-store"
    return (
        "public, max-age=0, must-revalidate" if actor.kind == "anonymous" else "private, no-cache"
    )
