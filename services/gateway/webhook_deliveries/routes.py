"""Deliveries of webhooks over HTTP: what was sent and how it went, tests, replays, on and off."""

from collections.abc import Mapping
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import Path, Query, Request

from services.contracts.gateway.webhooks import (
    Replay,
    ReplayRequest,
    Webhook,
    WebhookDelivery,
    WebhookDeliveryState,
)
from services.contracts.shared.base import Page
from services.gateway.events.queries import Journals
from services.gateway.webhook_deliveries import commands, queries
from services.gateway.webhooks.queries import WEBHOOKS
from services.gateway.webhooks.routes import OWN
from services.gateway.webhooks.tables import WebhookRow
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf

webhook_deliveries = router("Webhooks")
Delivery = Annotated[UUID, Path(description="The `id` of the delivery.")]


@webhook_deliveries.get(
    "/webhooks/{key}/deliveries", response_model=Page[WebhookDelivery], dependencies=[OWN]
)
async def list_webhook_deliveries(
    session: Reading,
    paging: PageOf,
    key: str,
    state: Annotated[WebhookDeliveryState | None, Query(description="In one state only.")] = None,
) -> Mapping[str, Any]:
    """List deliveries of a webhook.

    What was sent to it, the newest first, with every attempt: when, how it ended, how long it took
    and how the answer began (Zustellungen). `withheld` is what its roles may not see. Kept for 30
    days.
    """
    hook = await WEBHOOKS.one(session, key)
    return await queries.page(session, paging, hook, state)


@webhook_deliveries.get(
    "/webhooks/{key}/deliveries/{delivery}", response_model=WebhookDelivery, dependencies=[OWN]
)
async def read_webhook_delivery(session: Reading, key: str, delivery: Delivery) -> WebhookDelivery:
    """Read one delivery of a webhook.

    With its attempts so far and when it is tried next.
    """
    return queries.shown(await queries.one(session, await WEBHOOKS.one(session, key), delivery))


@webhook_deliveries.post(
    "/webhooks/{key}/deliveries/{delivery}/replay",
    status_code=202,
    response_model=WebhookDelivery,
    dependencies=[OWN],
)
async def replay_webhook_delivery(
    session: Writing, key: str, delivery: Delivery
) -> WebhookDelivery:
    """Send one delivery again.

    With the same `webhook-id`, so that a receiver that had it already knows; from the first attempt
    of the schedule on. Refused (409): while the webhook is disabled.
    """
    return queries.shown(await commands.replay(session, key, delivery))


@webhook_deliveries.post(
    "/webhooks/{key}/replay", status_code=202, response_model=Replay, dependencies=[OWN]
)
async def replay_webhook(
    request: Request, session: Writing, key: str, wish: ReplayRequest
) -> Mapping[str, Any]:
    """Send again what happened since.

    Every event after the cursor that the webhook may know now, at most 500 at once, also what it
    never got because it was disabled (`missed_from`); repeat with `after` while there is `more`.
    What it had in the last 30 days keeps its `webhook-id`; the `id` of an event is the same for
    good. Refused: while the webhook is disabled (409).
    """
    journals = cast("Journals", request.app.state.journals)
    return await commands.replay_since(session, journals, key, wish.after)


@webhook_deliveries.post(
    "/webhooks/{key}/test", status_code=202, response_model=WebhookDelivery, dependencies=[OWN]
)
async def test_webhook(session: Writing, key: str) -> WebhookDelivery:
    """Test a webhook.

    Sends an event `gateway.webhook.tested.v1` that says nothing, once, also to a disabled webhook.
    The answer names the delivery; read it to see how it went.
    """
    return queries.shown(await commands.test(session, key))


@webhook_deliveries.post("/webhooks/{key}/removal", response_model=Webhook, dependencies=[OWN])
async def remove_webhook(session: Writing, key: str) -> WebhookRow:
    """Remove a webhook.

    For good: its secrets are gone, what was waiting is not sent, and its key is not given again. It
    can be read with its log and its history. Removing again changes nothing.
    """
    return await commands.remove(session, key)


@webhook_deliveries.post("/webhooks/{key}/activation", response_model=Webhook, dependencies=[OWN])
async def activate_webhook(session: Writing, key: str) -> WebhookRow:
    """Activate a webhook.

    It is told again from now on, and what was waiting is sent. What happened while it was disabled
    is sent by a replay from `missed_from`. Activating again changes nothing.
    """
    return await commands.activate(session, key)


@webhook_deliveries.post("/webhooks/{key}/deactivation", response_model=Webhook, dependencies=[OWN])
async def deactivate_webhook(session: Writing, key: str) -> WebhookRow:
    """Disable a webhook.

    Nothing is sent to it any more, until it is activated. Doing so again changes nothing.
    """
    return await commands.deactivate(session, key)
