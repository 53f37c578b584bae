"""Every question asked of where facilities lie."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Visibility
from services.indicators import in_town
from services.kit.native import statement

_STALE = text(statement(__package__, "stale"))
_SHAPES = text(statement(__package__, "shapes"))
_ASSIGNED = text(statement(__package__, "assigned"))
_LOCATIONS = text("""
    SELECT key, revision, location -> 'coordinates' AS position FROM facility
    WHERE municipality_id = :municipality""")


class Stale(NamedTuple):
    """Versions of areas and facilities that are not placed as they are now."""

    shapes: list[UUID]
    facilities: list[str]


class Assigned(NamedTuple):
    """The area that a facility is in, on one level."""

    facility: str
    level: str
    area: str
    by: str


async def stale(session: AsyncSession) -> Stale:
    """What has changed since facilities were placed."""
    found = (await in_town.run(session, _STALE)).one()
    return Stale(found.shapes or [], found.facilities or [])


async def shapes(session: AsyncSession, changed: Stale) -> Sequence[Any]:
    """The shapes to look at because of what has changed."""
    values = {"shapes": changed.shapes, "facilities": changed.facilities}
    return (await in_town.run(session, _SHAPES, **values)).all()


async def locations(session: AsyncSession) -> Sequence[Any]:
    """Revision and place of every facility."""
    return (await in_town.run(session, _LOCATIONS)).all()


async def assigned(
    session: AsyncSession,
    on: date,
    visible: Sequence[Visibility],
    facilities: Collection[str] | None = None,
) -> list[Assigned]:
    """The area of each facility on each level; call `commands.refresh` before."""
    keys = None if facilities is None else list(facilities)
    values = {"on": on, "visible": [str(v) for v in visible], "facilities": keys}
    return [Assigned._make(row) for row in await in_town.run(session, _ASSIGNED, **values)]
