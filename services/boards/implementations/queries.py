"""Every question asked of the stored tasks and reports."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files.subjects import carries_files
from services.boards.implementations import rules
from services.boards.implementations.tables import ImplementationReportRow, ImplementationRow
from services.boards.resolution_states.queries import holds, is_overdue, valid
from services.boards.resolutions.queries import RESOLUTIONS
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.implementations import Implementation, ImplementationState
from services.kit.conditional import face
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

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
    where = matching(ImplementationRow, resolution=resolution, responsible=responsible, state=state)
    if overdue is not None:
        late = is_overdue(today()) & holds(today())
        where.append(late.is_(True) if overdue else late.isnot(True))
    found = await IMPLEMENTATIONS.page(session, paging, *where)
    return {**found, "items": await shown(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Implementation:
    """One task."""
    row = await IMPLEMENTATIONS.one(session, key)
    return await alone(session, row)


async def alone(session: AsyncSession, row: ImplementationRow) -> Implementation:
    """The answer about one, whose ETag changes with the days and with its resolution."""
    (task,) = await shown(session, [row])
    session.info["variant"] = face(row, task)
    return task


async def shown(session: AsyncSession, rows: Sequence[ImplementationRow]) -> list[Implementation]:
    """The tasks as of today."""
    holding = await valid(session, {row.resolution for row in rows})
    return [told(row, holds=row.resolution in holding) for row in rows]


def told(row: ImplementationRow, *, holds: bool) -> Implementation:
    """The task as of today, whose resolution holds or not."""
    on, state = today(), ImplementationState(row.state)
    return Implementation.model_validate(
        {
            **row.model_dump(),
            "days_in_state": (on - row.state_since).days,
            "overdue": rules.overdue(row.due_on, state, on, holds=holds),
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
