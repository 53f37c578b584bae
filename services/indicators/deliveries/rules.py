"""The rules of deliveries: what may follow what, who decides, what an unknown area may mean."""

from collections.abc import Mapping
from heapq import nsmallest
from typing import NamedTuple

from services.contracts.indicators.delivery_states import DeliveryState
from services.indicators.breakdowns import attributes_of as attributes_of
from services.indicators.breakdowns import canonical_breakdown as canonical_breakdown
from services.indicators.deliveries.formats.slugs import slug
from services.kit.problems import Conflict

_NEXT: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.received: frozenset({DeliveryState.checked, DeliveryState.refused}),
    DeliveryState.checked: frozenset({DeliveryState.approved, DeliveryState.rejected}),
    DeliveryState.approved: frozenset({DeliveryState.released, DeliveryState.checked}),
    DeliveryState.refused: frozenset(),
    DeliveryState.rejected: frozenset(),
    DeliveryState.released: frozenset({DeliveryState.withdrawn}),
    DeliveryState.withdrawn: frozenset(),
}


def may_become(now: DeliveryState, then: DeliveryState) -> bool:
    """Whether a delivery in state `now` may go on to `then`."""
    return then in _NEXT[now]


def why_not_approve(deliverer: str, approver: str) -> str | None:
    """Why this person may not approve the delivery (Vier-Augen-Prinzip), or None if they may.

    Both are identifiers of persons or machines, compared without regard to case.
    """
    if not deliverer.strip() or not approver.strip():
        return "Both the deliverer and the second person must be known."
    if deliverer.strip().casefold() == approver.strip().casefold():
        return "A delivery is approved by a second person, not by the one who delivered it."
    return None


def why_not_withdraw(deliverer: str, releaser: str, withdrawer: str) -> str | None:
    """Why this person may not withdraw the delivery (Vier-Augen-Prinzip), or None if they may.

    What the public sees was decided by two; nobody of them takes it back alone.
    """
    if withdrawer.strip().casefold() in {deliverer.strip().casefold(), releaser.strip().casefold()}:
        return "A delivery is withdrawn by somebody who neither delivered nor released it."
    return None


class SecondPersonNeeded(Conflict):
    title = "A second person is needed (Vier-Augen-Prinzip)"
    explanation = "Two persons decide what the public sees. Ask a colleague with the right to."


class Suggestion(NamedTuple):
    """An area that may be meant, and what speaks for it."""

    code: str
    label: str
    because: str


_REASONS = (
    "lost zero",
    "longer or shorter key",
    "other case",
    "equal label",
    "swapped signs",
    "one sign differs",
)


def suggest(code: str, label: str, known: Mapping[str, str], *, limit: int = 3) -> list[Suggestion]:
    """Which known areas (code -> label) may be meant by an unknown code or label.

    Looks for a lost leading zero, a key filled up with zeros (AGS and ARS), an equal label (up to
    its first comma; the code may be one), two swapped signs, and one wrong or missing sign. The
    last counts only for codes with letters: of official keys nearly every neighbour differs in
    one digit. The surest come first.
    """
    name = _plain(label or code)
    found = []
    for candidate, text in known.items():
        because = _likeness(code, candidate)
        if because is None and name == _plain(text):
            because = "equal label"
        if because:
            found.append(Suggestion(candidate, text, because))
    return nsmallest(limit, found, key=lambda s: (_REASONS.index(s.because), s.code))


def _plain(label: str) -> str:
    return slug(label.partition(",")[0])


def _likeness(code: str, candidate: str) -> str | None:
    official = code.isdigit() and candidate.isdigit()
    if official and code.lstrip("0") == candidate.lstrip("0"):
        return "lost zero"
    if official and len(code) != len(candidate) and code.rstrip("0") == candidate.rstrip("0"):
        return "longer or shorter key"
    a, b = code.casefold(), candidate.casefold()
    if a == b:
        return "other case"
    if abs(len(a) - len(b)) > 1:
        return None
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    if a[1:2] + a[:1] + a[2:] == b and len(a) > 1:
        return "swapped signs"
    if not official and (a[1:] == b[1:] or a[1:] == b or a == b[1:]):
        return "one sign differs"
    return None
