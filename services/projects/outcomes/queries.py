"""What has come of projects, as the actor may see it."""

from collections.abc import Mapping

from sqlalchemy import case, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import MeasureState
from services.contracts.projects.strategies import StrategyState
from services.contracts.shared.base import Language
from services.contracts.shared.outcomes import OutcomeKind
from services.kit.days import day_of
from services.kit.outcomes import Produced, Producing
from services.projects.effects.tables import MeasureEffectRow
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow

_BEGUN = (MeasureState.running, MeasureState.suspended, MeasureState.completed)
_EFFECT: Mapping[Language, str] = {
    "de": "Wirkung: {title}",
    "en": "Effect: {title}",
    "it": "Effetto: {title}",
}


def plans(_: AsyncSession) -> Produced:
    """Plans: since they were adopted, or else since they were written down."""
    row = StrategyRow
    on = func.coalesce(col(row.adopted_on), day_of(row.created_at))
    sort = case((col(row.state) == StrategyState.adopted, "adopted"), else_=col(row.kind))
    return Produced(STRATEGIES, on, col(row.title), sort)


def measures(_: AsyncSession) -> Produced:
    """Measures: since they began, or else since they were written down; none that was withdrawn."""
    row = MeasureRow
    began = case((col(row.state).in_(_BEGUN), col(row.starts_on)))
    on = func.coalesce(began, day_of(row.created_at))
    there = (col(row.state) != MeasureState.withdrawn,)
    return Produced(MEASURES, on, col(row.title), col(row.state), where=there)


def effects(_: AsyncSession) -> Produced:
    """Effects of measures, as each was found with a release."""
    row, effect = MeasureRow, MeasureEffectRow
    latest = (
        select(func.max(day_of(effect.released_at)))
        .where(
            col(effect.municipality_id) == col(row.municipality_id),
            col(effect.measure) == col(row.key),
        )
        .scalar_subquery()
    )
    found = (latest.is_not(None),)
    return Produced(MEASURES, latest, col(row.title), where=found, words=_EFFECT, below="/effects")


SOURCES = (
    Producing(OutcomeKind.plan, "projects.planning:read", plans),
    Producing(OutcomeKind.measure, "projects.measures:read", measures),
    Producing(OutcomeKind.effect, "projects.measures:read", effects),
)
