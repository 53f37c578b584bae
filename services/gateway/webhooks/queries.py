"""Every question asked of the stored webhooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, text
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.webhooks import WebhookState
from services.gateway.webhooks import rules
from services.gateway.webhooks.tables import WebhookRow, WebhookSecretRow
from services.kit import sql
from services.kit.access import allows
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

MANAGE = "gateway.webhooks:manage"
_FORGET = text("""
    DELETE FROM webhook_secret
    WHERE municipality_id = :id AND (webhook = :webhook OR ends_at <= :now)""")


@dataclass(frozen=True)
class _Webhooks(Kind[WebhookRow]):
    """The administration sees all webhooks, a machine those of its own API key."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen = col(self.row.municipality_id) == municipality_of(session).id
        actor = actor_of(session)
        if any(allows(role, MANAGE) for role in actor.roles):
            return seen
        return seen & (col(WebhookRow.api_key) == rules.api_key_of(actor))


WEBHOOKS = _Webhooks(WebhookRow, "webhooks", "gateway.webhook")


async def page(
    session: AsyncSession, paging: Paging, state: WebhookState | None
) -> Mapping[str, Any]:
    """Webhooks by key, in one state."""
    where = [] if state is None else [col(WebhookRow.state) == state]
    return await WEBHOOKS.page(session, paging, *where)


async def told(session: AsyncSession) -> Sequence[WebhookRow]:
    """The webhooks that are told what happens here."""
    statement = select(WebhookRow).where(
        col(WebhookRow.municipality_id) == municipality_of(session).id,
        col(WebhookRow.state) == WebhookState.active,
    )
    return (await session.exec(statement)).all()


async def kept_by(session: AsyncSession, api_key: UUID) -> int:
    """How many webhooks an API key has that are not removed."""
    statement = select(func.count()).where(
        col(WebhookRow.municipality_id) == municipality_of(session).id,
        col(WebhookRow.api_key) == api_key,
        col(WebhookRow.state) != WebhookState.removed,
    )
    return int((await session.exec(statement)).one())


async def secrets_of(session: AsyncSession, row: WebhookRow) -> Sequence[WebhookSecretRow]:
    """The secrets that are signed with now, the newest first."""
    statement = (
        select(WebhookSecretRow)
        .where(
            col(WebhookSecretRow.municipality_id) == row.municipality_id,
            col(WebhookSecretRow.webhook) == row.id,
            or_(
                col(WebhookSecretRow.ends_at).is_(None),
                col(WebhookSecretRow.ends_at) > datetime.now(UTC),
            ),
        )
        .order_by(col(WebhookSecretRow.id).desc())
    )
    return (await session.exec(statement)).all()


async def forget_secrets(session: AsyncSession, *, of: UUID | None = None) -> None:
    """Drop the secrets that sign no more, and all of a webhook that is removed."""
    values = {"id": municipality_of(session).id, "webhook": of, "now": datetime.now(UTC)}
    await sql.run(session, _FORGET, values)
