"""Where a service keeps what is searched.

What everybody may see stands apart from the rest: `search_document`, `search_name` and
`search_word` hold nothing else, so no wall stands around them, which would keep PostgreSQL from
using their indexes. Each statement on them names the municipality. All else is in `search_inside`,
behind the wall.
"""

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Index, String
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import declared_attr
from sqlmodel import Field

from services.kit.tables import TenantTable


class Searchable(TenantTable):
    """A resource as it is found: what it is called, what is in it, and both as words.

    `names` are titles, short names, codes and the key as they are spelt for searching; `vector`
    has the words themselves (`=armut`) and their stems in each language.
    """

    collection: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    address: str | None = None
    title: dict[str, str] = Field(sa_type=JSONB)
    body: dict[str, str] = Field(sa_type=JSONB)
    dated_on: date | None = None
    names: list[str] = Field(sa_type=ARRAY(String))
    vector: Any = Field(sa_type=TSVECTOR)


class SearchDocument(Searchable):
    """What everybody may see; found by its words."""

    __tablename__ = "search_document"

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index]:
        return (_inverted("vector"),)


class SearchInside(Searchable):
    """What not everybody may see."""

    __tablename__ = "search_inside"


class SearchWord(TenantTable):
    """A word that a document has which everybody may see; found by parts of three letters."""

    __tablename__ = "search_word"

    word: str = Field(primary_key=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index]:
        return (_inverted("word", postgresql_ops={"word": "gin_trgm_ops"}),)


class SearchInsideWord(TenantTable):
    """A word that a document inside has, or had until the documents were last made anew."""

    __tablename__ = "search_inside_word"

    word: str = Field(primary_key=True)


class SearchName(TenantTable):
    """A name of something that everybody may see, from one of its words on: `place` 0 from its
    first word, 1 from a later one. Found by how it begins."""

    __tablename__ = "search_name"

    collection: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    start: str = Field(primary_key=True, sa_type=String(collation="C"))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index]:
        return (Index(None, "municipality_id", "place", "start"),)


class SearchStand(TenantTable):
    """By which rules the documents of the municipality were made; others make all of them anew."""

    __tablename__ = "search_stand"

    version: str


def _inverted(column: str, **options: Any) -> Index:
    return Index(
        None,
        "municipality_id",
        column,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
        **options,
    )
