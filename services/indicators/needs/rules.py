"""What a rule of needs analysis says of areas: pure functions over published figures.

Logic has three values: what is hidden or missing is unknown, and unknown is never false.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from services.contracts.indicators.needs import (
    Combining,
    NewNeedsRule,
    Outcome,
    UnknownArea,
    WhyUnknown,
)
from services.contracts.indicators.needs_conditions import (
    CoverageGap,
    InIndexClass,
    Threshold,
)
from services.contracts.shared.base import Visibility
from services.indicators.needs.facts import Facts, Judgement
from services.indicators.needs.judging import judge
from services.kit.problems import Invalid

Fields = dict[str, Any]
OPENNESS = (Visibility.administration, Visibility.members, Visibility.public)
"""From what the administration alone may see to what everybody may."""


class Told(NamedTuple):
    """What a rule says: of which areas, where it holds and by what, where nobody knows and why."""

    areas: frozenset[str]
    found: dict[str, list[Judgement]]
    unknown: dict[str, list[WhyUnknown]]

    @property
    def not_found(self) -> int:
        """Areas in which the rule does not hold."""
        return len(self.areas) - len(self.found) - len(self.unknown)


def combined(outcomes: Sequence[Outcome], combining: Combining, at_least: int | None) -> Outcome:
    """Whether enough conditions hold, surely or possibly."""
    needed = {Combining.all: len(outcomes), Combining.any: 1}.get(combining, at_least or 1)
    met = sum(outcome is Outcome.met for outcome in outcomes)
    if met >= needed:
        return Outcome.met
    unknown = sum(outcome is Outcome.unknown for outcome in outcomes)
    return Outcome.unknown if met + unknown >= needed else Outcome.not_met


def tell(rule: NewNeedsRule, facts: Facts) -> Told:
    """What the rule says of every area of its level."""
    areas = facts.areas.get(rule.level, {})
    judged = [judge(condition, rule.level, facts) for condition in rule.conditions]
    told = Told(frozenset(areas), {}, {})
    for area in areas:
        judgements = [one[area] for one in judged]
        outcome = combined([j.outcome for j in judgements], rule.combining, rule.at_least)
        if outcome is Outcome.met:
            told.found[area] = judgements
        elif outcome is Outcome.unknown:
            told.unknown[area] = sorted({j.reason for j in judgements if j.reason is not None})
    return told


def evidence(rule: NewNeedsRule, area: str, judgements: Iterable[Judgement]) -> list[Fields]:
    """The judgements as they are kept: each with its condition, without what there is not."""
    made = []
    for n, (condition, judgement) in enumerate(zip(rule.conditions, judgements, strict=True)):
        fields: Fields = {"condition": n, "kind": condition.kind, "area": area}
        if isinstance(condition, CoverageGap):
            fields["facility_kind"] = condition.facility_kind
        elif isinstance(condition, InIndexClass):
            fields["index"] = condition.index
        else:
            fields["indicator"], fields["breakdown"] = condition.indicator, condition.breakdown
        for name, value in zip(Judgement._fields, judgement, strict=True):
            if value is not None:
                fields[name] = str(value) if isinstance(value, Decimal) else value
        made.append(fields)
    return made


def unknown_areas(told: Told) -> list[UnknownArea]:
    """Where nobody knows, and why."""
    return [UnknownArea(area=area, reasons=why) for area, why in sorted(told.unknown.items())]


@dataclass(frozen=True)
class Known:
    """What there is, and who may see it."""

    indicators: Mapping[str, Visibility]
    indices: Mapping[str, Visibility]
    facility_kinds: Mapping[str, Visibility]
    areas: Mapping[str, Visibility]


def check(rule: NewNeedsRule, known: Known) -> None:
    """Refuse a rule that names what does not exist, or tells more people than may know."""
    for n, condition in enumerate(rule.conditions):
        place = f"/conditions/{n}"
        if isinstance(condition, CoverageGap):
            name, among, field = condition.facility_kind, known.facility_kinds, "facility_kind"
        elif isinstance(condition, InIndexClass):
            name, among, field = condition.index, known.indices, "index"
        else:
            name, among, field = condition.indicator, known.indicators, "indicator"
        if name not in among:
            what = field.replace("_", " ")
            raise _refusal(f"There is no {what} {name!r}.", f"{place}/{field}", "unknown")
        _check_openness(rule, name, among[name], f"{place}/{field}")
        area = condition.reference_area if isinstance(condition, Threshold) else None
        if area is not None:
            place = f"{place}/reference_area"
            if area not in known.areas:
                raise _refusal(f"There is no area {area!r}.", place, "unknown")
            _check_openness(rule, area, known.areas[area], place)


def _check_openness(rule: NewNeedsRule, name: str, seen: Visibility, pointer: str) -> None:
    if OPENNESS.index(rule.visibility) > OPENNESS.index(seen):
        detail = f"{name} is for the {seen} alone, so the rule cannot be {rule.visibility}."
        raise _refusal(detail, pointer, "visibility")


def _refusal(detail: str, pointer: str, code: str) -> Invalid:
    return Invalid(detail, pointer=pointer, code=code)


def seen_by(visibility: str) -> tuple[Visibility, ...]:
    """What all of those may see who see rows of this visibility."""
    return OPENNESS[OPENNESS.index(Visibility(visibility)) :]


def uses(
    rule: NewNeedsRule, needs: Mapping[str, str], indices: Mapping[str, Sequence[str]]
) -> list[str]:
    """The indicators that the evidence of a rule tells of.

    `needs` are those of target groups, `indices` those that show the figures of an index.
    """
    named: set[str] = set()
    for condition in rule.conditions:
        if isinstance(condition, CoverageGap):
            named |= {needs[condition.facility_kind]} if condition.facility_kind in needs else set()
        elif isinstance(condition, InIndexClass):
            named |= set(indices.get(condition.index, ()))
        else:
            named.add(condition.indicator)
    return sorted(named)


def visibility(rule: NewNeedsRule, uses: Iterable[str], known: Known) -> Visibility:
    """Who may see what the rule finds: nobody who may not see all that it is made of."""
    parts = [rule.visibility, *(known.indicators[key] for key in uses)]
    for condition in rule.conditions:
        if isinstance(condition, CoverageGap):
            parts.append(known.facility_kinds[condition.facility_kind])
        elif isinstance(condition, InIndexClass):
            parts.append(known.indices[condition.index])
        elif isinstance(condition, Threshold) and condition.reference_area is not None:
            parts.append(known.areas[condition.reference_area])
    return min(parts, key=OPENNESS.index)
