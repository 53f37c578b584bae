"""What a person does with publications."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import known
from services.boards.files import commands as files
from services.boards.publications import rules
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.tables import PublicationRow
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.publications import NewPublication
from services.contracts.shared.problems import Fault
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def publish(session: AsyncSession, new: NewPublication) -> PublicationRow:
    """List a publication."""
    await _check_bodies(session, new)
    return await PUBLICATIONS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewPublication], expected: int
) -> PublicationRow:
    """Change what is known of a publication."""
    row = await PUBLICATIONS.locked(session, key, expected)
    rules.check_standing(row.key, row.withdrawn_at is not None)
    new = patch.onto(row)
    await _check_bodies(session, new)
    return await PUBLICATIONS.store(session, row, new)


async def withdraw(session: AsyncSession, key: str, reason: str) -> PublicationRow:
    """Withdraw a publication and all of its files."""
    row = await PUBLICATIONS.one(session, key, lock=True)
    rules.check_standing(row.key, row.withdrawn_at is not None)
    await files.withdraw_all(session, SubjectKind.publication, row.key, reason)
    row.withdrawn_at, row.reason = datetime.now(UTC), reason
    await session.flush()
    await PUBLICATIONS.tell(session, row, "withdrawn")
    session.info["revision"] = row.revision
    return row


async def _check_bodies(session: AsyncSession, new: NewPublication) -> None:
    there = await known(session, new.bodies) if new.bodies else set()
    faults = [
        Fault(pointer=f"/bodies/{place}", code="unknown", detail="There is no such body.")
        for place, body in enumerate(new.bodies)
        if body not in there
    ]
    if faults:
        raise Invalid("Not all bodies exist.", faults=faults)
