"""Counts of participants over HTTP: for those who enter them."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participation import NewParticipantCount, ParticipantCount
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.participant_counts import commands, queries
from services.projects.participant_counts.queries import PARTICIPANT_COUNTS
from services.projects.participant_counts.tables import ParticipantCountRow

participant_counts = router("Participation")
INSPECT = requires("projects.participation:inspect")
WRITE = requires("projects.participation:write")


@participant_counts.get(
    "/participant-counts", response_model=Page[ParticipantCount], dependencies=[INSPECT]
)
async def list_participant_counts(
    session: Reading,
    paging: PageOf,
    monitoring: Annotated[Key | None, Query(description="Of this monitoring.")] = None,
    code: Annotated[EsfCode | None, Query(description="Of this common indicator.")] = None,
) -> Mapping[str, Any]:
    """List counts of participants as they were entered.

    For those who enter them, small ones too. What may leave the house is at
    `/monitorings/{key}/participation`.
    """
    return await queries.page(session, paging, monitoring, code)


@participant_counts.post(
    "/participant-counts", status_code=201, response_model=ParticipantCount, dependencies=[WRITE]
)
async def create_participant_count(
    session: Writing, new: NewParticipantCount
) -> ParticipantCountRow:
    """Enter how many took part.

    By gender, of a common indicator and a span of time. What is not known is null, never zero.
    Refused: a span that overlaps another of the same code; a code that does not count people; (409)
    a monitoring that keeps persons.
    """
    return await commands.enter(session, new)


@participant_counts.get(
    "/participant-counts/{key}", response_model=ParticipantCount, dependencies=[INSPECT]
)
async def read_participant_count(session: Reading, key: str) -> ParticipantCountRow:
    """Read a count as it was entered.

    By its key or its UUID.
    """
    return await PARTICIPANT_COUNTS.one(session, key)


@participant_counts.patch(
    "/participant-counts/{key}", response_model=ParticipantCount, dependencies=[WRITE]
)
async def change_participant_count(
    session: Writing, key: str, patch: Patch[NewParticipantCount], expected: Expected
) -> ParticipantCountRow:
    """Correct a count.

    Send only what changes, with the ETag that you have read as If-Match. Monitoring and code are
    for good.
    """
    return await commands.change(session, key, patch, expected)


@participant_counts.get(
    "/participant-counts/{key}/history", response_model=list[Revision], dependencies=[INSPECT]
)
async def read_participant_count_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a count.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PARTICIPANT_COUNTS.history(session, key)
