"""What is printed: text, tables and pictures in one language, before any layout."""

from dataclasses import dataclass, field
from datetime import date

from services.contracts.shared.base import Language


@dataclass(frozen=True)
class Picture:
    """A drawing with the words for those who do not see it."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Table:
    """A table; the first column heads its rows, the others are numbers unless `texts`, then only
    the last `numbers` of them. A table that the heading above it says all about has no caption."""

    caption: str
    header: list[str]
    rows: list[list[str]]
    texts: bool = False
    numbers: int = 0
    wide: bool = False
    """Whether the first of several columns of texts has most to say."""
    wide_columns: int = 1
    """How many of them have."""


@dataclass(frozen=True)
class Run:
    """Words of a line in one style; `link` is an address of the web or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class Block:
    """What follows in the order in which it was written: a paragraph, a list of lines, a picture, a
    table; which it is says what is there."""

    lines: list[list[Run]] = field(default_factory=list)
    bullets: bool = False
    picture: Picture | None = None
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part with a heading; `level` 1 is a chapter. `blocks` keep an order of their own."""

    title: str
    level: int
    paragraphs: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A whole document; `stand` says which state of things it shows.

    `contents` heads the table of contents of a book with a title page; a document of a few pages
    has none. `signatures` are under lines to be signed on.
    """

    title: str
    subtitle: str
    stand: str
    lang: Language
    day: date
    contents: str | None
    sections: list[Section]
    signatures: list[str] = field(default_factory=list)
