"""The sums behind means: cases times mean, which add up where means do not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from services.indicators.disclosure.linked.figures import Amount, Figures, Version
from services.indicators.disclosure.linked.quotients import (
    MARK,
    Quotient,
    by_spot,
    marked,
    named_above,
    nobody,
    with_wholes,
)
from services.indicators.disclosure.rules import Definition


def with_implied_sums(
    figures: Figures, raw: Sequence[Quotient], shown: Sequence[Quotient]
) -> Figures:
    """The figures, and what stands behind their means (Durchschnittswerte).

    Areas and attributes add up to these sums like to any count, so the mean of a few is what all
    others leave of the town's. Behind too few cases they are secrets: any estimate must be off by
    as much as there is. Where the sum is a figure itself, the numerator, that figure is the secret,
    unless it is open by its rule.
    """
    definitions = dict(figures.surroundings.definitions)
    below = by_spot(figures.raw)
    closed = {key for key, own in definitions.items() if own.denominator and not own.is_open}
    means = [one for one in raw if one[0].place.indicator in closed]
    for key in {version.place.indicator for version, _ in means}:
        rule = definitions[key].rule.model_copy(update={"zero_is_safe": False})
        definitions[f"{key}{MARK}"] = Definition("count", rule, scale=_scale(key, means))
    implied: list[Version] = []
    amounts: list[Amount] = []
    for version, value in means:
        above = named_above(version, definitions, below)
        for cut, whole in with_wholes(version, definitions, below):
            made = _sum(cut, value, whole, definitions)
            if not above:
                implied.append(made)
            amounts += _amounts(made, above, value, whole, definitions)
    places = {version.place for version in implied}
    implied += nobody([one for one in means if marked(one[0].place) in places], figures)
    visible = [
        _sum(cut, value, whole, definitions)
        for version, value in shown
        if marked(version.place) in places
        for cut, whole in with_wholes(version, definitions, below)
    ]
    return replace(
        figures,
        raw=[*figures.raw, *implied],
        shown=sorted([*figures.shown, *visible], key=lambda version: version.since),
        surroundings=replace(figures.surroundings, definitions=definitions),
        amounts=[*figures.amounts, *amounts],
    )


def _scale(key: str, means: Sequence[Quotient]) -> float:
    """The greatest mean: sums in units of it are as large as counts of cases, as a solver likes."""
    sizes = (abs(value) for version, value in means if value and version.place.indicator == key)
    return float(max(sizes, default=Decimal(1)))


def _sum(
    cut: Version, value: Decimal | None, whole: Version, definitions: Mapping[str, Definition]
) -> Version:
    """What stands behind a mean, as exactly as the mean is written."""
    made = cut._replace(place=marked(cut.place))
    if value is None:
        return made
    unit = _cases(whole, definitions) / float(definitions[cut.place.indicator].factor)
    unit /= definitions[made.place.indicator].scale or 1
    half = float(_last_digit(value) / 2) * unit
    return made._replace(value=float(value) * unit, rule=f"within:{half}")


def _amounts(
    made: Version,
    above: Sequence[Version],
    value: Decimal | None,
    whole: Version,
    definitions: Mapping[str, Definition],
) -> list[Amount]:
    """What of this must not be told: the sum behind a mean of too few cases."""
    mean = definitions[made.place.indicator.removesuffix(MARK)]
    minimum = max(mean.minimum, definitions[whole.place.indicator].minimum)
    cases = abs(_cases(whole, definitions))
    if value is None or made.value is None or not 0 < cases < minimum:
        return []
    if not above:
        least = float(_last_digit(value)) * abs(made.value / float(value) if value else cases)
        return [Amount(made, max(abs(made.value), least), "mean:denominator")]
    return [
        Amount(one, max(abs(one.value), 1.0), f"cases:{minimum}")
        for one in above
        if one.value is not None
        and not definitions[one.place.indicator].is_open
        and one.since < (made.until or one.since + 1)
        and made.since < (one.until or made.since + 1)
    ]


def _cases(whole: Version, definitions: Mapping[str, Definition]) -> float:
    return (whole.value or 0.0) * definitions[whole.place.indicator].cases_per_unit


def _last_digit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(value.as_tuple().exponent))
