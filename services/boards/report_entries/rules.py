"""Which entries a list takes: pure functions."""

from dataclasses import dataclass
from datetime import date

from services.boards.report_bindings.rules import LAST, Binding, Unresolved

MOST = 200
"""So many entries has a list of a report at most."""


@dataclass(frozen=True)
class Span:
    """Up to the day of the report, and what is new after which day."""

    on: date
    since: date | None
    last: date | None

    def after(self, binding: Binding) -> date | None:
        """The day after which the binding takes entries; None is from the beginning."""
        asked = binding["since"]
        if asked is None:
            return None
        if asked != LAST:
            return date.fromisoformat(asked)
        found = self.since or self.last
        if found is None:
            detail = "No edition was published before: say `since` in the report."
            raise Unresolved("since", detail)
        return found


def check_count(count: int) -> None:
    """Refuse a list that nobody reads."""
    if count > MOST:
        raise Unresolved("too-many", f"More than {MOST} entries: ask for fewer.")
