"""Asking the neighbours for targets and effects of measures, as the report's reader."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Neighbours, ask
from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_entries.elsewhere import check_named
from services.boards.report_entries.rules import MOST, check_count
from services.boards.report_targets import rules
from services.contracts.boards.report_editions import BindingKind, ShownTarget
from services.contracts.projects.effects import MeasureEffects
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.shared.access import Actor
from services.contracts.shared.base import Texts

_MOST_MEASURES = 60
"""Each is asked for its effects."""


class Measure(BaseModel):
    """A measure with what it is to change."""

    key: str
    title: Texts
    starts_on: date | None
    targets: list[MeasureTarget]


class _Measures(BaseModel):
    items: list[Measure]
    next: str | None


class _Indicator(BaseModel):
    name: Texts
    unit: Texts
    decimals: int


class _Area(BaseModel):
    name: Texts


async def of(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding, release: int
) -> list[ShownTarget]:
    """The targets of measures by key, with what changed when the binding is about effects; raises
    Unresolved. What the readers may not see of them is not there."""
    measures = [one for one in await _measures(session, beside, reader, binding) if one.targets]
    check_count(sum(len(one.targets) for one in measures))
    effects = binding.kind is BindingKind.effects
    if effects and len(measures) > _MOST_MEASURES:
        detail = f"More than {_MOST_MEASURES} measures have targets: ask for fewer."
        raise Unresolved("too-many", detail)
    words = await _words(session, beside, reader, measures)
    shown = []
    for measure in measures:
        found = await _effects(session, beside, reader, measure.key, release) if effects else None
        shown += [
            rules.shown(measure, target, words, found, effects=effects)
            for target in measure.targets
        ]
    return shown


async def _measures(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding
) -> Sequence[Measure]:
    await check_named(session, beside, reader, binding)
    if (key := binding["measure"]) is not None:
        one = await ask(session, beside.projects, Measure, f"measures/{key}", None, reader)
        if one is None:
            raise Unresolved("unknown", f"There is no measure {key!r} that the readers may see.")
        return [one]
    query = {**dict(binding.asked), "limit": "1000"}
    found = await ask(session, beside.projects, _Measures, "measures", query, reader)
    if found is None:
        raise Unresolved("unknown", "There are no measures of that.")
    check_count(MOST + 1 if found.next is not None else 0)
    return found.items


async def _effects(
    session: AsyncSession, beside: Neighbours, reader: Actor, key: str, release: int
) -> MeasureEffects | None:
    """What had changed with the release; None when it says nothing of the measure yet."""
    address = f"measures/{key}/effects"
    found = await ask(session, beside.projects, MeasureEffects, address, None, reader)
    if found is None or found.release is None or found.release <= release:
        return found
    earlier = [one for one in found.releases if one <= release]
    if not earlier:
        return None
    query = {"release": str(max(earlier))}
    return await ask(session, beside.projects, MeasureEffects, address, query, reader)


async def _words(
    session: AsyncSession, beside: Neighbours, reader: Actor, measures: Sequence[Measure]
) -> rules.Words:
    """The names of indicators and areas as the reader sees them."""
    words = rules.Words()
    for target in (one for measure in measures for one in measure.targets):
        if target.indicator not in words.indicators:
            address = f"indicators/{target.indicator}"
            known = await ask(session, beside.indicators, _Indicator, address, None, reader)
            words.indicators[target.indicator] = (
                None if known is None else (known.name, known.unit, known.decimals)
            )
        if target.area not in words.areas:
            area = await ask(
                session, beside.indicators, _Area, f"areas/{target.area}", None, reader
            )
            words.areas[target.area] = area.name if area is not None else {"de": target.area}
    return words
