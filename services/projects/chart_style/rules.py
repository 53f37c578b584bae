"""What charts of controlling have in common: pure functions.

No chart says anything by colour alone: bars that differ in meaning differ in their edge, their
place or the text beside them, too.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.contracts.projects.portfolio import PortfolioSum
from services.contracts.shared.base import Language
from services.kit import writing
from services.kit.drawing.looks import Spec

Words = Mapping[Language, str]
PALE, ALARM = "#c6dbef", "#b3261e"
WIDTH = 640
ROWS: Spec = {"labelPadding": 8, "title": None, "ticks": False, "domain": False}
"""The axis of bars that lie: names of their rows, nothing else."""
_UNKNOWN: Words = {"de": "+ {n} unbekannt", "en": "+ {n} unknown", "it": "+ {n} ignoti"}
_NOT_KNOWN: Words = {"de": "nicht bekannt", "en": "not known", "it": "non noto"}


def number(value: Decimal | float, lang: Language) -> str:
    """Whole numbers without decimals, in the signs of the language."""
    exact = Decimal(value)
    written = f"{exact:,.2f}" if abs(exact) < 1_000 and exact % 1 else f"{exact:,.0f}"
    return writing.in_signs(written, lang)


def beside(unknown: int, lang: Language) -> str:
    """What is said beside a sum of which something is not known."""
    return _UNKNOWN[lang].format(n=unknown) if unknown else ""


def in_words(one: PortfolioSum, lang: Language) -> str:
    """A sum in words: what is not known is no zero."""
    if one.amount is None:
        return _NOT_KNOWN[lang] if one.unknown else "–"
    return " ".join(filter(None, (f"{number(one.amount, lang)} €", beside(one.unknown, lang))))


def names(
    keys: Sequence[str | None], known: Mapping[str, Mapping[str, str]], lang: Language
) -> list[str]:
    """What groups are called; those of one name by their key, too, so that none is like another."""
    said = [_called(key, known, lang) for key in keys]
    return [
        f"{name} ({key})" if said.count(name) > 1 else name
        for key, name in zip(keys, said, strict=True)
    ]


def _called(key: str | None, known: Mapping[str, Mapping[str, str]], lang: Language) -> str:
    if key is None:
        return _NONE[lang]
    found = known.get(key)
    return writing.text(found, lang) if found else key


_NONE: Words = {"de": "(ohne)", "en": "(none)", "it": "(senza)"}
