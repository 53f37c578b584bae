"""The legend of a map: classes with their limits in words, and reasons for which there is none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from services.contracts.indicators.maps import ClassMethod, Pattern
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import words
from services.indicators.analyses.rules import Figure
from services.indicators.maps import classes

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
_OPEN = frozenset({ClassMethod.standard_deviation, ClassMethod.given})
"""Methods whose first and last class have no end."""


def pattern_of(status: ValueStatus) -> Pattern:
    """What is drawn over an area without a value."""
    return PATTERNS.get(status, Pattern.dots)


def legend(
    figures: Sequence[Figure],
    limits: Sequence[float],
    colours: Sequence[str],
    method: ClassMethod,
    decimals: int,
    lang: Language,
) -> list[dict[str, Any]]:
    """The classes from low to high, then the reasons that occur, each with its number of areas."""
    values = [figure.value for figure in figures if figure.value is not None]
    counts = Counter(classes.class_of(value, limits) for value in values)
    places = classes.decimals_of(limits, decimals)
    entries: list[dict[str, Any]] = []
    if values:
        ends: list[float | None] = [None, *limits, None]
        if method not in _OPEN:
            ends[0], ends[-1] = classes.outward(min(values), max(values), places)
        each = method not in _OPEN and len(set(values)) == len(colours)
        ordered = sorted(set(values))
        for number, colour in enumerate(colours, 1):
            lower, upper = ends[number - 1], ends[number]
            label = (
                words.number(ordered[number - 1], places, lang)
                if each
                else _from_to(lower, upper, number == 1, places, lang)
            )
            entries.append(
                _entry(number, None, lower, upper, label, colour, Pattern.none, counts[number])
            )
    without = Counter(figure.status for figure in figures if figure.value is None)
    for status in (status for status in ValueStatus if without[status]):
        label = words.reason(status, lang) or ""
        entries.append(
            _entry(None, status, None, None, label, BLANK, pattern_of(status), without[status])
        )
    return entries


def _from_to(
    lower: float | None, upper: float | None, first: bool, places: int, lang: Language
) -> str:
    closed, over, up_to, above = _FROM_TO[lang]
    a = "" if lower is None else words.number(lower, places, lang)
    b = "" if upper is None else words.number(upper, places, lang)
    if lower is None:
        return up_to.format(b=b) if upper is not None else "–"
    if upper is None:
        return above.format(a=a)
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
