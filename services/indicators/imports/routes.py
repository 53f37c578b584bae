"""The import of maps over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from services.contracts.indicators.area_imports import AreaImportProposal, CoordinateSystem
from services.contracts.indicators.areas import AreaCollection, Imported
from services.contracts.shared.base import Code, Key, Line
from services.indicators.imports import commands
from services.indicators.imports.commands import Terms
from services.indicators.portal_maps.rules import Naming
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing

imports = router("Areas")
WRITE = requires("indicators.areas:write")
MOST_BYTES = 16 * 1024 * 1024


async def _terms(
    valid_from: Annotated[
        date | None, Query(description="For features that do not say it themselves.")
    ] = None,
    level: Annotated[
        Key | None,
        Query(description="Of new areas whose feature does not say it; of a portal's map, of all."),
    ] = None,
    parent: Annotated[
        Key | None, Query(description="What new areas are part of whose feature does not say it.")
    ] = None,
    crs: Annotated[
        CoordinateSystem | None,
        Query(description="Of coordinates whose file does not name their system."),
    ] = None,
) -> Terms:
    return Terms(valid_from, level, parent, crs)


async def _naming(
    key_property: Annotated[
        Line | None,
        Query(description="Property of which the key is made; else that of the name."),
    ] = None,
    name_property: Annotated[Line | None, Query(description="Property with the name.")] = None,
    code_property: Annotated[
        Line | None, Query(description="Property with the number by which others know the area.")
    ] = None,
    code_scheme: Annotated[
        Code | None,
        Query(description="Scheme of these numbers, such as `statbez`; else the level."),
    ] = None,
    key_prefix: Annotated[
        Key | None,
        Query(description="Stands before every key: `ortsteil` makes `ortsteil-winzerla`."),
    ] = None,
) -> Naming:
    return Naming(key_property, name_property, code_property, code_scheme, key_prefix)


OfTerms = Annotated[Terms, Depends(_terms)]
OfNaming = Annotated[Naming, Depends(_naming)]


@imports.post(
    "/areas/import", response_model=Imported, max_body_size=MOST_BYTES, dependencies=[WRITE]
)
async def import_areas(
    session: Writing, collection: AreaCollection, terms: OfTerms, naming: OfNaming
) -> Imported:
    """Import areas from GeoJSON.

    Takes a FeatureCollection, all or nothing; each fault has a pointer such as
    `/features/3/geometry/coordinates/0/7`. New keys become areas. Of a known area the version
    that begins on `valid_from` is corrected, or a version follows from that day on; without
    `valid_from` the version valid today is corrected. What a feature does not say stays as it is.
    A real shape replaces a schematic one.

    A map of a city portal is taken as it is when the parameters say which of its properties are
    name, key and number; all others are dropped. An area that has the number already is known by
    it, and numbers are added to the codes it has. `POST /areas/import/proposals` finds out what to
    say. Metres of ETRS89/UTM (EPSG:25832 and its neighbours) are turned into degrees; other
    coordinates are refused.
    """
    return await commands.bring(session, collection, terms, naming)


@imports.post(
    "/areas/import/proposals",
    response_model=AreaImportProposal,
    max_body_size=MOST_BYTES,
    dependencies=[WRITE],
)
async def propose_area_import(
    session: Reading, collection: AreaCollection, terms: OfTerms, naming: OfNaming
) -> AreaImportProposal:
    """Propose how to import a map.

    The body is the file; nothing is stored. The answer says which properties there are, which of
    them seem to be the name, the number and the key of an area, the parameters to import it with,
    and the first areas as they would become (Zuordnungsvorschlag). Shapes are not looked at.
    """
    return await commands.propose(session, collection, terms, naming)
