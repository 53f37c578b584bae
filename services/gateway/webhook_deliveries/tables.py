"""Where it is kept what is to be sent, and who is sending."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.gateway.webhooks import WebhookDeliveryState
from services.gateway.tables import Table
from services.kit.ids import uuid7
from services.kit.tables import TenantTable, refers_to


class WebhookDeliveryRow(TenantTable, Table, table=True):
    """One event for one webhook, once: `service` and `seq` are its place in a journal.

    What happened is not kept here; it is asked for anew when it is sent.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("municipality_id", "webhook", "service", "seq"),
        refers_to("webhook", "gateway.webhook", "id"),
        Index(None, "municipality_id", "webhook", "state", "next_at"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    webhook: UUID
    service: str
    seq: int = Field(sa_type=BigInteger)
    type: str
    subject: str
    state: str = WebhookDeliveryState.waiting
    tries: int = 0
    next_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    created_at: datetime = Field(
        default=None,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )
    attempts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)


class WebhookLaneRow(TenantTable, Table, table=True):
    """The lane of one webhook: one sender at a time, and when the next job looks after it."""

    __tablename__ = "webhook_lane"
    __table_args__ = (refers_to("webhook", "gateway.webhook", "id"),)

    webhook: UUID = Field(primary_key=True)
    wake_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    busy_until: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    well_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
