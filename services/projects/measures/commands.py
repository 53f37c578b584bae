"""What a person does with measures, and what the end of a project does to them."""

from collections.abc import Collection, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import (
    FundingReason,
    FundingState,
    Measure,
    MeasureState,
    NewMeasure,
)
from services.kit import sql
from services.kit.days import today
from services.kit.patches import Patch
from services.projects import keys
from services.projects.grants.tables import GrantRow
from services.projects.measures import queries, rules
from services.projects.measures.queries import MEASURES
from services.projects.measures.rules import Funding
from services.projects.measures.tables import MeasureRow
from services.projects.planning_fields.tables import PlanningFieldRow
from services.projects.references.commands import Owners, check_ground, check_references
from services.projects.references.rules import Ground
from services.projects.states import check_step
from services.projects.strategies.tables import StrategyRow
from services.projects.target_groups.tables import TargetGroupRow

FUNDING = "projects.funding"
"""A project ends and a measure joins it one after the other, never at once."""


async def enter(session: AsyncSession, peers: Owners, new: NewMeasure) -> Measure:
    """Enter a measure, in whatever state it is."""
    await sql.alone(session, FUNDING)
    await _check(session, peers, new, rules.ground(new))
    money = await _funding(session, new, None)
    row = await MEASURES.add(session, new, **vars(money))
    return (await queries.told(session, [row]))[0]


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewMeasure], expected: int
) -> Measure:
    """Change a measure, or move it to its next state."""
    await sql.alone(session, FUNDING)
    row = await MEASURES.locked(session, key, expected)
    new = patch.onto(row)
    state = MeasureState(row.state)
    check_step(state, new.state, rules.STEPS)
    await _check(session, peers, new, rules.ground(new, row.mandate, state))
    money = await _funding(session, new, _stored(row))
    row = await MEASURES.store(session, row, new, **vars(money))
    return (await queries.told(session, [row]))[0]


async def follow_projects(
    session: AsyncSession, projects: Collection[str], grants: Collection[str] = ()
) -> None:
    """Close the funding of measures whose projects have all ended, or open it again: of those that
    belong to these projects, and those for which their grants or these pay.

    In the transaction in which project or grant change; the caller has taken `FUNDING` before.
    Journalled as `projects.measure.funding_closed.v1` and `.funding_opened.v1`.
    """
    rows = await queries.of_projects(session, projects, grants)
    states = await queries.states_of_projects(session, rows)
    for row, its in zip(rows, states, strict=True):
        before = _stored(row)
        after = rules.funding(its, before, today())
        if after == before:
            continue
        row.funding_state, row.funding_closed_on = after.funding_state, after.funding_closed_on
        row.funding_reason = after.funding_reason
        await session.flush()
        closed = after.funding_state is FundingState.closed
        what = "funding_closed" if closed else "funding_opened"
        await MEASURES.tell(session, row, what, reason=after.funding_reason, project=row.project)


def _stored(row: MeasureRow) -> Funding:
    reason = FundingReason(row.funding_reason) if row.funding_reason else None
    return Funding(FundingState(row.funding_state), row.funding_closed_on, reason)


async def _funding(session: AsyncSession, new: NewMeasure, before: Funding | None) -> Funding:
    (states,) = await queries.states_of_projects(session, [new])
    return rules.funding(states, before, today())


async def _check(
    session: AsyncSession, peers: Owners, new: NewMeasure, ground: Ground | None
) -> None:
    rules.check_strategy(new.strategy, await queries.strategy_of_goal(session, new.goal))
    named: Sequence[tuple[type, Sequence[str], str]] = (
        (StrategyRow, new.action_plans, "/action_plans/*"),
        (PlanningFieldRow, new.planning_fields, "/planning_fields/*"),
        (TargetGroupRow, new.target_groups, "/target_groups/*"),
        (GrantRow, new.grants, "/grants/*"),
    )
    for table, given, pointer in named:
        await keys.check(session, table, given, pointer)
    await check_references(session, peers, rules.references(new))
    if ground:
        await check_ground(session, peers, ground)
