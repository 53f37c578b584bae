"""Every question asked of the stored programmes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import cast, func, literal_column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.programmes import FunderLevel
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.programmes.tables import ProgrammeRow

PROGRAMMES = Kind(ProgrammeRow, "programmes", "projects.programme")
_FUNDS_ON: Any = literal_column(
    "'$[*] ? (@.starts_on <= $day && (@.ends_on == null || @.ends_on >= $day))'::jsonpath"
)


async def page(
    session: AsyncSession, paging: Paging, level: FunderLevel | None, on: date | None
) -> Mapping[str, Any]:
    """Programmes by key, with money of one level, or that fund on one day."""
    where = []
    if level is not None:
        where.append(col(ProgrammeRow.funders).contains([{"level": level}]))
    if on is not None:
        day = cast({"day": on.isoformat()}, JSONB)
        where.append(func.jsonb_path_exists(col(ProgrammeRow.periods), _FUNDS_ON, day))
    return await PROGRAMMES.page(session, paging, *where)


async def predecessors(session: AsyncSession) -> dict[str, str | None]:
    """Each programme's key and the key of the one it continues."""
    statement = select(ProgrammeRow.key, ProgrammeRow.successor_of).where(
        col(ProgrammeRow.municipality_id) == municipality_of(session).id
    )
    return dict((await session.exec(statement)).all())
