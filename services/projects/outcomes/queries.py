"""What has come of projects, newest first, as the actor may see it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import MeasureState
from services.contracts.projects.strategies import StrategyState
from services.contracts.shared.base import Language
from services.contracts.shared.outcomes import Outcome, OutcomeKind
from services.kit.days import day_of
from services.kit.deadlines import phrase
from services.kit.outcomes import Producing
from services.projects.effects.tables import MeasureEffectRow
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.strategies.queries import STRATEGIES
from services.projects.strategies.tables import StrategyRow

_BEGUN = (MeasureState.running, MeasureState.suspended, MeasureState.completed)
_EFFECT: dict[Language, str] = {
    "de": "Wirkung: {title}",
    "en": "Effect: {title}",
    "it": "Effetto: {title}",
}


async def plans(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Plans: since they were adopted, or else since they were written down."""
    row = StrategyRow
    on: ColumnElement[date] = func.coalesce(col(row.adopted_on), day_of(row.created_at))
    state = case((col(row.state) == StrategyState.adopted, "adopted"), else_=col(row.kind))
    statement = select(row.key, col(row.title), on, state).where(STRATEGIES.seen(session))
    found = await session.exec(_newest(statement, on, row, until, most))
    return [
        _outcome(OutcomeKind.plan, key, day, title, f"strategies/{key}", sort)
        for key, title, day, sort in found
    ]


async def measures(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Measures: since they began, or else since they were written down; none that was withdrawn."""
    row = MeasureRow
    began = case((col(row.state).in_(_BEGUN), col(row.starts_on)))
    on: ColumnElement[date] = func.coalesce(began, day_of(row.created_at))
    statement = select(row.key, col(row.title), on, row.state).where(
        MEASURES.seen(session), col(row.state) != MeasureState.withdrawn
    )
    found = await session.exec(_newest(statement, on, row, until, most))
    return [
        _outcome(OutcomeKind.measure, key, day, title, f"measures/{key}", state)
        for key, title, day, state in found
    ]


async def effects(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Effects of measures, as each was found with a release."""
    row, effect = MeasureRow, MeasureEffectRow
    on = day_of(effect.released_at)
    statement = (
        select(row.key, col(row.title), func.max(on))
        .join(
            effect,
            (col(effect.municipality_id) == col(row.municipality_id))
            & (col(effect.measure) == col(row.key)),
        )
        .where(MEASURES.seen(session), on <= until)
        .group_by(col(row.municipality_id), col(row.id))
        .order_by(func.max(on).desc(), col(row.key))
        .limit(most)
    )
    return [
        Outcome(
            kind=OutcomeKind.effect,
            key=key,
            on=day,
            title=phrase(_EFFECT, title=title),
            path=f"measures/{key}/effects",
            sort=None,
        )
        for key, title, day in await session.exec(statement)
    ]


def _newest(statement: Any, on: Any, row: Any, until: date, most: int) -> Any:
    return statement.where(on <= until).order_by(on.desc(), col(row.key)).limit(most)


def _outcome(
    kind: OutcomeKind, key: str, on: date, title: Any, path: str, sort: str | None
) -> Outcome:
    return Outcome(kind=kind, key=key, on=on, title=title, path=path, sort=sort)


SOURCES = (
    Producing("projects.planning:read", plans),
    Producing("projects.measures:read", measures),
    Producing("projects.measures:read", effects),
)
