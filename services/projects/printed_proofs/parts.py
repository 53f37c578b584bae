"""What a printed proof of use is put together from: parts, in the words of a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import FigureStatus
from services.contracts.shared.base import GermanOrEnglish, Texts
from services.kit import writing
from services.kit.spreadsheets import Cell


@dataclass(frozen=True)
class Part:
    """One part of the proof: what the paper shows as a table and the workbook as a sheet."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: int = 0
    mixed: bool = False
    """Whether the numbers are no amounts in euros."""
    wide: bool = True
    level: int = 2
    chapter: str | None = None
    """The chapter that it begins."""
    empty: str | None = None
    """What the paper says instead of a table without rows."""
    notes: Sequence[str] = ()
    full: tuple[Sequence[str], Sequence[Sequence[Cell]]] | None = None
    """Heading and rows of the sheet, where they are not those of the paper."""


@dataclass(frozen=True)
class Speech:
    """The words of one language."""

    lang: GermanOrEnglish
    words: Mapping[str, str] = field(repr=False)

    def __call__(self, word: str, **values: object) -> str:
        return self.words[word].format(**values)

    def text(self, texts: Texts | None, key: str | None) -> str | None:
        """A text, German where it is not translated; the key where there is none."""
        return writing.text(texts, self.lang) if texts else key

    def day(self, day: date) -> str:
        """A day as people write it."""
        return writing.day_on_paper(day, self.lang)

    def cell(self, cell: Cell) -> str:
        """A cell on paper; unknown is a dash, never a zero."""
        if cell is None:
            return "–"
        if isinstance(cell, Decimal):
            return self.number(cell)
        return self.day(cell) if isinstance(cell, date) else str(cell)

    def number(self, number: Decimal) -> str:
        """With a mark for thousands, and as many decimals as it has."""
        return writing.in_signs(f"{number:,f}", self.lang)


def judged(status: FigureStatus, say: Speech) -> str:
    """What a deviation is held to be, in words."""
    return say(f"{status}_status" if status in ("review", "unknown") else status)
