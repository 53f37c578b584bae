"""Rules as short as they can be said."""

from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Clause, Figure, Parameter, Rule, Unit

CLAUSE = Clause(text="Richtlinie Nr. 5.4", source="test", verified=True)


def rule(
    parameter: str,
    value: str | int | None = None,
    unit: Unit = Unit.percent,
    *,
    scope: str | None = None,
    text: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Rule:
    """A rule of a programme."""
    return Rule(
        parameter=Parameter(parameter),
        scope=scope,
        value=None if value is None else Decimal(value),
        text=text,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        clause=CLAUSE,
    )


def said(figure: Figure) -> tuple[str | None, str, str | None]:
    """Value, status and reason as texts."""
    value = None if figure.value is None else str(figure.value)
    return value, figure.status.value, figure.reason and figure.reason.value
