"""Participants over HTTP: for case workers alone."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.participants import (
    NewParticipant,
    Participant,
    ParticipantFacts,
    ParticipantIdentity,
)
from services.contracts.shared.base import Key, Page
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.participants import commands, queries

participants = router("Participants")
READ, WRITE = requires("projects.participants:read"), requires("projects.participants:write")
IDENTIFY = requires("projects.participants:identify")


@participants.get("/participants", response_model=Page[Participant], dependencies=[READ])
async def list_participants(
    session: Reading,
    paging: PageOf,
    monitoring: Annotated[Key | None, Query(description="Of this monitoring.")] = None,
) -> Mapping[str, Any]:
    """List participants.

    By their pseudonyms (Teilnehmende), for case workers alone: no other role, not even the
    administration, sees them. What leaves the house are protected counts.
    """
    return await queries.page(session, paging, monitoring)


@participants.post(
    "/participants", status_code=201, response_model=Participant, dependencies=[WRITE]
)
async def create_participant(session: Writing, new: NewParticipant) -> Participant:
    """Enter a participant.

    Under a new pseudonym; who it is and special categories are kept apart. Data may be lacking at
    first, but then nobody is counted (`missing`). Refused (409): a project that keeps counts only;
    somebody who is in the project already and comes back: enter the return.
    """
    return await commands.enter(session, new)


@participants.get("/participants/{key}", response_model=Participant, dependencies=[READ])
async def read_participant(session: Reading, key: str) -> Participant:
    """Read a participant.

    By the pseudonym, without a name.
    """
    return queries.told(await queries.one(session, key))


@participants.patch("/participants/{key}", response_model=Participant, dependencies=[WRITE])
async def change_participant(
    session: Writing, key: str, patch: Patch[ParticipantFacts], expected: Expected
) -> Participant:
    """Complete or correct a participant.

    Send only what changes, with the ETag that you have read as If-Match. What cannot be known gets
    a reason in `no_answer`. No past is kept; the journal says which fields changed.
    """
    return await commands.change(session, key, patch, expected)


@participants.get(
    "/participants/{key}/identity", response_model=ParticipantIdentity, dependencies=[IDENTIFY]
)
async def read_participant_identity(session: Reading, key: str) -> ParticipantIdentity:
    """Read who a participant is.

    Name, birth date and contact (Schlüsseldaten), to ask again or to answer the person.
    """
    whole = await queries.one(session, key)
    row = await queries.identity(session, whole)
    return ParticipantIdentity.model_validate(row, from_attributes=True)


@participants.patch(
    "/participants/{key}/identity", response_model=ParticipantIdentity, dependencies=[IDENTIFY]
)
async def change_participant_identity(
    session: Writing, key: str, patch: Patch[ParticipantIdentity], expected: Expected
) -> ParticipantIdentity:
    """Correct who a participant is.

    With the ETag of the participant as If-Match. Refused (409): somebody else of this project.
    """
    return await commands.identify(session, key, patch, expected)
