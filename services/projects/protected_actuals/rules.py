"""The published counts as actual values of targets, and why there is none: pure functions.

Whoever may not see what was reported reads what was published, and nothing that would follow from
more: spans are added only as anybody could add them who reads the published table.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from services.contracts.projects.participation import CellState
from services.contracts.projects.progress import NoFigure
from services.contracts.projects.targets import MeasureKind, NewTargetIndicator

_DAY = timedelta(days=1)
Row = Mapping[str, Any]


class Published(NamedTuple):
    """An edition: the day on which it was published, and its rows as they are stored."""

    on: date
    rows: Sequence[Row]


class Actual(NamedTuple):
    """A value and the day up to which it tells, or why there is none."""

    value: Decimal | None = None
    on: date | None = None
    reason: NoFigure | None = None


_NOT_PUBLISHED = Actual(reason=NoFigure.not_published)


def actual(
    indicator: NewTargetIndicator,
    published: Published | None,
    first: date | None,
    last: date,
    on: date,
) -> Actual:
    """What was published of the days from first to last, as far as it tells of no day after `on`;
    without a first day from the beginning on.

    Spans without a gap from the first day on count. Where they are all there are, the published
    total is taken, which may be told though a span is not. A span that begins or ends between the
    days, a share, and what is not known by its gender are no value.
    """
    if published is None or indicator.measure is not MeasureKind.number:
        return _NOT_PUBLISHED
    of_code = [row for row in published.rows if row["code"] == indicator.esf_code]
    dated = [row for row in of_code if row["starts_on"] is not None]
    spans = sorted(((_span(row), row) for row in dated), key=lambda one: one[0])
    begin = first or min((begins for (begins, _), _ in spans), default=last)
    taken, ends = [], begin - _DAY
    for (begins, until), row in spans:
        if min(until, published.on) > on:
            continue
        if begins == ends + _DAY and until <= last:
            taken.append(row)
            ends = until
        elif begins <= last and until >= begin:
            return _NOT_PUBLISHED
    if not taken:
        return _NOT_PUBLISHED
    if len(taken) == len(spans):
        taken = [row for row in of_code if row["starts_on"] is None]
    cells = [row["total"] for row in taken]
    if any(cell["state"] == CellState.unknown for cell in cells):
        return _NOT_PUBLISHED
    if any(cell["state"] == CellState.hidden for cell in cells):
        return Actual(reason=NoFigure.protected)
    return Actual(Decimal(sum(cell["value"] for cell in cells)), min(ends, published.on))


def _span(row: Row) -> tuple[date, date]:
    return date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
