"""Figures in a territory over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request, Response

from services.contracts.indicators.territory import WeightKind
from services.indicators.observations.routes import Asked
from services.indicators.territory.series import queries
from services.kit.access import Acting, Allowed, visible_to
from services.kit.app import router
from services.kit.conditional import matches
from services.kit.database import Fast

series = router("Territory")


@series.get("/territory/observations", dependencies=[Allowed("indicators.observations:read")])
async def list_territory_observations(
    request: Request,
    pool: Fast,
    actor: Acting,
    question: Asked,
    territory: Annotated[date, Query(description="A day: in the territory of then.")],
    weights: Annotated[
        WeightKind | None,
        Query(description="By which shares areas are divided; each crosswalk's first if not said."),
    ] = None,
) -> Response:
    """Read figures in the territory of a day.

    Every figure as if the areas had always been those of that day (Gebietsstand).
    """
    assert actor.municipality is not None
    town, visible = actor.municipality.id, visible_to(actor)
    found = await queries.figures(pool, town, question, visible, territory, weights)
    headers = {"ETag": found.etag, "Cache-Control": "private, no-cache"}
    if matches(request.headers.get("if-none-match"), found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type="application/json", headers=headers)
