"""The maps of a report, drawn from what is frozen with it and from figures of its release."""

from collections.abc import Mapping, Sequence

from pydantic_core import to_json

from services.contracts.shared.base import Language
from services.indicators.analyses import texts, words
from services.indicators.analyses.pictures import Classes, Picture, Place
from services.indicators.analyses.rules import Figure
from services.indicators.charts.choropleth import choropleth
from services.indicators.charts.queries import framed
from services.indicators.maps import rules as maps
from services.indicators.reports.frozen import Frozen, FrozenArea, FrozenIndicator, Printed
from services.kit import writing
from services.kit.drawing import pictures
from services.kit.printing import document


def drawn(
    frozen: Frozen,
    figures: Sequence[Printed],
    classes: Mapping[str, Classes],
    lang: Language,
) -> dict[str, document.Picture]:
    """A map of each indicator in its last period, by key; none where no area has a shape.

    `classes`: those of the recipes of indices, by their indicators, in that period. Takes some
    tenths of a second for each: not on the loop.
    """
    shapes = {area.key: to_json(area.shape) for area in frozen.areas if area.shape}
    if not shapes:
        return {}
    made = {}
    for indicator in frozen.indicators:
        picture = _picture(frozen, indicator, figures, classes.get(indicator.key))
        if picture is None:
            continue
        look = maps.drawing(picture, maps.Look(), lang)
        parts = choropleth(picture, look, shapes, lang)
        spec = framed(picture, parts, lang, texts.schematic(picture, lang))
        caption = f"{writing.text(indicator.name, lang)}, {words.period(picture.period, lang)}"
        made[indicator.key] = document.Picture(pictures.svg(spec), spec["description"], caption)
    return made


def last_figure(frozen: Frozen, indicator: str, figures: Sequence[Printed]) -> Printed | None:
    """One of the figures of the period that the map of an indicator shows."""
    of_level = {area.key for area in frozen.areas}
    own = (f for f in figures if f.indicator == indicator and f.area in of_level)
    return max(own, key=lambda f: (f.period_end, f.period), default=None)


def _picture(
    frozen: Frozen,
    indicator: FrozenIndicator,
    figures: Sequence[Printed],
    classes: Classes | None,
) -> Picture | None:
    own = [f for f in figures if f.indicator == indicator.key]
    last = last_figure(frozen, indicator.key, own)
    if last is None:
        return None
    return Picture(
        release=frozen.release,
        state=(frozen.release, 0, 0),
        indicator=indicator.model_dump(mode="json"),
        level=frozen.level,
        period=last.period,
        period_end=last.period_end,
        breakdown="",
        areas=[_place(area) for area in frozen.areas],
        references={area.key: _place(area) for area in frozen.above},
        periods=[last.period],
        ends={last.period: last.period_end},
        figures={
            (f.area, f.period): Figure(
                None if f.value is None else float(f.value), f.status, f.rule, f.provisional
            )
            for f in own
        },
        classes=classes,
    )


def _place(area: FrozenArea) -> Place:
    return Place(
        key=area.key,
        level="",
        name={str(lang): text for lang, text in area.name.items()},
        parent=area.parent,
        version=area.key,
        revision=0,
        has_geometry=area.shape is not None,
        schematic=area.schematic,
    )
