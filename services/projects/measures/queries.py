"""Every question asked of the stored measures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import (
    FundingState,
    Measure,
    MeasureGap,
    MeasureState,
    NewMeasure,
)
from services.contracts.projects.projects import ProjectState
from services.kit.conditional import seen_as
from services.kit.database import actor_of, municipality_of
from services.kit.days import lasts, today
from services.kit.paging import Paging
from services.kit.resources import Kind, seen_keys
from services.projects.goals.queries import GOALS
from services.projects.goals.tables import GoalRow
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.measures import rules
from services.projects.measures.tables import MeasureRow
from services.projects.projects.queries import PROJECTS
from services.projects.projects.tables import ProjectRow
from services.projects.references.queries import hidden_and_falls
from services.projects.references.rules import RESOLUTION, Place, places
from services.projects.strategies.queries import STRATEGIES

MEASURES = Kind(
    MeasureRow,
    "measures",
    "projects.measure",
    within={"project": PROJECTS, "strategy": STRATEGIES, "goal": GOALS},
)
_LISTS = {
    "area": MeasureRow.areas,
    "target_group": MeasureRow.target_groups,
    "grant": MeasureRow.grants,
    "planning_field": MeasureRow.planning_fields,
    "action_plan": MeasureRow.action_plans,
}


@dataclass(frozen=True)
class Wanted:
    """Which measures somebody asks for; what is None does not matter."""

    state: MeasureState | None = None
    project: str | None = None
    strategy: str | None = None
    field_of_action: str | None = None
    goal: str | None = None
    responsible: str | None = None
    department: str | None = None
    funding_state: FundingState | None = None
    area: str | None = None
    target_group: str | None = None
    grant: str | None = None
    planning_field: str | None = None
    action_plan: str | None = None
    indicator: str | None = None
    year: int | None = None
    on: date | None = None


async def page(session: AsyncSession, paging: Paging, wanted: Wanted) -> Mapping[str, Any]:
    """The measures that are wanted, by key."""
    found = await MEASURES.page(session, paging, *_where(session, wanted))
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Measure:
    """The measure as the actor may see it; 404 when it is not there or not to be seen."""
    (shown,) = await told(session, [await MEASURES.one(session, key)])
    differs = shown.hidden_links > 0 or MeasureGap.mandate_fallen in shown.gaps
    session.info["variant"] = seen_as(shown, differs=differs)
    return shown


async def every(session: AsyncSession, wanted: Wanted) -> Sequence[MeasureRow]:
    """All measures that are wanted and that the actor may see, by key."""
    statement = select(MeasureRow).where(MEASURES.seen(session), *_where(session, wanted))
    return (await session.exec(statement.order_by(col(MeasureRow.key)))).all()


def _where(session: AsyncSession, wanted: Wanted) -> list[ColumnElement[bool]]:
    where = []
    for name, value in vars(wanted).items():
        if value is None:
            continue
        if name in _LISTS:
            where.append(col(_LISTS[name]).contains([value]))
        elif name == "indicator":
            where.append(col(MeasureRow.targets).contains([{"indicator": value}]))
        elif name == "field_of_action":
            goals = select(GoalRow.key).where(
                GOALS.seen(session), col(GoalRow.field_of_action) == value
            )
            where.append(col(MeasureRow.goal).in_(goals))
        elif name in ("year", "on"):
            first, last = (value, value) if name == "on" else _year(value)
            where.append(lasts(MeasureRow.starts_on, MeasureRow.ends_on, first, last))
        else:
            where.append(col(getattr(MeasureRow, name)) == value)
    return where


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


async def told(session: AsyncSession, rows: Iterable[MeasureRow]) -> list[Measure]:
    """The measures as the actor may see them: links to what is hidden are counted."""
    given = [(row, _given(row)) for row in rows]
    linked = {place for _, new in given for place in places(rules.links(new))}
    secret, falls = await hidden_and_falls(session, linked)
    keys = {} if actor_of(session).sees_everything else await _hidden_keys(session, given)
    fallen = {place for place, fall in falls.items() if fall.on(today())}
    return [_told(row, new, secret, fallen, keys) for row, new in given]


async def _hidden_keys(
    session: AsyncSession, given: Sequence[tuple[MeasureRow, NewMeasure]]
) -> dict[str, set[str]]:
    grants = {key for _, new in given for key in new.grants}
    plans = {key for _, new in given for key in new.action_plans}
    seen = await seen_keys(session, (GRANTS, grants), (STRATEGIES, plans))
    return {
        "grants": grants - seen.get(GRANTS.collection, set()),
        "action_plans": plans - seen.get(STRATEGIES.collection, set()),
    }


def _given(row: MeasureRow) -> NewMeasure:
    fields = {name: getattr(row, name) for name in NewMeasure.model_fields}
    return NewMeasure.model_validate(fields)


def _told(
    row: MeasureRow,
    new: NewMeasure,
    secret: set[Place],
    fallen: set[Place],
    hidden_keys: Mapping[str, set[str]],
) -> Measure:
    money = FundingState(row.funding_state)
    gaps = rules.gaps(
        new,
        money,
        mandate=new.mandate is not None,
        targets=bool(new.targets),
        fallen=new.mandate is not None and Place(RESOLUTION, new.mandate) in fallen,
    )
    seen, count = rules.without(new, secret, hidden_keys)
    return Measure.model_validate(
        {
            **seen.model_dump(),
            "id": row.id,
            "revision": row.revision,
            "created_at": row.created_at,
            "changed_at": row.changed_at,
            "funding_state": money,
            "funding_closed_on": row.funding_closed_on,
            "funding_reason": row.funding_reason,
            "gaps": gaps,
            "hidden_links": count,
        }
    )


async def of_projects(
    session: AsyncSession, projects: Collection[str], grants: Collection[str] = ()
) -> Sequence[MeasureRow]:
    """The measures of projects, and those for which one of their grants or of these pays, whoever
    may see them, locked for a change."""
    town = municipality_of(session).id
    theirs = select(GrantRow.key).where(
        col(GrantRow.municipality_id) == town, col(GrantRow.project).in_(projects)
    )
    paying = {*(await session.exec(theirs)).all(), *grants}
    statement = (
        select(MeasureRow)
        .where(
            col(MeasureRow.municipality_id) == town,
            or_(
                col(MeasureRow.project).in_(projects),
                *(col(MeasureRow.grants).contains([key]) for key in sorted(paying)),
            ),
        )
        .order_by(col(MeasureRow.key))
        .with_for_update(key_share=True)
    )
    return (await session.exec(statement)).all()


async def states_of_projects(
    session: AsyncSession, measures: Sequence[NewMeasure | MeasureRow]
) -> list[list[ProjectState]]:
    """Of each measure how far its project is, then those of the grants that pay for it."""
    town = municipality_of(session).id
    grants = {key for one in measures for key in one.grants}
    paid = select(GrantRow.key, GrantRow.project).where(
        col(GrantRow.municipality_id) == town, col(GrantRow.key).in_(grants)
    )
    of_grant = dict((await session.exec(paid)).all()) if grants else {}
    named = [
        dict.fromkeys([one.project, *(of_grant.get(key) for key in one.grants)]) for one in measures
    ]
    there = {key for keys in named for key in keys if key is not None}
    statement = select(ProjectRow.key, ProjectRow.state).where(
        col(ProjectRow.municipality_id) == town, col(ProjectRow.key).in_(there)
    )
    states = dict((await session.exec(statement)).all()) if there else {}
    return [[ProjectState(states[key]) for key in keys if key in states] for keys in named]


async def strategy_of_goal(session: AsyncSession, goal: str | None) -> str | None:
    """The strategy of a goal; None when there is no such goal."""
    if goal is None:
        return None
    statement = select(GoalRow.strategy).where(
        col(GoalRow.municipality_id) == municipality_of(session).id, col(GoalRow.key) == goal
    )
    return (await session.exec(statement)).one_or_none()
