"""Where the search keeps what it finds."""

from services.indicators.tables import Table
from services.kit.search.tables import (
    Searchable,
    SearchInsideWord,
    SearchName,
    SearchStand,
    SearchWord,
    of_start,
    of_vector,
    of_word,
)


class SearchDocumentRow(Searchable, Table, table=True):
    """What everybody may see."""

    __tablename__ = "search_document"
    __table_args__ = (of_vector(),)


class SearchInsideRow(Searchable, Table, table=True):
    """What not everybody may see."""

    __tablename__ = "search_inside"


class SearchNameRow(SearchName, Table, table=True):
    """Names of what everybody may see."""

    __tablename__ = "search_name"
    __table_args__ = (of_start(),)


class SearchWordRow(SearchWord, Table, table=True):
    """Words of what everybody may see."""

    __tablename__ = "search_word"
    __table_args__ = (of_word(),)


class SearchInsideWordRow(SearchInsideWord, Table, table=True):
    """Words of what not everybody may see."""

    __tablename__ = "search_inside_word"


class SearchStandRow(SearchStand, Table, table=True):
    """By which rules all of it was made."""

    __tablename__ = "search_stand"
