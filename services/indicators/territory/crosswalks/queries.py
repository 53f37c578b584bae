"""Every question asked of the stored changes of the territory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.territory import Crossing, Weighting
from services.indicators.areas.queries import valid_on
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.territory.crosswalks.rules import Territory
from services.indicators.territory.crosswalks.tables import CrosswalkRow, ShownCrossingRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

CROSSWALKS = Kind(CrosswalkRow, "crosswalks", "indicators.crosswalk")


async def page(
    session: AsyncSession, paging: Paging, area: str | None, valid_from: date | None
) -> Mapping[str, Any]:
    """Changes of the territory, the newest first; those that concern one area, or of one day."""
    where = matching(CrosswalkRow, valid_from=valid_from)
    if area is not None:
        concerned = [
            col(CrosswalkRow.crossings).contains([{end: area}]) for end in ("from_area", "to_area")
        ]
        where.append(concerned[0] | concerned[1])
    return await CROSSWALKS.page(session, paging, *where, by="valid_from", descending=True)


async def territory_on(session: AsyncSession, day: date) -> Territory:
    """The areas that are valid on a day."""
    town = municipality_of(session).id
    statement = select(AreaRow.key, AreaRow.level).where(
        col(AreaRow.municipality_id) == town,
        col(AreaVersionRow.municipality_id) == town,
        col(AreaVersionRow.area) == col(AreaRow.key),
        valid_on(day),
    )
    return dict((await session.exec(statement)).all())


async def others_on(session: AsyncSession, day: date, key: str) -> dict[str, set[str]]:
    """The areas that other crosswalks of the day concern, by crosswalk."""
    statement = select(CrosswalkRow).where(
        col(CrosswalkRow.municipality_id) == municipality_of(session).id,
        col(CrosswalkRow.valid_from) == day,
        col(CrosswalkRow.key) != key,
    )
    return {
        row.key: {c[end] for c in row.crossings for end in ("from_area", "to_area")}
        for row in await session.exec(statement)
    }


async def show(
    session: AsyncSession,
    row: CrosswalkRow,
    weighting: Sequence[Weighting],
    crossings: Iterable[Crossing],
) -> None:
    """Let reads of figures go by these crossings."""
    town = municipality_of(session)
    await sql.run(session, _FORGET, {"municipality": town.id, "crosswalk": row.key})
    kinds = [one.kind for one in weighting]
    for crossing in crossings:
        for rank, kind in enumerate(kinds):
            session.add(
                ShownCrossingRow(
                    municipality_id=town.id,
                    day=row.valid_from,
                    from_area=crossing.from_area,
                    to_area=crossing.to_area,
                    kind=kind,
                    rank=rank,
                    share=crossing.shares[kind],
                    back=crossing.back.get(kind),
                    crosswalk=row.key,
                    visibility=row.visibility,
                )
            )
    await session.flush()
    await sql.run(session, _COUNT, {"municipality": town.id})


_FORGET = text(
    "DELETE FROM shown_crossing WHERE municipality_id = :municipality AND crosswalk = :crosswalk"
)
_COUNT = text("SELECT count_change(:municipality)")
