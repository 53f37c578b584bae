"""The fewest figures to hide, by cutting planes (Fischetti and Salazar 2001)."""

from time import monotonic

import highspy
import numpy as np

from services.indicators.disclosure.linked.program import Program, solver
from services.indicators.disclosure.linked.system import EPSILON, Floats, Mask, System

_MOST_FREE = 400
_MOST_DEMANDS = 120
_SECONDS = 3.0


def is_small(part: System) -> bool:
    """Can the optimum be looked for?"""
    return int(part.free.sum()) <= _MOST_FREE and len(part.demands) <= _MOST_DEMANDS


def hide(part: System, program: Program, ends: float) -> Mask | None:
    """The cheapest choice of cells to hide; None if it was not found in time.

    A choice is made; for each demand that it does not meet, the solution of the dual program tells
    which cells could help and by how much: a condition for the next choice. Cells that would be
    hidden alone in a relation help nobody.
    """
    ends = min(ends, monotonic() + _SECONDS)
    master = _master(part)
    all_down, all_up = part.bounds(part.hidden | part.free, told=False)
    told_down, told_up = part.bounds(part.hidden | part.free, told=True)
    free = np.flatnonzero(part.free)
    while (left := ends - monotonic()) > 0:
        master.setOptionValue("time_limit", master.getRunTime() + left)
        master.run()
        if master.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        chosen = part.hidden.copy()
        chosen[free] = np.array(master.getSolution().col_value) > 0.5
        met = True
        for number in range(len(part.demands)):
            told = bool(part.demands.told[number])
            most = (told_down, told_up) if told else (all_down, all_up)
            cut = _cut(part, program, chosen, number, most)
            if cut is None:
                continue
            share, need = cut
            if share[chosen[free]].sum() > need - EPSILON:
                return None
            used = np.flatnonzero(share).astype(np.int32)
            master.addRow(need, np.inf, len(used), used, share[used])
            met = False
        if met:
            return chosen
    return None


def _master(part: System) -> highspy.Highs:
    master = solver()
    free = np.flatnonzero(part.free)
    number = np.full(len(part), -1)
    number[free] = np.arange(len(free))
    count = len(free)
    zeros, ones = np.zeros(count), np.ones(count)
    none, no_values = np.zeros(0, np.int32), np.zeros(0)
    master.addCols(count, part.weight[free], zeros, ones, 0, none, none, no_values)
    for column in range(count):
        master.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    rough = (part.seen_down < 0) | (part.seen_up > 0)
    rows = part.rows
    for row in range(len(rows)):
        cells = rows.cell[rows.start[row] : rows.start[row + 1]]
        equal = rows.lower[row] == 0 == rows.upper[row]
        if not equal or (part.hidden | rough)[cells].any():
            continue
        here = number[cells].astype(np.int32)
        for place in range(len(here)):
            sign = np.ones(len(here))
            sign[place] = -1
            master.addRow(0, np.inf, len(here), here, sign)
    return master


def _cut(
    part: System, program: Program, chosen: Mask, number: int, most: tuple[Floats, Floats]
) -> tuple[Floats, float] | None:
    """What a choice must fulfil to meet the demand, if this one does not: shares and their sum."""
    asked = part.demands
    cell, reach, told = asked.cell[number], float(asked.reach[number]), bool(asked.told[number])
    down, up = part.bounds(chosen, told=told)
    down[cell], up[cell] = (0, min(up[cell], reach)) if reach > 0 else (max(down[cell], reach), 0)
    program.within(down, up)
    found = program.furthest(int(cell), float(np.sign(reach)))
    if np.sign(reach) * found[cell] >= abs(reach) - EPSILON:
        return None
    worth, fixed = program.worth()
    open_ = np.concatenate((most[1], -most[0]))
    bounds = np.concatenate((up, -down))
    potential = np.where(np.tile(part.free, 2), open_, bounds)
    share = np.zeros_like(worth)
    counts = worth > 0
    share[counts] = worth[counts] * potential[counts]
    both = share[: len(part)] + share[len(part) :]
    need = abs(reach) - fixed - float(both[~part.free].sum())
    return np.minimum(both[part.free], need), need
