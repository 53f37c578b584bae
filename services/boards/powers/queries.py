"""Every question asked of the stored powers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.days import holds_on
from services.boards.powers.tables import PowerRow
from services.contracts.boards.powers import PowerKind
from services.kit.paging import Paging
from services.kit.resources import Kind

POWERS = Kind(PowerRow, "powers", "boards.power", within={"body": BODIES})


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    kind: PowerKind | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Powers by key: of a body, of a kind, held on a day."""
    where = []
    if body is not None:
        where.append(col(PowerRow.body) == body)
    if kind is not None:
        where.append(col(PowerRow.kind) == kind)
    if on is not None:
        where.append(holds_on(PowerRow, on))
    return await POWERS.page(session, paging, *where)
