"""Commitments over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.commitments import Commitment, CommitmentState, NewCommitment
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.commitments import commands, queries
from services.projects.commitments.queries import COMMITMENTS
from services.projects.references.commands import Peers

commitments = router("Money")
READ, WRITE = requires("projects.money:inspect"), requires("projects.commitments:write")


@commitments.get("/commitments", response_model=Page[Commitment], dependencies=[READ])
async def list_commitments(
    session: Reading,
    paging: PageOf,
    state: Annotated[CommitmentState | None, Query(description="In this state.")] = None,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
    grant: Annotated[Key | None, Query(description="Put to this grant, in part at least.")] = None,
    due_until: Annotated[date | None, Query(description="Due on this day or before.")] = None,
) -> Mapping[str, Any]:
    """List commitments.

    Orders and contracts (Aufträge, Verträge), what of them is invoiced and what is still to come.
    For the administration alone.
    """
    return await queries.page(
        session, paging, state=state, project=project, grant=grant, due_until=due_until
    )


@commitments.post("/commitments", status_code=201, response_model=Commitment, dependencies=[WRITE])
async def create_commitment(session: Writing, peers: Peers, new: NewCommitment) -> Commitment:
    """Create a commitment.

    An order or a contract, by the grants that are to pay for it. An expenditure that names it makes
    its open amount smaller.
    """
    return await commands.enter(session, peers, new)


@commitments.get("/commitments/{key}", response_model=Commitment, dependencies=[READ])
async def read_commitment(session: Reading, key: str) -> Commitment:
    """Read a commitment.

    By its key or its UUID.
    """
    return await queries.one(session, key)


@commitments.patch("/commitments/{key}", response_model=Commitment, dependencies=[WRITE])
async def change_commitment(
    session: Writing, peers: Peers, key: str, patch: Patch[NewCommitment], expected: Expected
) -> Commitment:
    """Change a commitment.

    Send only what changes, with the ETag that you have read as If-Match. What is fulfilled or
    cancelled has nothing open; it can be opened again.
    """
    return await commands.change(session, peers, key, patch, expected)


@commitments.get("/commitments/{key}/history", response_model=list[Revision], dependencies=[READ])
async def read_commitment_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a commitment.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await COMMITMENTS.history(session, key)
