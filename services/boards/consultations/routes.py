"""Consultations over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.consultations import commands, queries
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.consultations.tables import ConsultationRow
from services.contracts.boards.consultations import (
    Consultation,
    ConsultationRole,
    ConsultationState,
    NewConsultation,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

consultations = router("Papers")
READ, WRITE = requires("boards.papers:read"), requires("boards.papers:write")
HISTORY = requires("boards.papers:history")


@consultations.get("/consultations", response_model=Page[Consultation], dependencies=[READ])
async def list_consultations(
    session: Reading,
    paging: PageOf,
    paper: Annotated[Key | None, Query(description="Of this paper, in their order.")] = None,
    body: Annotated[Key | None, Query(description="In this body only.")] = None,
    meeting: Annotated[Key | None, Query(description="In this meeting only.")] = None,
    role: Annotated[ConsultationRole | None, Query(description="With this role only.")] = None,
    state: Annotated[ConsultationState | None, Query(description="In this state only.")] = None,
) -> Mapping[str, Any]:
    """List consultations.

    Which bodies deal with which papers (Beratungsfolgen); those on the closed part of an agenda
    are there for the administration alone.
    """
    return await queries.page(session, paging, paper, body, meeting, role, state)


@consultations.post(
    "/consultations", status_code=201, response_model=Consultation, dependencies=[WRITE]
)
async def create_consultation(session: Writing, new: NewConsultation) -> ConsultationRow:
    """Put a body on the way of a paper.

    Without a `position` at the end of the way. Refused: the role `decides` for a body without that
    mandate, an advisory board (Beirat) above all; a meeting of another body; a paper that was
    decided, closed or withdrawn (409); a position or an agenda item that is taken (409).
    """
    return await commands.plan(session, new)


@consultations.get("/consultations/{key}", response_model=Consultation, dependencies=[READ])
async def read_consultation(session: Reading, key: str) -> ConsultationRow:
    """Read a consultation.

    By its key or its UUID.
    """
    return await CONSULTATIONS.one(session, key)


@consultations.patch("/consultations/{key}", response_model=Consultation, dependencies=[WRITE])
async def change_consultation(
    session: Writing, key: str, patch: Patch[NewConsultation], expected: Expected
) -> ConsultationRow:
    """Change a consultation.

    Send only what changes, with the ETag that you have read as If-Match. It is put on an agenda by
    `meeting` and `agenda_item`; the item then names paper and consultation. It is held once its
    meeting runs or was held (409 before). Paper and body are for good; while a recommendation or
    resolution holds that was voted on here, so is all but `role_label` and `external_id` (409).
    """
    return await commands.change(session, key, patch, expected)


@consultations.get(
    "/consultations/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_consultation_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a consultation.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await CONSULTATIONS.history(session, key)
