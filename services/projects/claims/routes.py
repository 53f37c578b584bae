"""Claims over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.claims import (
    Claim,
    ClaimClosing,
    ClaimState,
    ClaimSubmission,
    NewClaim,
    NewPayout,
    PayoutCorrection,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.claims import commands, queries
from services.projects.claims.queries import CLAIMS
from services.projects.claims.tables import ClaimRow

claims = router("Money")
READ, WRITE = requires("projects.money:inspect"), requires("projects.claims:write")


@claims.get("/claims", response_model=Page[Claim], dependencies=[READ])
async def list_claims(
    session: Reading,
    paging: PageOf,
    state: Annotated[ClaimState | None, Query(description="In this state.")] = None,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
) -> Mapping[str, Any]:
    """List claims.

    What was asked of the funders and what of it came (Mittelabrufe, Auszahlungen), in the order of
    their keys. For the administration alone.
    """
    return await queries.page(session, paging, state=state, grant=grant)


@claims.post("/claims", status_code=201, response_model=Claim, dependencies=[WRITE])
async def create_claim(session: Writing, new: NewClaim) -> ClaimRow:
    """Prepare a claim.

    For expenditures that were paid, and for what will have to be paid soon; flat amounts by the
    notice are added. Refused: cost that a flat rate covers, more than the cost supports (the
    grant's share of it, where it pays a share), an expenditure of which nothing is put to the grant
    or that stands in another claim.
    """
    return await commands.draft(session, new)


@claims.get("/claims/{key}", response_model=Claim, dependencies=[READ])
async def read_claim(session: Reading, key: str) -> ClaimRow:
    """Read a claim.

    By its key or its UUID.
    """
    return await CLAIMS.one(session, key)


@claims.patch("/claims/{key}", response_model=Claim, dependencies=[WRITE])
async def change_claim(
    session: Writing, key: str, patch: Patch[NewClaim], expected: Expected
) -> ClaimRow:
    """Change a claim.

    While it is a draft (409 afterwards). Send only what changes, with the ETag that you have read
    as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@claims.post("/claims/{key}/submission", response_model=Claim, dependencies=[WRITE])
async def submit_claim(session: Writing, key: str, new: ClaimSubmission) -> ClaimRow:
    """Submit a claim.

    Its expenditures are claimed from now on (Einreichung). Refused (409): more than is left of the
    grant after everything that was paid or asked for, an expenditure that stands in another claim
    by now.
    """
    return await commands.submit(session, key, new)


@claims.post("/claims/{key}/payouts", response_model=Claim, dependencies=[WRITE])
async def enter_payout(session: Writing, key: str, new: NewPayout) -> ClaimRow:
    """Enter a payout.

    Money that came, in whole or in part (Auszahlung). Refused (409): more than was requested, more
    than the grant.
    """
    return await commands.pay_out(session, key, new)


@claims.post("/claims/{key}/corrections", response_model=Claim, dependencies=[WRITE])
async def correct_payout(session: Writing, key: str, new: PayoutCorrection) -> ClaimRow:
    """Correct a payout.

    Day and amount as they really were; zero where it never came. The history keeps what was
    entered before. Refused (409): less than the funder has demanded back.
    """
    return await commands.correct(session, key, new)


@claims.post("/claims/{key}/closing", response_model=Claim, dependencies=[WRITE])
async def close_claim(session: Writing, key: str, new: ClaimClosing) -> ClaimRow:
    """Close a claim.

    Nothing more will come of it: it was withdrawn, refused, or settled with what came. What it
    brought nothing for can be claimed again.
    """
    return await commands.close(session, key, new)


@claims.get("/claims/{key}/history", response_model=list[Revision], dependencies=[READ])
async def read_claim_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a claim.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await CLAIMS.history(session, key)
