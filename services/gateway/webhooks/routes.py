"""Webhooks over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any, cast

from fastapi import Query, Request, Response

from services.contracts.gateway.webhooks import (
    IssuedWebhook,
    NewWebhook,
    SecretRotation,
    Webhook,
    WebhookDetails,
    WebhookState,
)
from services.contracts.shared.base import Page, Revision
from services.gateway.events.queries import Journals
from services.gateway.webhook_deliveries.commands import open_lane
from services.gateway.webhooks import commands, queries
from services.gateway.webhooks.queries import WEBHOOKS
from services.gateway.webhooks.tables import WebhookRow
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

webhooks = router("Webhooks")
OWN = requires("gateway.webhooks:own")
NOT_KEPT = {"Cache-Control": "no-store"}


@webhooks.get("/webhooks", response_model=Page[Webhook], dependencies=[OWN])
async def list_webhooks(
    session: Reading,
    paging: PageOf,
    state: Annotated[WebhookState | None, Query(description="In one state only.")] = None,
) -> Mapping[str, Any]:
    """List webhooks.

    Which addresses are told what happens in this municipality (Webhooks): for the administration
    all, for a machine those of its API key. Secrets are not shown.
    """
    return await queries.page(session, paging, state)


@webhooks.post("/webhooks", status_code=201, response_model=IssuedWebhook, dependencies=[OWN])
async def create_webhook(
    request: Request, session: Writing, actor: Acting, response: Response, new: NewWebhook
) -> Mapping[str, Any]:
    """Create a webhook.

    From now on every event of these types that its roles may see is sent to the address, signed by
    the rules of Standard Webhooks. The answer shows the secret this once. Roles are for good:
    whoever can change the address later must not see more by that. What a machine creates with its
    API key is its own: with roles that the key has and for its own supplier, ten at most, and no
    longer told when the key ends. Refused: types of which nothing is told, an address that is not
    https or lies inside, unless the operator of the installation has allowed it, and persons who
    are not of the administration (403).
    """
    journals = cast("Journals", request.app.state.journals)
    places = await journals.latest(actor)
    row, secret = await commands.create(session, request.app.state.settings, new)
    await open_lane(session, row, places)
    response.headers.update(NOT_KEPT)
    return {**row.model_dump(), "secret": secret}


@webhooks.get("/webhooks/{key}", response_model=Webhook, dependencies=[OWN])
async def read_webhook(session: Reading, key: str) -> WebhookRow:
    """Read a webhook.

    By its key or its UUID.
    """
    return await WEBHOOKS.one(session, key)


@webhooks.patch("/webhooks/{key}", response_model=Webhook, dependencies=[OWN])
async def change_webhook(
    request: Request, session: Writing, key: str, patch: Patch[WebhookDetails], expected: Expected
) -> WebhookRow:
    """Change a webhook.

    Another address, purpose or other types, with the ETag that you have read as If-Match. What is
    waiting goes to the new address.
    """
    return await commands.change(session, request.app.state.settings, key, patch, expected)


@webhooks.post("/webhooks/{key}/rotation", response_model=IssuedWebhook, dependencies=[OWN])
async def rotate_webhook_secret(
    request: Request, session: Writing, response: Response, key: str, rotation: SecretRotation
) -> Mapping[str, Any]:
    """Rotate the secret of a webhook.

    Gives a new secret, shown this once. For `overlap_hours` everything is signed with the new and
    with the old ones, so that the receiver can change over without a gap. No more than five secrets
    sign at once: another one is refused (409) until one ends, or with 0 hours ends all of them.
    """
    row, secret = await commands.rotate(session, request.app.state.settings, key, rotation)
    response.headers.update(NOT_KEPT)
    return {**row.model_dump(), "secret": secret}


@webhooks.get("/webhooks/{key}/history", response_model=list[Revision], dependencies=[OWN])
async def read_webhook_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a webhook.

    Every state it had, newest first: created, changed, disabled and why, activated, removed, and by
    whom.
    """
    return await WEBHOOKS.history(session, key)
