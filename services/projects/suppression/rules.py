"""Which counts of a table stay hidden: primary and secondary suppression, as pure functions.

A count below the threshold, but not zero, is sensitive. Other counts are hidden with it as long as
somebody who knows the sums and that no count is negative could calculate a sensitive one, or that
the hidden parts of a known total are few together.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, TypeVar

from services.projects.sum_algebra.rules import Algebra
from services.projects.sum_bounds.rules import bounded

C = TypeVar("C", bound=Hashable)
TURNS = 30
"""So often one cell is chosen for each that is told; then all that surround it, so that it ends."""


@dataclass(frozen=True)
class Sum(Generic[C]):
    """The total is what the parts add up to."""

    total: C
    parts: tuple[C, ...]


def hidden(
    values: Mapping[C, int],
    published: Collection[C],
    sums: Sequence[Sum[C]],
    threshold: int,
    preferred: Callable[[C], Any],
    told_before: Collection[C] = (),
) -> set[C]:
    """The published cells that are not shown.

    `values` are all counts, also those that are never published but can be calculated, such as what
    a part leaves of its whole. `sums` hold exactly. What is hidden besides is chosen by
    `preferred`, zeros last. What was `told_before` cannot be hidden any more, nor what follows from
    it alone.
    """
    past = set(told_before)
    cells = sorted(values, key=preferred)
    numbers = [values[cell] for cell in cells]
    shown = {place for place, cell in enumerate(cells) if cell in published and cell not in past}
    sensitive = {place for place, value in enumerate(numbers) if 0 < value < threshold} - {
        place for place, cell in enumerate(cells) if cell in past
    }
    table = _Table(cells, numbers, sums)
    if past:
        open_ = [place for place, cell in enumerate(cells) if cell not in past]
        sensitive -= table.known(Algebra(table.sums, open_))
    never = {place for place, cell in enumerate(cells) if place not in shown and cell not in past}
    return {cells[place] for place in table.away(shown, sensitive, never, threshold)}


def known(values: Mapping[C, int], unknown: Collection[C], sums: Sequence[Sum[C]]) -> set[C]:
    """The unknown cells that can be calculated, exactly, from the others."""
    cells = list(values)
    table = _Table(cells, list(values.values()), sums)
    open_ = [place for place, cell in enumerate(cells) if cell in unknown]
    return {cells[place] for place in table.known(Algebra(table.sums, open_))}


class _Table:
    """Cells by their place in the order in which they are best hidden, and their sums."""

    def __init__(
        self, cells: Sequence[Any], numbers: Sequence[int], sums: Sequence[Sum[Any]]
    ) -> None:
        place = {cell: number for number, cell in enumerate(cells)}
        self.numbers = numbers
        self.sums = [(place[one.total], tuple(place[part] for part in one.parts)) for one in sums]
        self.around: dict[int, set[int]] = defaultdict(set)
        for total, parts in self.sums:
            for cell in (total, *parts):
                self.around[cell] |= {total, *parts}

    def known(self, algebra: Algebra) -> set[int]:
        """The unknown cells that follow from the others; the algebra is as it was."""
        found: list[int] = []
        while new := algebra.determined() or bounded(algebra.unknown, self.numbers, self.sums):
            for cell in new:
                algebra.close(cell)
            found += new
        for cell in found:
            algebra.open(cell)
        return set(found)

    def away(
        self, shown: set[int], sensitive: set[int], never: set[int], threshold: int
    ) -> set[int]:
        """Of what could be shown that which is not, so that nothing sensitive follows."""
        away = sensitive & shown
        algebra = Algebra(self.sums, away | never)
        for turn in count():
            while few := self._among_few(algebra.unknown, shown - away, threshold):
                away |= few
                for cell in few:
                    algebra.open(cell)
            self._exactly(algebra, sensitive, shown, away)
            told, left = sorted(self.known(algebra) & sensitive), shown - away
            more = {cell for one in told for cell in self._beside(one, algebra.unknown, left, turn)}
            if not more:
                return away
            away |= more
            for cell in more:
                algebra.open(cell)
        raise AssertionError("it counts on until nothing more is told")

    def _exactly(
        self, algebra: Algebra, sensitive: set[int], shown: set[int], away: set[int]
    ) -> None:
        """Hide one of the cells from which a sensitive one follows exactly, until none does.

        Hiding never lets more follow, so that each is looked at once.
        """
        for cell in sorted(sensitive):
            while algebra.is_determined(cell):
                reasons = [one for one in algebra.reasons(cell) if one in shown and one not in away]
                if not reasons:
                    break
                chosen = min(reasons, key=lambda one: self._cost(one, cell, algebra))
                away.add(chosen)
                algebra.open(chosen)

    def _cost(self, one: int, cell: int, algebra: Algebra) -> tuple[bool, bool, bool, int]:
        """What follows from others is hidden in vain, and what is far away tells more to many."""
        return algebra.follows(one), one not in self.around[cell], self.numbers[one] == 0, one

    def _among_few(self, unknown: set[int], left: set[int], threshold: int) -> set[int]:
        """One more part, or the total, wherever the hidden parts of a known total are few."""
        found = set()
        for total, parts in self.sums:
            hidden_ = {part for part in parts if part in unknown}
            if total in unknown or not 0 < sum(self.numbers[one] for one in hidden_) < threshold:
                continue
            more = [one for one in parts if one in left and self.numbers[one]] or [total]
            found |= {min(more)} & left
        return found

    def _beside(self, cell: int, unknown: set[int], left: set[int], turn: int) -> set[int]:
        """What is hidden for a cell whose bounds meet: the nearest that its bounds depend on."""
        seen, ring = {cell}, {cell}
        while ring:
            around = {other for one in ring for other in self.around[one]} - seen
            near = around & left
            if near and turn >= TURNS:
                return near
            if near:
                return {min(near, key=lambda one: (self.numbers[one] == 0, one))}
            seen |= around
            ring = around & unknown
        return set()
