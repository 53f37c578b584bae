"""Which resources are searched, and what of them: one declaration for each kind.

Searched(PAPERS, "paper", body=("text",), codes=("reference",), dated="dated_on")
"""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.days import day
from services.kit.resources import Kind
from services.kit.search.folding import folded
from services.kit.tables import Resource

_FIELD = re.compile(r"\{(\w+)\}")
LANGUAGES = ("de", "en", "it")
_LONGEST = 20_000
_MOST_STARTS, _START = 12, 60
_MOST_WORDS = 12_000  # a position in a vector has 14 bits
Rule = Callable[[Collection[str]], ColumnElement[bool]]
"""Rows, by the keys of something else."""
Beside = Callable[[AsyncSession, Sequence[Any]], Awaitable[Mapping[str, Mapping[str, Any]]]]


def nothing_else(_: AsyncSession) -> Sequence[ColumnElement[bool]]:
    """Seen is what the kind says."""
    return ()


@dataclass(frozen=True)
class Searched:
    """A kind of resource that is searched. The fields are those of its row, or of `beside`."""

    kind: Kind[Any]
    name: str
    """What one of them is called: `paper`."""
    title: str = "title"
    short: str | None = None
    body: Sequence[str] = ()
    codes: Sequence[str] = ()
    dated: str | None = None
    there: ColumnElement[bool] | None = None
    """Which rows are found at all: not what was withdrawn."""
    seen: Callable[[AsyncSession], Sequence[ColumnElement[bool]]] = nothing_else
    """What else must hold for the actor to see a row in the lists of the kind."""
    reached: Mapping[str, Rule] = field(default_factory=dict)
    """Collection -> rows that may be seen otherwise when these of it have changed, besides those
    that are within them."""
    made_of: Mapping[str, str | Rule] = field(default_factory=dict)
    """Collection -> column that names one of it, or rows that do, of which something is told in the
    document, or on which it depends whether there is one."""
    beside: Beside | None = None
    """Fields that stand in other tables, by key."""
    permission: str | None = None
    """With which the list of the kind is read; None where everybody may ask for it."""
    address: str | None = None
    """Where one is read, of its fields, if not at collection and key."""

    def document(self, row: Resource, more: Mapping[str, Any]) -> dict[str, Any]:
        """The row as it is found."""

        def value(name: str) -> Any:
            return more[name] if name in more else getattr(row, name)

        title = by_language([value(self.title)])
        short = by_language([value(self.short)] if self.short else [])
        body = by_language([value(name) for name in self.body])
        codes = [code for name in self.codes for code in plain(value(name))]
        titles, bodies = _words(title, short), _words(body)
        coded = [folded(code) for code in [row.key, *codes]]
        names = [" ".join(words) for words in (*_each(title, short), *coded) if words]
        return {
            "collection": self.kind.collection,
            "key": row.key,
            "address": self._address(value),
            "title": title or {"de": row.key},
            "body": body,
            "dated_on": _day(value(self.dated)) if self.dated else None,
            "names": sorted(set(names)),
            "starts": starts(" ".join(w) for w in (*_each(title, short), *coded[1:]) if w),
            "titles": {name: " ".join(words) for name, words in titles.items()},
            "bodies": {name: " ".join(words) for name, words in bodies.items()},
            "vector": vector([*_each(title, short)], coded, [*_each(body)]),
        }

    def _address(self, value: Callable[[str], Any]) -> str | None:
        if self.address is None:
            return None
        return _FIELD.sub(lambda field: str(value(field[1])), self.address)


def starts(names: Iterable[str]) -> list[dict[str, Any]]:
    """Where in names somebody may begin to type: at each word."""
    found: set[tuple[int, str]] = set()
    for name in names:
        words = name.split(" ")[:_MOST_STARTS]
        for at in range(len(words)):
            found.add((min(at, 1), " ".join(name.split(" ")[at:])[:_START]))
    return [{"place": place, "start": start} for place, start in sorted(found)]


def by_language(values: Sequence[Any]) -> dict[str, str]:
    """Everything written in these values, by language; what has none is German."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, text in _texts(values):
        found[language].append(text)
    return {name: "\n".join(parts)[:_LONGEST] for name, parts in found.items()}


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield "de", value
    elif isinstance(value, Mapping):
        yield from ((name, value[name]) for name in LANGUAGES if value.get(name))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def plain(value: Any) -> list[str]:
    """The codes in a value: one, several, or none."""
    if isinstance(value, Mapping):
        value = list(value.values())
    return [str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one]


def _each(*texts: Mapping[str, str]) -> Iterator[list[str]]:
    for one in texts:
        for name in sorted(one):
            yield folded(one[name])


def _words(*texts: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in texts:
        for name, text in one.items():
            found[name] += folded(text)
    return found


def vector(
    titles: Sequence[Sequence[str]], codes: Sequence[Sequence[str]], bodies: Sequence[Sequence[str]]
) -> str:
    """The words themselves as PostgreSQL writes a vector. Between fields no phrase goes on."""
    at, places = 0, defaultdict[str, list[str]](list)
    for weight, parts in (("A", titles), ("B", codes), ("D", bodies)):
        for part in parts:
            for word in part:
                at += 1
                if at < _MOST_WORDS:
                    places[word].append(f"{at}{weight}")
            at += 1
    return " ".join(f"'={word}':{','.join(found[:200])}" for word, found in places.items())


def _day(value: date | datetime | None) -> str | None:
    if isinstance(value, datetime):
        value = day(value)
    return value.isoformat() if value else None
