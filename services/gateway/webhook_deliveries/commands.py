"""What is to be sent: noted in the transaction in which a journal is followed, replayed, tested."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.webhooks import DisabledReason, WebhookDeliveryState
from services.contracts.shared.access import Actor, Municipality, Role
from services.contracts.shared.event_types import TESTED
from services.contracts.shared.journal import Entry
from services.gateway.api_keys.queries import working
from services.gateway.api_keys.tables import ApiKeyRow
from services.gateway.events.queries import Journals
from services.gateway.events.rules import Places, cursor_of, places_of
from services.gateway.jobs import JOBS
from services.gateway.webhook_deliveries import queries, rules
from services.gateway.webhook_deliveries.tables import WebhookDeliveryRow, WebhookLaneRow
from services.gateway.webhooks import commands as webhook_commands
from services.gateway.webhooks import queries as webhooks
from services.gateway.webhooks.queries import WEBHOOKS
from services.gateway.webhooks.rules import check_active, check_kept
from services.gateway.webhooks.tables import WebhookRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.ids import uuid7
from services.kit.problems import Conflict

SEND = "webhooks.send"
_LOST = timedelta(minutes=10)
"""A job that should have looked after a lane so long ago is not there any more."""
_PART = 500
_NOTE = text("""
    INSERT INTO webhook_delivery
        (municipality_id, id, webhook, service, seq, type, subject, state, tries, next_at, attempts)
    VALUES (:town, :id, :webhook, :service, :seq, :type, :subject, 'waiting', 0, :now, '[]')
    ON CONFLICT (municipality_id, webhook, service, seq) DO NOTHING""")


async def note(session: AsyncSession, service: str, entry: Entry) -> None:
    """An entry of a journal for every webhook that asked for such; once, however often it is said.

    Who was created later hears nothing of it. Whether it may be known is asked when it is sent.
    """
    if not rules.is_told(entry.type) or not {"id", "revision"} <= entry.data.keys():
        return
    if "webhooks" not in session.info:
        session.info["webhooks"] = await webhooks.told(session)
    hooks: Iterable[WebhookRow] = session.info["webhooks"]
    for hook in hooks:
        if entry.at > hook.created_at and rules.wants(hook.types, entry.type):
            await _note(session, hook, service, entry.seq, entry.type, entry.subject)


async def _note(
    session: AsyncSession, hook: WebhookRow, service: str, seq: int, type: str, subject: str
) -> UUID:
    now, made = datetime.now(UTC), uuid7()
    place = {"town": hook.municipality_id, "webhook": hook.id, "service": service, "seq": seq}
    values = {"id": made, "type": type, "subject": subject, "now": now}
    await sql.run(session, _NOTE, {**place, **values})
    await wake(session, await queries.lane(session, hook.id), now, now)
    return made


async def wake(session: AsyncSession, lane: WebhookLaneRow, at: datetime, now: datetime) -> None:
    """Order a look after the locked lane, unless there will be one by then."""
    lost = lane.wake_at is not None and lane.wake_at < now - _LOST
    if lane.wake_at is not None and lane.wake_at <= at and not lost:
        return
    lane.wake_at = at
    await session.flush()
    wait = max(at - now, timedelta())
    await JOBS.order(session, SEND, after=wait or None, webhook=str(lane.webhook))


async def replay(session: AsyncSession, key: str, delivery: UUID) -> WebhookDeliveryRow:
    """Send it again, from the first attempt on, with the id that it has."""
    hook = await WEBHOOKS.one(session, key, lock=True)
    check_active(hook.state)
    row = await queries.one(session, hook, delivery, lock=True)
    await _again(session, row)
    return row


async def replay_since(
    session: AsyncSession, journals: Journals, key: str, after: str
) -> dict[str, Any]:
    """Send again what the webhook may know of what happened since, or for the first time what was
    never on its way to it."""
    hook = await WEBHOOKS.one(session, key, lock=True)
    check_active(hook.state)
    town = municipality_of(session)
    reader = reader_of(hook, town, await api_key_of(session, hook, datetime.now(UTC)))
    if reader is None:
        raise Conflict("The API key of this webhook was revoked or has expired.")
    line = await journals.line(reader, places_of(town.id, after, "pointer"), _PART, hook.types)
    for event in line.events:
        service, _, seq = event.id.rpartition("-")
        row = await queries.there(session, hook.id, service, int(seq))
        if row is None:
            await _note(session, hook, service, int(seq), event.type, event.subject)
        else:
            await _again(session, row)
    session.info.pop("revision", None)
    end = cursor_of(town.id, line.places)
    return {"deliveries": len(line.events), "after": end, "more": line.more}


async def _again(session: AsyncSession, row: WebhookDeliveryRow) -> None:
    now = datetime.now(UTC)
    row.state, row.tries, row.next_at = WebhookDeliveryState.waiting, 0, now
    await session.flush()
    await wake(session, await queries.lane(session, row.webhook), now, now)


async def test(session: AsyncSession, key: str) -> WebhookDeliveryRow:
    """Send an event that says nothing, once, also to a disabled webhook."""
    hook = await WEBHOOKS.one(session, key, lock=True)
    check_kept(hook.state)
    seq = await queries.next_test(session, hook)
    made = await _note(session, hook, rules.TEST, seq, TESTED, f"webhooks/{hook.key}")
    row = await queries.one(session, hook, made)
    town = municipality_of(session).key
    session.info["location"] = f"/v1/{town}/webhooks/{hook.key}/deliveries/{row.id}"
    return row


async def open_lane(session: AsyncSession, hook: WebhookRow, places: Places) -> None:
    """A lane for a new webhook; the journals of its town are followed from these places on."""
    await queries.lane(session, hook.id)
    await queries.begin(session, places)


async def activate(session: AsyncSession, key: str) -> WebhookRow:
    """Tell a webhook again, and send what waits."""
    hook = await WEBHOOKS.one(session, key, lock=True)
    await webhook_commands.activate(session, hook)
    now = datetime.now(UTC)
    await wake(session, await queries.lane(session, hook.id), now, now)
    return hook


async def deactivate(session: AsyncSession, key: str) -> WebhookRow:
    """Disable a webhook by hand."""
    hook = await WEBHOOKS.one(session, key, lock=True)
    await disable(session, hook, DisabledReason.by_hand)
    return hook


async def remove(session: AsyncSession, key: str) -> WebhookRow:
    """Remove a webhook for good, and let go of what waits."""
    hook = await WEBHOOKS.one(session, key, lock=True)
    await webhook_commands.remove(session, hook)
    await queries.let_go(session, hook)
    return hook


async def disable(session: AsyncSession, hook: WebhookRow, reason: DisabledReason) -> None:
    """Tell a locked webhook no longer; from where on it misses something is kept with it."""
    missed = cursor_of(hook.municipality_id, await queries.places(session))
    await webhook_commands.disable(session, hook, reason, missed)


async def api_key_of(session: AsyncSession, hook: WebhookRow, now: datetime) -> ApiKeyRow | None:
    """The API key that the webhook belongs to, if it has one that works."""
    return None if hook.api_key is None else await working(session, hook.api_key, now)


def reader_of(hook: WebhookRow, town: Municipality, key: ApiKeyRow | None) -> Actor | None:
    """The webhook as somebody who reads: it knows what its roles may see, and of a machine's what
    its API key may see as well. None when that key has ended."""
    roles, supplier = set(hook.roles), hook.supplier
    if hook.api_key is not None:
        if key is None:
            return None
        roles &= set(key.roles)
        supplier = supplier if supplier == key.supplier else None
    return Actor(
        subject=f"webhook:{hook.id}",
        kind="machine" if roles or supplier else "anonymous",
        roles=frozenset(Role(role) for role in roles),
        municipality=town,
        supplier=supplier,
    )
