"""Steps from state to state: a pure function."""

from collections.abc import Mapping, Set
from typing import TypeVar

from services.kit.problems import Conflict

S = TypeVar("S", bound=str)


def check_step(now: S, then: S, steps: Mapping[S, Set[S]]) -> None:
    """Refuse (409) a step that `steps` does not name; staying is no step."""
    if then != now and then not in steps[now]:
        raise Conflict(f"What is {now} cannot become {then}.", pointer="/state", code="transition")
