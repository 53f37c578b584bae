"""Levels of areas over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.indicators.areas import AreaLevel, NewAreaLevel
from services.contracts.shared.base import Page, Revision
from services.indicators.levels import commands
from services.indicators.levels.queries import LEVELS
from services.indicators.levels.tables import AreaLevelRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

levels = router("Area levels")
READ, WRITE = requires("indicators.areas:read"), requires("indicators.areas:write")
HISTORY = requires("indicators.areas:history")


@levels.get("/area-levels", response_model=Page[AreaLevel], dependencies=[READ])
async def list_area_levels(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the levels of areas.

    From the state down to the block (Gebietsebenen), the highest first.
    """
    return await LEVELS.page(session, paging, by="position")


@levels.post("/area-levels", status_code=201, response_model=AreaLevel, dependencies=[WRITE])
async def create_area_level(session: Writing, new: NewAreaLevel) -> AreaLevelRow:
    """Create a level of areas.

    The key is for good. Levels of the same position stand beside each other, such as school
    districts beside social spaces.
    """
    return await LEVELS.add(session, new)


@levels.get("/area-levels/{key}", response_model=AreaLevel, dependencies=[READ])
async def read_area_level(session: Reading, key: str) -> AreaLevelRow:
    """Read a level of areas.

    By its key or its UUID.
    """
    return await LEVELS.one(session, key)


@levels.patch("/area-levels/{key}", response_model=AreaLevel, dependencies=[WRITE])
async def change_area_level(
    session: Writing, key: str, patch: Patch[NewAreaLevel], expected: Expected
) -> AreaLevelRow:
    """Change a level of areas.

    Send only what changes, with the ETag that you have read as If-Match. Refused (409) is a
    position by which an area would no longer lie below the one that it is part of.
    """
    return await commands.change(session, key, patch, expected)


@levels.get("/area-levels/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_area_level_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a level of areas.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await LEVELS.history(session, key)
