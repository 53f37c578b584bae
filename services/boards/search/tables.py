"""Where the search keeps what it finds."""

from services.boards.tables import Table
from services.kit.search import tables as kept


class SearchDocumentRow(kept.SearchDocument, Table, table=True):
    """What everybody may see."""


class SearchInsideRow(kept.SearchInside, Table, table=True):
    """What not everybody may see."""


class SearchNameRow(kept.SearchName, Table, table=True):
    """Names of what everybody may see."""


class SearchWordRow(kept.SearchWord, Table, table=True):
    """Words of what everybody may see."""


class SearchInsideWordRow(kept.SearchInsideWord, Table, table=True):
    """Words of what not everybody may see."""


class SearchStandRow(kept.SearchStand, Table, table=True):
    """By which rules all of it was made."""
