"""Every question asked of the stored effects, and of the measures they belong to."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import municipality_of
from services.projects.effects.tables import MeasureEffectRow
from services.projects.measures.tables import MeasureRow


async def with_targets(session: AsyncSession) -> Sequence[MeasureRow]:
    """All measures of the municipality that have targets, whoever may see them."""
    statement = select(MeasureRow).where(
        col(MeasureRow.municipality_id) == municipality_of(session).id,
        func.jsonb_array_length(MeasureRow.targets) > 0,
    )
    return (await session.exec(statement.order_by(col(MeasureRow.key)))).all()


async def newest(session: AsyncSession, release: int | None = None) -> dict[str, MeasureEffectRow]:
    """Of each measure the effect as it was last found, up to this release or any."""
    statement = (
        select(MeasureEffectRow)
        .where(
            col(MeasureEffectRow.municipality_id) == municipality_of(session).id,
            col(MeasureEffectRow.release) <= (2**31 - 1 if release is None else release),
        )
        .ext(distinct_on(col(MeasureEffectRow.measure)))
        .order_by(col(MeasureEffectRow.measure), col(MeasureEffectRow.release).desc())
    )
    return {row.measure: row for row in await session.exec(statement)}


async def of_measure(session: AsyncSession, measure: str) -> Sequence[MeasureEffectRow]:
    """Every stored effect of a measure, newest first."""
    statement = select(MeasureEffectRow).where(
        col(MeasureEffectRow.municipality_id) == municipality_of(session).id,
        col(MeasureEffectRow.measure) == measure,
    )
    return (await session.exec(statement.order_by(col(MeasureEffectRow.release).desc()))).all()
