"""Secondary suppression (Gegensperrung): which figures are hidden beside the secret ones.

What is found is proven when it is found: for each demand there are deviations of hidden cells alone
that meet it. That they touch few cells is what the rest is about.
"""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from services.indicators.disclosure.linked import exact
from services.indicators.disclosure.linked.program import Program
from services.indicators.disclosure.linked.system import (
    EPSILON,
    Demands,
    Floats,
    Integers,
    Mask,
    System,
)

_GAIN = 200.0
"""What a unit of a demand is worth, as a multiple of the dearest cell."""
_HIDDEN_PRICE = 1e-4
_LITTLE = 0.05
"""When a round meets no greater share of what is open, the rest is met one by one."""
_FEW = 40
_TRIES = 4
_MANY = 200
_NEAR = 600
"""So many cells are looked at first to meet a single demand."""


@dataclass
class Search:
    """A part of a system in which cells are being hidden."""

    system: System
    program: Program
    hidden: Mask
    open: Mask
    """The demands that are not met yet."""
    chance: np.random.Generator

    def note(self, deviations: Floats, *, told: bool) -> int:
        """Hide what these deviations need; how many more demands that meets."""
        self.hidden |= self.system.free & (np.abs(deviations) > EPSILON)
        met = self.open & self.meets(deviations, told=told)
        self.open &= ~met
        return int(met.sum())

    def asked(self) -> Integers:
        """The cells with demands that are not met."""
        cells: Integers = np.unique(self.system.demands.cell[self.open])
        return cells

    def meets(self, deviations: Floats, *, told: bool) -> Mask:
        asked = self.system.demands
        gone = deviations[asked.cell] * np.sign(asked.reach)
        met = gone >= np.abs(asked.reach) - EPSILON
        return met if told else met & ~asked.told


def hide(system: System, seconds: float) -> tuple[Mask, Mask]:
    """Which cells to hide, those that are hidden anyway among them, and whose demands stay unmet.

    Parts with few cells are solved to the optimum as long as there is time; then, and where there
    are many, all demands are met together at a price that comes close to a count of cells.
    """
    hidden, unmet = system.hidden.copy(), np.zeros(len(system), bool)
    ends = monotonic() + seconds
    parts = sorted(system.parts(), key=len)
    for number, part in enumerate(parts):
        share = max(ends - monotonic(), 0) / (len(parts) - number)
        best = _hide(part, monotonic() + share)
        hidden[part.place[best.hidden]] = True
        unmet[part.place[best.asked()]] = True
    return hidden, unmet


def _hide(part: System, ends: float) -> Search:
    began = monotonic()
    best = cover(part, part.hidden, part.free, 0)
    impossible = best.open & part.demands.told
    if impossible.any():
        best = _shifted(best, impossible)
        part = best.system
    if best.open.any() or not (best.hidden & part.free).any():
        return best
    if exact.is_small(part):
        optimum = exact.hide(part, best.program, ends)
        if optimum is not None:
            return replace(best, hidden=optimum)
    took = monotonic() - began
    for seed in range(1, _TRIES):
        if monotonic() + took > ends:
            break
        again = cover(part, part.hidden, best.hidden & part.free, seed)
        if not again.open.any() and _price(again) < _price(best):
            best = again
    if (best.hidden & part.free).sum() <= _FEW:
        best = _without_the_needless(best, ends)
    return best


def _shifted(search: Search, impossible: Mask) -> Search:
    """Meet demands that shown zeros make impossible on the other side.

    Of a district's two cases that are known to live in two streets nobody needs to believe that
    there might be one; but then there might be three.
    """
    system, asked = search.system, search.system.demands
    reach, open_ = asked.reach.copy(), search.open & ~impossible
    for number in np.flatnonzero(impossible):
        cell, side = int(asked.cell[number]), float(np.sign(asked.reach[number]))
        near = system.near(cell, _NEAR)
        program, here = Program(near), int(np.searchsorted(near.place, cell))
        program.within(*near.bounds(near.hidden | near.free, told=True))
        possible = side * float(program.furthest(here, side)[here])
        missing = abs(asked.reach[number]) - possible
        other = asked.told & (asked.cell == cell) & (np.sign(reach) == -side)
        further = -side * (missing + (np.abs(reach[other]).max() if other.any() else 0))
        reach[other] = further
        reach[number] = side * possible if other.any() else further
        open_ |= asked.told & (asked.cell == cell)
    kept = np.abs(reach) > EPSILON
    shifted = replace(system, demands=Demands(asked.cell[kept], reach[kept], asked.told[kept]))
    return cover(shifted, system.hidden, system.free, 0, (search.hidden, open_[kept]))


def _price(search: Search) -> float:
    return float(search.system.weight[search.hidden & search.system.free].sum())


def _without_the_needless(best: Search, ends: float) -> Search:
    """Show each cell again, the dearest first, without which all demands are met."""
    part = best.system
    chosen = np.flatnonzero(best.hidden & part.free)
    for cell in chosen[np.argsort(-part.weight[chosen])]:
        if monotonic() > ends:
            break
        rest = best.hidden & part.free
        rest[cell] = False
        fewer = cover(part, part.hidden, rest, 3)
        if not fewer.open.any():
            best = fewer
    return best


def cover(
    part: System, hidden: Mask, allowed: Mask, seed: int, so_far: tuple[Mask, Mask] | None = None
) -> Search:
    """Meet the demands by hiding cells that are allowed; those that cannot be met stay open.

    `so_far`: the cells that are hidden already, and the demands that are open still.
    """
    found, open_ = so_far or (hidden, np.ones(len(part.demands), bool))
    chance = np.random.default_rng(seed)
    search = Search(part, Program(part), found.copy(), open_.copy(), chance)
    for told in (False, True):
        while (left := int(_asked(search, told).sum())) > 1:
            if _together(search, allowed, told=told) <= _LITTLE * left:
                break
        for number in np.flatnonzero(_asked(search, told)).tolist():
            if search.open[number]:
                _nearby(search, allowed, number)
            if search.open[number]:
                _alone(search, allowed, number)
    return search


def _nearby(search: Search, allowed: Mask, number: int) -> None:
    """Meet one demand with cells that are close to it, if that can be done."""
    whole, asked = search.system, search.system.demands
    near = whole.near(int(asked.cell[number]), _NEAR)
    if len(near) == len(whole):
        return
    cell = np.searchsorted(near.place, asked.cell[[number]])
    near = replace(near, demands=Demands(cell, asked.reach[[number]], asked.told[[number]]))
    hidden = search.hidden[near.place]
    own = Search(near, Program(near), hidden, np.ones(1, bool), search.chance)
    _alone(own, allowed[near.place], 0)
    if not own.open.any():
        search.hidden[near.place[own.hidden]] = True
        search.open[number] = False


def _asked(search: Search, told: bool) -> Mask:
    asked: Mask = search.open & (search.system.demands.told == told)
    return asked


def _together(search: Search, allowed: Mask, *, told: bool) -> int:
    """Meet as many demands at once as go together, each cell in a direction by chance."""
    system, asked = search.system, search.system.demands.only(_asked(search, told))
    down, up = system.bounds(search.hidden | allowed, told=told)
    reach_up, reach_down = np.zeros(len(system)), np.zeros(len(system))
    np.maximum.at(reach_up, asked.cell, asked.reach)
    np.minimum.at(reach_down, asked.cell, asked.reach)
    upwards = search.chance.random(len(system)) < 0.5
    upwards = (reach_up > 0) & (upwards | (reach_down == 0))
    downwards = (reach_down < 0) & ~upwards
    up = np.where(upwards, np.minimum(up, reach_up), up)
    down = np.where(downwards, np.maximum(down, reach_down), down)
    gain = (upwards.astype(float) - downwards) * (0.5 + search.chance.random(len(system)))
    return _cheaply(search, allowed, down, up, gain, told=told)


def _alone(search: Search, allowed: Mask, number: int) -> None:
    """Meet one demand if it can be met."""
    asked = search.system.demands
    cell, reach, told = asked.cell[number], asked.reach[number], bool(asked.told[number])
    down, up = search.system.bounds(search.hidden | allowed, told=told)
    up[cell], down[cell] = (min(up[cell], reach), 0) if reach > 0 else (0, max(down[cell], reach))
    gain = np.zeros(len(search.system))
    gain[cell] = np.sign(reach)
    _cheaply(search, allowed, down, up, gain, told=told)
    if search.open[number]:
        search.program.within(down, up)
        furthest = search.program.furthest(int(cell), float(np.sign(reach)))
        if search.meets(furthest, told=told)[number]:
            search.note(furthest, told=told)


def _cheaply(
    search: Search, allowed: Mask, down: Floats, up: Floats, gain: Floats, *, told: bool
) -> int:
    """The deviations with the greatest gain that touch few further cells.

    A price per unit is not a price per cell: in a second and third step a cell costs the less, the
    more it was moved.
    """
    system = search.system
    dear = allowed & ~search.hidden
    worth = gain * _GAIN * (system.weight[dear].max() if dear.any() else 1)
    price = np.where(dear, system.weight, _HIDDEN_PRICE)
    search.program.within(down, up)
    best, rank, many = None, (0, 0.0), int(np.count_nonzero(gain)) > _MANY
    for _ in range(2):
        found = search.program.cheapest(price - worth, price + worth, afresh=many)
        moved = dear & (np.abs(found) > EPSILON)
        met = int((search.open & search.meets(found, told=told)).sum())
        new = (met, -float(system.weight[moved].sum()))
        if best is None or (met and new > rank):
            best, rank = found, new
        if not moved.any():
            break
        price = np.where(dear, system.weight / (np.abs(found) + 0.3), _HIDDEN_PRICE)
    if best is None or not rank[0]:
        return 0
    return search.note(best, told=told)
