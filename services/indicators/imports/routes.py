"""The import of maps over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.indicators.areas import AreaCollection, Imported
from services.contracts.shared.base import Key
from services.indicators.imports import commands
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.database import Writing

imports = router("Areas")
MOST_BYTES = 16 * 1024 * 1024


@imports.post(
    "/areas/import",
    response_model=Imported,
    max_body_size=MOST_BYTES,
    dependencies=[Allowed("indicators.areas:write")],
)
async def import_areas(
    session: Writing,
    collection: AreaCollection,
    valid_from: Annotated[
        date | None, Query(description="For features that do not say it themselves.")
    ] = None,
    level: Annotated[
        Key | None, Query(description="Level of new areas whose feature does not say it.")
    ] = None,
) -> Imported:
    """Import areas from GeoJSON.

    Takes a FeatureCollection, all or nothing; each fault has a pointer such as
    `/features/3/geometry/coordinates/0/7`. New keys become areas. Of a known area the version
    that begins on `valid_from` is corrected, or a version follows from that day on; without
    `valid_from` the version valid today is corrected. What a feature does not say stays as it is.
    A real shape replaces a schematic one.
    """
    return await commands.bring(session, collection, valid_from, level)
