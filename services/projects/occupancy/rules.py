"""Full-time equivalents over time, against the cap of each day and against what was planned: pure
functions over exact decimals and days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.projects.computing import (
    Computation,
    euros,
    judged,
    months_between,
    on,
    rounded,
    turns,
)


@dataclass(frozen=True)
class Post:
    """Full-time equivalents for some time; no last day is open."""

    fte: Decimal
    starts_on: date
    ends_on: date | None = None


def fte_cap(
    posts: Sequence[Post],
    caps: Sequence[Rule],
    first: date,
    last: date,
    scope: str | None = None,
) -> Figure:
    """The most full-time equivalents on any day from first to last, against the cap of each day;
    with a `scope` those of an extra cap, of which there are none on a day for which none is said.
    """
    most, broken, held = Decimal(0), None, None
    for day in _turns(posts, caps, first, last):
        fte = sum((post.fte for post in posts if _lasts(post, day)), Decimal(0))
        cap = on(caps, day, scope)
        held = held or cap
        most = max(most, fte)
        unsaid = None if scope is None else Decimal(0)
        limit = unsaid if cap is None else cap.value
        if broken is None and limit is not None and fte > limit:
            broken, held = day, cap or held
    peak = Computation(
        "fte",
        Unit.fte,
        "max over days of fte <= max_positions",
        {"first": first, "last": last, "max_positions": held, "first_day_above": broken},
        scope=scope,
    )
    if broken is None and (held is None or held.value is None):
        return peak.gives(most, FigureStatus.unknown)
    return peak.gives(most, judged(broken is None))


def vacancy(
    planned: Sequence[Post], filled: Sequence[Post] | None, first: date, last: date
) -> Figure:
    """Months of full-time equivalents that were planned and not filled (Vakanz); not known where
    nobody has said what was filled."""
    months = [_fte_months(posts, first, last) for posts in (planned, filled or ())]
    gone = Computation(
        "vacancy",
        Unit.months,
        "planned_fte_months - filled_fte_months",
        {
            "planned_fte_months": (_decimal(months[0]), Unit.months),
            "filled_fte_months": (None if filled is None else _decimal(months[1]), Unit.months),
            "first": first,
            "last": last,
        },
    )
    if not planned:
        return gone.lacks(Reason.no_plan)
    if filled is None:
        return gone.lacks(Reason.no_actual)
    left = months[0] - months[1]
    return gone.gives(left, FigureStatus.warning if left > 0 else FigureStatus.ok)


def unspent_by_vacancy(
    vacant: Figure,
    monthly_cost: Decimal | None,
    by: Sequence[Rule] = (),
    share: Decimal | None = None,
) -> Figure:
    """What vacant months leave of the grant: by what a full-time month costs it, the rules that
    this follows from, and the part of a position that the grant pays."""
    left = Computation(
        "unspent_by_vacancy",
        Unit.euro,
        "vacancy * monthly_cost, monthly_cost = monthly_pay * (1 + social_security_rate) * share",
        {
            "vacancy": vacant,
            "monthly_cost": euros(monthly_cost),
            "share": (share, Unit.percent),
            **{str(rule.parameter): rule for rule in by},
        },
    )
    if not isinstance(vacant.value, Decimal):
        return left.lacks(vacant.reason or Reason.no_plan)
    if monthly_cost is None:
        return left.lacks(Reason.no_pay)
    return left.gives(vacant.value * monthly_cost)


def _turns(posts: Sequence[Post], caps: Sequence[Rule], first: date, last: date) -> list[date]:
    """The days on which the sum or the cap may become another; between them nothing changes."""
    begin = {post.starts_on for post in posts if first < post.starts_on <= last}
    ended = {p.ends_on + timedelta(days=1) for p in posts if p.ends_on and p.ends_on < last}
    return sorted({*turns(caps, first, last), *begin, *(day for day in ended if day > first)})


def _lasts(post: Post, day: date) -> bool:
    return post.starts_on <= day <= (post.ends_on or date.max)


def _fte_months(posts: Sequence[Post], first: date, last: date) -> Fraction:
    return sum(
        (
            Fraction(post.fte)
            * months_between(max(post.starts_on, first), min(post.ends_on or last, last))
            for post in posts
        ),
        Fraction(0),
    )


def _decimal(months: Fraction) -> Decimal:
    return rounded(months, Unit.months)
