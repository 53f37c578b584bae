"""What is published of the catalogue, for those who may see it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Visibility
from services.indicators.areas.queries import valid_on
from services.indicators.areas.tables import AreaVersionRow
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.topics.tables import TopicRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.days import today


class Published(NamedTuple):
    """Since which moment and over which time there are figures of an indicator."""

    modified: datetime
    first: date
    last: date


async def indicators(session: AsyncSession) -> Sequence[IndicatorRow]:
    """The indicators that everybody may see."""
    statement = select(IndicatorRow).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id,
        col(IndicatorRow.visibility) == Visibility.public,
    )
    return (await session.exec(statement.order_by(col(IndicatorRow.key)))).all()


async def topics(session: AsyncSession) -> Sequence[TopicRow]:
    """The topics that everybody may see, in their order."""
    statement = select(TopicRow).where(
        col(TopicRow.municipality_id) == municipality_of(session).id,
        col(TopicRow.visibility) == Visibility.public,
    )
    return (await session.exec(statement.order_by(col(TopicRow.position), col(TopicRow.key)))).all()


async def published(session: AsyncSession) -> dict[str, Published]:
    """Of each indicator with figures: when they last changed, and their time."""
    found = await sql.run(session, _PUBLISHED, {"municipality": municipality_of(session).id})
    return {
        row["indicator"]: Published(row["created_at"], row["first"], row["last"])
        for row in found.mappings()
    }


async def town(session: AsyncSession) -> dict[str, str] | None:
    """The name of the area that is the municipality itself, by its official key (ARS)."""
    municipality = municipality_of(session)
    ars = f"{municipality.id:012d}"
    version = AreaVersionRow
    statement = select(col(version.name)).where(
        col(version.municipality_id) == municipality.id,
        valid_on(today()),
        col(version.codes).contains({"ars": ars}) | (col(version.area) == municipality.key),
    )
    found: dict[str, str] | None = (
        await session.exec(statement.order_by(col(version.area)).limit(1))
    ).first()
    return found


_PUBLISHED = text("""
    SELECT f.indicator, r.created_at, f.first, f.last
    FROM (SELECT indicator, max(release_from) AS number, min(period_start) AS first,
                 max(period_end) AS last
          FROM published WHERE municipality_id = :municipality AND release_to IS NULL
          GROUP BY indicator) AS f
    JOIN release AS r ON r.municipality_id = :municipality AND r.number = f.number""")
