"""Municipalities over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.gateway.municipalities import (
    MunicipalityDetails,
    MunicipalityKind,
    NewMunicipality,
    RegisteredMunicipality,
)
from services.contracts.shared.base import Page, Revision
from services.gateway.municipalities import commands, queries
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

municipalities = router("Municipalities", path="/v1")
READ, WRITE = requires("gateway.municipalities:read"), requires("gateway.municipalities:write")
HISTORY = requires("gateway.municipalities:history")


@municipalities.get(
    "/municipalities", response_model=Page[RegisteredMunicipality], dependencies=[READ]
)
async def list_municipalities(
    session: Reading,
    paging: PageOf,
    kind: Annotated[MunicipalityKind | None, Query(description="Of one kind only.")] = None,
) -> Mapping[str, Any]:
    """List municipalities.

    Every town and county that plans with this installation (Kommunen), in the order of their
    keys. The key is the second part of every other address.
    """
    return await queries.page(session, paging, kind)


@municipalities.post(
    "/municipalities", status_code=201, response_model=RegisteredMunicipality, dependencies=[WRITE]
)
async def create_municipality(session: Writing, new: NewMunicipality) -> Mapping[str, Any]:
    """Register a municipality.

    For administrators of the whole installation (role administrator in `*`). Key and regional
    key (Amtlicher Regionalschlüssel) are for good; either may be registered once.
    """
    return queries.shown(await commands.register(session, new))


@municipalities.get(
    "/municipalities/{key}", response_model=RegisteredMunicipality, dependencies=[READ]
)
async def read_municipality(session: Reading, key: str) -> Mapping[str, Any]:
    """Read a municipality.

    By its key or its regional key of 12 digits (ARS).
    """
    return queries.shown(await queries.one(session, key))


@municipalities.patch(
    "/municipalities/{key}", response_model=RegisteredMunicipality, dependencies=[WRITE]
)
async def change_municipality(
    session: Writing, key: str, patch: Patch[MunicipalityDetails], expected: Expected
) -> Mapping[str, Any]:
    """Change a municipality.

    For administrators of the whole installation. Send only what changes, with the ETag that you
    have read as If-Match. Key and regional key cannot change.
    """
    return queries.shown(await commands.change(session, key, patch, expected))


@municipalities.get(
    "/municipalities/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_municipality_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a municipality.

    For roles held in the whole installation (`*`). Every state, newest first, with the identifier
    of who made the change.
    """
    return await commands.history(session, key)
