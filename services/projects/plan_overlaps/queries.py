"""The plans that hold on a day and their measures, as far as the actor may see them."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import Measure, MeasureState
from services.contracts.projects.strategies import StrategyState
from services.kit.days import lasts
from services.projects.measures import queries as measures
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow

_OVER = (MeasureState.completed, MeasureState.withdrawn)


async def plans(session: AsyncSession, on: date) -> Sequence[StrategyRow]:
    """Plans that hold on the day, by key; one that was superseded does not."""
    statement = select(StrategyRow).where(
        STRATEGIES.seen(session),
        col(StrategyRow.state) != StrategyState.superseded,
        lasts(StrategyRow.starts_on, StrategyRow.ends_on, on, on),
    )
    return (await session.exec(statement.order_by(col(StrategyRow.key)))).all()


async def going_on(session: AsyncSession, on: date) -> Sequence[Measure]:
    """Measures that go on that day and are not over, by key; without a first day: as planned."""
    statement = select(MeasureRow).where(
        MEASURES.seen(session),
        col(MeasureRow.state).not_in(_OVER),
        lasts(MeasureRow.starts_on, MeasureRow.ends_on, on, on),
    )
    rows = (await session.exec(statement.order_by(col(MeasureRow.key)))).all()
    return await measures.told(session, rows)
