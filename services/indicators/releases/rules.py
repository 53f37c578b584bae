"""How the figures of a release are protected: pure functions over rows of `figures.sql`."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from services.contracts.indicators.values import ValueStatus, has_value
from services.indicators.disclosure.rules import Definition, Figure, Protected, RawCell, protect


class Raw(NamedTuple):
    """A raw figure with its parts, as `figures.sql` gives it."""

    indicator: str
    area: str
    period_end: Any
    period: str
    breakdown: str
    period_start: Any
    value: Decimal | None
    status: str
    provisional: bool
    basis: str | None
    numerator: Decimal | None
    numerator_status: str | None
    denominator: Decimal | None
    denominator_status: str | None
    largest: Decimal | None
    second_largest: Decimal | None


def protected(rows: Iterable[Raw], definitions: Mapping[str, Definition]) -> list[tuple[Any, ...]]:
    """What may be shown of each figure, as rows of the table `protected`."""
    made = []
    for raw in rows:
        shown = _protect(raw, definitions)
        value, status = shown.value, str(shown.status)
        made.append((*raw[:6], value, status, shown.rule, raw.provisional, raw.basis))
    return made


def _protect(raw: Raw, definitions: Mapping[str, Definition]) -> Protected:
    own = definitions[raw.indicator]
    figure = Figure(raw.value, ValueStatus(raw.status))
    if own.contributes and has_value(figure.status):
        return Protected(None, ValueStatus.confidential, "contributor")
    if own.kind != "count" and raw.basis is not None and '"inputs"' in raw.basis:
        # Whoever sees all inputs can compute it; where one is hidden, it is hidden afterwards.
        return Protected(raw.value, figure.status)
    parts = [own.numerator, own.denominator]
    cell = RawCell(
        figure=figure,
        numerator=_cases(raw.numerator, raw.numerator_status, own.numerator, definitions),
        denominator=_cases(raw.denominator, raw.denominator_status, own.denominator, definitions),
        factor=own.factor,
        cases_per_unit=own.cases_per_unit,
        largest=(raw.largest, raw.second_largest)[: 2 if own.rule.second_largest else 1],
        base=max((definitions[part].rule.base or 1 for part in parts if part), default=1),
    )
    return protect(cell, own.kind, own.rule)


def _cases(
    value: Decimal | None,
    status: str | None,
    indicator: str | None,
    definitions: Mapping[str, Definition],
) -> Figure | None:
    """A part of a quotient in cases; a secret where its own indicator hides it.

    Otherwise the quotient would tell what the rule of the part keeps. Amounts that dominance hides
    are found afterwards, with everything that is hidden together.
    """
    if indicator is None or status is None:
        return None
    part = definitions[indicator]
    figure = Figure(value, ValueStatus(status))
    if part.rule.kind == "threshold":
        cell = RawCell(figure, cases_per_unit=part.cases_per_unit)
        if protect(cell, part.kind, part.rule).status is ValueStatus.confidential:
            return Figure(None, ValueStatus.confidential)
    if value is None:
        return figure
    return Figure(value * part.cases_per_unit, figure.status)
