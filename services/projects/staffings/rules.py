"""What may be filled of a position: pure functions."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.contracts.projects.positions import PositionFunding
from services.contracts.projects.staffings import NewStaffing
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.worked_hours import rules as worked_hours
from services.projects.worked_hours.rules import Filled, Limits


class Place(Protocol):
    """A position, as far as somebody can be there."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...

    @property
    def fte(self) -> Decimal: ...

    @property
    def count(self) -> int: ...

    @property
    def funding(self) -> Sequence[PositionFunding]: ...


def check(new: NewStaffing, place: Place, others: Sequence[Filled], limits: Limits) -> None:
    """Refuse a staffing outside the time of its position, more than it has on any day, more
    pension-liable pay than pay; hours of several persons in one, outside its time, for a grant
    that does not pay then, said twice, and more than are allowed in a year."""
    faults = [*_faults(new, place, others)]
    faults += worked_hours.faults(new, place.funding, others, limits)
    if faults:
        raise Invalid("The staffing does not fit; nothing was stored.", faults=faults)


def _faults(new: NewStaffing, place: Place, others: Sequence[Filled]) -> Iterator[Fault]:
    if new.starts_on < place.starts_on or new.starts_on > (place.ends_on or date.max):
        text = "This is not in the time of the position."
        yield Fault(pointer="/starts_on", code="outside", detail=text)
    elif place.ends_on is not None and (new.ends_on is not None and new.ends_on > place.ends_on):
        text = "This is after the end of the position."
        yield Fault(pointer="/ends_on", code="outside", detail=text)
    elif (day := first_day_above([new, *others], place.fte * place.count)) is not None:
        text = f"On {day} more would be filled than the position has."
        yield Fault(pointer="/fte", code="above_position", detail=text)
    pay, liable = new.monthly_pay, new.pension_liable_pay
    if liable is not None and pay is not None and liable > pay:
        text = "What is liable to the pension is part of the pay."
        yield Fault(pointer="/pension_liable_pay", code="above_pay", detail=text)


def check_place(place: Place, filled: Sequence[Filled]) -> None:
    """Refuse (409) to make a position smaller or shorter than it was filled, and to take away the
    grant for which hours were worked there."""
    last = place.ends_on or date.max
    outside = [
        one
        for one in filled
        if one.starts_on < place.starts_on
        or one.starts_on > last
        or (one.ends_on is not None and one.ends_on > last)
    ]
    if outside or first_day_above(filled, place.fte * place.count) is not None:
        text = "It was filled beyond this; change its staffings first."
        raise Conflict(text, pointer="/fte" if not outside else "/ends_on", code="filled")
    worked = [hours for one in filled for hours in one.hours]
    if not all(worked_hours.paid_for(one, place.funding) for one in worked):
        text = "Hours were worked for a grant that would not pay then; change its staffings first."
        raise Conflict(text, pointer="/funding", code="worked")


def first_day_above(filled: Sequence[Filled], limit: Decimal) -> date | None:
    """The first day on which more is filled than `limit`; None when there is none."""
    for day in sorted({one.starts_on for one in filled}):
        there = [one.fte for one in filled if one.starts_on <= day <= (one.ends_on or date.max)]
        if sum(there, Decimal(0)) > limit:
            return day
    return None
