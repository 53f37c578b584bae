"""Every question asked of the stored acts."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.acts.tables import ActRow
from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.meetings.queries import MEETINGS
from services.boards.powers.queries import POWERS
from services.contracts.boards.acts import ActState
from services.contracts.boards.powers import PowerKind
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

ACTS = Kind(
    ActRow,
    "acts",
    "boards.act",
    within={"power": POWERS, "meeting": MEETINGS, "agenda_item": AGENDA_ITEMS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    kind: PowerKind | None,
    body: str | None,
    power: str | None,
    subject: str | None,
    state: ActState | None,
) -> Mapping[str, Any]:
    """Acts, the latest first."""
    where = matching(ActRow, kind=kind, body=body, power=power)
    if subject is not None:
        collection, _, key = subject.partition("/")
        where.append(col(ActRow.subject) == collection)
        if key:
            where.append(col(ActRow.subject_key) == key)
    if state is not None:
        where.append(col(ActRow.valid).is_(state == ActState.valid))
    return await ACTS.page(session, paging, *where, by="decided_on", descending=True)
