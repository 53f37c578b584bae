"""What somebody who takes part costs: pure functions over counts that were published.

Counts that are protected stay so: where one of them is hidden, the cost of each is not known. What
was counted and not published is no input (decision 0071).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.contracts.projects.figures import Figure, Reason, Unit
from services.contracts.projects.participation import CellState, ParticipationRow
from services.projects.computing import Computation, euros, known, ratio


class Period(NamedTuple):
    """Days from the first to the last; a side that is not known is open."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date | str | None, last: date | str | None) -> "Period":
        """A period as it is stored."""
        days = [date.fromisoformat(day) if isinstance(day, str) else day for day in (first, last)]
        return cls(days[0] or date.min, days[1] or date.max)

    def overlaps(self, other: "Period") -> bool:
        """Is some day in both?"""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Published:
    """All participants of a project by span, as an edition tells them."""

    edition: int | None
    rows: Sequence[ParticipationRow]
    others: Sequence[Period]
    """When other grants pay for the project, so that nobody can say whose participants they are."""


def figures(published: Published | None, grant: Period, spent: Decimal) -> Iterator[Figure]:
    """What one participant has cost; nothing where nobody is counted."""
    if published is None:
        return
    spans = [Period.of(row.starts_on, row.ends_on) for row in published.rows if row.starts_on]
    mine = [span for span in spans if span.overlaps(grant)]
    counts = [row.total for row in published.rows if row.starts_on]
    counts = [count for count, span in zip(counts, spans, strict=True) if span in mine]
    why = None
    if any(span.overlaps(other) for span in mine for other in published.others):
        why = Reason.several_grants
    elif any(count.state is CellState.hidden for count in counts):
        why = Reason.protected
    elif not counts or any(count.value is None for count in counts):
        why = Reason.no_actual
    people = None if why else known(Decimal(count.value or 0) for count in counts)
    each = Computation(
        "cost_per_participant",
        Unit.euro,
        "spent / participants",
        {
            "spent": euros(spent),
            "participants": (people, Unit.number),
            "edition": published.edition,
        },
    )
    if why is not None:
        yield each.lacks(why)
    else:
        yield each.gives(ratio(spent, people)) if people else each.lacks(Reason.no_output)
