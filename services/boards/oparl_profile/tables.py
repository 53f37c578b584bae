"""Where the profile of the municipality is kept."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import Resource, key_is_unique


class OParlProfileRow(Resource, Table, table=True):
    """The profile of the municipality (Steckbrief): one, with a key that is always the same."""

    __tablename__ = "oparl_profile"
    __table_args__ = (key_is_unique(),)

    name: dict[str, str] = Field(sa_type=JSONB)
    short_name: str | None = None
    classification: str | None = None
    website: str | None = None
    license: str | None = None
    license_valid_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    oparl_since: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    contact_name: str | None = None
    contact_email: str | None = None
    equivalent: list[str] = Field(sa_type=JSONB)
