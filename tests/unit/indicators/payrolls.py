"""An office that releases how many there are and what they earn on average."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.contracts.indicators.protection import ProtectionRule
from services.indicators.disclosure.linked.attack import Findings, examine
from services.indicators.disclosure.linked.decision import decide
from services.indicators.disclosure.linked.figures import Figures, Place, Surroundings, Version
from services.indicators.disclosure.linked.means import with_implied_sums
from services.indicators.disclosure.linked.quotients import marked
from services.indicators.disclosure.rules import Definition
from tests.unit.indicators.offices import Shown, Table

CASES, MEAN = "beschaeftigte", "lohn"
DEFINITIONS = {
    CASES: Definition("count", ProtectionRule()),
    MEAN: Definition("mean", ProtectionRule(), denominator=CASES),
}


@dataclass
class Payroll:
    """Counts and means, released one state after the other."""

    parents: Mapping[str, str | None]
    levels: Mapping[str, str]
    definitions: dict[str, Definition] = field(default_factory=lambda: dict(DEFINITIONS))
    raw: list[tuple[Version, Decimal | None]] = field(default_factory=list)
    shown: list[tuple[Version, Decimal | None]] = field(default_factory=list)
    number: int = 0
    unprotected: list[Place] = field(default_factory=list)

    def figures(self, until: int | None = None) -> Figures:
        """Everything so far; what is shown now counts as shown until that release."""
        days = {version.place.period_end for version, _ in self.raw}
        around = Surroundings(self.definitions, dict.fromkeys(days, self.parents), self.levels)
        shown = [(v if v.until else v._replace(until=until), value) for v, value in self.shown]
        counts = [v for v, _ in self.raw if v.place.indicator != MEAN]
        seen = [v for v, _ in shown if v.place.indicator != MEAN]
        return with_implied_sums(
            Figures(counts, seen, around),
            [one for one in self.raw if one[0].place.indicator == MEAN],
            [one for one in shown if one[0].place.indicator == MEAN],
        )

    def release(self, table: Mapping[Place, Decimal | None]) -> None:
        """Release these figures, as the pipeline of releases does; others stand as they are."""
        self.number += 1
        standing = {v.place: (v, value) for v, value in self.raw if v.until is None}
        for where, value in table.items():
            old = standing.get(where)
            if old is not None and old[1] == value:
                continue
            if old is not None:
                self.raw[self.raw.index(old)] = old[0]._replace(until=self.number), old[1]
            self.raw.append((_version(where, self.number, value), value))
        decision = decide(self.figures(self.number), {}, 10)
        self.unprotected = list(decision.unprotected)
        told = {(v.place, v.since) for v in decision.retracted}
        now = {v.place: value for v, value in self.raw if v.until is None}
        closed = [(v._replace(until=v.until or self.number), value) for v, value in self.shown]
        self.shown = [
            (v._replace(value=None, status="confidential", rule="retracted"), None)
            if {(v.place, v.since), (marked(v.place), v.since)} & told
            else (v, value)
            for v, value in closed
        ]
        for where, value in now.items():
            reason = decision.hidden.get(where) or decision.hidden.get(marked(where), "")
            if where.indicator == MEAN and where._replace(indicator=CASES) in decision.hidden:
                reason = reason or "mean:denominator"
            new = _version(where, self.number, None if reason else value)
            if reason:
                new = new._replace(status="confidential", rule=reason)
            self.shown.append((new, None if reason else value))

    def hidden(self, indicator: str) -> dict[str, str]:
        """By area why a figure is hidden now."""
        return {
            v.place.area: v.rule
            for v, value in self.shown
            if v.until is None and v.rule and v.place.indicator == indicator
        }

    def audit(self) -> Findings:
        """What the office itself finds."""
        return examine(self.figures(), [], {})

    def printed(self, release: int) -> Shown:
        """The sums that a reader of that release can write down; nobody earns nothing."""
        shown, truth = _at(self.shown, release), _at(self.raw, release)
        made: dict[Place, tuple[float | None, str]] = {}
        for where, cases in truth.items():
            mean = where._replace(indicator=MEAN)
            if where.indicator == CASES and not cases:
                made[mean] = 0.0, ""
            elif where.indicator == MEAN and shown[where] is None and cases is not None:
                made[where] = None, "*"
            elif where.indicator == MEAN and cases is not None:
                made[where] = self.counted(release)[where], ""
        return made

    def counted(self, release: int) -> Table:
        """The sums as they are."""
        truth = _at(self.raw, release)
        return {
            where._replace(indicator=MEAN): float(cases or 0)
            * float(truth.get(where._replace(indicator=MEAN)) or 0)
            for where, cases in truth.items()
            if where.indicator == CASES
        }

    def of_few(self, minimum: int = 3) -> set[tuple[Place, float]]:
        """The sums behind means of too few, of every release."""
        found = set()
        for release in range(1, self.number + 1):
            truth = _at(self.raw, release)
            for where, total in self.counted(release).items():
                if 0 < (truth[where._replace(indicator=CASES)] or 0) < minimum:
                    found.add((where, total))
        return found


def _version(where: Place, since: int, value: Decimal | None) -> Version:
    if value is None:
        return Version(where, since, None, None, "not_meaningful")
    return Version(where, since, None, float(value), "normal")


def _at(
    versions: list[tuple[Version, Decimal | None]], release: int
) -> dict[Place, Decimal | None]:
    return {
        v.place: value
        for v, value in versions
        if v.since <= release and (v.until is None or release < v.until)
    }
