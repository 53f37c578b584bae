"""Which bookings become expenditures, and which: pure functions."""

from collections.abc import Sequence
from uuid import UUID

from services.contracts.projects.bookings import Booking, BookingTakeover
from services.contracts.projects.expenditures import NewExpenditure
from services.contracts.projects.receipts import GrantShare
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid


def check(new: BookingTakeover, found: Sequence[Booking]) -> None:
    """Refuse bookings that are not there, reversals (422), and what was taken already or is of no
    grant any more (409)."""
    known: dict[UUID, Booking] = {booking.id: booking for booking in found}
    faults, taken = [], []
    for i, booking in enumerate(new.bookings):
        pointer = f"/bookings/{i}"
        if booking not in known or booking in new.bookings[:i]:
            text = "There is no such booking, or it is named twice."
            faults.append(Fault(pointer=pointer, code="unknown", detail=text))
        elif known[booking].amount <= 0:
            text = "A reversal is no expenditure."
            faults.append(Fault(pointer=pointer, code="reversal", detail=text))
        elif known[booking].expenditure is not None:
            text = "An expenditure was made of it already."
            taken.append(Fault(pointer=pointer, code="taken", detail=text))
        elif known[booking].grant is None:
            text = "It is of no grant any more."
            taken.append(Fault(pointer=pointer, code="gone", detail=text))
    if faults:
        raise Invalid("Not all of them can be taken; nothing was stored.", faults=faults)
    if taken:
        raise Conflict("Not all of them are free; nothing was stored.", faults=taken)


def expenditure(booking: Booking, grant: str, project: str, new: BookingTakeover) -> NewExpenditure:
    """The expenditure that a booking is; its receipt is to be added."""
    return NewExpenditure(
        key=f"buchung-{booking.fiscal_year}-{booking.id.hex[:16]}",
        project=project,
        purpose=booking.purpose or f"Buchung {booking.number or booking.account}",
        supplier_name=booking.supplier_name,
        invoice_number=booking.number,
        invoice_date=booking.invoice_date,
        payment_date=booking.paid_on,
        category=booking.category,
        gross=booking.amount,
        shares=[GrantShare(grant=grant, share=new.share)],
    )
