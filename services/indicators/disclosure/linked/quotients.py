"""Cases that nobody delivered, but that follow from a rate and its denominator."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from services.indicators.disclosure.linked.figures import Figures, Place, Version
from services.indicators.disclosure.rules import Definition

MARK = "#"
"""Stands behind the key of a rate where the cases behind it are meant."""
Quotient: TypeAlias = tuple[Version, Decimal | None]
"""A version of a rate with its digits; None where it has no value."""


def with_implied_cases(
    figures: Figures,
    raw: Sequence[Quotient],
    shown: Sequence[Quotient],
    coming: Mapping[Place, Decimal],
) -> Figures:
    """The figures, and the numerators of rates that were delivered without them.

    Areas and attributes add up to them like to any count. A shown rate shows its cases to within
    half a unit of its last digit. `coming`: what is about to be shown, if it is not hidden.
    """
    counted = {_spot(v.place) for v in figures.raw}
    below = defaultdict(list)
    for version in figures.raw:
        below[_spot(version.place)].append(version)
    definitions = dict(figures.surroundings.definitions)
    alone = [
        (version, value)
        for version, value in raw
        if (definitions[version.place.indicator].numerator, *_spot(version.place)[1:])
        not in counted
    ]
    if not alone:
        return figures
    implied = [
        one
        for version, value in alone
        for one in _cases(version, value, definitions, below, coming.get(version.place))
    ]
    where = {version.place for version in implied}
    visible = [
        one
        for version, value in shown
        if _marked(version.place) in where
        for one in _cases(version, value, definitions, below)
    ]
    for key in {place.indicator for place in where}:
        rate = definitions[key.removesuffix(MARK)]
        definitions[key] = Definition("count", rate.rule)
    around = replace(figures.surroundings, definitions=definitions)
    return replace(
        figures,
        raw=[*figures.raw, *implied],
        shown=sorted([*figures.shown, *visible], key=lambda version: version.since),
        surroundings=around,
    )


def unmarked(place: Place) -> Place:
    """The place of the rate whose cases are meant; any other place itself."""
    return place._replace(indicator=place.indicator.removesuffix(MARK))


def reasons(hidden: Mapping[Place, str], definitions: Mapping[str, Definition]) -> dict[Place, str]:
    """The same by the places of figures: a rate is hidden for the cases behind it."""
    made = {}
    for place, reason in hidden.items():
        if place.indicator.endswith(MARK) and reason.startswith("threshold"):
            reason = f"{definitions[unmarked(place).indicator].kind}:numerator"
        made[unmarked(place)] = reason
    return made


def _spot(place: Place) -> tuple[object, ...]:
    return place.indicator, place.area, place.period_end, place.breakdown


def _marked(place: Place) -> Place:
    return place._replace(indicator=f"{place.indicator}{MARK}")


def _cases(
    version: Version,
    value: Decimal | None,
    definitions: Mapping[str, Definition],
    below: Mapping[tuple[object, ...], Collection[Version]],
    digits: Decimal | None = None,
) -> Iterator[Version]:
    """The cases behind a version of a rate, for each version of its denominator.

    As exactly as the rate is written, or, as long as it stands, as its `digits`.
    """
    rate = definitions[version.place.indicator]
    wholes = below.get((rate.denominator, *_spot(version.place)[1:]), ())
    periods = {whole.place.period for whole in wholes}
    period = version.place.period if version.place.period in periods else min(periods, default="")
    for whole in wholes:
        since = max(version.since, whole.since)
        until = min(filter(None, (version.until, whole.until)), default=None)
        fits = whole.place.period == period and (until is None or since < until)
        if not fits or whole.value is None:
            continue
        cases = whole.value * definitions[whole.place.indicator].cases_per_unit
        made = version._replace(place=_marked(version.place), since=since, until=until)
        if value is None:
            yield made
            continue
        unit = cases / float(rate.factor)
        written = value if digits is None or until is not None else digits
        half = float(Decimal(1).scaleb(int(written.as_tuple().exponent)) / 2) * unit
        yield made._replace(value=float(round(float(value) * unit)), rule=f"within:{half}")
