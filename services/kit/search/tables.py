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


class SearchWord(TenantTable):
    """A word that a document has which everybody may see."""

    word: str = Field(primary_key=True)


class SearchInsideWord(TenantTable):
    """A word that a document inside has, or had until the documents were last made anew."""

    word: str = Field(primary_key=True)


class SearchName(TenantTable):
    """A name of something that everybody may see, from one of its words on: `place` 0 from its
    first word, 1 from a later one."""

    collection: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    start: str = Field(primary_key=True, sa_type=String(collation="C"))


class SearchStand(TenantTable):
    """By which rules the documents of the municipality were made; others make all of them anew."""

    version: str


def of_vector() -> Index:
    """The index of `search_document` by its words."""
    return Index(
        None,
        "municipality_id",
        "vector",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )


def of_start() -> Index:
    """The index of `search_name` by how it begins."""
    return Index(None, "municipality_id", "place", "start")


def of_word() -> Index:
    """The index of `search_word` by parts of words of three letters."""
    return Index(
        None,
        "municipality_id",
        "word",
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
        postgresql_with={"fastupdate": "off"},
    )
