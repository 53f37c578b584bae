"""How a paper goes on and what it is called: pure functions."""

import re
from collections.abc import Mapping, Set
from typing import Any, Protocol

from services.contracts.boards.papers import NewPaper
from services.contracts.boards.papers import PaperState as State
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

_NEXT: Mapping[State, frozenset[State]] = {
    State.draft: frozenset({State.submitted, State.withdrawn}),
    State.submitted: frozenset({State.closed, State.withdrawn}),
    State.decided: frozenset(),
    State.closed: frozenset({State.submitted}),
    State.withdrawn: frozenset({State.submitted}),
}
"""What a person may do; a paper is decided by a resolution alone."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 80
NUMBERS = "{number}/{year}"
"""How papers are numbered where no council says otherwise."""


class Worded(Protocol):
    """A paper, stored or sent: its words and how far it has come."""

    @property
    def state(self) -> str: ...
    @property
    def title(self) -> Mapping[Any, str]: ...
    @property
    def text(self) -> Mapping[Any, str] | None: ...


def check_new(state: State) -> None:
    """Refuse a new paper that is decided already."""
    if state == State.decided:
        raise Invalid("A paper is decided by a resolution.", pointer="/state", code="no-resolution")


def check_step(now: State, then: State) -> None:
    """Refuse a state that does not follow; staying is no step."""
    if now != then and then not in _NEXT[now]:
        raise Conflict(
            f"A {now} paper cannot become {then} by a change.",
            pointer="/state",
            code="no-such-step",
        )


def check_words(now: Worded, then: Worded) -> None:
    """Refuse other words for a paper that a body has decided on."""
    if now.state == State.decided and (now.title, now.text) != (then.title, then.text):
        pointer = "/title" if now.title != then.title else "/text"
        raise Conflict(
            "The paper is decided; its words are for good.", pointer=pointer, code="decided"
        )


def series(pattern: str, year: int) -> str:
    """The series of numbers that those of the year belong to."""
    return pattern.replace("{year}", str(year))


def reference(of: str, number: int) -> str:
    """A number of the series as it is printed: 0017/2026."""
    return of.replace("{number}", f"{number:04}")


def key_of(reference: str, prefix: str = "ds") -> str | None:
    """A key that says the reference number; None when it has nothing a key may hold."""
    plain = re.sub(r"[^a-z0-9]+", "-", reference.lower().translate(_UMLAUTS)).strip("-")
    key = f"{prefix}-{plain}"
    return key if plain and len(key) <= _LONGEST else None


PUBLIC = {"projects": "public_projects", "measures": "public_measures"}
"""Field of a paper -> where `funded` holds those of its keys that everybody may see."""
NAMING = {
    "originator_organisations": "organisations",
    "originator_bodies": "bodies",
    "originator_persons": "persons",
    "under_direction_of": "organisations",
    "concerned_organisations": "organisations",
    "related": "papers",
    "superordinate": "papers",
}
"""Field of a paper -> the collection whose keys it holds."""


def named(paper: object) -> dict[str, set[str]]:
    """The keys a paper names, by collection."""
    keys: dict[str, set[str]] = {}
    for field, collection in NAMING.items():
        keys.setdefault(collection, set()).update(getattr(paper, field))
    return keys


def check_named(key: str | None, new: NewPaper, known: Mapping[str, Set[str]]) -> None:
    """Refuse keys of what is not there, and a paper that names itself."""
    faults = [
        Fault(pointer=f"/{field}/{place}", code="unknown", detail="There is nothing of this key.")
        for field, collection in NAMING.items()
        for place, one in enumerate(getattr(new, field))
        if one not in known.get(collection, ()) or (collection == "papers" and one == key)
    ]
    if faults:
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)


def shown(paper: Mapping[str, Any], seen: Mapping[str, Set[str]]) -> dict[str, list[str]]:
    """The lists of keys of a paper without what the reader may not see."""
    here = {
        field: [one for one in paper[field] if one in seen.get(collection, ())]
        for field, collection in NAMING.items()
    }
    return here | {field: paper["funded"].get(public, []) for field, public in PUBLIC.items()}
