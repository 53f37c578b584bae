"""What a target indicator may be: pure functions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.contracts.projects.participation import PERSONAL
from services.contracts.projects.targets import (
    AimDirection,
    Counting,
    NewTargetIndicator,
    Part,
    TargetDimension,
)
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.references.rules import INDICATOR, Pointing

_PEOPLE = re.compile(
    r"\b(person(en|s)?|persone|people|mensch(en)?|teilnehm\w+|participants?|partecipanti"
    r"|kind(er|ern)?|jugendliche[nr]?|schüler\w*|frauen|männer|children|pupils|women|men)\b",
    re.IGNORECASE,
)
COUNTS = (
    "unit",
    "measure",
    "direction",
    "counting",
    "baseline",
    "baseline_on",
    "tolerance",
    "dimensions",
)
"""What decides how figures are read; it stays while one of its periods is locked."""


def references(new: NewTargetIndicator) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(INDICATOR, new.indicator, "/indicator")]


def check(new: NewTargetIndicator) -> None:
    """Refuse an output of the ESF Plus that does not begin at zero, or that does not add up.

    Common output indicators have the baseline zero, milestones and targets are cumulative (Art. 17
    of Regulation (EU) 2021/1057). Refuse to say of a code that counts people that it does not.
    """
    if new.esf_code is None:
        return
    faults = []
    if new.esf_code in PERSONAL and new.people is False:
        text = "This common indicator counts people."
        faults.append(Fault(pointer="/people", code="personal", detail=text))
    if new.esf_code.is_output and new.baseline != 0:
        text = "The baseline of a common output indicator is 0."
        faults.append(Fault(pointer="/baseline", code="not_zero", detail=text))
    if new.counting is not Counting.cumulative:
        text = "Common indicators of the ESF Plus are cumulative."
        faults.append(Fault(pointer="/counting", code="not_cumulative", detail=text))
    if faults:
        raise Invalid("The ESF Plus counts it otherwise; nothing was stored.", faults=faults)


def counts_people(new: NewTargetIndicator) -> bool:
    """Whether it counts people: as its code says, else as was said, else as its unit sounds.

    Who has not thought of it tells nobody outside how few they are.
    """
    if new.esf_code is not None:
        return new.people is True or new.esf_code in PERSONAL
    if new.people is not None:
        return new.people
    return any(_PEOPLE.search(unit) for unit in new.unit.values())


def goes_against(direction: AimDirection, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Whether a target lies on the other side of the baseline than is wanted."""
    if baseline is None or target is None:
        return False
    return (direction is AimDirection.increase and target < baseline) or (
        direction is AimDirection.decrease and target > baseline
    )


def check_baseline(new: NewTargetIndicator, targets: Iterable[Decimal | None]) -> None:
    """Refuse a baseline or direction against which a target of a period would go."""
    if any(goes_against(new.direction, new.baseline, target) for target in targets):
        raise Invalid(
            "A target of its periods lies on the other side of the baseline.",
            pointer="/baseline",
            code="against_direction",
        )


def check_unlocked(row: Mapping[str, Any], new: NewTargetIndicator, locked: Sequence[str]) -> None:
    """Refuse (409) another reading of the figures of a locked period."""
    now = new.model_dump(mode="json")
    changed = [name for name in COUNTS if now[name] != row[name]]
    if locked and changed:
        raise Conflict(
            f"The period {locked[0]!r} is locked. Unlock it first.",
            pointer=f"/{changed[0]}",
            code="locked",
        )


def check_parts(dimensions: Sequence[TargetDimension], parts: Sequence[Part]) -> None:
    """Refuse figures of parts that the indicator does not have."""
    known = {(d.key, value.key) for d in dimensions for value in d.values}
    faults = list(_unknown(known, parts))
    if faults:
        raise Invalid("The indicator has no such part; nothing was stored.", faults=faults)


def _unknown(known: set[tuple[str, str]], parts: Sequence[Part]) -> Iterator[Fault]:
    for place, part in enumerate(parts):
        if (part.dimension, part.value) not in known:
            text = "There is no such part."
            yield Fault(pointer=f"/parts/{place}/value", code="unknown", detail=text)


def check_dimensions(new: NewTargetIndicator, used: Iterable[tuple[str, str]]) -> None:
    """Refuse (409) to take away a part of which there are figures."""
    known = {(d.key, value.key) for d in new.dimensions for value in d.values}
    if set(used) - known:
        raise Conflict(
            "There are figures of a part that would be gone.", pointer="/dimensions", code="in_use"
        )
