"""Every question asked of the stored fields of action."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.fields_of_action.tables import FieldOfActionRow
from services.projects.strategies.queries import STRATEGIES

FIELDS_OF_ACTION = Kind(
    FieldOfActionRow,
    "fields-of-action",
    "projects.field_of_action",
    within={"strategy": STRATEGIES},
)


async def page(session: AsyncSession, paging: Paging, *, strategy: str | None) -> Mapping[str, Any]:
    """Fields of action by position, of one strategy."""
    where = [col(FieldOfActionRow.strategy) == strategy] if strategy is not None else []
    return await FIELDS_OF_ACTION.page(session, paging, *where, by="position")
