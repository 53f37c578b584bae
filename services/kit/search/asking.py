"""What somebody types into the search box, understood: pure functions.

armut jena              both words, in any form
"Bildung integriert"    exactly these words, one after the other
kita -schule            without that word; -"..." without that phrase
VO/0123/2024            what punctuation joins is a phrase
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from services.kit.problems import Invalid
from services.kit.search.folding import folded
from services.kit.search.folding import words as spelt

_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″", '"'))
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
MOST = 20
"""Words that one question may have."""
SHORTEST_START = 4
"""Letters from which on a word is also found as the beginning of longer ones."""


@dataclass(frozen=True)
class Asked:
    """A question to the search: words in any form, phrases to the letter, and what must not be."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    @property
    def whole(self) -> str:
        """All of it that must be there, as the name of something might be spelt."""
        return " ".join((*self.words, *(word for phrase in self.phrases for word in phrase)))

    @property
    def exactly(self) -> str:
        """What has to be there or not to the letter, as PostgreSQL writes it; may be nothing."""
        wanted = [_sequence(phrase) for phrase in self.phrases]
        return " & ".join((*wanted, *(f"!{_sequence(phrase)}" for phrase in self.without)))

    @property
    def ranked(self) -> str:
        """The phrases alone, any of which lifts what it is found in; may be nothing."""
        return " | ".join(map(_sequence, self.phrases))

    @property
    def beginnings(self) -> list[str]:
        """Of each word what else counts as it: the beginning of a longer one."""
        starts = (":*" if len(word) >= SHORTEST_START else "" for word in self.words)
        return [f"'={word}'{start}" for word, start in zip(self.words, starts, strict=True)]


def _sequence(phrase: tuple[str, ...]) -> str:
    return "(" + " <-> ".join(f"'={word}'" for word in phrase) + ")"


def understood(question: str) -> Asked:
    """The parts of a question. Refuses (422) one that names nothing to be found, or too much."""
    words, phrases, without = [], [], []
    for part in _PART.finditer(question.translate(_QUOTES)):
        found = tuple(folded(part["phrase"] or part["word"] or ""))
        if not found:
            continue
        if part["minus"]:
            without.append(found)
        elif len(found) > 1 or part["phrase"]:
            phrases.append(found)
        else:
            words.append(found[0])
    if not words and not phrases:
        raise Invalid("Name something to be found.", parameter="q", code="nothing")
    if len(words) + sum(map(len, (*phrases, *without))) > MOST:
        raise Invalid(f"A question has {MOST} words at most.", parameter="q", code="too_long")
    return Asked(tuple(dict.fromkeys(words)), tuple(phrases), tuple(without))


def corrected(question: str, meant: Mapping[str, str]) -> str:
    """The question with other words in place of some, everything else as it was typed."""
    text, at, parts = unicodedata.normalize("NFC", question), 0, []
    for word in spelt(text):
        if word.folded in meant:
            parts += [text[at : word.start], meant[word.folded]]
            at = word.end
    return "".join([*parts, text[at:]])
