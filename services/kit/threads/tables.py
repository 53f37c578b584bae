"""Where the links of a service are kept: triggers write them with what they are read from."""

from sqlalchemy import Index
from sqlalchemy.orm import declared_attr
from sqlmodel import Field

from services.kit.tables import TenantTable


class ThreadLink(TenantTable):
    """That one thing led to another (Verbindung), and the row that says so.

    Written by triggers alone, in the transaction of that row; `ddl.thread_links` puts them up.
    """

    __tablename__ = "thread_link"

    from_type: str = Field(primary_key=True)
    from_key: str = Field(primary_key=True)
    to_type: str = Field(primary_key=True)
    to_key: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    at: str = Field(default="", primary_key=True, sa_column_kwargs={"server_default": ""})
    """The period of the figure that is named; empty where none is."""
    said_by: str = Field(primary_key=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (
            Index(None, "municipality_id", "to_type", "to_key"),
            Index(None, "municipality_id", "said_by"),
        )
