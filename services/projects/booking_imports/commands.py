"""What a person does with a file of bookings."""

import asyncio
from hashlib import file_digest
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.booking_mappings import BookingMapping, NewBookingMapping
from services.contracts.projects.bookings import BookingImport
from services.kit import journal, sql
from services.kit.problems import Invalid, TooLarge
from services.kit.resources import aside
from services.kit.tabular.limits import FileRefused
from services.projects.booking_files.reading import limited
from services.projects.booking_imports import queries, rules
from services.projects.booking_mappings.queries import BOOKING_MAPPINGS

_MOST_TOLD = 200


async def bring(
    session: AsyncSession,
    file: Path,
    mapping: str,
    expected: str | None,
    period: rules.Period | None,
    *,
    without_vanished: bool,
) -> BookingImport:
    """Compare a file with what is stored; with the digest of that difference, store exactly it.

    Of the `period`, if one is named, the file has all bookings: what it no longer has of it goes on
    counting unless stored `without_vanished`.
    """
    rules.check_vanished(period, without_vanished=without_vanished)
    with aside(session):
        row = await BOOKING_MAPPINGS.one(session, mapping)
    session.info.pop("revision", None)
    told = BookingMapping.model_validate(row)
    fields = told.model_dump(include=set(NewBookingMapping.model_fields))
    if expected is not None:
        await sql.alone(session, "projects.bookings")
    try:
        async with limited(file, NewBookingMapping.model_validate(fields)) as reading:
            await queries.arrive(session, reading.rows)
    except FileRefused as refused:
        kind = TooLarge if refused.code == "too_large" else Invalid
        raise kind(refused.detail, pointer="", code=refused.code) from None
    summary = reading.summary
    await queries.leaving(session, row.key, period)
    difference = await queries.compared(session, row.key)
    changes = await queries.told(session, _MOST_TOLD)
    if expected is not None:
        rules.check_whole(summary)
        rules.check_digest(expected, difference.digest)
        await queries.store(session, row.key, difference, without_vanished=without_vanished)
        vanished = difference.vanished if without_vanished else 0
        await _tell(session, row.key, file, difference, vanished)
    return BookingImport(
        **difference._asdict(),
        **summary.model_dump(exclude={"remarks"}),
        stored=expected is not None,
        mapping=row.key,
        found=rules.found(changes, summary.remarks),
    )


async def _tell(
    session: AsyncSession, mapping: str, file: Path, difference: queries.Compared, vanished: int
) -> None:
    """One entry for the whole import: digests and counts, no row of it. None for no change."""
    counts = {
        "new": difference.new,
        "changed": difference.changed,
        "adopted": difference.adopted,
        "released": difference.released,
        "vanished": vanished,
    }
    if not any(counts.values()):
        return
    amount = difference.amount - (difference.vanished_amount if vanished else 0)
    sha512 = await asyncio.to_thread(_sha512, file)
    await journal.append(
        session,
        "projects.bookings.imported.v1",
        f"booking-mappings/{mapping}",
        {**counts, "digest": difference.digest, "amount": str(amount), "sha512": sha512},
    )


def _sha512(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha512").hexdigest()
