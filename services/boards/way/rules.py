"""How long a paper was on its way: pure functions."""

from collections.abc import Sequence
from datetime import date

from services.contracts.boards.papers import PaperState


def days_between(start: date, meetings: Sequence[date | None]) -> list[int | None]:
    """Days from each meeting to the one before it that took place, the first from `start`.

    None where no meeting is known; a meeting before the one before it took no days.
    """
    found: list[int | None] = []
    last = start
    for on in meetings:
        found.append(None if on is None else max((on - last).days, 0))
        last = last if on is None else max(on, last)
    return found


def whole(start: date, meetings: Sequence[date | None], state: PaperState, today: date) -> int:
    """Days from the paper to its last meeting; until today while nobody has decided."""
    over = state in (PaperState.decided, PaperState.closed, PaperState.withdrawn)
    known = [on for on in meetings if on is not None]
    end = max(known) if over and known else today
    return max((end - start).days, 0)
