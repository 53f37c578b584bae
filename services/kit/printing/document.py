"""What is printed: text, tables and pictures in one language, before any layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.contracts.shared.base import Language
from services.kit.writing import text


class Foreign(str):
    """Words in German in a document of another language: screen readers are told so (WCAG 3.1.2).

    It can stand for a title, a caption, a paragraph, the words of a run, a heading or a cell.
    """

    __slots__ = ()
    lang = "de"


def words(texts: Mapping[Any, str] | None, lang: Language) -> str:
    """The text in the language of the document, else in German and marked as such."""
    said = text(texts, lang)
    return said if not said or texts is None or texts.get(lang) else Foreign(said)


def like(one: str, said: str) -> str:
    """What was made of this text, in the same language."""
    return Foreign(said) if isinstance(one, Foreign) else said


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
