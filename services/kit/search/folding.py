"""How a word is spelt for searching, the same for documents and for questions: pure functions.

ä, ae and a are one letter, ß is ss, accents and capitals are nothing. The e of ue stays after
vowels and q, where it is no umlaut: Frauen, neue, Quelle.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_BARE = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe"})
_UMLAUTS = ((re.compile("ae+"), "a"), (re.compile("oe+"), "o"), (re.compile("(?<![aeoq])ue+"), "u"))
LONGEST = 100
"""Letters of a word that count."""


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is spelt for searching."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """One word as it is searched for; nothing when no letter or digit is in it."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = _BARE.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    for written, spelt in _UMLAUTS:
        plain = written.sub(spelt, plain)
    return plain[:LONGEST]


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order; everything between letters and digits parts them."""
    for found in _WORD.finditer(text):
        folded = fold(found[0])
        if folded:
            yield Word(found.start(), found.end(), folded)


def folded(text: str) -> list[str]:
    """The words of a text as they are searched for."""
    return [word.folded for word in words(unicodedata.normalize("NFC", text))]
