"""What becomes of findings: pure functions."""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from services.contracts.indicators.findings import FindingState
from services.kit.problems import Conflict

STEPS = {
    FindingState.open: {FindingState.confirmed, FindingState.dismissed},
    FindingState.confirmed: {FindingState.dismissed},
    FindingState.dismissed: {FindingState.confirmed},
    FindingState.resolved: set[FindingState](),
}
"""What a person may decide; resolved is decided by the figures."""
_LONGEST = 76  # of 80, so that a number has room behind it
_SHARE = 26
Place = tuple[str, str]
"""Rule and area."""


def check_step(now: FindingState, then: FindingState) -> None:
    """Refuse (409) a decision that does not follow from the present state."""
    if then not in STEPS[now]:
        raise Conflict(f"A {now} finding cannot become {then}.", pointer="", code="state")


def key_of(rule: str, area: str, release: int, taken: Collection[str]) -> str:
    """A readable, lasting key: `kinderarmut-lobeda-west-r3`. Long names are cut and told apart."""
    end = f"-r{release}"
    key = f"{rule}-{area}{end}"
    if len(key) > _LONGEST:
        digest = sha256(f"{rule}/{area}".encode()).hexdigest()[:8]
        key = f"{rule[:_SHARE].rstrip('-')}-{area[:_SHARE].rstrip('-')}-{digest}{end}"
    free, number = key, 1
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


class Observed(NamedTuple):
    """A rule that holds in an area, and what is to be told of it."""

    rule: str
    area: str
    fields: dict[str, Any]


class Turn(NamedTuple):
    """What a release does to the findings of the rules that were asked."""

    opened: list[Place]
    continuing: list[Place]
    unsure: list[Place]
    gone: list[Place]
    ended: list[Place]
    """Of areas that are no longer there."""


def turn(
    found: Collection[Place],
    unknown: Collection[Place],
    standing: Iterable[Place],
    asked: Mapping[str, Collection[str]],
) -> Turn:
    """Which findings open, go on, are not sure any more, or are gone.

    `standing` are those that are not resolved; `asked` gives the areas that each rule was asked
    of. What is unknown leaves a finding as it is.
    """
    made = Turn([], [], [], [], [])
    before = set(standing)
    for place in sorted(before):
        rule, area = place
        if place in found:
            made.continuing.append(place)
        elif place in unknown:
            made.unsure.append(place)
        elif area in asked[rule]:
            made.gone.append(place)
        else:
            made.ended.append(place)
    made.opened.extend(sorted(place for place in found if place not in before))
    return made
