"""What is due in the projects, each kind from what the actor may see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, exists, func, inspect, true
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
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
from services.kit.deadlines import Telling, Wanted
from services.kit.resources import Kind
from services.projects.due import rules
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.measures import queries as measures
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
from services.projects.results.tables import ResultRow
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


@dataclass(frozen=True)
class _Dated:
    """Resources of which one day counts and one organisation must act, as columns."""

    of: Kind[Any]
    on: str
    who: Any
    title: Any
    done: ColumnElement[bool]
    where: Sequence[ColumnElement[bool]] = ()
    joins: Sequence[tuple[Any, str, Any]] = ()
    """Row, and by which column of which other row it is named."""


def _planning_tasks() -> _Dated:
    """Tasks of the planning coordination."""
    row = PlanningTaskRow
    done = col(row.state) == PlanningTaskState.done
    return _Dated(PLANNING_TASKS, "due_on", col(row.coordination), col(row.title), done)


def _targets() -> _Dated:
    """Periods of targets, in the hands of whoever has the grant; done when a second person has
    approved what was reached."""
    row, of, result, grant = TargetPeriodRow, TargetIndicatorRow, ResultRow, GrantRow
    approved = exists().where(
        col(TargetUpdateRow.municipality_id) == col(row.municipality_id),
        col(TargetUpdateRow.period) == col(row.key),
        col(TargetUpdateRow.state) == UpdateState.approved,
    )
    return _Dated(
        TARGET_PERIODS,
        "ends_on",
        col(grant.grantee),
        col(of.title),
        approved,
        joins=((of, "indicator", row), (result, "result", of), (grant, "grant", result)),
    )


def _grants() -> _Dated:
    """Ends of funding periods; done when the grant is closed."""
    row, project = GrantRow, ProjectRow
    return _Dated(
        GRANTS,
        "ends_on",
        col(row.grantee),
        col(project.name),
        col(row.state) == GrantState.closed,
        where=(col(row.state).in_((GrantState.granted, GrantState.closed)),),
        joins=((project, "project", row),),
    )


def _positions() -> _Dated:
    """Last days of positions."""
    row = PositionRow
    over = col(row.ends_on) < today()
    return _Dated(POSITIONS, "ends_on", col(row.employer), col(row.title), over)


def _measures() -> _Dated:
    """Ends of measures that nobody has withdrawn."""
    row = MeasureRow
    return _Dated(
        MEASURES,
        "ends_on",
        col(row.responsible),
        col(row.title),
        col(row.state) == MeasureState.completed,
        where=(col(row.state) != MeasureState.withdrawn,),
    )


def _plans() -> _Dated:
    """Days on which plans that hold are to be reviewed."""
    row = StrategyRow
    superseded = col(row.state) == StrategyState.superseded
    return _Dated(STRATEGIES, "review_on", col(row.prepared_by), col(row.title), superseded)


async def measure_targets(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
    """What measures are to have changed by a day, of figures that the actor may see; done with the
    measure."""
    row = MeasureRow
    shown = _shown(session, row, col(row.responsible))
    within = func.jsonb_path_exists(
        col(row.targets),
        cast("$[*] ? (@.due_on >= $first && @.due_on <= $last)", JSONPATH),
        cast({"first": wanted.first.isoformat(), "last": wanted.last.isoformat()}, JSONB),
    )
    statement = select(row, shown).where(
        MEASURES.seen(session),
        col(row.state) != MeasureState.withdrawn,
        within,
        wanted.by(organisation=(col(row.responsible), shown)),
    )
    found = (await session.exec(statement)).all()
    seen = await measures.told(session, [one for one, _ in found])
    return [
        rules.measure_target(one, target, shown=who)
        for one, (_, who) in zip(seen, found, strict=True)
        for target in one.targets
        if target.due_on is not None
    ]


def _telling(kind: DeadlineKind, permission: str, dated: Callable[[], _Dated]) -> Telling:
    async def tell(session: AsyncSession, wanted: Wanted) -> Iterable[Due]:
        return await _told(session, wanted, kind, dated())

    return Telling(kind, permission, tell)


async def _told(
    session: AsyncSession, wanted: Wanted, kind: DeadlineKind, dated: _Dated
) -> list[Due]:
    row = dated.of.row
    shown = _shown(session, row, dated.who)
    columns: tuple[Any, ...] = (row, dated.title, dated.done, dated.who, shown)
    statement = select(*columns)
    for other, column, named_by in dated.joins:
        same = col(other.municipality_id) == col(named_by.municipality_id)
        named = col(other.key) == col(getattr(named_by, column))
        statement = statement.outerjoin(other, and_(same, named))
    statement = statement.where(
        dated.of.seen(session), *dated.where, wanted.by(organisation=(dated.who, shown))
    )
    on = inspect(row).columns[dated.on]
    found = wanted.among(statement, f"{kind}/", on, col(row.key), dated.done)
    return [
        rules.due(
            kind,
            one,
            getattr(one, dated.on),
            title,
            done=done,
            path=dated.of.collection,
            responsible=rules.organisation(who, shown=seen),
        )
        for one, title, done, who, seen in await session.exec(found)
    ]


def _shown(session: AsyncSession, row: Any, who: Any) -> ColumnElement[bool]:
    """Whether the actor may see the organisation that a column names."""
    actor = actor_of(session)
    if actor.sees_everything:
        return true()
    hidden = exists().where(
        col(ReferenceRow.municipality_id) == col(row.municipality_id),
        col(ReferenceRow.resource) == ReferenceResource.organisations,
        col(ReferenceRow.key) == who,
        col(ReferenceRow.visibility).not_in(visible_to(actor)),
    )
    return ~hidden


SOURCES = (
    Telling(DeadlineKind.obligation, "projects.money:inspect", obligations),
    _telling(DeadlineKind.planning_task, "projects.planning:read", _planning_tasks),
    _telling(DeadlineKind.target, "projects.targets:read", _targets),
    Telling(DeadlineKind.target, "projects.measures:read", measure_targets),
    _telling(DeadlineKind.grant_end, "projects.grants:read", _grants),
    _telling(DeadlineKind.position_end, "projects.positions:read", _positions),
    _telling(DeadlineKind.measure_end, "projects.measures:read", _measures),
    _telling(DeadlineKind.review, "projects.planning:read", _plans),
)
