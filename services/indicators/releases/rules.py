"""How the figures of a release are protected: pure functions over rows of `figures.sql`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.values import IndicatorKind, ValueStatus
from services.indicators.disclosure.rules import Figure, Protected, RawCell, protect


@dataclass(frozen=True)
class Definition:
    """What of an indicator's definition decides how its figures are protected."""

    kind: IndicatorKind
    rule: ProtectionRule
    factor: Decimal
    cases_per_unit: int
    numerator: str | None
    denominator: str | None


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
    cell = RawCell(
        figure=Figure(raw.value, ValueStatus(raw.status)),
        numerator=_cases(raw.numerator, raw.numerator_status, own.numerator, definitions),
        denominator=_cases(raw.denominator, raw.denominator_status, own.denominator, definitions),
        factor=own.factor,
        cases_per_unit=own.cases_per_unit,
    )
    return protect(cell, own.kind, own.rule)


def _cases(
    value: Decimal | None,
    status: str | None,
    indicator: str | None,
    definitions: Mapping[str, Definition],
) -> Figure | None:
    """A part of a quotient in cases; a secret where its own indicator hides it.

    Otherwise the quotient would tell what the rule of the part keeps.
    """
    if indicator is None or status is None:
        return None
    part = definitions[indicator]
    figure = Figure(value, ValueStatus(status))
    shown = protect(RawCell(figure, cases_per_unit=part.cases_per_unit), part.kind, part.rule)
    if shown.status is ValueStatus.confidential:
        return Figure(None, ValueStatus.confidential)
    if value is None:
        return figure
    return Figure(value * part.cases_per_unit, figure.status)
