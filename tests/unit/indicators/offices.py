"""A statistics office that releases linked figures, and an outsider who reads everything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import highspy

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.disclosure.linked.decision import decide
from services.indicators.disclosure.linked.figures import Figures, Place, Surroundings, Version
from services.indicators.disclosure.rules import Definition
from services.indicators.periods import parse_period

Table = Mapping[Place, float | None]
Shown = Mapping[Place, tuple[float | None, str]]


def place(
    area: str, breakdown: str = "", indicator: str = "empfaenger", period: str = "2024-12-31"
) -> Place:
    """A place of a figure."""
    return Place(indicator, area, parse_period(period).end, period, breakdown)


@dataclass
class Office:
    """Releases tables one after the other, as the pipeline of releases does with its rows."""

    parents: Mapping[str, str | None]
    levels: Mapping[str, str]
    definitions: dict[str, Definition] = field(
        default_factory=lambda: {"empfaenger": Definition("count", ProtectionRule())}
    )
    attributes: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    raw: list[Version] = field(default_factory=list)
    shown: list[Version] = field(default_factory=list)
    number: int = 0
    unprotected: list[Place] = field(default_factory=list)

    def around(self) -> Surroundings:
        days = {version.place.period_end for version in self.raw}
        return Surroundings(
            self.definitions, dict.fromkeys(days, self.parents), self.levels, self.attributes
        )

    def release(self, table: Table, dominated: Mapping[Place, float] | None = None) -> None:
        """Release these figures; those not in the table stand as they are."""
        self.number += 1
        current = {v.place: v for v in self.raw if v.until is None}
        for where, value in table.items():
            status = "unknown" if value is None else "normal"
            old = current.get(where)
            if old is not None and (old.value, old.status) == (value, status):
                continue
            if old is not None:
                self.raw[self.raw.index(old)] = old._replace(until=self.number)
            self.raw.append(Version(where, self.number, None, value, status))
        before = [v if v.until else v._replace(until=self.number) for v in self.shown]
        decision = decide(Figures(self.raw, before, self.around()), dominated or {}, 10)
        self.unprotected = list(decision.unprotected)
        told = {(v.place, v.since) for v in decision.retracted}
        showing = {v.place: v for v in self.shown if v.until is None}
        for version in [v for v in self.raw if v.until is None]:
            reason = decision.hidden.get(version.place)
            new = version._replace(since=self.number)
            if reason:
                new = new._replace(value=None, status="confidential", rule=reason)
            old = showing.get(version.place)
            if old is not None and old[3:] == new[3:]:
                continue
            if old is not None:
                self.shown[self.shown.index(old)] = old._replace(until=self.number)
            self.shown.append(new)
        gone = f"retracted:{self.number}"
        self.shown = [
            v._replace(value=None, status="confidential", rule=gone)
            if (v.place, v.since) in told and v.until is not None
            else v
            for v in self.shown
        ]

    def printed(self, release: int) -> Shown:
        """What a release shows: values, or the reasons why there is none."""
        return {
            v.place: (v.value, v.rule)
            for v in self.shown
            if v.since <= release and (v.until is None or release < v.until)
        }

    def counted(self, release: int) -> Table:
        """What is true in a release."""
        return {
            v.place: v.value
            for v in self.raw
            if v.since <= release and (v.until is None or release < v.until)
        }

    def hidden(self) -> dict[Place, str]:
        """What is hidden now, and why."""
        return {p: why for p, (value, why) in self.printed(self.number).items() if value is None}


class Outsider:
    """Reads every release, knows the town, and calculates.

    Takes a figure that has not changed between releases for the same (which it may know from the
    press), and adds up areas and breakdowns that are complete. With `whole` it also uses that
    people are counted in whole numbers, with `zeros` that whoever hides a figure where zeros are
    shown hides at least one.
    """

    def __init__(
        self, office: Office, *, zeros: bool = False, labels: bool = False, whole: bool = False
    ) -> None:
        self.program = highspy.Highs()
        self.program.setOptionValue("output_flag", False)
        self.variables: dict[tuple[Place, float], highspy.highs.highs_var] = {}
        self.office, self.zeros, self.labels, self.whole = office, zeros, labels, whole
        for release in range(1, office.number + 1):
            self.read(release)

    def read(self, release: int) -> None:
        printed, counted = self.office.printed(release), self.office.counted(release)
        for where, (value, reason) in printed.items():
            truth = counted.get(where)
            if truth is None:
                continue
            figure = self.figure(where, truth)
            if value is not None:
                self.program.addConstr(figure == value)
            elif reason:
                self.believe(figure, reason)
        for total, parts in sums(counted, self.office.parents):
            whole = self.figure(total, counted[total] or 0)
            error = (counted[total] or 0) - sum(counted[part] or 0 for part in parts)
            self.program.addConstr(
                sum(self.figure(part, counted[part] or 0) for part in parts) + error == whole
            )

    def figure(self, where: Place, truth: float) -> "highspy.highs.highs_var":
        if (where, truth) not in self.variables:
            kind = highspy.HighsVarType.kInteger if self.whole else highspy.HighsVarType.kContinuous
            self.variables[where, truth] = self.program.addVariable(lb=0, type=kind)
        return self.variables[where, truth]

    def believe(self, figure: "highspy.highs.highs_var", reason: str) -> None:
        name, _, number = reason.partition(":")
        if self.zeros:
            self.program.addConstr(figure >= 1)
        if self.labels and name == "threshold":
            self.program.addConstr(figure <= int(number) - 1)
        if self.labels and name == "secondary":
            self.program.addConstr(figure >= 3)

    def interval(self, where: Place, truth: float) -> tuple[float, float]:
        """The least and the greatest value that the figure can have, up to a thousand."""
        figure = self.figure(where, truth)
        found = []
        for direction in (1, -1):
            self.program.addConstr(figure <= 1000)
            self.program.minimize(direction * figure)
            found.append(round(self.program.getSolution().col_value[figure.index], 6))
        return found[0], found[1]


def sums(table: Table, parents: Mapping[str, str | None]) -> Iterator[tuple[Place, list[Place]]]:
    """Complete sums over areas and over each dimension, found the slow way."""
    for total in [where for where, value in table.items() if value is not None]:
        below = [area for area, parent in parents.items() if parent == total.area]
        parts = [total._replace(area=area) for area in below]
        if parts and all(table.get(part) is not None for part in parts):
            yield total, parts
        by_dimension: dict[str, list[Place]] = {}
        own = set(filter(None, total.breakdown.split("&")))
        for other in table:
            more = set(filter(None, other.breakdown.split("&"))) - own
            fits = other._replace(breakdown=total.breakdown) == total
            if fits and len(more) == 1 and own < set(other.breakdown.split("&")) | {""}:
                by_dimension.setdefault(more.pop().split("=")[0], []).append(other)
        for parts in by_dimension.values():
            if all(table[part] is not None for part in parts):
                yield total, parts


def crossed(
    parents: Mapping[str, str | None],
    dimensions: Iterable[tuple[str, int]],
    counts: Iterator[int],
    period: str = "2024-12-31",
) -> dict[Place, float | None]:
    """A table of all areas by all dimensions with all totals; leaves take the counts."""
    axes = [[f"{name}={name}{n}" for n in range(size)] for name, size in dimensions]
    leaves = [area for area in parents if area not in set(parents.values())]
    table: dict[Place, float | None] = {}
    for leaf in leaves:
        for attributes in product(*axes):
            count = float(next(counts))
            area: str | None = leaf
            while area is not None:
                for kept in product((True, False), repeat=len(attributes)):
                    chosen = [a for a, keep in zip(attributes, kept, strict=True) if keep]
                    where = place(area, "&".join(sorted(chosen)), period=period)
                    table[where] = (table.get(where) or 0) + count
                area = parents[area]
    return table
