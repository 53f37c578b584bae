"""Figures that are linked by sums, as numbers for a solver.

Everything is said as a deviation from the true figures: whoever knows the shown figures knows which
deviations of the hidden ones are possible. The truth (no deviation at all) always is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]
EPSILON = 1e-6


@dataclass(frozen=True)
class Rows:
    """Relations: the sum of `factor` times the deviation of each cell lies within the bounds.

    Compressed by row: row r has the entries `start[r]` until `start[r + 1]`.
    """

    start: Integers
    cell: Integers
    factor: Floats
    lower: Floats
    upper: Floats

    def __len__(self) -> int:
        return len(self.start) - 1

    def of_entries(self) -> Integers:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def only(self, rows: Mask, entries: Mask) -> "Rows":
        """These rows with these of their entries."""
        of = self.of_entries()
        kept = rows[of] & entries
        counts = np.bincount(of[kept], minlength=len(self))[rows]
        return Rows(
            np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            self.cell[kept],
            self.factor[kept],
            self.lower[rows],
            self.upper[rows],
        )


@dataclass(frozen=True)
class Demands:
    """How far the deviation of a cell must be able to go: upwards if positive, else downwards.

    `told`: this must hold even for somebody who draws conclusions from the reasons that are given.
    """

    cell: Integers
    reach: Floats
    told: Mask

    def __len__(self) -> int:
        return len(self.cell)

    def only(self, which: Mask) -> "Demands":
        return Demands(self.cell[which], self.reach[which], self.told[which])


@dataclass(frozen=True)
class System:
    """Cells, their relations and what is demanded.

    Bounds are deviations. `down` and `up` hold for a hidden cell, `told_down` and `told_up` if
    reasons are believed, too; `seen_down` and `seen_up` hold for a shown one (both zero unless it
    is shown roughly). `hidden` cells are and stay hidden, `free` ones may be hidden at the price
    of their `weight`, all others are shown.
    """

    down: Floats
    up: Floats
    told_down: Floats
    told_up: Floats
    seen_down: Floats
    seen_up: Floats
    hidden: Mask
    free: Mask
    weight: Floats
    rows: Rows
    demands: Demands
    place: Integers = field(default_factory=lambda: np.zeros(0, np.int64))
    """In a part of a system: the number of each cell in the whole."""
    _found: list[tuple[Rows, Integers, Integers, Integers]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.down)

    def bounds(self, hidden: Mask, *, told: bool) -> tuple[Floats, Floats]:
        """How far each cell can deviate downwards and upwards when these cells are hidden."""
        down, up = (self.told_down, self.told_up) if told else (self.down, self.up)
        return np.where(hidden, down, self.seen_down), np.where(hidden, up, self.seen_up)

    def parts(self) -> Iterator["System"]:
        """What can be looked at by itself: parts that share no relation, where anything is asked.

        Cells that are shown exactly are constants and connect nothing.
        """
        moving = self.hidden | self.free | (self.seen_down < 0) | (self.seen_up > 0)
        entries = moving[self.rows.cell]
        rows = np.bincount(self.rows.of_entries()[entries], minlength=len(self.rows)) > 0
        reduced = self.rows.only(rows, entries)
        label = _components(len(self), reduced)
        wanted = np.unique(label[self.demands.cell])
        order = np.argsort(label, kind="stable")
        first = np.searchsorted(label[order], wanted)
        last = np.searchsorted(label[order], wanted, side="right")
        row_label = label[reduced.cell[reduced.start[:-1]]] if len(reduced) else np.zeros(0, int)
        row_order = np.argsort(row_label, kind="stable")
        for which, begin, end in zip(wanted, first, last, strict=True):
            rows_here = np.zeros(len(reduced), bool)
            low, high = np.searchsorted(row_label[row_order], [which, which + 1])
            rows_here[row_order[low:high]] = True
            yield self._part(np.sort(order[begin:end]), reduced, rows_here)

    def near(self, cell: int, most: int) -> "System":
        """The part around a cell, from relation to relation, with about so many cells.

        All others are taken for constants: what is possible there is possible in the whole.
        """
        rows, of, order, start = self._index()
        cells = np.array([cell])
        while True:
            entries = np.concatenate([order[start[c] : start[c + 1]] for c in cells.tolist()])
            touched = np.zeros(len(rows), bool)
            touched[of[entries]] = True
            wider = np.unique(np.append(rows.cell[touched[of]], cells))
            if len(wider) > most or len(wider) == len(cells):
                break
            cells = wider
        inside = np.zeros(len(self), bool)
        inside[cells] = True
        kept = inside[rows.cell]
        here = np.bincount(of[kept], minlength=len(rows)) > 0
        return self._part(cells, rows.only(here, kept), np.ones(int(here.sum()), bool))

    def beside(self, cells: Mask) -> Mask:
        """These cells and those that share a relation with them."""
        rows, of, _, _ = self._index()
        found = cells.copy()
        touched = np.zeros(len(rows), bool)
        touched[of[found[rows.cell]]] = True
        found[rows.cell[touched[of]]] = True
        return found

    def _index(self) -> tuple[Rows, Integers, Integers, Integers]:
        """The relations, the row of each entry, and by cell where its entries are."""
        if not self._found or self._found[0][0] is not self.rows:
            order = np.argsort(self.rows.cell, kind="stable")
            start = np.searchsorted(self.rows.cell[order], np.arange(len(self) + 1))
            self._found[:] = [(self.rows, self.rows.of_entries(), order, start)]
        return self._found[0]

    def _part(self, cells: Integers, rows: Rows, rows_here: Mask) -> "System":
        number = np.full(len(self), -1)
        number[cells] = np.arange(len(cells))
        own = rows.only(rows_here, np.ones(len(rows.cell), bool))
        asked = self.demands.only(number[self.demands.cell] >= 0)
        return System(
            down=self.down[cells],
            up=self.up[cells],
            told_down=self.told_down[cells],
            told_up=self.told_up[cells],
            seen_down=self.seen_down[cells],
            seen_up=self.seen_up[cells],
            hidden=self.hidden[cells],
            free=self.free[cells],
            weight=self.weight[cells],
            rows=Rows(own.start, number[own.cell], own.factor, own.lower, own.upper),
            demands=Demands(number[asked.cell], asked.reach, asked.told),
            place=cells,
        )


def _components(cells: int, rows: Rows) -> Integers:
    """The smallest number of a cell that each cell is connected with."""
    label = np.arange(cells)
    if not len(rows):
        return label
    of = rows.of_entries()
    while True:
        lowest = np.minimum.reduceat(label[rows.cell], rows.start[:-1])
        new = label.copy()
        np.minimum.at(new, rows.cell, lowest[of])
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new
