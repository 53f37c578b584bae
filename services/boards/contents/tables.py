"""Where the bytes of files are kept: once, however many files have them."""

from services.boards.tables import Table
from services.kit.contents.tables import Content, ContentPart


class ContentRow(Content, Table, table=True):
    """A content; `text` is what it says, where we know it."""

    text: str | None = None


class PartRow(ContentPart, Table, table=True):
    """A part of a content."""
