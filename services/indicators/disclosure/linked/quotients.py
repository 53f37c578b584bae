"""Cases that nobody delivered, but that follow from a rate and its denominator."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from services.indicators.disclosure.linked.figures import Figures, Place, Version
from services.indicators.disclosure.rules import Definition

MARK = "#"
"""Stands behind the key of a rate or mean where the cases or the sum behind it is meant."""
Quotient: TypeAlias = tuple[Version, Decimal | None]
"""A version of a rate or mean with its digits; None where it has no value."""
Below: TypeAlias = Mapping[tuple[object, ...], Sequence[Version]]


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
    below = by_spot(figures.raw)
    definitions = dict(figures.surroundings.definitions)
    alone = [
        (version, value) for version, value in raw if not named_above(version, definitions, below)
    ]
    if not alone:
        return figures
    implied = [
        one
        for version, value in alone
        for one in _cases(version, value, definitions, below, coming.get(version.place))
    ]
    where = {version.place for version in implied}
    implied += nobody(alone, figures)
    visible = [
        one
        for version, value in shown
        if marked(version.place) in where
        for one in _cases(version, value, definitions, below)
    ]
    for key in {version.place.indicator for version in implied}:
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
    """The place of the rate or mean behind which it stands; any other place itself."""
    return place._replace(indicator=place.indicator.removesuffix(MARK))


def reasons(hidden: Mapping[Place, str], definitions: Mapping[str, Definition]) -> dict[Place, str]:
    """The same by the places of figures: a rate is hidden for the cases behind it."""
    made = {}
    for place, reason in hidden.items():
        if place.indicator.endswith(MARK) and reason.startswith("threshold"):
            reason = f"{definitions[unmarked(place).indicator].kind}:numerator"
        made[unmarked(place)] = reason
    return made


def marked(place: Place) -> Place:
    """The place of what stands behind a rate or a mean."""
    return place._replace(indicator=f"{place.indicator}{MARK}")


def by_spot(versions: Iterable[Version]) -> Below:
    """Versions by indicator, area, day and breakdown."""
    found: dict[tuple[object, ...], list[Version]] = defaultdict(list)
    for version in versions:
        found[_spot(version.place)].append(version)
    return found


def named_above(
    version: Version, definitions: Mapping[str, Definition], figures: Below
) -> Sequence[Version]:
    """The versions of the numerator that stands where the quotient does."""
    numerator = definitions[version.place.indicator].numerator
    return figures.get((numerator, *_spot(version.place)[1:]), ())


def with_wholes(
    version: Version, definitions: Mapping[str, Definition], figures: Below
) -> Iterator[tuple[Version, Version]]:
    """The version as it stood together with each denominator that is not zero, and that one."""
    denominator = definitions[version.place.indicator].denominator
    found = figures.get((denominator, *_spot(version.place)[1:]), ())
    periods = {whole.place.period for whole in found}
    period = version.place.period if version.place.period in periods else min(periods, default="")
    for whole in found:
        since = max(version.since, whole.since)
        until = min(filter(None, (version.until, whole.until)), default=None)
        fits = whole.place.period == period and (until is None or since < until)
        if fits and whole.value:
            yield version._replace(since=since, until=until), whole


def nobody(raw: Sequence[Quotient], figures: Figures) -> list[Version]:
    """What stands behind quotients of nobody: nothing, whether they were delivered or not.

    Where others of the same day and breakdown have one.
    """
    definitions = figures.surroundings.definitions
    periods: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)
    for version, _ in raw:
        place, part = version.place, definitions[version.place.indicator].denominator
        periods[part, place.period_end, place.breakdown][place.indicator] = place.period
    return [
        whole._replace(
            place=marked(whole.place._replace(indicator=key, period=period)), status="nothing"
        )
        for whole in figures.raw
        if whole.value == 0
        for key, period in periods.get(
            (whole.place.indicator, whole.place.period_end, whole.place.breakdown), {}
        ).items()
    ]


def _spot(place: Place) -> tuple[object, ...]:
    return place.indicator, place.area, place.period_end, place.breakdown


def _cases(
    version: Version,
    value: Decimal | None,
    definitions: Mapping[str, Definition],
    figures: Below,
    digits: Decimal | None = None,
) -> Iterator[Version]:
    """The cases behind a version of a rate, for each version of its denominator.

    As exactly as the rate is written, or, as long as it stands, as its `digits`.
    """
    for cut, whole in with_wholes(version, definitions, figures):
        made = cut._replace(place=marked(cut.place))
        if value is None:
            yield made
            continue
        cases = (whole.value or 0.0) * definitions[whole.place.indicator].cases_per_unit
        unit = cases / float(definitions[version.place.indicator].factor)
        written = value if digits is None or made.until is not None else digits
        half = float(Decimal(1).scaleb(int(written.as_tuple().exponent)) / 2) * unit
        yield made._replace(value=float(round(float(value) * unit)), rule=f"within:{half}")
