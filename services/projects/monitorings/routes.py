"""Monitorings over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.participation import Monitoring, NewMonitoring
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.monitorings import commands, queries
from services.projects.monitorings.queries import MONITORINGS
from services.projects.monitorings.tables import MonitoringRow

monitorings = router("Participation")
READ, WRITE = requires("projects.participation:read"), requires("projects.participation:write")
HISTORY = requires("projects.participation:history")


@monitorings.get("/monitorings", response_model=Page[Monitoring], dependencies=[READ])
async def list_monitorings(
    session: Reading,
    paging: PageOf,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
) -> Mapping[str, Any]:
    """List monitorings of participants.

    How projects keep count of who takes part (Teilnehmendenerfassung), in the order of their keys.
    """
    return await queries.page(session, paging, project)


@monitorings.post("/monitorings", status_code=201, response_model=Monitoring, dependencies=[WRITE])
async def create_monitoring(session: Writing, new: NewMonitoring) -> MonitoringRow:
    """Begin to keep count of participants.

    With counts by gender, which is enough for most. Data of persons only where a programme demands
    them, and with the legal basis. Refused: a second monitoring of a project.
    """
    return await commands.enter(session, new)


@monitorings.get("/monitorings/{key}", response_model=Monitoring, dependencies=[READ])
async def read_monitoring(session: Reading, key: str) -> MonitoringRow:
    """Read a monitoring of participants.

    By its key or its UUID.
    """
    return await MONITORINGS.one(session, key)


@monitorings.patch("/monitorings/{key}", response_model=Monitoring, dependencies=[WRITE])
async def change_monitoring(
    session: Writing, key: str, patch: Patch[NewMonitoring], expected: Expected
) -> MonitoringRow:
    """Change a monitoring of participants.

    Send only what changes, with the ETag that you have read as If-Match. The project is for good.
    Refused (409): another mode once something was entered, a lower threshold.
    """
    return await commands.change(session, key, patch, expected)


@monitorings.get(
    "/monitorings/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_monitoring_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a monitoring.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await MONITORINGS.history(session, key)
