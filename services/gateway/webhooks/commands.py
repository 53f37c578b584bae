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
from services.gateway.webhooks.queries import MANAGE, WEBHOOKS
from services.gateway.webhooks.tables import WebhookRow, WebhookSecretRow
from services.kit import sql
from services.kit.access import allows
from services.kit.database import actor_of
from services.kit.outside import Allowed
from services.kit.patches import Patch
from services.kit.problems import Forbidden
from services.kit.settings import Settings


async def create(
    session: AsyncSession, settings: Settings, new: NewWebhook
) -> tuple[WebhookRow, str]:
    """A new webhook and the only sight of its secret; a machine's belongs to its API key.

    Refuses (403) persons who are not of the administration.
    """
    rules.check_target(new.url, Allowed(settings.webhook_allow))
    actor = actor_of(session)
    own = None
    if not any(allows(role, MANAGE) for role in actor.roles):
        own = rules.api_key_of(actor)
        if own is None:
            raise Forbidden("Webhooks of their own are for API keys; ask the administration.")
        await sql.alone(session, f"webhooks of {own}")
        rules.check_own(new, actor, await queries.kept_by(session, own))
    row = await WEBHOOKS.add(session, new, api_key=own)
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
    rules.check_kept(row.state)
    new = patch.onto(row)
    rules.check_target(new.url, Allowed(settings.webhook_allow))
    return await WEBHOOKS.store(session, row, new)


async def rotate(
    session: AsyncSession, settings: Settings, key: str, rotation: SecretRotation
) -> tuple[WebhookRow, str]:
    """A new secret; the ones before sign as well until the overlap ends."""
    now = datetime.now(UTC)
    row = await WEBHOOKS.one(session, key, lock=True)
    rules.check_kept(row.state)
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
    rules.check_kept(row.state)
    if row.state != WebhookState.active:
        row.state, row.disabled_reason, row.disabled_at = WebhookState.active, None, None
        await session.flush()
        await WEBHOOKS.tell(session, row, "activated")
    session.info["revision"] = row.revision


async def disable(
    session: AsyncSession, row: WebhookRow, reason: DisabledReason, missed_from: str
) -> None:
    """Tell a locked webhook no longer, and say why; disabling again changes nothing."""
    rules.check_kept(row.state)
    if row.state != WebhookState.disabled:
        row.state, row.disabled_reason = WebhookState.disabled, reason
        row.disabled_at, row.missed_from = datetime.now(UTC), missed_from
        await session.flush()
        await WEBHOOKS.tell(session, row, "disabled", reason=str(reason))
    session.info["revision"] = row.revision


async def remove(session: AsyncSession, row: WebhookRow) -> None:
    """End a locked webhook and its secrets for good; removing again changes nothing."""
    if row.state != WebhookState.removed:
        row.state, row.missed_from = WebhookState.removed, None
        await queries.forget_secrets(session, of=row.id)
        await session.flush()
        await WEBHOOKS.tell(session, row, "removed")
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
