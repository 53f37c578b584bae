"""Every question asked of the stored tasks and reports."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.subjects import carries_files
from services.boards.implementations import rules
from services.boards.implementations.tables import ImplementationReportRow, ImplementationRow
from services.boards.resolutions.queries import RESOLUTIONS, is_overdue
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.implementations import Implementation, ImplementationState
from services.kit.conditional import face
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.resources import Kind

IMPLEMENTATIONS = carries_files(
    SubjectKind.implementation,
    Kind(
        ImplementationRow,
        "implementations",
        "boards.implementation",
        within={"resolution": RESOLUTIONS},
    ),
)
REPORTS = Kind(
    ImplementationReportRow,
    "reports",
    "boards.implementation_report",
    within={"implementation": IMPLEMENTATIONS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    resolution: str | None,
    responsible: str | None,
    state: ImplementationState | None,
    overdue: bool | None,
) -> Mapping[str, Any]:
    """Tasks by key: of a resolution, of an organisation, in a state, overdue."""
    asked = {"resolution": resolution, "responsible": responsible, "state": state}
    where = [
        col(getattr(ImplementationRow, name)) == value
        for name, value in asked.items()
        if value is not None
    ]
    if overdue is not None:
        late = is_overdue(today())
        where.append(late.is_(True) if overdue else late.isnot(True))
    found = await IMPLEMENTATIONS.page(session, paging, *where)
    return {**found, "items": [told(row) for row in found["items"]]}


async def one(session: AsyncSession, key: str) -> Implementation:
    """One task, whose ETag changes with the days."""
    row = await IMPLEMENTATIONS.one(session, key)
    session.info["variant"] = face(row, told(row))
    return told(row)


def told(row: ImplementationRow) -> Implementation:
    """The task as of today."""
    on, state = today(), ImplementationState(row.state)
    return Implementation.model_validate(
        {
            **row.model_dump(),
            "days_in_state": (on - row.state_since).days,
            "overdue": rules.overdue(row.due_on, state, on),
        }
    )


async def reports(session: AsyncSession, paging: Paging, key: str) -> Mapping[str, Any]:
    """The reports on a task, the latest first."""
    found = await IMPLEMENTATIONS.one(session, key)
    of = col(ImplementationReportRow.implementation) == found.key
    return await REPORTS.page(session, paging, of, by="reported_on", descending=True)


async def report(session: AsyncSession, key: str, report: str) -> ImplementationReportRow:
    """One report on this task."""
    found = await IMPLEMENTATIONS.one(session, key)
    of = col(ImplementationReportRow.implementation) == found.key
    return await REPORTS.one(session, report, of)
