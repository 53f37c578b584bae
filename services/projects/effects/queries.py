"""Every question asked of the effects, and of the measures they belong to."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.effects import MeasureEffects, TargetEffect
from services.contracts.projects.measures import Measure
from services.kit.clients import Peer
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.problems import NotFound
from services.projects.effects import rules
from services.projects.effects.rules import Asked
from services.projects.effects.tables import MeasureEffectRow
from services.projects.indicator_reading import queries as indicators
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
    until = () if release is None else (col(MeasureEffectRow.release) <= release,)
    statement = (
        select(MeasureEffectRow)
        .where(col(MeasureEffectRow.municipality_id) == municipality_of(session).id, *until)
        .ext(distinct_on(col(MeasureEffectRow.measure)))
        .order_by(col(MeasureEffectRow.measure), col(MeasureEffectRow.release).desc())
    )
    return {row.measure: row for row in await session.exec(statement)}


async def effects_of(
    session: AsyncSession, peer: Peer, shown: Measure, release: int | None
) -> MeasureEffects:
    """The effect of a measure: as stored, or computed now where nothing stored fits it.

    Refuses (404) a release with which nothing was found, (503) while the figures are away.
    """
    stored, asked = await _of_measure(session, shown.key), rules.asked(shown)
    fitting = next((row for row in stored if release in (None, row.release)), None)
    if release is not None and fitting is None:
        raise NotFound(f"With release {release} the effect did not change, or it is not there.")
    releases = [row.release for row in stored]
    if fitting is not None and (release is not None or _fits(fitting, asked, today())):
        found = [TargetEffect.model_validate(result) for result in fitting.results]
        return MeasureEffects(
            measure=shown.key,
            release=fitting.release,
            released_at=fitting.released_at,
            territory=fitting.territory,
            evaluated_at=fitting.evaluated_at,
            releases=releases,
            results=rules.seen(found, shown.targets),
            caveat=rules.CAVEAT,
        )
    published = await indicators.read(session, peer, shown.targets, None)
    return MeasureEffects(
        measure=shown.key,
        release=published.release,
        released_at=published.released_at,
        territory=published.on,
        evaluated_at=None,
        releases=releases,
        results=rules.effects(asked, published),
        caveat=rules.CAVEAT,
    )


def _fits(row: MeasureEffectRow, asked: Asked, on: date) -> bool:
    """Was it found for what is asked, and is the territory still the same?"""
    lasts = row.until is None or row.until > on
    return lasts and rules.answers(Asked.model_validate(row.asked), asked)


async def _of_measure(session: AsyncSession, measure: str) -> Sequence[MeasureEffectRow]:
    """Every stored effect of a measure, newest first."""
    statement = select(MeasureEffectRow).where(
        col(MeasureEffectRow.municipality_id) == municipality_of(session).id,
        col(MeasureEffectRow.measure) == measure,
    )
    return (await session.exec(statement.order_by(col(MeasureEffectRow.release).desc()))).all()
