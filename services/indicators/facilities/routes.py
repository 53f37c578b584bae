"""Facilities over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from services.contracts.indicators.facilities import (
    Facility,
    FacilityArea,
    FacilityState,
    NewFacility,
)
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.facilities import commands, queries, rules
from services.indicators.facilities.queries import FACILITIES, Choice
from services.indicators.facilities.tables import FacilityRow
from services.indicators.geojson import GEOJSON, AsGeoJson
from services.indicators.placing import commands as placing
from services.indicators.placing import queries as places
from services.indicators.placing.queries import Assigned
from services.kit.access import Acting, requires, visible_to
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.paging import PageOf
from services.kit.patches import Patch

facilities = router("Facilities")
READ, WRITE = requires("indicators.facilities:read"), requires("indicators.facilities:write")
HISTORY = requires("indicators.facilities:history")
_MAP = {
    "schema": {"type": "object", "description": "A GeoJSON FeatureCollection (RFC 7946)."},
    "example": {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "kita-am-park",
                "geometry": {"type": "Point", "coordinates": [11.6, 50.89]},
                "properties": {"key": "kita-am-park", "kind": "kita", "state": "open"},
            }
        ],
    },
}
On = Annotated[date | None, Query(description="The areas as they are on this day; today's.")]


async def _choice(
    session: Reading,
    actor: Acting,
    kind: Annotated[Key | None, Query(description="Of one kind only.")] = None,
    state: Annotated[FacilityState | None, Query(description="In one state only.")] = None,
    area: Annotated[
        Key | None, Query(description="In this area or any part of it, on the day `on`.")
    ] = None,
    on: On = None,
    target_group: Annotated[
        str | None, Query(max_length=100, description="With these words in a target group.")
    ] = None,
    language: Annotated[
        str | None, Query(pattern="^[a-z]{2,3}$", description="Where this language is spoken.")
    ] = None,
) -> Choice:
    among = None
    if area is not None:
        await placing.refresh(session)
        assigned = await places.assigned(session, on or today(), visible_to(actor))
        among = {place.facility for place in assigned if place.area == area}
    return Choice(kind, state, target_group, language, among)


@facilities.get(
    "/facilities",
    response_model=Page[Facility],
    dependencies=[READ],
    responses={200: {"content": {GEOJSON: _MAP}}},
)
async def list_facilities(
    response: Response,
    session: Reading,
    paging: PageOf,
    choice: Annotated[Choice, Depends(_choice)],
    geojson: AsGeoJson,
    near: Annotated[
        str | None, Query(max_length=60, description="Nearest first to `longitude,latitude`.")
    ] = None,
    radius: Annotated[
        int | None, Query(ge=1, le=1_000_000, description="Not farther than this, in metres.")
    ] = None,
) -> Mapping[str, Any] | Response:
    """List facilities.

    The inventory of the social infrastructure (Einrichtungen), in the order of keys; with `near`
    those whose place is known, the nearest first, with their distance in metres. As GeoJSON
    (`format=geojson` or `Accept: application/geo+json`) they come in one piece instead of pages.
    """
    response.headers["Vary"] = "Accept"
    if geojson:
        body = await queries.map_of(session, choice)
        return Response(body, media_type=GEOJSON, headers={"Vary": "Accept"})
    if near is not None:
        return await queries.nearest(session, paging, choice, rules.near(near, radius))
    return await queries.page(session, paging, choice)


@facilities.post("/facilities", status_code=201, response_model=Facility, dependencies=[WRITE])
async def create_facility(session: Writing, new: NewFacility) -> FacilityRow:
    """Create a facility.

    The key is for good. Places of a day to come are a forecast and say so (422). Where the place
    must not be known, leave `location` out and name the `area`. What of the accessibility is not
    known stays `unknown`, which is not a no.
    """
    return await commands.enter(session, new)


@facilities.get("/facilities/{key}", response_model=Facility, dependencies=[READ])
async def read_facility(session: Reading, key: str) -> FacilityRow:
    """Read a facility.

    By its key or its UUID.
    """
    return await FACILITIES.one(session, key)


@facilities.patch("/facilities/{key}", response_model=Facility, dependencies=[WRITE])
async def change_facility(
    session: Writing, key: str, patch: Patch[NewFacility], expected: Expected
) -> FacilityRow:
    """Change a facility.

    Send only what changes, with the ETag that you have read as If-Match. `capacity` is sent as a
    whole list.
    """
    return await commands.change(session, key, patch, expected)


@facilities.get("/facilities/{key}/areas", response_model=list[FacilityArea], dependencies=[READ])
async def list_facility_areas(
    session: Reading, actor: Acting, key: str, on: On = None
) -> list[Assigned]:
    """List the areas of a facility.

    One on each level (Gebietszuordnung): by the shape that its location lies in, else by the area
    that this one is part of, else by the area that was stated. On a border between two areas of
    one level the one with the smaller key has it.
    """
    row = await FACILITIES.one(session, key)
    await placing.refresh(session)
    return await places.assigned(session, on or today(), visible_to(actor), [row.key])


@facilities.get("/facilities/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_facility_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a facility.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await FACILITIES.history(session, key)
