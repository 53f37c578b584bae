"""A piece of a text around what was found, as HTML: pure functions.

Everything of the text is escaped; the only element is `<mark>`.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape

from services.kit.search.asking import SHORTEST_START, Asked
from services.kit.search.folding import Word, words

LENGTH = 240
_BEFORE = 60


def snippet(
    asked: Asked, stems: Collection[str], texts: Mapping[str, str], language: str
) -> tuple[str, bool]:
    """The best piece, of the text in that language if it was found in there, else in another; and
    whether anything is marked in it."""
    order = sorted(texts, key=lambda name: (name != language, name != "de", name))
    for name in order:
        text = unicodedata.normalize("NFC", texts[name])
        spelt = list(words(text))
        marks = marked(asked, stems, spelt)
        if marks:
            return _cut(text, spelt, marks), True
    if not order:
        return "", False
    text = unicodedata.normalize("NFC", texts[order[0]])
    return _cut(text, list(words(text)), set()), False


def written(word: str, texts: Iterable[str]) -> str:
    """How a word as it is searched for is written in these texts."""
    for text in texts:
        for found in words(unicodedata.normalize("NFC", text)):
            if found.folded == word:
                return unicodedata.normalize("NFC", text)[found.start : found.end]
    return word


def marked(asked: Asked, stems: Collection[str], spelt: Sequence[Word]) -> set[int]:
    """Which of the words were asked for: forms of the same word, longer ones that begin like it,
    and phrases where they stand together."""
    starts = {word for word in asked.words if len(word) >= SHORTEST_START}
    # English stems end in i where the word has y, so that no word begins with them.
    starts |= {stem.removesuffix("i") for stem in stems if len(stem) >= SHORTEST_START}
    begins = tuple(start for start in starts if len(start) >= SHORTEST_START)
    whole = {*asked.words, *stems}
    found = {
        at
        for at, word in enumerate(spelt)
        if word.folded in whole or (begins and word.folded.startswith(begins))
    }
    names = [word.folded for word in spelt]
    for phrase in asked.phrases:
        for at in range(len(names) - len(phrase) + 1):
            if tuple(names[at : at + len(phrase)]) == phrase:
                found.update(range(at, at + len(phrase)))
    return found


def _cut(text: str, spelt: Sequence[Word], marks: Collection[int]) -> str:
    begin = max(0, spelt[min(marks)].start - _BEFORE) if marks else 0
    if len(text) - begin < LENGTH:
        begin = max(0, len(text) - LENGTH)
    begin = next((w.start for w in spelt if w.start >= begin), begin) if begin else 0
    end = len(text)
    if end - begin > LENGTH:
        end = max((w.end for w in spelt if begin < w.end <= begin + LENGTH), default=begin + LENGTH)
    parts, at = ["… " if begin else ""], begin
    for number in sorted(marks):
        word = spelt[number]
        if word.start < begin or word.end > end:
            continue
        parts.append(escape(text[at : word.start]))
        parts.append(f"<mark>{escape(text[word.start : word.end])}</mark>")
        at = word.end
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append(" …")
    return "".join(parts)
