"""Amendments over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.amendments import commands, queries
from services.boards.amendments.queries import AMENDMENTS
from services.boards.amendments.tables import AmendmentRow
from services.boards.differences.answers import AS_PAGE, InForm, told
from services.contracts.boards.versions import (
    Amendment,
    AmendmentAdoption,
    AmendmentRefusal,
    AmendmentState,
    Difference,
    NewAmendment,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected, face
from services.kit.database import Reading, Writing
from services.kit.languages import InLanguage
from services.kit.paging import PageOf
from services.kit.patches import Patch

amendments = router("Papers")
READ, WRITE = requires("boards.papers:read"), requires("boards.papers:write")
HISTORY = requires("boards.papers:history")


@amendments.get("/amendments", response_model=Page[Amendment], dependencies=[READ])
async def list_amendments(
    session: Reading,
    paging: PageOf,
    paper: Annotated[Key | None, Query(description="To this paper only.")] = None,
    state: Annotated[AmendmentState | None, Query(description="In this state only.")] = None,
) -> Mapping[str, Any]:
    """List amendments.

    Other words proposed for papers (Änderungsanträge), in the order of their keys.
    """
    return await queries.page(session, paging, paper, state)


@amendments.post("/amendments", status_code=201, response_model=Amendment, dependencies=[WRITE])
async def create_amendment(session: Writing, new: NewAmendment) -> Amendment:
    """Propose an amendment.

    It changes the version of the paper that is in force now. The paper must be submitted (409).
    """
    return await _shown(session, await commands.propose(session, new))


@amendments.get("/amendments/{key}", response_model=Amendment, dependencies=[READ])
async def read_amendment(session: Reading, key: str) -> Amendment:
    """Read an amendment.

    By its key or its UUID.
    """
    return await _shown(session, await AMENDMENTS.one(session, key))


@amendments.patch("/amendments/{key}", response_model=Amendment, dependencies=[WRITE])
async def change_amendment(
    session: Writing, key: str, patch: Patch[NewAmendment], expected: Expected
) -> Amendment:
    """Change an amendment.

    Send only what changes, with the ETag that you have read as If-Match, until it is decided
    (409). It stays with its paper.
    """
    return await _shown(session, await commands.change(session, key, patch, expected))


@amendments.post("/amendments/{key}/adoption", response_model=Amendment, dependencies=[WRITE])
async def adopt_amendment(
    session: Writing, key: str, adoption: AmendmentAdoption, expected: Expected
) -> Amendment:
    """Adopt an amendment.

    By a vote on the paper, or because whom the paper comes from took it over. The paper then reads
    as it says, which is a new version of the paper. When the vote turns out void, so is the
    amendment: while nobody has decided on it, the paper reads as before, in another version, and
    the amendment can be adopted by a vote held again. With the ETag that you have read as If-Match.
    Refused (409): one that was decided, one that changes a version no longer in force, one to a
    paper that is not submitted, a vote that is not closed and adopted; (422) a vote on another
    paper.
    """
    return await _shown(session, await commands.adopt(session, key, adoption, expected))


@amendments.post("/amendments/{key}/rejection", response_model=Amendment, dependencies=[WRITE])
async def reject_amendment(
    session: Writing, key: str, refusal: AmendmentRefusal, expected: Expected
) -> Amendment:
    """Reject an amendment.

    With a reason, and the ETag that you have read as If-Match. Refused (409) once it was decided.
    """
    then = AmendmentState.rejected
    return await _shown(
        session, await commands.refuse(session, key, then, refusal.reason, expected)
    )


@amendments.post("/amendments/{key}/withdrawal", response_model=Amendment, dependencies=[WRITE])
async def withdraw_amendment(
    session: Writing, key: str, refusal: AmendmentRefusal, expected: Expected
) -> Amendment:
    """Withdraw an amendment.

    With a reason, and the ETag that you have read as If-Match. Refused (409) once it was decided.
    """
    then = AmendmentState.withdrawn
    return await _shown(
        session, await commands.refuse(session, key, then, refusal.reason, expected)
    )


@amendments.get(
    "/amendments/{key}/difference",
    response_model=Difference,
    responses=AS_PAGE,
    dependencies=[READ],
)
async def read_amendment_difference(
    session: Reading, key: str, form: InForm, lang: InLanguage
) -> Difference | Response:
    """Compare an amendment with the paper.

    Word by word (Textvergleich) with the version that it changes: as JSON in pieces that are the
    same, inserted or deleted, or as a page of HTML with `ins` and `del`.
    """
    return told(await queries.difference(session, key), form, lang)


@amendments.get("/amendments/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_amendment_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an amendment.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await AMENDMENTS.history(session, key)


async def _shown(session: AsyncSession, row: AmendmentRow) -> Amendment:
    (shown,) = await queries.shown(session, [row])
    session.info["variant"] = face(row, shown)
    return shown
