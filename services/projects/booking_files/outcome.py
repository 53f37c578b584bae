"""What reading a file of bookings yields besides its rows."""

from typing import NamedTuple

from pydantic import BaseModel

from services.contracts.projects.bookings import BookingFinding


class Remark(NamedTuple):
    """A row that is not stored as it is: where, why."""

    row: int
    column: str | None
    finding: BookingFinding
    detail: str


class Summary(BaseModel):
    """How many rows there were, and what is to be said of them; 200 remarks of each finding."""

    rows: int = 0
    unmatched: int = 0
    duplicates: int = 0
    contradictions: int = 0
    unreadable: int = 0
    remarks: list[Remark] = []
