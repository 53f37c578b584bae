"""Every question asked of the stored webhooks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.webhooks import WebhookState
from services.gateway.webhooks.tables import WebhookRow, WebhookSecretRow
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

WEBHOOKS = Kind(WebhookRow, "webhooks", "gateway.webhook")


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
