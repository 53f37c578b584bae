"""What grants are called."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.database import municipality_of
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects.tables import ProjectRow

Names = Mapping[str, Mapping[str, str]]


async def names(
    session: AsyncSession, projects: Collection[str], programmes: Collection[str]
) -> tuple[Names, Names]:
    """The names of projects and programmes, by key."""
    town = municipality_of(session).id
    found = []
    for row, keys in ((ProjectRow, projects), (ProgrammeRow, programmes)):
        statement = select(row.key, row.name).where(
            col(row.municipality_id) == town, col(row.key).in_(keys)
        )
        found.append(dict((await session.exec(statement)).all()))
    return found[0], found[1]
