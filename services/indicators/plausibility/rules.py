"""What a check may say: pure rules over codes and counts, never over single rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from services.contracts.indicators.delivery_checks import DeliveryChecks
from services.indicators.breakdowns import attributes_of, canonical_breakdown

_MOST = 200
_MOST_OF_A_KIND = 50
_CELL_KEY_NOISE = Decimal(4)
"""The largest change that the cell key method makes of a count (Zensus 2022)."""


@dataclass
class Findings:
    """What was found: the first of each kind, and how many there are of each."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    warnings: int = 0
    _listed: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        code: str,
        detail: str,
        *,
        error: bool = False,
        line: int = 1,
        column: str | None = None,
        place: Mapping[str, str] | None = None,
        numbers: Mapping[str, Any] | None = None,
    ) -> None:
        """Note one thing. `numbers` are raw figures: kept apart, not everybody may see them."""
        self.count(code, 1, error=error)
        if len(self.issues) >= _MOST or self._listed[code] >= _MOST_OF_A_KIND:
            return
        self._listed[code] += 1
        self.issues.append(
            {
                "line": line,
                "column": column,
                "code": code,
                "detail": detail,
                "severity": "error" if error else "warning",
                "place": dict(place) if place else None,
                "numbers": {k: _plain(v) for k, v in numbers.items()} if numbers else None,
            }
        )

    def count(self, code: str, times: int, *, error: bool = False) -> None:
        """Count what is not listed."""
        self.counts[code] += times
        if error:
            self.errors += times
        else:
            self.warnings += times


def _plain(number: Any) -> str | None:
    """A number as people write it: 100000, never 1E+5."""
    if number is None:
        return None
    return format(number, "f") if isinstance(number, Decimal) else str(number)


class Definition(NamedTuple):
    """What of an indicator's definition the checks need.

    `base` is to what its source rounds; a `computed` one follows from others at release.
    """

    kind: str
    cases_per_unit: int
    units: frozenset[str]
    checks: DeliveryChecks
    base: int | None
    computed: bool = False


class SourceProtection(NamedTuple):
    """How the source protected its figures before it delivered them."""

    method: str | None = None
    base: int | None = None


def slack(definition: Definition, source: SourceProtection) -> Decimal:
    """By how much each summand may be off: the indicator's own word, or half of a rounding base.

    0 where nothing was perturbed: then sums are exact.
    """
    if definition.checks.tolerance is not None:
        return definition.checks.tolerance
    bases = [base for base in (source.base, definition.base) if base]
    if bases:
        return Decimal(max(bases)) / 2
    return _CELL_KEY_NOISE if source.method == "cell_key" else Decimal(0)


_PERCENT = frozenset({"%", "prozent", "per cent", "percent", "v.h."})
_COUNTED = frozenset({"anzahl", "number", "personen", "persons", "anz.", "anz"})
_THOUSANDS = {"1000": 1000, "tsd.": 1000, "tsd": 1000, "tausend": 1000, "1000000": 10**6}
_THOUSANDS |= {"mill.": 10**6, "mio": 10**6, "mio.": 10**6}


def unit_contradicts(unit: str, definition: Definition) -> bool:
    """Does the unit in the file say plainly that something else is counted?

    Per cent of a count, thousands of an indicator in single cases, and the reverse. Words that
    nobody knows contradict nothing.
    """
    plain = unit.strip().casefold()
    if not plain or plain in definition.units:
        return False
    if plain in _PERCENT:
        return definition.kind == "count"
    thousands = _THOUSANDS.get(plain.replace(" ", ""))
    if thousands is not None:
        return definition.kind == "count" and definition.cases_per_unit != thousands
    if plain in _COUNTED:
        return bool(definition.units & _PERCENT) or definition.cases_per_unit > 1
    return False


class Part(NamedTuple):
    """A breakdown (by number) as one of the parts of another, along one dimension."""

    part: int
    whole: int
    dimension: str


def parts(breakdowns: Sequence[str]) -> list[Part]:
    """Which breakdowns are parts of which: AGE=u3&GES=GESM is one of GES=GESM by age."""
    number = {text: place for place, text in enumerate(breakdowns)}
    found = []
    for place, text in enumerate(breakdowns):
        attributes = attributes_of(text)
        for dimension in attributes:
            rest = {code: value for code, value in attributes.items() if code != dimension}
            whole = number.get(canonical_breakdown(rest))
            if whole is not None:
                found.append(Part(place, whole, dimension))
    return found


_LENGTHS = (1, 10, 40, 100, 130, 200)


def length_class(start: date, end: date) -> int:
    """Day, week, month, quarter, third, half or year: periods of a series are of one length.

    The same classes as `width_bucket(days, ARRAY[1, 10, 40, 100, 130, 200])` in SQL.
    """
    days = (end - start).days
    return sum(days >= limit for limit in _LENGTHS)


def limits(definition: Definition, source: SourceProtection) -> tuple[Any, ...]:
    """The rest of a row of `an_indicator`: is it summed, how exactly, what is a jump."""
    checks = definition.checks
    return (
        definition.kind == "count" and checks.sums != "off",
        slack(definition, source),
        definition.cases_per_unit > 1,
        float(checks.z_score),
        float(checks.modified_z_score),
        float(checks.least_change),
        float(checks.ratio),
        float(definition.cases_per_unit) if definition.kind == "count" else None,
        definition.kind == "count" and checks.negative != "off",
    )
