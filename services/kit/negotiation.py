"""Which representation and which language somebody takes (RFC 9110, section 12)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple, TypeVar

from fastapi import Header

L = TypeVar("L", bound=str)
Accept = Annotated[str, Header(include_in_schema=False)]
"""What somebody takes, as the header says; empty where there is none."""


class Taken(NamedTuple):
    """The representation to send, and the parameters with which it was asked for."""

    media_type: str
    parameters: Mapping[str, str]


class _Range(NamedTuple):
    name: str
    parameters: dict[str, str]
    quality: float


def representation(accept: str, offered: Sequence[str]) -> Taken | None:
    """The best of the offered media types; the first of equally good ones, None for none.

    An empty header takes everything. A range that names a type goes before one with `*`.
    """
    ranges = _ranges(accept) or [_Range("*/*", {}, 1.0)]
    best: Taken | None = None
    highest = 0.0
    for media_type in offered:
        fitting = [given for given in ranges if _fits(given.name, media_type)]
        if fitting:
            chosen = max(fitting, key=lambda given: _exactness(given.name))
            if chosen.quality > highest:
                best, highest = Taken(media_type, chosen.parameters), chosen.quality
    return best


def language(accept_language: str, offered: Sequence[L]) -> L:
    """The best of the offered languages, `de` also for `de-AT`; the first where none fits."""
    wanted = sorted(_ranges(accept_language), key=lambda given: -given.quality)
    for given in wanted:
        for one in offered:
            if given.quality and given.name.partition("-")[0] == one:
                return one
    return offered[0]


def _ranges(header: str) -> list[_Range]:
    found = []
    for part in header.split(","):
        name, *rest = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        pairs = (piece.partition("=") for piece in rest)
        given = {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}
        found.append(_Range(name.lower(), given, _quality(given.pop("q", "1"))))
    return found


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _fits(given: str, media_type: str) -> bool:
    return given in ("*/*", media_type) or given == media_type.partition("/")[0] + "/*"


def _exactness(given: str) -> int:
    return 0 if given == "*/*" else 1 if given.endswith("/*") else 2
