"""Where a service keeps the bytes of its files: once, however many files have them.

class ContentRow(Content, Table, table=True): ...      # in its own schema
class PartRow(ContentPart, Table, table=True): ...
"""

from sqlalchemy import BigInteger, ForeignKeyConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field

from services.kit.tables import TenantTable


class Content(TenantTable):
    """A content, named by its checksum; gone when no file needs it any more."""

    __tablename__ = "file_content"

    sha512: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)


class ContentPart(TenantTable):
    """A part of a content, a megabyte at most."""

    __tablename__ = "file_part"

    sha512: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    body: bytes

    @declared_attr.directive
    def __table_args__(cls) -> tuple[ForeignKeyConstraint, ...]:
        whole = f"{cls.metadata.schema}.file_content"
        columns = ["municipality_id", "sha512"]
        named = [f"{whole}.{column}" for column in columns]
        return (ForeignKeyConstraint(columns, named, ondelete="CASCADE"),)
