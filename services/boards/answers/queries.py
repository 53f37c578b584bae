"""What contributions went into, and what became of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.answers.tables import WentIntoRow
from services.boards.contributions.tables import ContributionRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.tables import ResolutionRow, ResponseRow
from services.kit.database import municipality_of


async def went_into(
    session: AsyncSession, contributions: Collection[str], *, everything: bool = False
) -> Mapping[str, list[str]]:
    """Contribution -> the recommendations it went into, those that the actor may see."""
    seen = select(RecommendationRow.key).where(RECOMMENDATIONS.seen(session))
    statement = (
        select(WentIntoRow)
        .where(
            col(WentIntoRow.municipality_id) == municipality_of(session).id,
            col(WentIntoRow.contribution).in_(contributions),
            *([] if everything else [col(WentIntoRow.recommendation).in_(seen)]),
        )
        .order_by(col(WentIntoRow.recommendation))
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in await session.exec(statement):
        found[row.contribution].append(row.recommendation)
    return found


def of_recommendation(session: AsyncSession, recommendation: str) -> ColumnElement[bool]:
    """The contributions that went into a recommendation which the actor may see."""
    statement = select(WentIntoRow.contribution).where(
        col(WentIntoRow.municipality_id) == municipality_of(session).id,
        col(WentIntoRow.recommendation) == recommendation,
        col(WentIntoRow.recommendation).in_(
            select(RecommendationRow.key).where(RECOMMENDATIONS.seen(session))
        ),
    )
    return col(ContributionRow.key).in_(statement)


def of_resolution(session: AsyncSession, resolution: str) -> ColumnElement[bool]:
    """The contributions that went into a recommendation which a resolution answered."""
    town = municipality_of(session).id
    answered = select(ResponseRow.recommendation).where(
        col(ResponseRow.municipality_id) == town,
        col(ResponseRow.resolution) == resolution,
        col(ResponseRow.resolution).in_(select(ResolutionRow.key).where(RESOLUTIONS.seen(session))),
        col(ResponseRow.recommendation).in_(
            select(RecommendationRow.key).where(RECOMMENDATIONS.seen(session))
        ),
    )
    statement = select(WentIntoRow.contribution).where(
        col(WentIntoRow.municipality_id) == town, col(WentIntoRow.recommendation).in_(answered)
    )
    return col(ContributionRow.key).in_(statement)


async def link(session: AsyncSession, contribution: str, recommendations: Sequence[str]) -> None:
    """From now on the contribution went into these, and into no others."""
    town = municipality_of(session).id
    gone = delete(WentIntoRow).where(
        col(WentIntoRow.municipality_id) == town, col(WentIntoRow.contribution) == contribution
    )
    await session.exec(gone)
    session.add_all(
        WentIntoRow(municipality_id=town, contribution=contribution, recommendation=key)
        for key in recommendations
    )
    await session.flush()
