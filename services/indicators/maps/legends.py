"""The legend of a map: classes with their limits in words, and reasons for which there is none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.contracts.indicators.maps import ClassMethod, Pattern
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import words
from services.indicators.analyses.pictures import Class, Classes
from services.indicators.analyses.rules import Figure
from services.indicators.maps import classes
from services.kit import writing

BLANK = "#ffffff"
PATTERNS: Mapping[ValueStatus, Pattern] = {
    ValueStatus.confidential: Pattern.diagonal,
    ValueStatus.unreliable: Pattern.cross,
}
"""Of figures without a value; all others are dotted."""
_FROM_TO: Mapping[Language, tuple[str, str, str, str]] = {
    "de": ("{a} bis {b}", "über {a} bis {b}", "bis {b}", "über {a}"),
    "en": ("{a} to {b}", "over {a} to {b}", "up to {b}", "over {a}"),
    "it": ("da {a} a {b}", "oltre {a} fino a {b}", "fino a {b}", "oltre {a}"),
}
_RECIPE: Mapping[Language, tuple[str, str, str, str, str]] = {
    "de": ("ab {}", "über {}", "bis {}", "unter {}", "der Gebiete"),
    "en": ("from {}", "over {}", "up to {}", "under {}", "of the areas"),
    "it": ("da {}", "oltre {}", "fino a {}", "sotto {}", "delle aree"),
}
"""Of a recipe it is said to which class a limit belongs."""
_OPEN = frozenset({ClassMethod.standard_deviation, ClassMethod.given})
"""Methods whose first and last class have no end."""


def pattern_of(status: ValueStatus) -> Pattern:
    """What is drawn over an area without a value."""
    return PATTERNS.get(status, Pattern.dots)


def of_values(
    values: Sequence[float],
    limits: Sequence[float],
    colours: Sequence[str],
    method: ClassMethod,
    decimals: int,
    lang: Language,
) -> list[dict[str, Any]]:
    """The classes from low to high, each with its number of areas."""
    if not values:
        return []
    counts = Counter(classes.class_of(value, limits) for value in values)
    places = classes.decimals_of(limits, decimals)
    ends: list[float | None] = [None, *limits, None]
    if method not in _OPEN:
        ends[0], ends[-1] = classes.outward(min(values), max(values), places)
    each = method not in _OPEN and len(set(values)) == len(colours)
    ordered = sorted(set(values))
    entries = []
    for number, colour in enumerate(colours, 1):
        lower, upper = ends[number - 1], ends[number]
        label = (
            writing.number(ordered[number - 1], places, lang)
            if each
            else _from_to(lower, upper, number == 1, places, lang)
        )
        entries.append(
            _entry(number, None, lower, upper, label, colour, Pattern.none, counts[number])
        )
    return entries


def of_recipe(
    recipe: Classes, numbers: Iterable[int], colours: Sequence[str], lang: Language
) -> list[dict[str, Any]]:
    """The classes of an index by name with their limits, each with its number of areas."""
    counts, entries = Counter(numbers), []
    below: Class | None = None
    for number, (own, colour) in enumerate(zip(recipe.classes, colours, strict=True), 1):
        name, span = writing.text(own.label, lang), _of_recipe(below, own, recipe, lang)
        ends = (below and below.up_to, own.up_to) if not recipe.by_share else (None, None)
        label = f"{name}: {span}" if span else name
        entries.append(_entry(number, None, *ends, label, colour, Pattern.none, counts[number]))
        below = own
    return entries


def without_value(figures: Iterable[Figure], lang: Language) -> list[dict[str, Any]]:
    """The reasons for which areas have no value, each with its number of areas."""
    without = Counter(figure.status for figure in figures if figure.value is None)
    return [
        _entry(
            None,
            status,
            None,
            None,
            words.reason(status, lang) or "",
            BLANK,
            pattern_of(status),
            without[status],
        )
        for status in ValueStatus
        if without[status]
    ]


def _of_recipe(below: Class | None, own: Class, recipe: Classes, lang: Language) -> str:
    """From where to where a class reaches; '' where it is the only one."""
    start, over, end, under, areas = _RECIPE[lang]
    limits = [one.up_to * (100 if recipe.by_share else 1) for one in recipe.classes if one.up_to]
    places = classes.decimals_of(limits, 0)

    def written(limit: float) -> str:
        if recipe.by_share:
            return f"{writing.number(limit * 100, places, lang)}\u00a0%"
        return writing.number(limit, places, lang)

    said = []
    if below is not None and below.up_to is not None:
        said.append((over if below.including else start).format(written(below.up_to)))
    if own.up_to is not None:
        said.append((end if own.including else under).format(written(own.up_to)))
    return " ".join([*said, *([areas] if said and recipe.by_share else [])])


def _from_to(
    lower: float | None, upper: float | None, first: bool, places: int, lang: Language
) -> str:
    closed, over, up_to, above = _FROM_TO[lang]
    a = "" if lower is None else writing.number(lower, places, lang)
    b = "" if upper is None else writing.number(upper, places, lang)
    if lower is None:
        return up_to.format(b=b) if upper is not None else "–"
    if upper is None:
        return above.format(a=a)
    if first and a == b:
        return a
    return (closed if first else over).format(a=a, b=b)


def _entry(
    number: int | None,
    status: ValueStatus | None,
    lower: float | None,
    upper: float | None,
    label: str,
    colour: str,
    pattern: Pattern,
    count: int,
) -> dict[str, Any]:
    return {
        "number": number,
        "status": status,
        "lower": lower,
        "upper": upper,
        "label": label,
        "colour": colour,
        "pattern": pattern,
        "count": count,
    }
