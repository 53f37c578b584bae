"""Where API keys are kept: the key with its past, and apart from it digests of its secrets."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contracts.shared.base import Visibility
from services.gateway.tables import Table
from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to


class ApiKeyRow(Resource, Table, table=True):
    """An API key (Zugangsschlüssel)."""

    __tablename__ = "api_key"
    __table_args__ = (key_is_unique(),)

    visibility: str = Visibility.administration
    purpose: str
    roles: list[str] = Field(sa_type=JSONB)
    supplier: str | None = None
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class SecretRow(TenantTable, Table, table=True):
    """SHA-256 of one secret of a key; several overlap while a key is rotated."""

    __tablename__ = "api_key_secret"
    __table_args__ = (refers_to("api_key", "gateway.api_key", "id"),)

    id: str = Field(primary_key=True)
    api_key: UUID
    digest: str
    ends_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_used_on: date | None = None
