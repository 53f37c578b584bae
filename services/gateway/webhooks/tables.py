"""Where webhooks are kept: the webhook with its past, and apart from it its sealed secrets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.gateway.webhooks import WebhookState
from services.contracts.shared.base import Visibility
from services.gateway.tables import Table
from services.kit.ids import uuid7
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class WebhookRow(Resource, Table, table=True):
    """A webhook."""

    __tablename__ = "webhook"
    __table_args__ = (key_is_unique(), refers_to("api_key", "gateway.api_key", "id"))

    visibility: str = Visibility.administration
    api_key: UUID | None = None
    url: str
    purpose: str
    types: list[str] = Field(sa_type=JSONB)
    roles: list[str] = Field(sa_type=JSONB)
    supplier: str | None = None
    state: str = WebhookState.active
    disabled_reason: str | None = None
    disabled_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    missed_from: str | None = None


class WebhookSecretRow(TenantTable, Table, table=True):
    """A secret to sign with, sealed with the key of the installation."""

    __tablename__ = "webhook_secret"
    __table_args__ = (refers_to("webhook", "gateway.webhook", "id"),)

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    webhook: UUID
    sealed: str
    ends_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
