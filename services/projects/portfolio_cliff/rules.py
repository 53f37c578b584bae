"""What is granted for each step of time: pure functions over days and exact decimals."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from services.contracts.projects.portfolio_cliff import (
    CliffPoint,
    CliffStep,
    FundingCliff,
    GrantEnd,
)
from services.contracts.shared.base import Language, shortest
from services.projects.allocation.rules import split
from services.projects.computing import known
from services.projects.grant_facts.parts import Staff
from services.projects.grant_facts.rules import LONGEST
from services.projects.portfolio.rules import Told, total
from services.projects.portfolio_cliff_chart.rules import chart

MONTHS = {CliffStep.month: 1, CliffStep.quarter: 3, CliffStep.year: 12}
_DAY = timedelta(days=1)
Span = tuple[date, date]


def spans(first: date, last: date, by: CliffStep) -> list[Span]:
    """The steps of the calendar in which the days from first to last lie."""
    months = MONTHS[by]
    at, end = first.year * 12 + (first.month - 1) // months * months, last.year * 12 + last.month
    found = []
    while at < end:
        found.append((_first(at), _first(at + months) - _DAY))
        at += months
    return found


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def spread(one: Told, by: CliffStep) -> dict[Span, Decimal | None]:
    """The grant's money by steps over its whole period; together always the whole.

    By the years of its sources where all of them have one, else evenly over its days.
    """
    period = _period(one)
    if period is None:
        return {}
    first, last = period
    parts: list[tuple[Span, Decimal | None]] = [((first, last), one.facts.granted)]
    years = one.outlook.allotted
    whole = bool(years) and None not in years.values()
    if whole and known(years.values()) == one.facts.granted:
        parts = [
            ((max(first, date(year, 1, 1)), min(last, date(year, 12, 31))), money)
            for year, money in years.items()
        ]
    found: dict[Span, Decimal | None] = {}
    for (begin, end), money in parts:
        steps = spans(begin, end, by)
        days = [Decimal(_common(step, (begin, end))) for step in steps]
        amounts = [None] * len(steps) if money is None else split(money, days)
        found |= dict(zip(steps, amounts, strict=True))
    return found


def _period(one: Told) -> Span | None:
    """Its first and last day; None where one is not known, or the last one a slip of the pen."""
    first, last = one.facts.starts_on, one.facts.ends_on
    if first is None or last is None or last.year - first.year > LONGEST:
        return None
    return first, last


def _common(one: Span, other: Span) -> int:
    return (min(one[1], other[1]) - max(one[0], other[0])).days + 1


def cliff(
    grants: Sequence[Told],
    on: date,
    by: CliffStep,
    applied: Mapping[str, Sequence[str]],
    successors: Mapping[str, Sequence[str]],
    lang: Language,
) -> FundingCliff:
    """Money and staff in each step from the day on, and the grants that end; the chart in `lang`.

    `applied`: project -> grants applied for; `successors`: programme -> what continues it.
    """
    last = max((period[1] for one in grants if (period := _period(one))), default=None)
    spreads = [spread(one, by) for one in grants]
    points = [
        CliffPoint(
            starts_on=step[0],
            ends_on=step[1],
            money=total(found[step] for found in spreads if step in found),
            fte=_fte(grants, max(step[0], on)),
            grants=sum(step in found for found in spreads),
        )
        for step in (spans(on, last, by) if last and last >= on else [])
    ]
    ends = [
        _end(one, one.facts.ends_on, grants, applied, successors)
        for one in grants
        if one.facts.ends_on and one.facts.ends_on >= on
    ]
    return FundingCliff(
        on=on,
        by=by,
        currency="EUR",
        points=points,
        ends=sorted(ends, key=lambda end: (end.ends_on, end.grant)),
        undated=[one.facts.grant for one in grants if _period(one) is None],
        chart=chart(points, ends, on, by, lang),
    )


def _end(
    one: Told,
    last: date,
    grants: Sequence[Told],
    applied: Mapping[str, Sequence[str]],
    successors: Mapping[str, Sequence[str]],
) -> GrantEnd:
    later = [
        other.facts
        for other in grants
        if other.project == one.project and other.facts.ends_on and other.facts.ends_on > last
    ]
    begin = [max(other.starts_on, last + _DAY) for other in later if other.starts_on]
    follows = min(begin, default=None)
    gap = None if follows is None else (follows - last).days - 1
    return GrantEnd(
        grant=one.facts.grant,
        project=one.project,
        programme=one.programme,
        ends_on=last,
        amount=one.facts.granted,
        fte=_fte([one], last),
        granted=[other.grant for other in later],
        applied=applied.get(one.project, ()),
        successor_programmes=successors.get(one.programme, ()),
        follows_on=follows,
        gap_days=gap,
        successor_known=gap == 0,
    )


def _fte(grants: Sequence[Told], day: date) -> Decimal:
    """Full-time equivalents that grants pay for on a day; each position once, whoever shares it."""
    paid = {
        staff.key: staff.fte
        for one in grants
        if (one.facts.starts_on or date.min) <= day <= (one.facts.ends_on or date.max)
        for staff in one.facts.staff
        if _is_paid(staff, day)
    }
    return shortest(sum(paid.values(), Decimal(0)))


def _is_paid(staff: Staff, day: date) -> bool:
    first = max(staff.starts_on, staff.funded_from)
    last = min(staff.ends_on or date.max, staff.funded_until or date.max)
    return staff.share > 0 and first <= day <= last
