"""Where a process stands, and what of it may still change: pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.contracts.boards.participation import (
    NewParticipationProcess,
    ParticipationState,
    ParticipationStep,
    ParticipationStepKind,
)
from services.kit.problems import Conflict, Invalid


@dataclass(frozen=True)
class Used:
    """What contributions to a process have chosen, and the latest day promised to one of them."""

    any: bool = False
    categories: frozenset[str] = field(default=frozenset())
    target_groups: frozenset[str] = field(default=frozenset())
    areas: frozenset[str] = field(default=frozenset())


def state(
    steps: Iterable[ParticipationStep], cancelled_on: date | None, on: date
) -> ParticipationState:
    """Where a process with these steps stands on the day: the step that has begun last.

    Nobody hands in after the last day of submission: from then on contributions are evaluated,
    also where the next step begins later.
    """
    if cancelled_on is not None and cancelled_on <= on:
        return ParticipationState.cancelled
    begun = [step for step in steps if step.starts_on <= on]
    if not begun:
        return ParticipationState.planned
    last = begun[-1]
    over = last.ends_on is not None and last.ends_on < on
    if last.kind == ParticipationStepKind.submission and over:
        return ParticipationState.evaluation
    return ParticipationState(last.kind)


def days(new: NewParticipationProcess) -> Mapping[str, date | None]:
    """The days by which processes are looked for."""
    told = [step.starts_on for step in new.steps if step.kind != ParticipationStepKind.preparation]
    submission = [step for step in new.steps if step.kind == ParticipationStepKind.submission]
    return {
        "public_from": told[0] if told else None,
        "submission_from": submission[0].starts_on if submission else None,
        "submission_until": submission[0].ends_on if submission else None,
    }


def check_change(old: NewParticipationProcess, new: NewParticipationProcess, used: Used) -> None:
    """Refuse to break what was promised to those who have contributed.

    The text that they agreed to, the size of the smallest group that is shown, the day on which
    their contributions are erased, and what they could choose from.
    """
    if new.consent_text != old.consent_text and new.consent_version == old.consent_version:
        raise Invalid(
            "Another text is another version.", pointer="/consent_version", code="same-version"
        )
    if not used.any:
        return
    if new.smallest_group < old.smallest_group:
        raise _promised("/smallest_group", "Smaller groups would be shown than was promised.")
    if new.delete_on > old.delete_on:
        raise _promised("/delete_on", "Contributions would be kept longer than was promised.")
    for name in ("categories", "target_groups"):
        left = {choice.key for choice in getattr(new, name)}
        _check_left(name, getattr(used, name), left)
    _check_left("areas", used.areas, new.areas)


def _check_left(name: str, chosen: frozenset[str], left: Iterable[str]) -> None:
    gone = sorted(chosen - set(left))
    if gone:
        detail = f"Contributions have chosen {', '.join(gone)}."
        raise Conflict(detail, pointer=f"/{name}", code="in-use")


def _promised(pointer: str, detail: str) -> Conflict:
    return Conflict(detail, pointer=pointer, code="promised")


def names(choices: Sequence[Mapping[str, Any]]) -> Mapping[str, Mapping[str, str]]:
    """Key -> name of the choices as they are stored."""
    return {choice["key"]: choice["name"] for choice in choices}
