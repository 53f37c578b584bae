"""Every question asked of the stored rules for bodies."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.composition_rules.tables import CompositionRuleRow
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

COMPOSITION_RULES = Kind(
    CompositionRuleRow, "composition-rules", "boards.composition_rule", within={"body": BODIES}
)


async def page(
    session: AsyncSession, paging: Paging, body: str | None, on: date | None
) -> Mapping[str, Any]:
    """Rules by key: for a body, holding on a day."""
    where = matching(CompositionRuleRow, body=body)
    if on is not None:
        where.append(holds_on(CompositionRuleRow, on))
    return await COMPOSITION_RULES.page(session, paging, *where)
