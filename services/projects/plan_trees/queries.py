"""A strategy and everything below it, as far as the actor may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.goals import Goal
from services.contracts.projects.measures import Measure
from services.contracts.shared.base import Language
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.fields_of_action.tables import FieldOfActionRow
from services.projects.goals import queries as goals
from services.projects.goals.queries import GOALS
from services.projects.goals.tables import GoalRow
from services.projects.measures import queries as measures
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.references.queries import names_of
from services.projects.references.rules import RECOMMENDATION, Place
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow


@dataclass(frozen=True)
class Found:
    """The rows that a tree is made of, each kind in its order."""

    strategy: StrategyRow
    fields: Sequence[FieldOfActionRow]
    goals: Sequence[Goal]
    measures: Sequence[Measure]
    names: Mapping[str, Mapping[Language, str]]
    """Of the recommendations."""


async def below(session: AsyncSession, key: str) -> Found:
    """Everything below the strategy; 404 when it is not there or not to be seen."""
    strategy = await STRATEGIES.one(session, key)
    fields = select(FieldOfActionRow).where(
        FIELDS_OF_ACTION.seen(session), col(FieldOfActionRow.strategy) == strategy.key
    )
    aims = select(GoalRow).where(GOALS.seen(session), col(GoalRow.strategy) == strategy.key)
    done = select(MeasureRow).where(
        MEASURES.seen(session),
        (col(MeasureRow.strategy) == strategy.key)
        | col(MeasureRow.action_plans).contains([strategy.key]),
    )
    in_order = (col(FieldOfActionRow.position), col(FieldOfActionRow.key))
    found = (await session.exec(fields.order_by(*in_order))).all()
    aims = aims.order_by(col(GoalRow.position), col(GoalRow.key))
    reached = await goals.told(session, (await session.exec(aims)).all())
    measured = await measures.told(
        session, (await session.exec(done.order_by(col(MeasureRow.key)))).all()
    )
    named = {key for goal in reached for key in goal.recommendations}
    named |= {one.recommendation for one in measured if one.recommendation is not None}
    names = await names_of(session, {Place(RECOMMENDATION, key) for key in named})
    session.info.pop("revision", None)
    return Found(
        strategy, found, reached, measured, {place.key: name for place, name in names.items()}
    )
