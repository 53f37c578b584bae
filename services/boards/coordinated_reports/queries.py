"""Every question asked of the stored coordinated reports."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.coordinated_reports.tables import CoordinatedReportRow
from services.contracts.boards.coordinated_reports import ReportStage, ReportTemplateKind
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

REPORTS = Kind(CoordinatedReportRow, "coordinated-reports", "boards.coordinated_report")


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    kind: ReportTemplateKind | None,
    stage: ReportStage | None,
    body: str | None,
) -> Mapping[str, Any]:
    """Reports by key: of a kind, at a stage, for a body."""
    where = matching(CoordinatedReportRow, kind=kind, stage=stage, body=body)
    return await REPORTS.page(session, paging, *where)
