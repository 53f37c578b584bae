"""What the town knows, for the reading of a file."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.queries import AREAS, without_shapes
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.catalogue import queries as catalogue
from services.indicators.recognition.rules import KnownArea, Town
from services.kit.database import municipality_of


async def town(session: AsyncSession) -> Town:
    """Areas and indicators of every visibility; only areas to be seen are suggested."""
    mine = col(AreaVersionRow.municipality_id) == municipality_of(session).id
    versions = await session.exec(
        select(AreaVersionRow)
        .where(mine)
        .order_by(col(AreaVersionRow.valid_from))
        .options(without_shapes())
    )
    seen = set((await session.exec(select(AreaRow.key).where(AREAS.seen(session)))).all())
    areas: dict[str, list[KnownArea]] = {}
    labels: dict[str, str] = {}
    for version in versions:
        for scheme, code in [("", version.area), *version.codes.items()]:
            known = KnownArea(version.area, scheme, version.valid_from, version.valid_to)
            areas.setdefault(code, []).append(known)
            if version.area in seen:
                labels[code] = version.name["de"]
    return Town(
        areas=areas,
        labels=labels,
        indicators=await catalogue.keys(session),
        source_codes=await catalogue.owners(session),
    )
