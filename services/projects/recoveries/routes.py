"""Recoveries over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.recoveries import (
    NewRecovery,
    NewRepayment,
    Recovery,
    RecoveryState,
    RecoveryWaiver,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.recoveries import commands, queries
from services.projects.recoveries.queries import RECOVERIES
from services.projects.recoveries.tables import RecoveryRow

recoveries = router("Money")
READ, WRITE = requires("projects.money:inspect"), requires("projects.recoveries:write")


@recoveries.get("/recoveries", response_model=Page[Recovery], dependencies=[READ])
async def list_recoveries(
    session: Reading,
    paging: PageOf,
    state: Annotated[RecoveryState | None, Query(description="In this state.")] = None,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
) -> Mapping[str, Any]:
    """List recoveries.

    What funders want back and what of it went back (Rückforderungen), in the order of their keys.
    For the administration alone.
    """
    return await queries.page(session, paging, state=state, grant=grant)


@recoveries.post("/recoveries", status_code=201, response_model=Recovery, dependencies=[WRITE])
async def create_recovery(session: Writing, new: NewRecovery) -> RecoveryRow:
    """Enter a recovery.

    What the funder wants back of a grant (Rückforderung). Refused (409): more, together with other
    recoveries, than was paid out.
    """
    return await commands.demand(session, new)


@recoveries.get("/recoveries/{key}", response_model=Recovery, dependencies=[READ])
async def read_recovery(session: Reading, key: str) -> RecoveryRow:
    """Read a recovery.

    By its key or its UUID.
    """
    return await RECOVERIES.one(session, key)


@recoveries.patch("/recoveries/{key}", response_model=Recovery, dependencies=[WRITE])
async def change_recovery(
    session: Writing, key: str, patch: Patch[NewRecovery], expected: Expected
) -> RecoveryRow:
    """Change a recovery.

    Send only what changes, with the ETag that you have read as If-Match. Refused (409): less than
    went back already, and what was waived.
    """
    return await commands.change(session, key, patch, expected)


@recoveries.post("/recoveries/{key}/repayments", response_model=Recovery, dependencies=[WRITE])
async def enter_repayment(session: Writing, key: str, new: NewRepayment) -> RecoveryRow:
    """Enter a repayment.

    Money that went back, in whole or in part (Rückzahlung). Refused (409): more than is demanded.
    """
    return await commands.repay(session, key, new)


@recoveries.post("/recoveries/{key}/waiver", response_model=Recovery, dependencies=[WRITE])
async def waive_recovery(session: Writing, key: str, new: RecoveryWaiver) -> RecoveryRow:
    """Waive a recovery.

    The funder does without what is still open (Erlass, Aufhebung).
    """
    return await commands.waive(session, key, new)


@recoveries.get("/recoveries/{key}/history", response_model=list[Revision], dependencies=[READ])
async def read_recovery_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a recovery.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await RECOVERIES.history(session, key)
