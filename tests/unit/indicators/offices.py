"""A statistics office that releases linked figures, and an outsider who reads everything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import highspy

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.disclosure.linked.decision import decide
from services.indicators.disclosure.linked.figures import Figures, Place, Surroundings, Version
from services.indicators.disclosure.rules import Definition
from services.indicators.periods import parse_period

Table = Mapping[Place, float | None]
Shown = Mapping[Place, tuple[float | None, str]]
TOWN = {"jena": None, "nord": "jena", "mitte": "jena", "lobeda": "jena"}
COUNTY = {
    "kreis": None,
    **dict.fromkeys(("sued", "nord", "ost"), "kreis"),
    **dict.fromkeys(("suhl", "oberhof"), "sued"),
    **dict.fromkeys(("gotha", "waltershausen", "ohrdruf"), "nord"),
}
TREES: tuple[dict[str, str | None], ...] = (TOWN, COUNTY)
FIVE = Definition("count", ProtectionRule(minimum=5))
OPEN = Definition("count", ProtectionRule(kind="none", reason="Published by the state."))


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
    seconds: float = 10
    """Time for looking for fewer figures to hide."""

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
        decision = decide(Figures(self.raw, before, self.around()), dominated or {}, self.seconds)
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
        self.known: dict[tuple[Place, float], float] = {}
        releases = [
            (office.printed(number), office.counted(number))
            for number in range(1, office.number + 1)
        ]
        for printed, counted in releases:
            for where, (value, _) in printed.items():
                truth = counted.get(where)
                if value is not None and truth is not None:
                    self.known[where, truth] = value
        for printed, counted in releases:
            self.read(printed, counted)

    def read(self, printed: Shown, counted: Table) -> None:
        """Write down what one release says."""
        for where, (_, reason) in printed.items():
            truth = counted.get(where)
            if truth is not None and reason and (where, truth) not in self.known:
                self.believe(self.figure(where, truth), reason)
        for total, parts in sums(counted, self.office.parents):
            names = [(where, counted[where] or 0) for where in (total, *parts)]
            if all(name in self.known for name in names):
                continue
            error = names[0][1] - sum(value for _, value in names[1:])
            whole, *added = (
                self.known[name] if name in self.known else self.figure(*name) for name in names
            )
            self.program.addConstr(sum(added) + error - whole == 0)

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
        if (where, truth) in self.known:
            return truth, truth
        figure = self.figure(where, truth)
        self.program.addConstr(figure <= 1000)
        found = []
        for direction in (1, -1):
            self.program.minimize(direction * figure)
            found.append(round(self.program.getSolution().col_value[figure.index], 6))
        return found[0], found[1]


def sums(table: Table, parents: Mapping[str, str | None]) -> Iterator[tuple[Place, list[Place]]]:
    """Complete sums over areas and over each dimension, found the slow way."""
    below: dict[str | None, set[str]] = {}
    for area, parent in parents.items():
        below.setdefault(parent, set()).add(area)
    by_area: dict[Place, list[Place]] = {}
    by_dimension: dict[tuple[Place, str], list[Place]] = {}
    for where in table:
        parent = parents[where.area]
        if parent is not None:
            by_area.setdefault(where._replace(area=parent), []).append(where)
        attributes = where.breakdown.split("&") if where.breakdown else []
        for attribute in attributes:
            rest = "&".join(other for other in attributes if other != attribute)
            total = where._replace(breakdown=rest)
            by_dimension.setdefault((total, attribute.split("=")[0]), []).append(where)
    complete = [(t, parts) for t, parts in by_area.items() if len(parts) == len(below[t.area])]
    for total, parts in [*complete, *((t, parts) for (t, _), parts in by_dimension.items())]:
        if all(table.get(where) is not None for where in (total, *parts)):
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


def office(parents: Mapping[str, str | None] = TOWN, **more: Any) -> Office:
    """An office of this town, each area on the level of its depth."""
    depth: dict[str, int] = {}
    for area, above in parents.items():
        depth[area] = depth[above] + 1 if above else 0
    return Office(parents, {area: str(n) for area, n in depth.items()}, **more)
