"""What an administrator does with webhooks, and how one is disabled."""

from datetime import UTC, datetime, timedelta

from joserfc.jwk import OctKey
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.webhooks import (
    DisabledReason,
    NewWebhook,
    SecretRotation,
    WebhookDetails,
    WebhookState,
)
from services.gateway.webhooks import queries, rules
from services.gateway.webhooks.queries import WEBHOOKS
from services.gateway.webhooks.tables import WebhookRow, WebhookSecretRow
from services.kit.outside import Allowed
from services.kit.patches import Patch
from services.kit.settings import Settings


async def create(
    session: AsyncSession, settings: Settings, new: NewWebhook
) -> tuple[WebhookRow, str]:
    """A new webhook and the only sight of its secret."""
    rules.check_target(new.url, Allowed(settings.webhook_allow))
    row = await WEBHOOKS.add(session, new)
    return row, _secret(session, settings, row)


async def change(
    session: AsyncSession,
    settings: Settings,
    key: str,
    patch: Patch[WebhookDetails],
    expected: int,
) -> WebhookRow:
    """Another address, purpose or other types."""
    row = await WEBHOOKS.locked(session, key, expected)
    new = patch.onto(row)
    rules.check_target(new.url, Allowed(settings.webhook_allow))
    return await WEBHOOKS.store(session, row, new)


async def rotate(
    session: AsyncSession, settings: Settings, key: str, rotation: SecretRotation
) -> tuple[WebhookRow, str]:
    """A new secret; the ones before sign as well until the overlap ends."""
    now = datetime.now(UTC)
    row = await WEBHOOKS.one(session, key, lock=True)
    overlap = now + timedelta(hours=rotation.overlap_hours)
    for old in await queries.secrets_of(session, row):
        old.ends_at = min(old.ends_at or overlap, overlap)
    row.changed_at = now
    await session.flush()
    await WEBHOOKS.tell(session, row, "rotated")
    session.info["revision"] = row.revision
    return row, _secret(session, settings, row)


async def activate(session: AsyncSession, row: WebhookRow) -> None:
    """Tell a locked webhook again; activating again changes nothing."""
    if row.state != WebhookState.active:
        row.state, row.disabled_reason, row.disabled_at = WebhookState.active, None, None
        await session.flush()
        await WEBHOOKS.tell(session, row, "activated")
    session.info["revision"] = row.revision


async def disable(
    session: AsyncSession, row: WebhookRow, reason: DisabledReason, missed_from: str
) -> None:
    """Tell a locked webhook no longer, and say why; disabling again changes nothing."""
    if row.state != WebhookState.disabled:
        row.state, row.disabled_reason = WebhookState.disabled, reason
        row.disabled_at, row.missed_from = datetime.now(UTC), missed_from
        await session.flush()
        await WEBHOOKS.tell(session, row, "disabled", reason=str(reason))
    session.info["revision"] = row.revision


def _secret(session: AsyncSession, settings: Settings, row: WebhookRow) -> str:
    secret = rules.new_secret()
    sealed = rules.sealed(secret, sealing_key(settings))
    session.add(
        WebhookSecretRow(municipality_id=row.municipality_id, webhook=row.id, sealed=sealed)
    )
    return secret


def sealing_key(settings: Settings) -> OctKey:
    """The key of this installation for secrets of webhooks."""
    given = settings.webhook_key or settings.internal_key
    return rules.sealing_key(given.get_secret_value() if given else "")
