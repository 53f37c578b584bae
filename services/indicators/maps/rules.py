"""What a map tells: pure functions over published figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.contracts.indicators.analyses import WhyNot
from services.contracts.indicators.catalogue import Polarity
from services.contracts.indicators.maps import ClassMethod, PaletteName
from services.contracts.shared.base import Language
from services.indicators.analyses import rules, texts, trends, words
from services.indicators.analyses.pictures import Classes, Picture, Place
from services.indicators.analyses.rules import Cases, Figure, Span, Standing
from services.indicators.maps import classes, legends
from services.indicators.maps.palettes import PALETTES
from services.kit.problems import Invalid

DEFAULTS: Mapping[Polarity, PaletteName] = {
    Polarity.lower_is_better: "YlOrRd",
    Polarity.higher_is_better: "YlGnBu",
    Polarity.neutral: "Blues",
}


@dataclass(frozen=True)
class Look:
    """How a map is to be classified and coloured."""

    classes: int = 5
    method: ClassMethod | None = None
    """None: by the recipe of an index, quantiles for anything else."""
    limits: tuple[float, ...] = ()
    palette: PaletteName | None = None
    reverse: bool | None = None


@dataclass(frozen=True)
class Drawing:
    """The classes of a map with their colours."""

    method: ClassMethod
    limits: list[float]
    colours: list[str]
    palette: PaletteName
    reversed: bool
    legend: list[dict[str, Any]]
    by_status: Mapping[str, dict[str, Any]]
    numbers: Mapping[str, int]
    """By area its class; none where it has no value."""

    def entry(self, area: str, figure: Figure) -> dict[str, Any]:
        """The line of the legend that stands for the figure of an area."""
        if figure.value is None:
            return self.by_status[figure.status]
        return self.legend[self.numbers[area] - 1]


def drawing(picture: Picture, look: Look, lang: Language) -> Drawing:
    """Classes, colours and legend; refuses more classes than the colours can show."""
    figures = {area.key: picture.figure(area.key) for area in picture.areas}
    values = {key: one.value for key, one in figures.items() if one.value is not None}
    recipe = _recipe(picture, look, values)
    method = ClassMethod.recipe if recipe else look.method or ClassMethod.quantile
    name, reverse = _colours(picture, look)
    palette = PALETTES[name]
    if recipe is not None:
        limits = recipe.limits
        colours = palette.shared(len(recipe.classes), reverse=reverse)
        numbers = {key: recipe.numbers[key] for key in values}
        lines = legends.of_recipe(recipe, numbers.values(), colours, lang)
    else:
        limits = _limits(picture, look, method, list(values.values()))
        if len(limits) + 1 > palette.most:
            raise Invalid(
                f"{name} has {palette.most} colours.", parameter="classes", code="too_many"
            )
        colours = palette.colours(len(limits) + 1, reverse=reverse)
        numbers = {key: classes.class_of(value, limits) for key, value in values.items()}
        lines = legends.of_values(
            list(values.values()), limits, colours, method, picture.decimals, lang
        )
    lines += legends.without_value(figures.values(), lang)
    by_status = {line["status"]: line for line in lines if line["status"] is not None}
    return Drawing(method, limits, colours, name, reverse, lines, by_status, numbers)


def _recipe(picture: Picture, look: Look, values: Iterable[str]) -> Classes | None:
    """The classes of the index, if they are wanted; refuses them for anything else."""
    known = picture.classes
    there = known is not None and set(values) <= known.numbers.keys()
    if look.method is ClassMethod.recipe and not there:
        raise Invalid(
            "Only an index has the classes of a recipe.", parameter="method", code="no_index"
        )
    return known if there and look.method in (None, ClassMethod.recipe) else None


def _limits(
    picture: Picture, look: Look, method: ClassMethod, values: Sequence[float]
) -> list[float]:
    if method is ClassMethod.given:
        return list(look.limits)
    return classes.limits_of(values, method, look.classes, picture.decimals) if values else []


def _colours(picture: Picture, look: Look) -> tuple[PaletteName, bool]:
    """Diverging colours around a mean, red or brown for the worse side."""
    if look.palette is not None:
        return look.palette, bool(look.reverse)
    if look.method is ClassMethod.standard_deviation:
        worse_is_high = picture.polarity is Polarity.lower_is_better
        return "BrBG", worse_is_high if look.reverse is None else look.reverse
    return DEFAULTS[picture.polarity], bool(look.reverse)


@dataclass(frozen=True)
class Assessment:
    """What each area's figure says beside the others, by key of the area."""

    standings: Mapping[str, Standing | None]
    counted: Mapping[str, Cases | WhyNot]
    intervals: Mapping[str, Span | None]
    spans: Mapping[str, tuple[int, int] | None]
    smoothed: Mapping[str, float | None] | WhyNot


def assess(picture: Picture) -> Assessment:
    """Rank, interval and smoothed value of each area."""
    keys = [area.key for area in picture.areas]
    factor = float(picture.indicator["factor"] or 1)
    counted = {key: _counted(picture, key, factor) for key in keys}
    cases = [one if isinstance(one, Cases) else None for one in counted.values()]
    intervals = [None if one is None else _scaled(rules.wilson(one), factor) for one in cases]
    drawn = rules.smoothed(cases)
    values = [picture.figure(key).value for key in keys]
    spans = rules.rank_spans(
        intervals, sum(value is not None for value in values), picture.polarity
    )
    return Assessment(
        standings=dict(zip(keys, rules.standings(values), strict=True)),
        counted=counted,
        intervals=dict(zip(keys, intervals, strict=True)),
        spans=dict(zip(keys, spans, strict=True)),
        smoothed=drawn
        if isinstance(drawn, WhyNot)
        else {
            key: None if one is None else one * factor for key, one in zip(keys, drawn, strict=True)
        },
    )


def _counted(picture: Picture, key: str, factor: float) -> Cases | WhyNot:
    above, below = picture.indicator["numerator"], picture.indicator["denominator"]
    return rules.cases_of(
        picture.figure(key),
        picture.indicator["kind"],
        factor,
        picture.counts.get((above, key)),
        picture.counts.get((below, key)),
        (picture.units.get(above, 1), picture.units.get(below, 1)),
    )


def _scaled(span: Span, factor: float) -> Span:
    return Span(span.lower * factor, span.upper * factor)


def reference(picture: Picture, area: Place, role: str, lang: Language) -> dict[str, Any]:
    """The figure of a larger area."""
    figure = picture.figure(area.key)
    return {
        "role": role,
        "area": area.key,
        "name": area.name,
        "level": area.level,
        "value": figure.value,
        "status": figure.status,
        "reason": words.reason(figure.status, lang),
    }


def references(picture: Picture, town: str, lang: Language) -> list[dict[str, Any]]:
    """The municipality and the areas above it, the nearest first.

    The municipality is the area of its key, or else the nearest that all areas are part of.
    """
    above = picture.above
    keys = [area.key for area in above]
    if town in picture.references and town not in keys:
        above = [picture.references[town], *above]
        keys = [town, *keys]
    first = keys.index(town) if town in keys else 0
    return [
        reference(picture, area, "municipality" if place == first else "above", lang)
        for place, area in enumerate(above)
        if place >= first
    ]


def properties(
    picture: Picture, area: Place, found: Assessment, drawn: Drawing, lang: Language
) -> dict[str, Any]:
    """What the map tells of an area."""
    key, figure, places = area.key, picture.figure(area.key), picture.decimals
    line, standing, span = drawn.entry(key, figure), found.standings[key], found.spans[key]
    interval, counted = found.intervals[key], found.counted[key]
    parent = picture.references.get(area.parent or "")
    compared = None if parent is None else picture.figure(parent.key).value
    known = [
        (picture.ends[period], one.value)
        for period, one in picture.series(key)
        if one.value is not None
    ]
    smoothed = None if isinstance(found.smoothed, WhyNot) else found.smoothed[key]
    return {
        "key": key,
        "name": area.name,
        "parent": area.parent,
        "value": figure.value,
        "status": figure.status,
        "reason": words.reason(figure.status, lang),
        "rule": figure.rule or None,
        "provisional": figure.provisional,
        "label": texts.label(picture.indicator, figure, lang),
        "number": line["number"],
        "colour": line["colour"],
        "pattern": line["pattern"],
        "rank": standing
        and {
            "rank": standing.rank(picture.polarity),
            "of": standing.of,
            "best": span and span[0],
            "worst": span and span[1],
        },
        "percentile": standing and standing.percentile,
        "interval": interval
        and {
            "lower": round(interval.lower, places + 1),
            "upper": round(interval.upper, places + 1),
            "level": 0.95,
        },
        "interval_missing": counted if isinstance(counted, WhyNot) else None,
        "few_cases": None if isinstance(counted, WhyNot) else counted.few,
        "smoothed": None if smoothed is None else round(smoothed, places + 1),
        "smoothed_missing": _why(counted, found.smoothed),
        "reference": parent and reference(picture, parent, "parent", lang),
        "difference": None
        if figure.value is None or compared is None or picture.indicator["kind"] == "count"
        else round(figure.value - compared, places),
        "trend": trends.trend(known[-trends.MOST_PERIODS :], places)._asdict(),
        "geometry_is_schematic": area.schematic,
    }


def _why(counted: Cases | WhyNot, smoothed: object) -> WhyNot | None:
    if isinstance(counted, WhyNot):
        return counted
    return smoothed if isinstance(smoothed, WhyNot) else None


def together(picture: Picture) -> rules.Summary:
    """The areas together; no sum where the reader does not see all of them."""
    figures = [picture.figure(area.key) for area in picture.areas]
    found = rules.summary(figures, picture.indicator["kind"])
    return found._replace(sum=None) if picture.unseen else found


def statistics(picture: Picture) -> dict[str, Any]:
    """The areas together, and what is counted for the whole but belongs to none of them."""
    places, found = picture.decimals, together(picture)
    whole = picture.figure(picture.above[0].key) if picture.above else None
    rest = rules.unassigned(whole, found, picture.indicator["kind"])
    told = found._asdict()
    for name in ("mean", "median"):
        told[name] = None if told[name] is None else round(told[name], places + 2)
    return {
        **told,
        "unassigned": None if isinstance(rest, WhyNot) else rest,
        "unassigned_missing": rest if isinstance(rest, WhyNot) else None,
    }
