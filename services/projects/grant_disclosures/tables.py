"""Where the disclosures of grants are kept."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, key_is_unique, refers_to
from services.projects.tables import Table


class GrantDisclosureRow(Resource, Table, table=True):
    """What else is published of a grant."""

    __tablename__ = "grant_disclosure"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        UniqueConstraint("municipality_id", "grant", name="uq_grant_disclosure_grant"),
    )

    grant: str
    programming_period: str | None = None
    fund: str | None = None
    cci: str | None = None
    intervention_code: int | None = None
    specific_objective: str | None = None
    postcode: str | None = None
    nuts: str | None = None
    summary: dict[str, str] | None = Field(default=None, sa_type=JSONB)
