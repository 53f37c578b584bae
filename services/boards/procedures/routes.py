"""Procedures over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.bodies.queries import BODIES
from services.boards.procedures import commands, queries, rules
from services.boards.procedures.queries import PROCEDURES
from services.boards.procedures.tables import ProcedureRow
from services.contracts.boards.procedures import (
    NewProcedure,
    PresetProcedure,
    Procedure,
    ProcedureInForce,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.paging import PageOf
from services.kit.patches import Patch

procedures = router("Procedures")
READ, WRITE = requires("boards.procedures:read"), requires("boards.procedures:write")
HISTORY = requires("boards.procedures:history")


@procedures.get("/procedures", response_model=Page[Procedure], dependencies=[READ])
async def list_procedures(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    on: Annotated[date | None, Query(description="Those that hold on this day only.")] = None,
) -> Mapping[str, Any]:
    """List procedures.

    By which rules bodies invite, meet and vote (Geschäftsordnungen), in the order of their keys.
    """
    return await queries.page(session, paging, body, on)


@procedures.get("/procedures/presets", response_model=list[PresetProcedure], dependencies=[READ])
async def list_procedure_presets() -> list[PresetProcedure]:
    """List the ready procedures.

    They hold as long as a body has none of its own, and are there to be copied. Each rule names the
    clause on which it rests, and whether it was held against the wording of that clause.
    """
    return list(rules.PRESETS.values())


@procedures.post("/procedures", status_code=201, response_model=Procedure, dependencies=[WRITE])
async def create_procedure(session: Writing, new: NewProcedure) -> ProcedureRow:
    """Create a procedure.

    What is left out is as in the preset for councils. The body must exist. Refused: a second
    procedure of the body at the same time (409).
    """
    return await commands.adopt(session, new)


@procedures.get("/procedures/{key}", response_model=Procedure, dependencies=[READ])
async def read_procedure(session: Reading, key: str) -> ProcedureRow:
    """Read a procedure.

    By its key or its UUID.
    """
    return await PROCEDURES.one(session, key)


@procedures.patch("/procedures/{key}", response_model=Procedure, dependencies=[WRITE])
async def change_procedure(
    session: Writing, key: str, patch: Patch[NewProcedure], expected: Expected
) -> ProcedureRow:
    """Change a procedure.

    Send only what changes, with the ETag that you have read as If-Match. Votes that are closed keep
    the rules by which they were taken. A procedure stays with its body.
    """
    return await commands.change(session, key, patch, expected)


@procedures.get("/procedures/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_procedure_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a procedure.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PROCEDURES.history(session, key)


@procedures.get("/bodies/{key}/procedure", response_model=ProcedureInForce, dependencies=[READ])
async def read_body_procedure(
    session: Reading,
    key: str,
    on: Annotated[date | None, Query(description="The day; today if not said.")] = None,
) -> ProcedureInForce:
    """Read the rules of a body.

    Those that hold on the day: its own procedure, or the preset for bodies of its kind. There is
    nothing to read (404) where its own procedure is not for you to see: the preset does not hold.
    """
    return await queries.shown(session, (await BODIES.one(session, key)).key, on or today())
