"""How a service declares the tables it owns.

class Table(SQLModel, registry=schema("boards")): ...        # once per service
class BodyRow(Resource, Table, table=True): ...              # a resource with a key
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKeyConstraint,
    MetaData,
    UniqueConstraint,
    event,
    func,
)
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import Field, SQLModel

from services.contracts.shared.base import Visibility
from services.kit.ids import uuid7

_NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_1_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_1_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def schema(name: str) -> registry:
    """A registry of its own, so that services in one process share no metadata."""
    return registry(metadata=MetaData(schema=name, naming_convention=_NAMING))


@event.listens_for(Column, "after_parent_attach")
def _no_value_is_null(column: Column[Any], _: Any) -> None:
    """None is NULL in JSON columns too, not the JSON text `null`."""
    if isinstance(column.type, JSON):
        column.type.none_as_null = True


class TenantTable(SQLModel):
    """First column of every key: the municipality's regional key (ARS)."""

    municipality_id: int = Field(
        sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False}
    )


class Resource(TenantTable):
    """A resource with UUID, key, revision and visibility; its past is kept in `history`."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    key: str
    visibility: str = Visibility.public
    revision: int = Field(default=None)
    created_at: datetime = Field(
        default=None,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )
    changed_at: datetime = Field(
        default=None,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now(), "onupdate": func.now()},
    )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        if not hasattr(cls, "__table__"):
            return {}
        return {"version_id_col": cls.__table__.c.revision, "eager_defaults": True}


def key_is_unique() -> UniqueConstraint:
    """One resource per key and municipality."""
    return UniqueConstraint("municipality_id", "key")


def refers_to(column: str, target: str, target_column: str = "key") -> ForeignKeyConstraint:
    """A reference inside schema and tenant: `refers_to("body", "boards.body")`."""
    return ForeignKeyConstraint(
        ["municipality_id", column], [f"{target}.municipality_id", f"{target}.{target_column}"]
    )
