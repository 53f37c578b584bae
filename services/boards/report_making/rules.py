"""What is made at once, and what in the background: pure functions."""

from collections.abc import Collection

from services.boards.report_bindings.rules import Binding
from services.boards.report_markup.rules import drawings
from services.contracts.boards.report_making import MakingState
from services.contracts.shared.problems import Fault

_AT_ONCE, _DRAWN_AT_ONCE = 40, 4
NOT_MADE = Fault(
    pointer="",
    code="failed",
    detail="The edition could not be made on our side, more than once. Please hand it in again.",
)


def takes_long(bindings: Collection[Binding]) -> bool:
    """Whether nobody should wait for it: drawings take half a second each on a busy machine."""
    return len(bindings) > _AT_ONCE or drawings(bindings) > _DRAWN_AT_ONCE


def is_over(state: str) -> bool:
    """Whether there is an edition, or the reason why there is none."""
    return MakingState(state) in (MakingState.made, MakingState.refused)
