"""Targets and effects as reports show them: pure functions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.contracts.boards.report_editions import ShownTarget
from services.contracts.projects.effects import EffectOutcome, EffectUnknown, MeasureEffects
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.shared.base import Texts


class OfMeasure(Protocol):
    """The measure that has a target."""

    key: str
    title: Texts
    starts_on: date | None


@dataclass
class Words:
    """Names, units and decimals of indicators, where the reader may see them; names of areas."""

    indicators: dict[str, tuple[Texts, Texts, int] | None] = field(default_factory=dict)
    areas: dict[str, Texts] = field(default_factory=dict)


def shown(
    measure: OfMeasure,
    target: MeasureTarget,
    words: Words,
    found: MeasureEffects | None,
    *,
    effects: bool,
) -> ShownTarget:
    """A target with its words, and what changed when that is asked for."""
    name, unit, decimals = words.indicators[target.indicator] or ({"de": target.indicator}, {}, 0)
    told = ShownTarget(
        measure=measure.key,
        title=measure.title,
        indicator=target.indicator,
        name=name,
        area=target.area,
        area_name=words.areas[target.area],
        unit=unit,
        decimals=decimals,
        breakdown=target.breakdown,
        direction=target.direction,
        baseline_period=target.baseline_period,
        baseline_value=target.baseline_value,
        target_value=target.target_value,
        due_on=target.due_on,
    )
    if not effects:
        return told
    same = (target.indicator, target.breakdown, target.area)
    results = found.results if found is not None else []
    result = next((r for r in results if (r.indicator, r.breakdown, r.area) == same), None)
    if result is None:
        nothing = {"outcome": EffectOutcome.unknown, "unknown": EffectUnknown.not_published}
        return told.model_copy(update=nothing)
    return told.model_copy(
        update={
            name: getattr(result, name)
            for name in ("before", "after", "change", "outcome", "unknown", "target_state")
        }
    )
