"""What is known of every funded project, in as many statements however many there are."""

from datetime import date
from typing import cast

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.figures import Clause
from services.contracts.projects.portfolio_lights import ProjectLights
from services.contracts.projects.projects import ProjectState
from services.contracts.shared.base import Texts
from services.kit.database import municipality_of
from services.projects.attainments import queries as attainments
from services.projects.funded import queries as funded
from services.projects.obligations.tables import ObligationRow
from services.projects.portfolio.rules import Step
from services.projects.portfolio_lights import rules
from services.projects.portfolio_lights.rules import Due, Known
from services.projects.position_gaps import queries as position_gaps
from services.projects.projects.tables import ProjectRow

_OVER = (ProjectState.completed, ProjectState.cancelled)


async def lights(session: AsyncSession, on: date) -> list[ProjectLights]:
    """The light of every project that has a grant on the day, the worst first."""
    grants = await funded.told(session, on, Step.day, None)
    projects = {one.project for one in grants}
    of_grant = {one.facts.grant: one.project for one in grants}
    asked = select(ProjectRow).where(
        col(ProjectRow.municipality_id) == municipality_of(session).id,
        col(ProjectRow.key).in_(projects),
    )
    targets = await attainments.of_projects(session, on)
    known = {
        row.key: Known(
            key=row.key,
            name=cast("Texts", row.name),
            ends_on=row.ends_on,
            ended=row.state in _OVER,
            targets=targets.get(row.key, ()),
        )
        for row in await session.exec(asked)
    }
    for one in grants:
        known[one.project].grants.append(one)
    for due in await _overdue(session, on):
        if due.grant in of_grant:
            known[of_grant[due.grant]].overdue.append(due)
    for gap in await position_gaps.gaps(session, on, rules.SOON, None):
        named = [gap.project, *(of_grant.get(grant) for grant in gap.ended)]
        project = next((key for key in named if key in known), None)
        if project is not None:
            known[project].gaps.append(gap)
    found = [rules.lights(one, on) for one in known.values()]
    return sorted(found, key=rules.by_worst)


async def _overdue(session: AsyncSession, on: date) -> list[Due]:
    """What was open after its day then: what was done later was open, too."""
    asked = select(ObligationRow).where(
        col(ObligationRow.municipality_id) == municipality_of(session).id,
        col(ObligationRow.due_on) < on,
        (col(ObligationRow.state) == "open")
        | ((col(ObligationRow.state) == "done") & (col(ObligationRow.done_on) > on)),
    )
    return [
        Due(row.key, row.grant, row.due_on, [Clause.model_validate(one) for one in row.clauses])
        for row in await session.exec(asked.order_by(col(ObligationRow.key)))
        if row.due_on is not None
    ]
