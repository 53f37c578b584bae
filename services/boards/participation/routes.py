"""Participation processes over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.neighbours import Beside
from services.boards.participation import commands, queries
from services.boards.participation.queries import PROCESSES
from services.contracts.boards.participation import NewParticipationProcess, ParticipationProcess
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

participation = router("Participation")
READ, WRITE = requires("boards.participation:read"), requires("boards.participation:write")
HISTORY = requires("boards.participation:history")


@participation.get(
    "/participation-processes", response_model=Page[ParticipationProcess], dependencies=[READ]
)
async def list_participation_processes(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    organisation: Annotated[Key | None, Query(description="Of this organisation only.")] = None,
    taking: Annotated[
        bool | None, Query(description="Those that take contributions today, or do not.")
    ] = None,
) -> Mapping[str, Any]:
    """List participation processes.

    How those who are concerned have their say (Beteiligungsverfahren), in the order of their keys.
    The public learns of a process when its preparation is over.
    """
    return await queries.page(session, paging, body, organisation, taking)


@participation.post(
    "/participation-processes",
    status_code=201,
    response_model=ParticipationProcess,
    dependencies=[WRITE],
)
async def create_participation_process(
    session: Writing, beside: Beside, new: NewParticipationProcess
) -> Mapping[str, Any]:
    """Create a participation process.

    A body or an organisation conducts it. Its steps come in the order of eCH-0297, each once, and
    `state` follows from their days. Refused: a submission without a last day, a day of erasure
    that is not after the last step, a smallest group below 3, areas and topics that the indicators
    service does not know (503 while it is away).
    """
    return await commands.plan(session, beside, new)


@participation.get(
    "/participation-processes/{key}", response_model=ParticipationProcess, dependencies=[READ]
)
async def read_participation_process(session: Reading, key: str) -> Mapping[str, Any]:
    """Read a participation process.

    By its key or its UUID; `state` is where it stands today.
    """
    return queries.shown(session, await PROCESSES.one(session, key))


@participation.patch(
    "/participation-processes/{key}", response_model=ParticipationProcess, dependencies=[WRITE]
)
async def change_participation_process(
    session: Writing,
    beside: Beside,
    key: str,
    patch: Patch[NewParticipationProcess],
    expected: Expected,
) -> Mapping[str, Any]:
    """Change a participation process.

    Send only what changes, with the ETag that you have read as If-Match; `cancelled_on` calls it
    off. Another text of consent needs another version. Once there are contributions, refused (409)
    is what breaks a promise: a smaller smallest group, a later erasure, a choice taken away that
    somebody made.
    """
    return await commands.change(session, beside, key, patch, expected)


@participation.get(
    "/participation-processes/{key}/history",
    response_model=list[Revision],
    dependencies=[HISTORY],
)
async def read_participation_process_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a participation process.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PROCESSES.history(session, key)
