"""Which figures can be calculated from which, in every release."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.indicators.disclosure.linked.figures import Figures, Place, Version
from services.indicators.disclosure.linked.places import Places, Sums
from services.indicators.disclosure.linked.system import Floats, Integers, Mask, Rows

_NEAR = 0.02
"""A sum that is missed by less than this share (and one unit for each part) is still a sum."""
_STEPS = 8
_HAS_VALUE = frozenset({"normal", "limited"})


@dataclass(frozen=True)
class Complement:
    """What a rate leaves on its other side: those of the denominator not in the numerator."""

    rate: str
    numerator: int
    denominator: int
    cases: float


@dataclass(frozen=True)
class Linked:
    """Figures by number, each value that one ever had once, and their relations.

    `standing`: by release the figure that stood in each place; -1 for none. `real` are figures
    that were delivered or computed; the others are margins and remainders that follow from them,
    and figures that the source keeps itself. `nothing`: delivered as "-".
    """

    places: Places
    number: Mapping[Place, int]
    """The number of each place of a figure."""
    place: Integers
    value: Floats
    real: Mask
    nothing: Mask
    rows: Rows
    standing: dict[int, Integers]
    complements: list[Complement]

    def name(self, figure: int) -> Place:
        """Where the figure stands; the other side of a rate is named by its numerator."""
        if self.place[figure] < 0:
            number = int(np.sum(self.place[:figure] < 0))
            figure = self.complements[number].numerator
        return self.places.name(int(self.place[figure]))


def link(figures: Figures) -> Linked:
    """Number the figures and find their relations in each release.

    A figure that takes an earlier value again counts as the same: somebody may know that. Sums
    that do not quite hold, since the source has rounded or perturbed them, are taken for relations
    whose error is known: what protects the source does not protect what is hidden here.
    """
    given = sorted({version.place for part in (figures.raw, figures.shown) for version in part})
    places = Places(given, figures.surroundings)
    number = dict(zip(given, places.given.tolist(), strict=True))
    made = _Making(places, places.sums(), figures)
    columns = _Columns(number, figures.raw)
    for release in columns.releases():
        made.stand(release, *columns.at(release, len(places)))
    return made.done(number)


class _Columns:
    """Versions as arrays."""

    def __init__(self, number: Mapping[Place, int], versions: Sequence[Version]) -> None:
        known = [(number[v.place], v.since, v.until, _value(v)) for v in versions]
        self.place = np.array([k[0] for k in known], np.int64)
        self.since = np.array([k[1] for k in known], np.int64)
        self.until = np.array([np.iinfo(np.int64).max if k[2] is None else k[2] for k in known])
        self.value = np.array([k[3] for k in known], np.float64)
        self.nothing = np.array([v.status == "nothing" for v in versions], bool)

    def releases(self) -> list[int]:
        """The releases in which anything changed."""
        ends = self.until[self.until < np.iinfo(np.int64).max]
        return [int(n) for n in np.unique(np.concatenate((self.since, ends)))]

    def at(self, release: int, places: int) -> tuple[Floats, Mask]:
        values, nothing = np.full(places, np.nan), np.zeros(places, bool)
        here = (self.since <= release) & (self.until > release)
        values[self.place[here]] = self.value[here]
        nothing[self.place[here]] = self.nothing[here]
        return values, nothing


def _value(version: Version) -> float:
    """The number that somebody may calculate with; "-" says that there is nothing."""
    if version.value is not None and version.status in _HAS_VALUE:
        return version.value
    return 0.0 if version.status == "nothing" else np.nan


class _Making:
    def __init__(self, places: Places, sums: Sums, figures: Figures) -> None:
        self.places, self.sums = places, sums
        self.definitions = figures.surroundings.definitions
        self.pairs = places.complements()
        self.place: list[Integers] = []
        self.value: list[Floats] = []
        self.delivered: list[Integers] = []
        self.nothing: list[Mask] = []
        self.count = 0
        self.seen: dict[tuple[int, float], int] = {}
        self.standing: dict[int, Integers] = {}
        self.rows: list[tuple[Integers, Integers, Floats, Floats, Floats]] = []
        self.complements: list[Complement] = []
        self.known_pairs: set[tuple[str, int, int]] = set()
        self.before = np.full(len(places), -1)
        self.values_before = np.full(len(places), np.nan)
        self.signed = self._signed(figures.raw)

    def _signed(self, raw: Iterable[Version]) -> Mask:
        """Places of balances: indicators that have ever been negative know no lower bound."""
        negative = {v.place.indicator for v in raw if v.value is not None and v.value < 0}
        which = np.array([key in negative for key in self.places.indicators], bool)
        return which[self.places.indicator()]

    def stand(self, release: int, delivered: Floats, nothing: Mask) -> None:
        """Take in how the figures stood with a release."""
        values = _nominal(self.sums, delivered)
        now = self._numbers(values, nothing)
        changed = now != self.before
        if changed.any():
            self._relate(values, now, changed)
            self._complete(values, now, changed)
        self.delivered.append(now[~np.isnan(delivered)])
        self.before, self.values_before = now, values
        self.standing[release] = now

    def _numbers(self, values: Floats, nothing: Mask) -> Integers:
        same = (values == self.values_before) | (np.isnan(values) & np.isnan(self.values_before))
        now = np.where(same, self.before, -1)
        new = ~same & ~np.isnan(values)
        for place in np.flatnonzero(new & (self.before >= 0)).tolist():
            self.seen[place, float(self.values_before[place])] = int(self.before[place])
        for place in np.flatnonzero(new).tolist() if self.seen else ():
            known = self.seen.get((place, float(values[place])))
            if known is not None:
                now[place], new[place] = known, False
        lost = np.isnan(values) & (self.before >= 0)
        for place in np.flatnonzero(lost).tolist():
            self.seen[place, float(self.values_before[place])] = int(self.before[place])
        fresh = np.flatnonzero(new)
        now[fresh] = self.count + np.arange(len(fresh))
        self._add(fresh, values[fresh], nothing[fresh])
        return now

    def _add(self, place: Integers, value: Floats, nothing: Mask) -> None:
        self.place.append(place)
        self.value.append(value)
        self.nothing.append(nothing)
        self.count += len(place)

    def _relate(self, values: Floats, now: Integers, changed: Mask) -> None:
        sums = self.sums
        total, member = values[sums.total], values[sums.member]
        there = ~np.isnan(member)
        count = len(sums.total)
        parts = np.bincount(sums.relation, there, count)
        missing = np.bincount(sums.relation, ~there, count)
        added = np.bincount(sums.relation, np.where(there, member * sums.factor, 0), count)
        gap = total - added
        usual = np.bincount(sums.relation, (sums.factor < 0) | self.signed[sums.member], count) == 0
        nonzero = np.bincount(sums.relation, there & (member != 0), count)
        with np.errstate(invalid="ignore"):
            holds = np.abs(gap) <= 1e-9 * (1 + np.abs(total))
            near = holds | (np.abs(gap) <= _NEAR * np.abs(total) + parts)
            near = np.where(sums.exact, holds & (nonzero >= 2), near)
            equal = (missing == 0) & near & (parts > 0)
            below = ~equal & ~sums.exact & usual & (gap >= 0) & (parts > 0)
        touched = changed[sums.total]
        np.logical_or.at(touched, sums.relation, changed[sums.member])
        wanted = (equal | below) & touched
        entries = wanted[sums.relation] & there
        row = np.concatenate((sums.relation[entries], np.flatnonzero(wanted)))
        cell = np.concatenate((now[sums.member[entries]], now[sums.total[wanted]]))
        factor = np.concatenate((sums.factor[entries], np.full(int(wanted.sum()), -1.0)))
        order = np.argsort(row, kind="stable")
        sizes = np.bincount(row, minlength=count)[wanted]
        lower = np.where(equal, 0.0, -np.inf)[wanted]
        upper = np.where(equal, 0.0, gap)[wanted]
        self.rows.append((sizes, cell[order], factor[order], lower, upper))

    def _complete(self, values: Floats, now: Integers, changed: Mask) -> None:
        """The other side of rates, where few are on it, but not few in all."""
        for rate, numerator, denominator in self.pairs:
            own = self.definitions[rate]
            parts = self.definitions[str(own.numerator)], self.definitions[str(own.denominator)]
            scale = [float(part.cases_per_unit) for part in parts]
            whole = values[denominator] * scale[1]
            rest = whole - values[numerator] * scale[0]
            touched = changed[numerator] | changed[denominator]
            with np.errstate(invalid="ignore"):
                few = touched & (rest >= 0) & (rest < parts[0].minimum)
                few &= whole >= parts[0].minimum
            for place in np.flatnonzero(few).tolist():
                pair = int(now[numerator[place]]), int(now[denominator[place]])
                if (rate, *pair) in self.known_pairs or min(pair) < 0:
                    continue
                self.known_pairs.add((rate, *pair))
                self.complements.append(Complement(rate, *pair, float(rest[place])))
                cells = np.array([self.count, *pair])
                self._add(np.array([-1]), np.array([float(rest[place])]), np.zeros(1, bool))
                factors = np.array([1.0, scale[0], -scale[1]])
                self.rows.append((np.array([3]), cells, factors, np.zeros(1), np.zeros(1)))

    def done(self, number: Mapping[Place, int]) -> Linked:
        place = np.concatenate([*self.place, np.zeros(0, np.int64)]).astype(np.int64)
        empty = np.zeros(0)
        sizes, cell, factor, lower, upper = (
            np.concatenate([*(part[column] for part in self.rows), empty]) for column in range(5)
        )
        start = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        rows = Rows(start, cell.astype(np.int64), factor, lower, upper)
        value = np.concatenate([*self.value, empty])
        nothing = np.concatenate([*self.nothing, np.zeros(0, bool)])
        real = np.zeros(len(value), bool)
        for delivered in self.delivered:
            real[delivered] = True
        rows = _without_idle_margins(rows, real)
        return Linked(
            places=self.places,
            number=number,
            place=place,
            value=value,
            real=real,
            nothing=nothing,
            rows=rows,
            standing=self.standing,
            complements=self.complements,
        )


def _nominal(sums: Sums, delivered: Floats) -> Floats:
    """The delivered values, and those that follow from them for margins without a figure."""
    values = delivered.copy()
    count, stated = len(sums.total), ~sums.exact
    for _ in range(_STEPS):
        member = values[sums.member]
        lost = np.isnan(member)
        missing = np.bincount(sums.relation, lost, count)
        added = np.bincount(sums.relation, np.where(lost, 0, member * sums.factor), count)
        follows = np.isnan(values[sums.total]) & (missing == 0) & stated
        if follows.any():
            np.fmax.at(values, sums.total[follows], added[follows])
            continue
        rest = (values[sums.total] - added)[sums.relation] / sums.factor
        with np.errstate(invalid="ignore"):
            entries = lost & ((missing == 1) & stated)[sums.relation] & (rest >= 0)
        if not entries.any():
            break
        values[sums.member[entries]] = rest[entries]
    return values


def _without_idle_margins(rows: Rows, real: Mask) -> Rows:
    """Relations whose total has no figure and no other relation tell nothing."""
    while len(rows):
        of = rows.of_entries()
        often = np.bincount(rows.cell, minlength=len(real))
        idle = (rows.factor == -1) & ~real[rows.cell] & (often[rows.cell] == 1)
        useless = np.bincount(of[idle], minlength=len(rows)) > 0
        if not useless.any():
            break
        rows = rows.only(~useless, np.ones(len(rows.cell), bool))
    return rows
