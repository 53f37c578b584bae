"""What is due in the projects, each kind from what the actor may see."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.contracts.projects.measures import MeasureState
from services.contracts.projects.obligations import ObligationState
from services.contracts.projects.planning_tasks import PlanningTaskState
from services.contracts.projects.references import ReferenceResource
from services.contracts.projects.strategies import StrategyState
from services.contracts.projects.target_updates import UpdateState
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.kit.access import visible_to
from services.kit.database import actor_of
from services.kit.days import today
from services.kit.deadlines import Telling, Wanted, phrase
from services.projects.due import rules
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.obligations.queries import OBLIGATIONS
from services.projects.obligations.tables import ObligationRow
from services.projects.planning_tasks.queries import PLANNING_TASKS
from services.projects.planning_tasks.tables import PlanningTaskRow
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.projects.tables import ProjectRow
from services.projects.references.tables import ReferenceRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_periods.tables import TargetPeriodRow
from services.projects.target_updates.tables import TargetUpdateRow


async def obligations(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Obligations that are open or done; what was waived or dropped is not due."""
    row = ObligationRow
    statement = select(row).where(
        OBLIGATIONS.seen(session),
        col(row.state).in_((ObligationState.open, ObligationState.done)),
        wanted.by(account=col(row.responsible)) | wanted.by(account=col(row.substitute)),
    )
    done = col(row.state) == ObligationState.done
    found = wanted.among(statement, "obligation/", col(row.due_on), col(row.key), done)
    return [rules.obligation(one) for one in await session.exec(found)]


async def planning_tasks(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Tasks of the planning coordination."""
    row, kind = PlanningTaskRow, DeadlineKind.planning_task
    seen = _seen(session, row, "coordination")
    statement = select(row, seen).where(
        PLANNING_TASKS.seen(session), wanted.by(organisation=(col(row.coordination), seen))
    )
    done = col(row.state) == PlanningTaskState.done
    found = wanted.among(statement, f"{kind}/", col(row.due_on), col(row.key), done)
    return [
        rules.due(
            kind,
            one,
            one.due_on,
            phrase(rules.TITLE, title=one.title),
            done=one.state == PlanningTaskState.done,
            what="planning_task",
            path="planning-tasks",
            responsible=rules.organisation(one.coordination, shown=shown),
        )
        for one, shown in await session.exec(found)
    ]


async def targets(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Periods of targets; done when a second person has approved what was reached."""
    row, kind, update = TargetPeriodRow, DeadlineKind.target, TargetUpdateRow
    approved = exists().where(
        col(update.municipality_id) == col(row.municipality_id),
        col(update.period) == col(row.key),
        col(update.state) == UpdateState.approved,
    )
    statement = (
        select(row, TargetIndicatorRow.title, approved)
        .join(TargetIndicatorRow, _same(TargetIndicatorRow, row, "indicator"))
        .where(TARGET_PERIODS.seen(session), wanted.by())
    )
    found = wanted.among(statement, f"{kind}/", col(row.ends_on), col(row.key), approved)
    return [
        rules.due(
            kind,
            one,
            one.ends_on,
            phrase(rules.TARGET, title=title),
            done=done,
            what="target_period",
            path="target-periods",
        )
        for one, title, done in await session.exec(found)
    ]


async def grant_ends(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Ends of funding periods; done when the grant is closed."""
    row, kind = GrantRow, DeadlineKind.grant_end
    seen = _seen(session, row, "grantee")
    statement = (
        select(row, ProjectRow.name, seen)
        .join(ProjectRow, _same(ProjectRow, row, "project"))
        .where(
            GRANTS.seen(session),
            col(row.state).in_((GrantState.granted, GrantState.closed)),
            wanted.by(organisation=(col(row.grantee), seen)),
        )
    )
    done = col(row.state) == GrantState.closed
    found = wanted.among(statement, f"{kind}/", col(row.ends_on), col(row.key), done)
    return [
        rules.due(
            kind,
            one,
            one.ends_on,
            phrase(rules.GRANT_END, title=name),
            done=one.state == GrantState.closed,
            what="grant",
            path="grants",
            responsible=rules.organisation(one.grantee, shown=shown),
            reason=phrase(rules.GRANT, grant=one.reference or one.key),
        )
        for one, name, shown in await session.exec(found)
    ]


async def position_ends(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Last days of positions."""
    row, kind = PositionRow, DeadlineKind.position_end
    seen = _seen(session, row, "employer")
    statement = select(row, seen).where(
        POSITIONS.seen(session), wanted.by(organisation=(col(row.employer), seen))
    )
    over = col(row.ends_on) < today()
    found = wanted.among(statement, f"{kind}/", col(row.ends_on), col(row.key), over)
    return [
        rules.due(
            kind,
            one,
            one.ends_on,
            phrase(rules.POSITION_END, title=one.title),
            done=one.ends_on < today(),
            what="position",
            path="positions",
            responsible=rules.organisation(one.employer, shown=shown),
        )
        for one, shown in await session.exec(found)
    ]


async def measure_ends(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Ends of measures that nobody has withdrawn."""
    row, kind = MeasureRow, DeadlineKind.measure_end
    seen = _seen(session, row, "responsible")
    statement = select(row, seen).where(
        MEASURES.seen(session),
        col(row.state) != MeasureState.withdrawn,
        wanted.by(organisation=(col(row.responsible), seen)),
    )
    done = col(row.state) == MeasureState.completed
    found = wanted.among(statement, f"{kind}/", col(row.ends_on), col(row.key), done)
    return [
        rules.due(
            kind,
            one,
            one.ends_on,
            phrase(rules.MEASURE_END, title=one.title),
            done=one.state == MeasureState.completed,
            what="measure",
            path="measures",
            responsible=rules.organisation(one.responsible, shown=shown),
        )
        for one, shown in await session.exec(found)
    ]


async def reviews(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """Days on which plans that hold are to be reviewed."""
    row, kind = StrategyRow, DeadlineKind.review
    seen = _seen(session, row, "prepared_by")
    superseded = col(row.state) == StrategyState.superseded
    statement = select(row, seen).where(
        STRATEGIES.seen(session), wanted.by(organisation=(col(row.prepared_by), seen))
    )
    found = wanted.among(statement, f"{kind}/", col(row.review_on), col(row.key), superseded)
    return [
        rules.due(
            kind,
            one,
            one.review_on,
            phrase(rules.REVIEW, title=one.title),
            done=one.state == StrategyState.superseded,
            what="strategy",
            path="strategies",
            responsible=rules.organisation(one.prepared_by, shown=shown),
        )
        for one, shown in await session.exec(found)
    ]


def _seen(session: AsyncSession, row: Any, column: str) -> ColumnElement[bool]:
    """Whether the actor may see the organisation that a column names."""
    actor = actor_of(session)
    if actor.sees_everything:
        return true()
    hidden = exists().where(
        col(ReferenceRow.municipality_id) == col(row.municipality_id),
        col(ReferenceRow.resource) == ReferenceResource.organisations,
        col(ReferenceRow.key) == col(getattr(row, column)),
        col(ReferenceRow.visibility).not_in(visible_to(actor)),
    )
    return ~hidden


def _same(one: Any, other: Any, column: str) -> ColumnElement[bool]:
    """The row of the same municipality that the other names in a column."""
    return and_(
        col(one.municipality_id) == col(other.municipality_id),
        col(one.key) == col(getattr(other, column)),
    )


SOURCES = (
    Telling(DeadlineKind.obligation, "projects.money:inspect", obligations),
    Telling(DeadlineKind.planning_task, "projects.planning:read", planning_tasks),
    Telling(DeadlineKind.target, "projects.targets:read", targets),
    Telling(DeadlineKind.grant_end, "projects.grants:read", grant_ends),
    Telling(DeadlineKind.position_end, "projects.positions:read", position_ends),
    Telling(DeadlineKind.measure_end, "projects.measures:read", measure_ends),
    Telling(DeadlineKind.review, "projects.planning:read", reviews),
)
