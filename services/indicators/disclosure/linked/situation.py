"""What an outsider knows, what must stay hidden, and what may be hidden beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from services.indicators.disclosure.linked import labels
from services.indicators.disclosure.linked.figures import Figures, Place, Version
from services.indicators.disclosure.linked.relations import Complement, Linked
from services.indicators.disclosure.linked.system import Demands, Floats, Integers, Mask, System
from services.indicators.disclosure.rules import Definition, dominance

_RETRACTED = 1000.0
"""How much dearer it is to take back what has been shown."""


@dataclass(frozen=True)
class Known:
    """What was shown of each figure, and between which bounds a hidden one lies by its reason."""

    seen: Mask
    seen_low: Floats
    seen_high: Floats
    told_low: Floats
    told_high: Floats
    reason: list[str]
    """The latest reason for which each figure was hidden; '' for none."""
    showing: list[tuple[int, Version]]
    """The versions that show each figure."""
    rough_low: Floats
    rough_high: Floats
    """Between which values a figure is shown that has not been shown yet."""


@dataclass(frozen=True)
class Cells:
    """Figures with their rules as columns."""

    linked: Linked
    definitions: list[Definition]
    """Of each indicator."""
    indicator: Integers
    one: Floats
    """A case in units of the figure."""
    minimum: Floats
    """The smallest figure that may be shown, in its units; 0 where none is too small."""
    zero_is_safe: Mask
    signed: Mask
    open: Mask
    """Shown by their rule, whatever they tell."""

    def small(self) -> Mask:
        """Figures that their rule hides."""
        value = self.linked.value
        few = (np.abs(value) < self.minimum) & (value != 0)
        nobody = (value == 0) & ~self.zero_is_safe & (self.minimum > 0)
        small: Mask = (few | nobody) & self.linked.real & ~self.linked.nothing
        return small

    def complements(self) -> list[tuple[Complement, int]]:
        """The other sides of rates with their numbers."""
        places = np.flatnonzero(self.linked.place < 0).tolist()
        return list(zip(self.linked.complements, places, strict=True))


def cells(linked: Linked, figures: Figures) -> Cells:
    """The rules of the figures."""
    definitions = [figures.surroundings.definitions[key] for key in linked.places.indicators]
    real = linked.place >= 0
    indicator = np.where(real, linked.places.indicator()[linked.place], -1)
    negative = {v.place.indicator for v in figures.raw if v.value is not None and v.value < 0}

    def column(values: list[float]) -> Floats:
        return np.where(real, np.array([*values, 0.0])[indicator], 0.0)

    return Cells(
        linked,
        definitions,
        indicator,
        one=np.where(real, column([1 / d.cases_per_unit for d in definitions]), 1),
        minimum=column([d.minimum / d.cases_per_unit for d in definitions]),
        zero_is_safe=~real | (column([d.rule.zero_is_safe for d in definitions]) > 0),
        signed=column([key in negative for key in linked.places.indicators]) > 0,
        open=column([d.is_open for d in definitions]) > 0,
    )


def known(linked: Linked, figures: Figures) -> Known:
    """What the shown versions tell of the figures that stood at their time."""
    count = len(linked.value)
    found = Known(
        np.zeros(count, bool),
        np.full(count, -np.inf),
        np.full(count, np.inf),
        np.full(count, -np.inf),
        np.full(count, np.inf),
        [""] * count,
        [],
        linked.value.copy(),
        linked.value.copy(),
    )
    releases, own = sorted(linked.standing), figures.surroundings.definitions
    for version in figures.shown:
        place = linked.number[version.place]
        for release in stood(releases, version):
            figure = int(linked.standing[release][place])
            if figure >= 0:
                _take_in(found, figure, version, own[version.place.indicator])
    for version in figures.raw:
        if version.until is None and version.rule and releases:
            figure = int(linked.standing[releases[-1]][linked.number[version.place]])
            bounds = _shown_between(version, own[version.place.indicator])
            found.rough_low[figure], found.rough_high[figure] = bounds
    return found


def amounts(
    linked: Linked, figures: Figures, dominated: Mapping[Place, float]
) -> dict[int, tuple[float, str]]:
    """Of amounts that are secrets: how far off an estimate must be, and why they are hidden.

    Those that dominance hides as they stand now, those behind too few cases in every release.
    """
    found: dict[int, tuple[float, str]] = {}
    releases = sorted(linked.standing)
    standing = linked.standing[releases[-1]]
    for place, far in dominated.items():
        rule = figures.surroundings.definitions[place.indicator].rule
        found[int(standing[linked.number[place]])] = far, dominance(rule)
    for version, far, reason in figures.amounts:
        for release in stood(releases, version):
            figure = int(linked.standing[release][linked.number[version.place]])
            found[figure] = max((far, reason), found.get(figure, (0.0, "")))
    found.pop(-1, None)
    return found


def stood(releases: list[int], version: Version) -> list[int]:
    """Those of the releases whose figures the version shows."""
    first = int(np.searchsorted(releases, version.since, side="right")) - 1
    end = len(releases)
    if version.until is not None:
        end = int(np.searchsorted(releases, version.until))
    return releases[max(first, 0) : max(end, first + 1)]


def _take_in(found: Known, figure: int, version: Version, own: Definition) -> None:
    if version.status == "nothing":
        found.seen[figure] = True
        found.seen_low[figure] = found.seen_high[figure] = 0
    elif version.value is not None:
        low, high = _shown_between(version, own)
        found.seen[figure] = True
        found.showing.append((figure, version))
        found.seen_low[figure] = max(found.seen_low[figure], low)
        found.seen_high[figure] = min(found.seen_high[figure], high)
    elif version.status == "confidential":
        low, told_high = labels.told(version.rule, own)
        found.reason[figure] = version.rule
        found.told_low[figure] = max(found.told_low[figure], low)
        if told_high is not None:
            found.told_high[figure] = min(found.told_high[figure], told_high)


def _shown_between(version: Version, own: Definition) -> tuple[float, float]:
    """Between which values a figure lies that is shown like this."""
    value = float(version.value or 0)
    name, _, base = version.rule.partition(":")
    if name == "within" and value:
        return max(value - float(base), 0), value + float(base)
    if name != "rounded" or not value:
        return value, value
    unit = int(base) / own.cases_per_unit
    low = abs(value) - unit / 2 if abs(value) > unit else 1 / own.cases_per_unit
    high = abs(value) + unit / 2
    return (low, high) if value > 0 else (-high, -low)


def demands(
    cells: Cells, hidden: Mask, know: Known, amounts: Mapping[int, tuple[float, str]]
) -> Demands:
    """What must remain possible for each hidden figure that is a secret itself.

    Below a minimum of n cases: from the shown figures alone nobody can exclude any number from
    none to n, and from the reasons and the shown zeros, too, none from one to n - 1 (or to what
    an earlier reason has told). For a dominated amount: as much more or less as its rule demands.
    """
    value, one = cells.linked.value, cells.one
    minimum, secret = cells.minimum.copy(), cells.small() & hidden
    for figure in np.flatnonzero(hidden).tolist():
        named = labels.minimum_of(know.reason[figure])
        if named and abs(value[figure]) < named * one[figure]:
            minimum[figure] = max(minimum[figure], named * one[figure])
            secret[figure] = True
    for pair, figure in cells.complements():
        own = cells.definitions[int(cells.indicator[pair.numerator])]
        minimum[figure] = own.minimum
        secret[figure] = value[figure] > 0 or not own.rule.zero_is_safe
    which = np.flatnonzero(secret)
    low = np.where(cells.signed, -minimum, 0)
    some = np.maximum(np.where(cells.zero_is_safe & ~cells.signed, one, low), know.told_low)
    high = np.minimum(np.maximum(minimum - one, value), know.told_high)
    rows = [
        (which, (minimum - value)[which], False),
        (which, (low - value)[which], False),
        (which, np.maximum(high - value, 0)[which], True),
        (which, np.minimum(some - value, 0)[which], True),
    ]
    for figure, (needed, _) in amounts.items():
        if hidden[figure]:
            here = np.array([figure])
            rows.append((here, np.array([needed]), False))
            rows.append((here, np.array([-min(needed, abs(value[figure]))]), False))
    cell = np.concatenate([row[0] for row in rows])
    reach = np.concatenate([row[1] for row in rows])
    told = np.concatenate([np.full(len(row[0]), row[2]) for row in rows])
    asked = np.abs(reach) > 1e-9
    return Demands(cell[asked], reach[asked], told[asked])


def system(
    cells: Cells,
    know: Known,
    *,
    hidden: Mask,
    free: Mask,
    amounts: Mapping[int, tuple[float, str]],
) -> System:
    """The figures as a system of deviations: some hidden, some free to be, all others shown."""
    linked = cells.linked
    value = linked.value
    low = np.where(cells.signed, -np.inf, 0.0)
    some = np.where(linked.real & cells.zero_is_safe & ~cells.signed, cells.one, low)
    told_low = np.minimum(np.maximum(some, know.told_low), value)
    told_high = np.maximum(know.told_high, value)
    seen_low = np.minimum(np.where(know.seen, know.seen_low, know.rough_low), value)
    seen_high = np.maximum(np.where(know.seen, know.seen_high, know.rough_high), value)
    return System(
        down=low - value,
        up=np.full(len(value), np.inf),
        told_down=told_low - value,
        told_up=told_high - value,
        seen_down=seen_low - value,
        seen_up=seen_high - value,
        hidden=hidden,
        free=free & ~hidden,
        weight=_weights(cells, know),
        rows=linked.rows,
        demands=demands(cells, hidden, know, amounts),
    )


def _weights(cells: Cells, know: Known) -> Floats:
    """One for each cell; a tenth more at most for great figures and totals, so that of two choices
    with as many cells the one is taken that readers miss less."""
    linked = cells.linked
    size = np.log1p(np.abs(linked.value))
    rows, total = linked.rows, np.zeros(len(size))
    of, below = rows.of_entries(), rows.factor < 0
    single = np.bincount(of[below], minlength=len(rows)) == 1
    total[rows.cell[below & single[of]]] = 1
    weight = 1 + 0.07 * size / max(float(size.max(initial=0)), 1.0) + 0.03 * total
    return np.where(know.seen, _RETRACTED * weight, weight)


def believing(system: System, down: Floats, up: Floats) -> System:
    """The system for somebody who believes that deviations lie within these bounds, too."""
    return replace(
        system,
        told_down=np.maximum(system.told_down, np.minimum(down, 0)),
        told_up=np.minimum(system.told_up, np.maximum(up, 0)),
    )
