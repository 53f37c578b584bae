"""Where the bytes of files are kept: once, however many files have them."""

from sqlalchemy import BigInteger, ForeignKeyConstraint
from sqlmodel import Field

from services.boards.tables import Table
from services.kit.tables import TenantTable


class ContentRow(TenantTable, Table, table=True):
    """A content, named by its checksum; gone when no file needs it any more."""

    __tablename__ = "file_content"

    sha512: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    text: str | None = None


class PartRow(TenantTable, Table, table=True):
    """A part of a content, a megabyte at most."""

    __tablename__ = "file_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_id", "sha512"],
            ["boards.file_content.municipality_id", "boards.file_content.sha512"],
            ondelete="CASCADE",
        ),
    )

    sha512: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    body: bytes
