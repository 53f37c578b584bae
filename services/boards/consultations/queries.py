"""Every question asked of the stored consultations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.bodies.queries import BODIES
from services.boards.consultations.tables import ConsultationRow
from services.boards.meetings.queries import MEETINGS
from services.boards.papers.queries import PAPERS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.resolutions.tables import ResolutionRow
from services.contracts.boards.consultations import ConsultationRole, ConsultationState
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

CONSULTATIONS = Kind(
    ConsultationRow,
    "consultations",
    "boards.consultation",
    within={"paper": PAPERS, "body": BODIES, "meeting": MEETINGS, "agenda_item": AGENDA_ITEMS},
)
"""Nobody sees one that is on an agenda item of the closed part without seeing that item."""


async def page(
    session: AsyncSession,
    paging: Paging,
    paper: str | None,
    body: str | None,
    meeting: str | None,
    role: ConsultationRole | None,
    state: ConsultationState | None,
) -> Mapping[str, Any]:
    """Consultations: of a paper in their order, else by key."""
    where = matching(
        ConsultationRow, paper=paper, body=body, meeting=meeting, role=role, state=state
    )
    by = "position" if paper is not None else None
    return await CONSULTATIONS.page(session, paging, *where, by=by)


async def carries(session: AsyncSession, key: str) -> bool:
    """Whether a recommendation or resolution that holds was voted on in this step."""
    town = municipality_of(session).id
    found = [
        exists().where(
            col(row.municipality_id) == town, col(row.consultation) == key, col(row.valid)
        )
        for row in (RecommendationRow, ResolutionRow)
    ]
    return bool((await session.exec(select(or_(*found)))).one())


async def end_of_way(session: AsyncSession, paper: str) -> int:
    """The position after the last consultation of the paper."""
    statement = select(func.max(ConsultationRow.position)).where(
        col(ConsultationRow.municipality_id) == municipality_of(session).id,
        col(ConsultationRow.paper) == paper,
    )
    last = (await session.exec(statement)).one()
    return 0 if last is None else last + 1
