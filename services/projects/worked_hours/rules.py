"""Hours that were worked for grants, and what they cost: pure functions.

Regulation (EU) 2021/1060, Art. 55: an hour costs the latest annual gross employment cost by 1720
hours, pro rata for part time (2)(a), where need be derived and adjusted to twelve months (4); of
nobody more hours count in a year than those by which the rate is reckoned (3). Who works a fixed
part of the time for a grant needs no hours (5): that is the share of the position.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from services.contracts.projects.figures import Figure, FigureStatus, Reason, Rule, Unit
from services.contracts.projects.positions import PositionFunding
from services.contracts.projects.staffings import NewStaffing, WorkedHours
from services.contracts.shared.problems import Fault
from services.projects.computing import Computation, known, law, months_between, rounded

Limits = Mapping[str, Rule | None]
"""Grant -> the hours of a year by which its rates are reckoned."""
RATES = law("Art. 55 Abs. 2 bis 4 Verordnung (EU) 2021/1060")


class Filled(Protocol):
    """Full-time equivalents that are filled for some time, and the hours worked there."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...

    @property
    def fte(self) -> Decimal: ...

    @property
    def hours(self) -> Sequence[WorkedHours]: ...


@dataclass(frozen=True)
class Worked:
    """What one person worked in a year: the annual cost as employed, the full-time equivalents,
    the hours for a grant and those for all of them."""

    annual_cost: Decimal | None
    fte: Decimal
    hours: Decimal
    for_all: Decimal


def faults(
    new: NewStaffing, funding: Sequence[PositionFunding], others: Sequence[Filled], limits: Limits
) -> Iterator[Fault]:
    """What is wrong with the hours of a staffing: those of several persons, outside its time, for a
    grant that does not pay then, said twice, more than are allowed in a year."""
    if new.hours and new.fte > 1:
        text = "Hours are those of one person: enter a staffing for each."
        yield Fault(pointer="/fte", code="several_persons", detail=text)
    said = set()
    for i, one in enumerate(new.hours):
        where = f"/hours/{i}"
        if not _lasts_in(one, new.starts_on, new.ends_on):
            text = "This staffing does not last in this month."
            yield Fault(pointer=f"{where}/month", code="outside", detail=text)
        elif not paid_for(one, funding):
            text = "In this month the grant does not pay for the position."
            yield Fault(pointer=f"{where}/grant", code="not_funded", detail=text)
        if (one.grant, one.year, one.month) in said:
            yield Fault(pointer=where, code="twice", detail="Say the hours of a month once.")
        said.add((one.grant, one.year, one.month))
    if any(not _lasts_in(one, new.starts_on, new.ends_on) for one in new.hours):
        return
    for year in sorted({one.year for one in new.hours}):
        yield from _above(year, new, [new, *(one for one in others if one.hours)], limits)


def _above(
    year: int, new: NewStaffing, all_by_hours: Sequence[Filled], limits: Limits
) -> Iterator[Fault]:
    """Nobody is charged with more hours than the rate is reckoned by; where one staffing follows
    the other within the year, all of the position together by the time for which they last."""
    grants = {worked.grant for one in all_by_hours for worked in one.hours if worked.year == year}
    rules = [rule for grant in sorted(grants) if (rule := limits.get(grant)) and rule.value]
    for rule in sorted(rules, key=lambda rule: rule.value or 0)[:1]:
        of_year = Fraction(rule.value or 0)
        time = sum((_fte_years(one, year) for one in all_by_hours), Fraction(0))
        for staffings, fte in (([new], Fraction(new.fte)), (all_by_hours, time)):
            worked = known(one.hours for there in staffings for one in _of_year(there, year))
            if worked > of_year * fte:
                most = rounded(of_year * fte, Unit.hours)
                text = (
                    f"In {year} {worked.normalize():f} hours are more than the {most:f} by which "
                    f"the rate is reckoned ({rule.clause.text})."
                )
                yield Fault(pointer="/hours", code="above_year", detail=text)
                return


def _fte_years(one: Filled, year: int) -> Fraction:
    first, last = date(year, 1, 1), date(year, 12, 31)
    months = months_between(max(one.starts_on, first), min(one.ends_on or last, last))
    return Fraction(one.fte) * months / 12


def _of_year(one: Filled, year: int) -> list[WorkedHours]:
    return [worked for worked in one.hours if worked.year == year]


def ends(worked: WorkedHours) -> date:
    """The last day of the month, on which its hours are known."""
    return date(worked.year, worked.month, monthrange(worked.year, worked.month)[1])


def _lasts_in(worked: WorkedHours, first: date, last: date | None) -> bool:
    return first <= ends(worked) and date(worked.year, worked.month, 1) <= (last or date.max)


def paid_for(worked: WorkedHours, funding: Iterable[PositionFunding]) -> bool:
    """Does the grant pay for the position in the month?"""
    parts = (part for part in funding if part.grant == worked.grant and part.share > 0)
    return any(_lasts_in(worked, part.starts_on, part.ends_on) for part in parts)


def worked_in_years(
    staffings: Iterable[tuple[Decimal | None, Decimal, Sequence[WorkedHours]]],
    grant: str,
    today: date,
) -> list[Worked]:
    """What each person worked in each year, of months that are over by the day, from annual cost,
    full-time equivalents and hours; those who worked nothing for the grant are left out."""
    found = []
    for annual_cost, fte, hours in staffings:
        over = [one for one in hours if ends(one) <= today]
        for year in sorted({one.year for one in over if one.grant == grant}):
            of_year = [one for one in over if one.year == year]
            mine = known(one.hours for one in of_year if one.grant == grant)
            found.append(Worked(annual_cost, fte, mine, known(one.hours for one in of_year)))
    return found


def hours_cost(worked: Sequence[Worked], annual_hours: Rule | None) -> Figure:
    """Staff cost by hours; of hours beyond those of a year the part of the grant counts that is
    left to it. What an hour of a single person costs is no input."""
    cost = Computation(
        "hours_cost",
        Unit.euro,
        "sum(annual_cost / (annual_hours * fte) * min(hours, annual_hours * fte))",
        {
            "annual_hours": annual_hours,
            "hours": (known(one.hours for one in worked), Unit.hours),
            "persons_and_years": len(worked),
        },
        law=[RATES],
    )
    if annual_hours is None or not annual_hours.value:
        return cost.lacks(Reason.no_rule)
    total, kept = Fraction(0), True
    for one in worked:
        if one.annual_cost is None:
            return cost.lacks(Reason.no_pay)
        most = Fraction(annual_hours.value) * Fraction(one.fte)
        counts = Fraction(one.hours) * min(Fraction(1), most / Fraction(one.for_all))
        kept = kept and one.for_all <= most
        total += Fraction(one.annual_cost) / most * counts
    return cost.gives(total, FigureStatus.ok if kept else FigureStatus.review)
