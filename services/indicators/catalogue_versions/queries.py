"""Every question asked of the stored versions of the catalogue."""

from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.catalogue_versions import CatalogueVersion
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.catalogue_versions import rules
from services.indicators.catalogue_versions.tables import CatalogueVersionRow
from services.indicators.topics.tables import TopicRow
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.resources import Kind

VERSIONS = Kind(CatalogueVersionRow, "catalogue/versions", "indicators.catalogue_version")


async def last_number(session: AsyncSession) -> int:
    """The number of the newest version; 0 before the first."""
    statement = select(func.max(CatalogueVersionRow.number)).where(
        col(CatalogueVersionRow.municipality_id) == municipality_of(session).id
    )
    return (await session.exec(statement)).one() or 0


async def topics(session: AsyncSession) -> Sequence[TopicRow]:
    """Every topic, of every visibility."""
    mine = col(TopicRow.municipality_id) == municipality_of(session).id
    return (await session.exec(select(TopicRow).where(mine).order_by(col(TopicRow.key)))).all()


async def indicators(session: AsyncSession) -> Sequence[IndicatorRow]:
    """Every indicator, of every visibility."""
    mine = col(IndicatorRow.municipality_id) == municipality_of(session).id
    statement = select(IndicatorRow).where(mine).order_by(col(IndicatorRow.key))
    return (await session.exec(statement)).all()


def shown(session: AsyncSession, row: CatalogueVersionRow) -> CatalogueVersion:
    """The version with the definitions that the actor may see."""
    visible = visible_to(actor_of(session))
    return CatalogueVersion.model_validate(
        {
            **row.model_dump(),
            "topics": rules.seen(row.topics, visible),
            "indicators": rules.seen(row.indicators, visible),
        }
    )
