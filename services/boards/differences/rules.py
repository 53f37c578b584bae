"""Comparing two texts word by word: pure functions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Any

from services.contracts.boards.versions import Difference, Piece, PieceKind
from services.contracts.shared.base import Language

Wording = Mapping[Any, str]
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_MANY = 2000
_TAGS = {PieceKind.inserted: "ins", PieceKind.deleted: "del"}


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as what is the same, inserted and deleted; neighbours alike are joined.

    Paragraphs are compared first, words only within those that differ: a long text that changed
    in one place is compared quickly, and its other paragraphs stay whole.
    """
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    found: list[tuple[PieceKind, str]] = []
    for tag, i, j, k, n in _steps(old, new):
        one, other = "".join(old[i:j]), "".join(new[k:n])
        found += [(PieceKind.same, one)] if tag == "equal" else _words(one, other)
    return list(_joined(found))


def _words(before: str, after: str) -> Iterator[tuple[PieceKind, str]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    for tag, i, j, k, n in _steps(old, new):
        if tag == "equal":
            yield PieceKind.same, "".join(old[i:j])
        else:
            yield PieceKind.deleted, "".join(old[i:j])
            yield PieceKind.inserted, "".join(new[k:n])


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    # Without the heuristic the worst case grows with the square: only short texts are spared it.
    few = len(old) + len(new) <= _MANY
    return SequenceMatcher(None, old, new, autojunk=not few).get_opcodes()


def _joined(found: Iterable[tuple[PieceKind, str]]) -> Iterator[Piece]:
    kind, text = PieceKind.same, ""
    for one, part in found:
        if one == kind:
            text += part
        elif part:
            if text:
                yield Piece(kind=kind, text=text)
            kind, text = one, part
    if text:
        yield Piece(kind=kind, text=text)


def by_language(before: Wording | None, after: Wording | None) -> dict[str, list[Piece]]:
    """The pieces of each language that one of the wordings has."""
    old, new = before or {}, after or {}
    return {one: pieces(old.get(one, ""), new.get(one, "")) for one in {**old, **new}}


def words(of: Mapping[str, Sequence[Piece]], kind: PieceKind) -> int:
    """How many words were inserted or deleted, in all languages."""
    return sum(
        len(_WORD.findall(piece.text))
        for some in of.values()
        for piece in some
        if piece.kind == kind
    )


def page(difference: Difference, language: Language) -> str:
    """The difference as an HTML page: marked by elements and signs, not by colour alone."""
    title, text = (
        marked(side.get(language) or side.get("de") or ())
        for side in (difference.title, difference.text)
    )
    body = "".join(f"<p>{part}</p>" for part in text.split("\n") if part)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(difference.paper)}</title><style>"
        "ins{background:#dff5e1;text-decoration:underline}"
        "del{background:#fbe3e4;text-decoration:line-through}"
        "</style></head><body><main>"
        f"<h1>{title}</h1>{body}</main></body></html>"
    )


def marked(some: Sequence[Piece]) -> str:
    """The pieces as HTML of one line each."""
    # A mark never spans two paragraphs: each of them is closed where the line ends.
    return "".join(
        "\n".join(_in_tag(piece.kind, line) for line in piece.text.split("\n")) for piece in some
    )


def _in_tag(kind: PieceKind, text: str) -> str:
    tag = _TAGS.get(kind)
    return f"<{tag}>{escape(text)}</{tag}>" if tag and text else escape(text)
