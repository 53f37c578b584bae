"""Linear algebra over sums of cells, kept while cells become unknown: pure functions.

The sums are brought into reduced form once, over all cells: each row says one cell by others. What
becomes unknown or known again costs a step of that, not all of it anew; and a row names from which
cells an unknown one follows.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

_PRIME = 2**61 - 1
"""Whole numbers modulo a large prime instead of fractions: which cells a system of ones and minus
ones determines is the same, and they do not grow."""
Sum = tuple[int, tuple[int, ...]]
"""A total, and the parts that add up to it."""


class Algebra:
    """Sums, and which of their cells are unknown.

    Always holds: each row has a cell of its own that stands in no other, and that is an unknown one
    where the row has any. So an unknown cell is determined if and only if it is the only one of
    its row, and its own.
    """

    def __init__(self, sums: Sequence[Sum], unknown: Collection[int]) -> None:
        self.unknown = set(unknown)
        self._rows: dict[int, dict[int, int]] = {}
        self._holders: dict[int, set[int]] = defaultdict(set)
        often = Counter(cell for total, parts in sums for cell in (total, *parts))
        for total, parts in sorted(sums, key=lambda one: len(one[1])):
            self._add(total, parts, often)
        for own, row in list(self._rows.items()):
            if own not in self.unknown:
                self._turn(own, row)

    def determined(self) -> list[int]:
        """The unknown cells that follow exactly from the known ones."""
        return [own for own in self._rows if self.is_determined(own)]

    def is_determined(self, cell: int) -> bool:
        """Whether an unknown cell follows exactly from the known ones."""
        return (
            cell in self.unknown
            and cell in self._rows
            and not any(one in self.unknown for one in self._rows[cell] if one != cell)
        )

    def reasons(self, cell: int) -> list[int]:
        """The known cells from which a determined one follows."""
        return [other for other in self._rows[cell] if other != cell]

    def follows(self, cell: int) -> bool:
        """Whether a known cell would follow from the other known ones."""
        return cell in self._rows or any(row not in self.unknown for row in self._holders[cell])

    def open(self, cell: int) -> None:
        """From now on the cell is unknown."""
        self.unknown.add(cell)
        if cell in self._rows:
            return
        own = next((own for own in self._holders[cell] if own not in self.unknown), None)
        if own is not None:
            self._change(own, cell)

    def close(self, cell: int) -> None:
        """From now on the cell is known."""
        self.unknown.discard(cell)
        row = self._rows.get(cell)
        if row is not None:
            self._turn(cell, row)

    def _add(self, total: int, parts: Sequence[int], often: Counter[int]) -> None:
        row = dict.fromkeys(parts, _PRIME - 1)
        row[total] = (row.get(total, 0) + 1) % _PRIME
        for own in [cell for cell in row if cell in self._rows]:
            _subtract(row, row[own], self._rows[own])
        if row:
            own = min(row, key=lambda cell: often[cell])
            self._take(own, row)

    def _turn(self, own: int, row: dict[int, int]) -> None:
        """Give a row whose own cell is known an unknown one, if it has any."""
        unknown = [cell for cell in row if cell in self.unknown]
        if unknown:
            self._change(own, min(unknown, key=lambda cell: len(self._holders[cell])))

    def _change(self, own: int, cell: int) -> None:
        row = self._rows.pop(own)
        for one in row:
            self._holders[one].discard(own)
        self._take(cell, row)

    def _take(self, own: int, row: dict[int, int]) -> None:
        """Let the row have the cell as its own: no other keeps it."""
        inverse = pow(row[own], -1, _PRIME)
        row = {cell: factor * inverse % _PRIME for cell, factor in row.items()}
        for holder in list(self._holders[own]):
            other = self._rows[holder]
            _subtract(other, other[own], row)
            for cell in row:
                (self._holders[cell].add if cell in other else self._holders[cell].discard)(holder)
        self._rows[own] = row
        for cell in row:
            self._holders[cell].add(own)


def _subtract(row: dict[int, int], times: int, other: dict[int, int]) -> None:
    for cell, factor in other.items():
        left = (row.get(cell, 0) - times * factor) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
