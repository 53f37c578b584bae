"""Every question asked of the stored onward grants."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.onward_grants import OnwardState
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.grants.queries import GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow

ONWARD_GRANTS = Kind(
    OnwardGrantRow,
    "onward-grants",
    "projects.onward_grant",
    personal=True,
    within={"grant": GRANTS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    grant: str | None,
    recipient: str | None,
    state: OnwardState | None,
    proof_overdue_on: date | None,
) -> Mapping[str, Any]:
    """Onward grants by key, of one grant, recipient or state, or with an overdue proof."""
    where = matching(OnwardGrantRow, grant=grant, recipient=recipient, state=state)
    if proof_overdue_on is not None:
        where.append(col(OnwardGrantRow.state) == OnwardState.granted)
        where.append(col(OnwardGrantRow.proof_due_on) < proof_overdue_on)
        where.append(col(OnwardGrantRow.proof).is_(None))
    return await ONWARD_GRANTS.page(session, paging, *where)
