"""The import of facilities over HTTP."""

import asyncio
from typing import Annotated

from fastapi import Depends, Query, Request

from services.contracts.indicators.facilities import FacilitiesImported
from services.indicators.facility_imports import commands, rules
from services.indicators.facility_imports.rules import Record
from services.kit.access import requires
from services.kit.app import router
from services.kit.bodies import as_text, taking
from services.kit.database import Writing
from services.kit.problems import UnsupportedMedia

facility_imports = router("Facilities")
MOST_BYTES = 16 * 1024 * 1024
_READERS = {
    "application/geo+json": rules.features_of,
    "application/json": rules.features_of,
    "text/csv": rules.rows_of,
}
_CSV = (
    "key;name;kind;places;places_from;longitude;latitude;step_free\n"
    "kita-am-park;Kindertageseinrichtung am Park;kita;90;2025-08-01;11,6;50,89;yes\n"
)
_GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [11.6, 50.89]},
            "properties": {"key": "kita-am-park", "name": "Kita am Park", "kind": "kita"},
        }
    ],
}


async def _received(request: Request) -> list[Record]:
    """The records of the file in the body, read before a connection of the database is held."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _READERS:
        raise UnsupportedMedia(f"Send the file itself as the body, as {', '.join(_READERS)}.")
    return await asyncio.to_thread(_READERS[kind], await request.body())


@facility_imports.post(
    "/facilities/import",
    response_model=FacilitiesImported,
    max_body_size=MOST_BYTES,
    dependencies=[requires("indicators.facilities:write")],
    openapi_extra=taking(
        {
            "application/geo+json": {"schema": {"type": "object"}, "example": _GEOJSON},
            "text/csv": as_text(_CSV),
        }
    ),
)
async def import_facilities(
    records: Annotated[list[Record], Depends(_received)],
    session: Writing,
    dry_run: Annotated[
        bool, Query(description="Check the file and say what it would change; store nothing.")
    ] = False,
) -> FacilitiesImported:
    """Import facilities from GeoJSON or CSV.

    All or nothing; the answer says what is new, what changes and in which fields, and which
    locations lie outside of every area. What the file does not say of a known facility stays as
    it is. Each fault (422) has a pointer: `/features/3/properties/kind` in a map, line and column
    in a table, such as `/7/latitude`; the first line is the header. Columns of a table: key, name,
    name_en, name_it, kind, provider, state, starts_on, ends_on, places with places_from and
    places_forecast, target_groups and languages (separated by `|`), longitude, latitude, area,
    address, website, visibility, publisher, licence, and those of the accessibility.
    """
    return await commands.bring(session, records, dry_run)
