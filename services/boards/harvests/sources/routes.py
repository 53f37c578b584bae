"""Sources over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.boards.harvests.sources import commands
from services.boards.harvests.sources.queries import SOURCES
from services.boards.harvests.sources.tables import OparlSourceRow
from services.contracts.boards.harvests import NewOparlSource, OparlSource
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

sources = router("OParl sources")
WRITE, HISTORY = requires("boards.oparl-sources:write"), requires("boards.oparl-sources:history")


@sources.get("/oparl-sources", response_model=Page[OparlSource], dependencies=[WRITE])
async def list_oparl_sources(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List the OParl sources.

    The council information systems (Ratsinformationssysteme) that are read, and how far each was.
    """
    return await SOURCES.page(session, paging)


@sources.post("/oparl-sources", status_code=201, response_model=OparlSource, dependencies=[WRITE])
async def create_oparl_source(session: Writing, new: NewOparlSource) -> OparlSourceRow:
    """Name an OParl source.

    Nothing is fetched by this: `planraum oparl import` reads it and hands over what it finds.
    """
    return await commands.name(session, new)


@sources.get("/oparl-sources/{key}", response_model=OparlSource, dependencies=[WRITE])
async def read_oparl_source(session: Reading, key: str) -> OparlSourceRow:
    """Read an OParl source.

    With the page an unfinished reading goes on with, and the time since which the next one asks.
    """
    return await SOURCES.one(session, key)


@sources.patch("/oparl-sources/{key}", response_model=OparlSource, dependencies=[WRITE])
async def change_oparl_source(
    session: Writing, key: str, patch: Patch[NewOparlSource], expected: Expected
) -> OparlSourceRow:
    """Change an OParl source.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@sources.get("/oparl-sources/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_oparl_source_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an OParl source.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await SOURCES.history(session, key)
