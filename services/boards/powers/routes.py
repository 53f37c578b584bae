"""Powers over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.powers import commands, queries
from services.boards.powers.queries import POWERS
from services.boards.powers.tables import PowerRow
from services.contracts.boards.powers import NewPower, Power, PowerKind
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

powers = router("Powers")
READ, WRITE = requires("boards.powers:read"), requires("boards.powers:write")
HISTORY = requires("boards.powers:history")


@powers.get("/powers", response_model=Page[Power], dependencies=[READ])
async def list_powers(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    kind: Annotated[PowerKind | None, Query(description="Of one kind only.")] = None,
    on: Annotated[date | None, Query(description="Held on this day only.")] = None,
) -> Mapping[str, Any]:
    """List powers.

    What bodies may do beyond giving advice (Befugnisse), in the order of their keys.
    """
    return await queries.page(session, paging, body, kind, on)


@powers.post("/powers", status_code=201, response_model=Power, dependencies=[WRITE])
async def create_power(session: Writing, new: NewPower) -> PowerRow:
    """Enter a power of a body.

    Refused is one that its mandate does not carry: an advisory board (Beirat) has none, a steering
    group sets indicators but does not decide what is offered, and a strategy is legitimised by the
    council (Stadtrat, Kreistag) alone.
    """
    return await commands.grant(session, new)


@powers.get("/powers/{key}", response_model=Power, dependencies=[READ])
async def read_power(session: Reading, key: str) -> PowerRow:
    """Read a power.

    By its key or its UUID.
    """
    return await POWERS.one(session, key)


@powers.patch("/powers/{key}", response_model=Power, dependencies=[WRITE])
async def change_power(
    session: Writing, key: str, patch: Patch[NewPower], expected: Expected
) -> PowerRow:
    """Change a power.

    Send only what changes, with the ETag that you have read as If-Match. Body and kind are for
    good; a power ends by `ends_on`.
    """
    return await commands.change(session, key, patch, expected)


@powers.get("/powers/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_power_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a power.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await POWERS.history(session, key)
