"""Areas over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from services.contracts.indicators.areas import (
    Area,
    AreaCollection,
    AreaVersion,
    NewArea,
    NewAreaVersion,
)
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.areas import commands, queries
from services.indicators.areas.queries import AREAS, Choice
from services.indicators.areas.tables import AreaVersionRow
from services.indicators.geojson import GEOJSON, AsGeoJson
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.paging import PageOf
from services.kit.patches import Patch

areas = router("Areas")
READ, WRITE = requires("indicators.areas:read"), requires("indicators.areas:write")
HISTORY = requires("indicators.areas:history")

_MAP = {
    "schema": {"type": "object", "description": "GeoJSON FeatureCollection (RFC 7946)."},
    "example": AreaCollection.model_json_schema()["examples"][0],
}

On = Annotated[date | None, Query(description="The day to look at; today if not given.")]
WithGeometry = Annotated[bool, Query(description="With the shapes, as GeoJSON.")]


async def _choice(
    on: On = None,
    level: Annotated[Key | None, Query(description="Of one level only.")] = None,
    parent: Annotated[Key | None, Query(description="Directly part of this one only.")] = None,
    within: Annotated[Key | None, Query(description="Below this one, at any depth.")] = None,
    code: Annotated[
        str | None,
        Query(
            pattern=r"^([A-Za-z0-9_.\-]{1,40}:)?[A-Za-z0-9_.\-]{1,40}$",
            description="With this code, in any scheme or in one: `16053`, `ags:16053`.",
        ),
    ] = None,
) -> Choice:
    return Choice(on or today(), level, parent, within, code)


@areas.get(
    "/areas",
    response_model=Page[Area],
    dependencies=[READ],
    responses={200: {"content": {GEOJSON: _MAP}}},
)
async def list_areas(
    response: Response,
    session: Reading,
    paging: PageOf,
    choice: Annotated[Choice, Depends(_choice)],
    geojson: AsGeoJson,
    geometry: WithGeometry = False,
) -> Mapping[str, Any] | Response:
    """List areas.

    The areas (Gebiete) as they are on one day, in the order of their keys. As GeoJSON
    (`format=geojson` or `Accept: application/geo+json`) they come in one piece instead of pages,
    always with their shapes.
    """
    response.headers["Vary"] = "Accept"
    if geojson:
        body = await queries.map_of(session, choice)
        return Response(body, media_type=GEOJSON, headers={"Vary": "Accept"})
    return await queries.page(session, paging, choice, geometry=geometry)


@areas.post("/areas", status_code=201, response_model=Area, dependencies=[WRITE])
async def create_area(session: Writing, new: NewArea) -> Area:
    """Create an area.

    With its first version. The key is for good; `parent` must be of a higher level. Shapes are
    checked: WGS84, rings closed and not crossing themselves; outer rings are turned
    counterclockwise (RFC 7946).
    """
    return await commands.found(session, new)


@areas.get("/areas/{key}", response_model=Area, dependencies=[READ])
async def read_area(
    session: Reading, key: str, on: On = None, geometry: WithGeometry = True
) -> Area:
    """Read an area.

    In the version valid on the day (Gebietsstand). Without `on`, an area that is no longer valid
    comes as it was last.
    """
    return await queries.one(session, key, on, geometry=geometry)


@areas.patch("/areas/{key}", response_model=Area, dependencies=[WRITE])
async def change_area(
    session: Writing, key: str, patch: Patch[NewArea], expected: Expected, on: On = None
) -> Area:
    """Correct an area.

    Corrects the version valid on the day; for a change of the territory add a version. Send only
    what changes, with the ETag that you have read as If-Match. Refused are validities that
    overlap (409) and a parent that is not of a higher level (422). Where it stands elsewhere in
    the tree then, figures add up otherwise: the next release protects them anew, and until then
    the audit of disclosure control names the area.
    """
    return await commands.change(session, key, patch, expected, on)


@areas.get("/areas/{key}/versions", response_model=list[AreaVersion], dependencies=[READ])
async def list_area_versions(session: Reading, key: str) -> Sequence[AreaVersionRow]:
    """List the versions of an area.

    Every state of the territory (Gebietsstand), the earliest first.
    """
    row = await AREAS.one(session, key)
    return await queries.versions(session, row.key)


@areas.post("/areas/{key}/versions", status_code=201, response_model=Area, dependencies=[WRITE])
async def create_area_version(session: Writing, key: str, new: NewAreaVersion) -> Area:
    """Create a version of an area.

    From `valid_from` on the area is like this: the version open until then ends on that day
    (Gebietsänderung, such as Eisenach joining the Wartburgkreis on 2021-07-01). Refused (409) is
    a version that overlaps another.
    """
    return await commands.begin_version(session, key, new)


@areas.get("/areas/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_area_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an area.

    Every state it had with all its versions, newest first, with the identifier of who made the
    change.
    """
    return await queries.history(session, key)
