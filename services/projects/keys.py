"""Keys in lists that name something of this service."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.problems import Fault
from services.kit.database import municipality_of
from services.kit.problems import Invalid
from services.kit.tables import Resource


async def check(
    session: AsyncSession, row: type[Resource], keys: Sequence[str], pointer: str
) -> None:
    """Refuse (422) keys that no row has; `pointer` has a `*` where the place in the list goes.

    What exists is never deleted, so that no foreign key has to watch over it.
    """
    await check_at(session, row, dict(enumerate(keys)), pointer)


async def check_at(
    session: AsyncSession, row: type[Resource], keys: Mapping[int, str], pointer: str
) -> None:
    """The same for keys at some places of a list."""
    if not keys:
        return
    statement = select(row.key).where(
        col(row.municipality_id) == municipality_of(session).id,
        col(row.key).in_(set(keys.values())),
    )
    existing = set(await session.exec(statement))
    what = str(row.__tablename__).replace("_", " ")
    faults = [
        Fault(
            pointer=pointer.replace("*", str(i)),
            code="unknown",
            detail=f"There is no such {what}.",
        )
        for i, key in keys.items()
        if key not in existing
    ]
    if faults:
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)
