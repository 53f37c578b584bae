"""What is printed: text, tables and pictures in one language, before any layout."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from services.contracts.shared.base import Language


@dataclass(frozen=True)
class Picture:
    """A drawing with the words for those who do not see it."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Table:
    """A table; the first column heads its rows, the others are numbers unless `texts`."""

    caption: str
    header: list[str]
    rows: list[list[str]]
    texts: bool = False


@dataclass(frozen=True)
class Section:
    """A part with a heading; `level` 1 is a chapter."""

    title: str
    level: int
    paragraphs: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A whole document; `stand` says of which release it is."""

    title: str
    subtitle: str
    stand: str
    lang: Language
    day: date
    contents: str
    sections: list[Section]


def number(value: Decimal, decimals: int, lang: Language) -> str:
    """The number as the language writes it: 1.234,5 in German and Italian, 1,234.5 in English."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    text = f"{abs(rounded):,.{decimals}f}"
    if lang != "en":
        text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"−{text}" if rounded < 0 else text


def day(on: date, lang: Language) -> str:
    """The date in figures: 31.12.2024, in English 31/12/2024."""
    return on.strftime("%d/%m/%Y" if lang != "de" else "%d.%m.%Y")
