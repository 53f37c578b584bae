"""Funding programmes over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.programmes import FunderLevel, NewProgramme, Programme
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.programmes import commands, queries
from services.projects.programmes.queries import PROGRAMMES
from services.projects.programmes.tables import ProgrammeRow
from services.projects.references.commands import Peers

programmes = router("Programmes")
READ, WRITE = requires("projects.programmes:read"), requires("projects.programmes:write")
HISTORY = requires("projects.programmes:history")


@programmes.get("/programmes", response_model=Page[Programme], dependencies=[READ])
async def list_programmes(
    session: Reading,
    paging: PageOf,
    level: Annotated[FunderLevel | None, Query(description="With money of this level.")] = None,
    on: Annotated[date | None, Query(description="That fund on this day.")] = None,
) -> Mapping[str, Any]:
    """List funding programmes.

    Who gives money for what, in which periods and by which rules (Förderprogramme,
    Richtlinien), in the order of their keys.
    """
    return await queries.page(session, paging, level, on)


@programmes.post("/programmes", status_code=201, response_model=Programme, dependencies=[WRITE])
async def create_programme(session: Writing, peers: Peers, new: NewProgramme) -> ProgrammeRow:
    """Create a funding programme.

    The key is for good. The funders must exist as organisations. Funding periods that overlap
    are refused, and a programme that would continue itself, directly or through others.
    """
    return await commands.enter(session, peers, new)


@programmes.get("/programmes/{key}", response_model=Programme, dependencies=[READ])
async def read_programme(session: Reading, key: str) -> ProgrammeRow:
    """Read a funding programme.

    By its key or its UUID.
    """
    return await PROGRAMMES.one(session, key)


@programmes.patch("/programmes/{key}", response_model=Programme, dependencies=[WRITE])
async def change_programme(
    session: Writing, peers: Peers, key: str, patch: Patch[NewProgramme], expected: Expected
) -> ProgrammeRow:
    """Change a funding programme.

    Send only what changes, with the ETag that you have read as If-Match.
    A list such as `periods` is sent as a whole.
    """
    return await commands.change(session, peers, key, patch, expected)


@programmes.get("/programmes/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_programme_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a funding programme.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PROGRAMMES.history(session, key)
