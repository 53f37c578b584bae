"""Rules as short as they can be said."""

from datetime import date, timedelta
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
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Rule:
    """A rule of a programme."""
    return Rule(
        parameter=Parameter(parameter),
        scope=scope,
        value=None if value is None else Decimal(value),
        text=text,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        clause=CLAUSE,
    )


def said(figure: Figure) -> tuple[str | None, str, str | None]:
    """Value, status and reason as texts."""
    value = None if figure.value is None else str(figure.value)
    return value, figure.status.value, figure.reason and figure.reason.value


def every_day(first: date, last: date) -> list[date]:
    """The days from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
