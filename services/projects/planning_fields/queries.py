"""Every question asked of the stored planning fields."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.planning_fields.tables import PlanningFieldRow

PLANNING_FIELDS = Kind(PlanningFieldRow, "planning-fields", "projects.planning_field")


async def page(session: AsyncSession, paging: Paging, responsible: str | None) -> Mapping[str, Any]:
    """Planning fields by key, of one organisation."""
    where = matching(PlanningFieldRow, responsible=responsible)
    return await PLANNING_FIELDS.page(session, paging, *where)
