"""Every question asked of the stored evidence."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.evidences.tables import EvidenceRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.resolutions.queries import RESOLUTIONS
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

EVIDENCES = Kind(
    EvidenceRow,
    "evidences",
    "boards.evidence",
    within={"recommendation": RECOMMENDATIONS, "resolution": RESOLUTIONS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    indicator: str | None,
    area: str | None,
    release: int | None,
) -> Mapping[str, Any]:
    """Evidence by key: of an indicator, an area, a release."""
    where = matching(EvidenceRow, indicator=indicator, area=area, release=release)
    return await EVIDENCES.page(session, paging, *where)
