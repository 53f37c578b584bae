"""Changes of the territory over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.territory import Crosswalk, NewCrosswalk
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.territory.crosswalks import commands, queries
from services.indicators.territory.crosswalks.queries import CROSSWALKS
from services.indicators.territory.crosswalks.tables import CrosswalkRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

crosswalks = router("Territory")
READ, WRITE = requires("indicators.territory:read"), requires("indicators.territory:write")
HISTORY = requires("indicators.territory:history")


@crosswalks.get("/crosswalks", response_model=Page[Crosswalk], dependencies=[READ])
async def list_crosswalks(
    session: Reading,
    paging: PageOf,
    area: Annotated[Key | None, Query(description="That concern this area.")] = None,
    valid_from: Annotated[date | None, Query(description="Of this day only.")] = None,
) -> Mapping[str, Any]:
    """List changes of the territory.

    The newest first: which areas were merged, split, renamed or gave a part to others on which
    day, and by which shares figures follow them (Gebietsänderungen, Umsteigeschlüssel).
    """
    return await queries.page(session, paging, area, valid_from)


@crosswalks.post("/crosswalks", status_code=201, response_model=Crosswalk, dependencies=[WRITE])
async def create_crosswalk(session: Writing, new: NewCrosswalk) -> CrosswalkRow:
    """Create a change of the territory.

    Enter the areas first: each `from_area` is valid on the day before, each `to_area` on the day
    itself. Areas that end on the day must go somewhere; one that stays and gives something away
    needs a move to itself. The shares of one area add up to exactly 1; those that a weighting can
    compute may be left out. Refused (409) is an area that another crosswalk of the day moves.
    """
    return await commands.enter(session, new)


@crosswalks.get("/crosswalks/{key}", response_model=Crosswalk, dependencies=[READ])
async def read_crosswalk(session: Reading, key: str) -> CrosswalkRow:
    """Read a change of the territory.

    By its key or its UUID. `crossings` tells for each move what it is and by which shares figures
    follow it.
    """
    return await CROSSWALKS.one(session, key)


@crosswalks.patch("/crosswalks/{key}", response_model=Crosswalk, dependencies=[WRITE])
async def change_crosswalk(
    session: Writing, key: str, patch: Patch[NewCrosswalk], expected: Expected
) -> CrosswalkRow:
    """Change a change of the territory.

    Send only what changes, with the ETag that you have read as If-Match. Shares are computed anew
    only when moves, weighting or the day change. Figures in a territory follow at once.
    """
    return await commands.change(session, key, patch, expected)


@crosswalks.get("/crosswalks/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_crosswalk_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a change of the territory.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await CROSSWALKS.history(session, key)
