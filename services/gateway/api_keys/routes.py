"""API keys over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Response

from services.contracts.gateway.api_keys import ApiKey, IssuedApiKey, NewApiKey, Rotation
from services.contracts.shared.base import Key, Page, Revision
from services.gateway.api_keys import commands, queries
from services.gateway.api_keys.queries import API_KEYS
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf

api_keys = router("API keys")
MANAGE = requires("gateway.api-keys:manage")
NOT_KEPT = {"Cache-Control": "no-store"}


@api_keys.get("/api-keys", response_model=Page[ApiKey], dependencies=[MANAGE])
async def list_api_keys(
    session: Reading,
    paging: PageOf,
    supplier: Annotated[Key | None, Query(description="Of one supplier only.")] = None,
    active: Annotated[
        bool | None, Query(description="true: only keys that work now; false: only the others.")
    ] = None,
) -> Mapping[str, Any]:
    """List API keys.

    Who signs in as a machine in this municipality (Zugangsschlüssel), when each key ends and when
    it was last used. Secrets are not stored and not shown.
    """
    return await queries.page(session, paging, supplier, active)


@api_keys.post("/api-keys", status_code=201, response_model=IssuedApiKey, dependencies=[MANAGE])
async def create_api_key(session: Writing, response: Response, new: NewApiKey) -> Mapping[str, Any]:
    """Create an API key.

    The answer shows the secret this once. The key works in this municipality only, with the roles
    named here, until `expires_at`. Refused: an end in the past or more than two years away.
    """
    row, secret = await commands.issue(session, new)
    response.headers.update(NOT_KEPT)
    return queries.shown(row, None, token=secret.token)


@api_keys.get("/api-keys/{key}", response_model=ApiKey, dependencies=[MANAGE])
async def read_api_key(session: Reading, key: str) -> Mapping[str, Any]:
    """Read an API key.

    By its key or its UUID.
    """
    row = await API_KEYS.one(session, key)
    return queries.shown(row, (await queries.last_used(session, [row.id])).get(row.id))


@api_keys.post("/api-keys/{key}/rotation", response_model=IssuedApiKey, dependencies=[MANAGE])
async def rotate_api_key(
    session: Writing, response: Response, key: str, rotation: Rotation
) -> Mapping[str, Any]:
    """Rotate an API key.

    Gives a new secret, shown this once; the old one goes on working for `overlap_hours`, so that
    the machine can be changed over without a gap. Refused (409): a revoked key.
    """
    row, secret = await commands.rotate(session, key, rotation)
    response.headers.update(NOT_KEPT)
    used = (await queries.last_used(session, [row.id])).get(row.id)
    return queries.shown(row, used, token=secret.token)


@api_keys.post("/api-keys/{key}/revocation", response_model=ApiKey, dependencies=[MANAGE])
async def revoke_api_key(session: Writing, key: str) -> Mapping[str, Any]:
    """Revoke an API key.

    At once and for good: within seconds no secret of the key is accepted anywhere. Revoking
    again changes nothing.
    """
    row = await commands.revoke(session, key)
    return queries.shown(row, (await queries.last_used(session, [row.id])).get(row.id))


@api_keys.get("/api-keys/{key}/history", response_model=list[Revision], dependencies=[MANAGE])
async def read_api_key_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an API key.

    Every state it had, newest first: created, rotated, revoked, and by whom.
    """
    return await API_KEYS.history(session, key)
