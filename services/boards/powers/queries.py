"""Every question asked of the stored powers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.powers.tables import PowerRow
from services.contracts.boards.powers import PowerKind
from services.kit.database import municipality_of
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

POWERS = Kind(PowerRow, "powers", "boards.power", within={"body": BODIES})


async def held(session: AsyncSession, body: str, kind: PowerKind, on: date) -> str | None:
    """The power of this kind that the body has on the day, whoever asks; nobody ends it now."""
    statement = (
        select(PowerRow)
        .where(
            col(PowerRow.municipality_id) == municipality_of(session).id,
            col(PowerRow.body) == body,
            col(PowerRow.kind) == kind,
            holds_on(PowerRow, on),
        )
        .order_by(col(PowerRow.key))
        .with_for_update(read=True)
    )
    power = (await session.exec(statement)).first()
    return power.key if power is not None else None


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    kind: PowerKind | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Powers by key: of a body, of a kind, held on a day."""
    where = matching(PowerRow, body=body, kind=kind)
    if on is not None:
        where.append(holds_on(PowerRow, on))
    return await POWERS.page(session, paging, *where)
