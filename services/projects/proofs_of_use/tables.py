"""Where proofs of use are kept."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.kit.tables import Resource, TenantTable, key_is_unique, refers_to
from services.projects.tables import Table


class ProofOfUseRow(Resource, Table, table=True):
    """A proof of use as it was made; for the administration alone. `sha256` names what it says."""

    __tablename__ = "proof_of_use"
    __table_args__ = (
        key_is_unique(),
        refers_to("grant", "projects.grant"),
        UniqueConstraint("municipality_id", "grant", "number"),
        CheckConstraint("visibility = 'administration'", name="for_the_administration"),
    )

    grant: str
    number: int
    on: date
    made_by: str
    sha256: str
    obligation: str | None = None


class ProofContentRow(TenantTable, Table, table=True):
    """What a proof of use says, by the digest of its JSON. It names who was paid: no journal and no
    history has it."""

    __tablename__ = "proof_of_use_content"

    sha256: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=JSONB)
