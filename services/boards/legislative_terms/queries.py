"""Every question asked of the stored legislative terms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.legislative_terms.tables import LegislativeTermRow
from services.kit.days import holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind

LEGISLATIVE_TERMS = Kind(LegislativeTermRow, "legislative-terms", "boards.legislative_term")


async def page(session: AsyncSession, paging: Paging, on: date | None) -> Mapping[str, Any]:
    """Legislative terms by key, or the one of a day."""
    where = [holds_on(LegislativeTermRow, on)] if on is not None else []
    return await LEGISLATIVE_TERMS.page(session, paging, *where)
