"""What an import tells, and when it may be stored: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from services.contracts.projects.bookings import BookingRowFound
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.booking_files.outcome import Remark, Summary


class Period(NamedTuple):
    """First and last day of which a file has all bookings."""

    first: date
    last: date


def period(first: date | None, last: date | None) -> Period | None:
    """The period from one day to the other, or None where neither is said. Refuses (422) half of
    one, and one that ends before it begins."""
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        text = "Say the first and the last day of which the file has all bookings, in this order."
        fault = Fault(parameter="complete_to", code="period", detail=text)
        raise Invalid("This is no period.", faults=[fault])
    return Period(first, last)


def check_vanished(period: Period | None, *, without_vanished: bool) -> None:
    """Refuse (422) to take away what vanished where no period is named."""
    if without_vanished and period is None:
        text = "Only of days of which the file has all bookings is known what vanished."
        fault = Fault(parameter="without_vanished", code="no_period", detail=text)
        raise Invalid("No period is named.", faults=[fault])


def check_whole(summary: Summary) -> None:
    """Refuse (409) to store a file of which a row cannot be read or contradicts another."""
    if summary.unreadable or summary.contradictions:
        text = (
            f"{summary.unreadable} rows cannot be read, {summary.contradictions} contradict another"
            " one; nothing was stored."
        )
        raise Conflict(text, code="not_whole")


def check_digest(expected: str, digest: str) -> None:
    """Refuse (409) to store another difference than the one that was looked at."""
    if expected != digest:
        text = "The difference is another one by now; look at it again. Nothing was stored."
        raise Conflict(text, code="other_difference")


def found(stored: Sequence[Mapping[str, Any]], remarks: Sequence[Remark]) -> list[BookingRowFound]:
    """The rows to be told, in the order of the file; what it does not have comes last."""
    rows = [
        BookingRowFound(
            row=row["line"],
            column=None,
            finding=row["finding"],
            detail=None,
            booking=row["id"],
            grant=row["grant"],
            amount=row["amount"],
            before=row["before"],
            fields=row["fields"],
            expenditure=row["expenditure"],
        )
        for row in stored
    ]
    rows += [
        BookingRowFound(
            row=remark.row,
            column=remark.column,
            finding=remark.finding,
            detail=remark.detail,
            booking=None,
            grant=None,
            amount=None,
            before=None,
            fields=[],
            expenditure=None,
        )
        for remark in remarks
    ]
    return sorted(rows, key=lambda row: (row.row is None, row.row or 0))
