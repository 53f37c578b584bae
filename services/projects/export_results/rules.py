"""Results of funded work in one shape: pure functions.

Targets that are set and what a second person approved; counts of people never: small ones would
tell of somebody, and `/monitorings/{key}/participation` tells them protected.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.exports.works import GRANTS, PROJECTS, Words, Work
from services.projects.results.tables import ResultRow
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods.tables import TargetPeriodRow

Told = tuple[str, str]
"""The collection and the key of what is told."""


@dataclass(frozen=True)
class Span:
    """A span of time, what is wanted by its end and what was reached."""

    starts_on: date
    ends_on: date
    target: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class Measured:
    """An indicator with its spans, the earliest first."""

    title: Words
    unit: Words
    description: Words | None
    measure: str
    direction: str
    baseline: Decimal | None
    baseline_on: date | None
    spans: Sequence[Span]


@dataclass(frozen=True)
class Promised:
    """A result that is measured by something."""

    project: str
    grant: str | None
    level: str
    title: Words
    description: Words | None
    indicators: Sequence[Measured]


def promised(
    results: Iterable[ResultRow],
    indicators: Iterable[TargetIndicatorRow],
    periods: Iterable[TargetPeriodRow],
    actuals: Mapping[str, Decimal | None],
) -> list[Promised]:
    """Results with their indicators; `actuals` by the key of the period.

    A result of which nothing is measured is no result in an open format; an indicator that counts
    people is none of them.
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    for period in sorted(periods, key=lambda one: (one.ends_on, one.key)):
        span = Span(period.starts_on, period.ends_on, period.target, actuals.get(period.key))
        if span.target is not None or span.actual is not None:
            spans[period.indicator].append(span)
    measured: dict[str, list[Measured]] = defaultdict(list)
    for row in indicators:
        if not row.counts_people:
            measured[row.result].append(_measured(row, spans[row.key]))
    return [
        Promised(row.project, row.grant, row.level, row.title, row.description, measured[row.key])
        for row in results
        if measured[row.key]
    ]


def _measured(row: TargetIndicatorRow, spans: Sequence[Span]) -> Measured:
    return Measured(
        title=row.title,
        unit=row.unit,
        description=row.description,
        measure=row.measure,
        direction=row.direction,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        spans=spans,
    )


def of_works(
    results: Sequence[Promised], works: Sequence[Work]
) -> Mapping[Told, Sequence[Promised]]:
    """Results by the collection and key of what they are told with.

    With the grant that promises a result; one of the whole project with its grant, if it has only
    one, else with the project above its grants: each once.
    """
    told = {work.key: work.project for work in works if work.resource == GRANTS}
    often = Counter(told.values())
    only = {project: key for key, project in told.items() if often[project] == 1}
    found: dict[Told, list[Promised]] = defaultdict(list)
    for one in results:
        key = one.grant if one.grant is not None else only.get(one.project)
        if key in told:
            found[GRANTS, key].append(one)
        elif one.grant is None and often[one.project] > 1:
            found[PROJECTS, one.project].append(one)
    return found
