"""Files of bookings over HTTP."""

import tempfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Query, Request

from services.contracts.projects.bookings import BookingImport
from services.contracts.shared.base import Key
from services.kit.access import requires
from services.kit.app import router
from services.kit.bodies import as_bytes, as_text, taking
from services.kit.database import Writing
from services.kit.problems import UnsupportedMedia
from services.projects.booking_files.reading import LIMITS
from services.projects.booking_imports import commands, rules

booking_imports = router("Bookings")
TAKEN = (
    "text/csv",
    "text/plain",
    "application/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
    "application/octet-stream",
    "application/vnd.ms-excel",
)
"""Content types; the last is what browsers say of a CSV file where Excel is installed."""
_EXAMPLE = (
    "HHJ;Belegnr.;Sachkonto;Produkt;Kostenträger;Buchungsdatum;Zahldatum;Betrag;Empfänger;"
    "Buchungstext\n"
    "2024;4711;5012000;3.1.1.01;4711;31.05.2024;31.05.2024;5.200,00;;Personalausgaben Mai\n"
)


async def _received(request: Request) -> AsyncIterator[Path]:
    """The file in the body, in a folder that nobody else can enter, until it is answered."""
    kind = request.headers.get("content-type", "application/octet-stream").partition(";")[0]
    if kind.strip().lower() not in TAKEN:
        raise UnsupportedMedia(f"Send the file itself as the body, as one of {', '.join(TAKEN)}.")
    with tempfile.TemporaryDirectory(prefix="planraum-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as content:
            async for part in request.stream():
                content.write(part)
        yield path


@booking_imports.post(
    "/bookings/import",
    response_model=BookingImport,
    max_body_size=LIMITS.size,
    dependencies=[requires("projects.bookings:write")],
    openapi_extra=taking({"text/csv": as_text(_EXAMPLE), "application/octet-stream": as_bytes()}),
)
async def import_bookings(
    file: Annotated[Path, Depends(_received, scope="function")],
    session: Writing,
    mapping: Annotated[Key, Query(description="Key of the mapping by which it is read.")],
    digest: Annotated[
        str | None,
        Query(
            pattern=r"^[0-9a-f]{64}$",
            description="Of the difference that you have looked at: store exactly that.",
        ),
    ] = None,
    complete_from: Annotated[
        date | None,
        Query(description="The file has all bookings of this day and later, by day of booking."),
    ] = None,
    complete_to: Annotated[
        date | None, Query(description="Last day of which the file has all bookings.")
    ] = None,
    without_vanished: Annotated[
        bool, Query(description="When storing: what vanished counts no more.")
    ] = False,
) -> BookingImport:
    """Import bookings of the finance system.

    The body is the file, CSV or XLSX, plain or zipped, 64 MB at most; the table in it is found by
    its headings. Without `digest` nothing is stored: the answer tells, with row and column, what is
    new, changed, there already, without a rule, twice in the file, contradictory or unreadable.
    A booking that no rule gives to a grant any more is `released` from the one it is stored with;
    its row is told twice, as `released` and, with the numbers that no rule fits, as `unmatched`.
    For a file that is a full extract, say of which days: what is stored of them and not in the file
    has `vanished`, such as a booking without a number that was corrected; it goes on counting
    unless the difference is stored with `without_vanished`. Both concern only bookings that came by
    the same mapping.
    Send the same file again with the `digest` of that answer, and exactly that difference is
    stored, at once or not at all. A booking is known by budget year, account and number (and
    position), or by its content where it has no number; the same file twice stores nothing. Refused
    (409): a file with unreadable or contradictory rows, and another difference than the one that
    was looked at; (422) half a period, and `without_vanished` without one.
    """
    period = rules.period(complete_from, complete_to)
    return await commands.bring(
        session, file, mapping, digest, period, without_vanished=without_vanished
    )
