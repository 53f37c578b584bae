"""Obligations over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.obligations import (
    Account,
    Assignment,
    NewAssignment,
    NewObligation,
    Obligation,
    ObligationDone,
    ObligationKind,
    ObligationState,
    ObligationWaiver,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.obligations import commands, queries
from services.projects.obligations.queries import OBLIGATIONS
from services.projects.obligations.tables import ObligationRow

obligations = router("Obligations")
READ, WRITE = requires("projects.money:inspect"), requires("projects.obligations:write")


@obligations.get("/obligations", response_model=Page[Obligation], dependencies=[READ])
async def list_obligations(
    session: Reading,
    paging: PageOf,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
    kind: Annotated[ObligationKind | None, Query(description="Of this kind.")] = None,
    state: Annotated[ObligationState | None, Query(description="In this state.")] = None,
    account: Annotated[
        Account | None, Query(description="That this account sees to or stands in for.")
    ] = None,
    due_by: Annotated[date | None, Query(description="Due on this day or before.")] = None,
    overdue: Annotated[bool | None, Query(description="Open though its day is past.")] = None,
) -> Mapping[str, Any]:
    """List obligations.

    What follows from notices and rules: proofs of use, interim proofs, money to be used in time,
    conditions, reports, applications (Pflichten, Fristen), in the order of their keys. They are
    brought up to date with every change of a notice, a rule, a payout or a payment. Each tells by
    which clause, the day by the rule and the day that counts, moved to a working day in the Land.
    """
    return await queries.page(
        session,
        paging,
        grant=grant,
        kind=kind,
        state=state,
        account=account,
        due_by=due_by,
        overdue=overdue,
    )


@obligations.get("/inbox", response_model=Page[Obligation], dependencies=[READ])
async def read_inbox(
    session: Reading,
    paging: PageOf,
    unassigned: Annotated[
        bool, Query(description="What nobody sees to, instead of what is yours.")
    ] = False,
) -> Mapping[str, Any]:
    """Read your inbox.

    What is open and yours to see to, or to stand in for, soonest first (Wiedervorlage); what has no
    known day comes last. Each tells of what you were reminded.
    """
    return await queries.inbox(session, paging, unassigned=unassigned)


@obligations.post("/obligations", status_code=201, response_model=Obligation, dependencies=[WRITE])
async def create_obligation(session: Writing, new: NewObligation) -> ObligationRow:
    """Enter an obligation.

    Something that is due besides what follows from notices and rules by itself.
    """
    return await commands.enter(session, new)


@obligations.get("/obligations/{key}", response_model=Obligation, dependencies=[READ])
async def read_obligation(session: Reading, key: str) -> ObligationRow:
    """Read an obligation.

    By its key or its UUID.
    """
    return await OBLIGATIONS.one(session, key)


@obligations.patch("/obligations/{key}", response_model=Obligation, dependencies=[WRITE])
async def change_obligation(
    session: Writing, key: str, patch: Patch[NewObligation], expected: Expected
) -> ObligationRow:
    """Change an obligation.

    Who sees to it, and the note, with the ETag that you have read as If-Match. Title and day only
    of one that was entered by hand: the others follow from a notice or a rule (409).
    """
    return await commands.change(session, key, patch, expected)


@obligations.post("/obligations/{key}/completion", response_model=Obligation, dependencies=[WRITE])
async def complete_obligation(session: Writing, key: str, new: ObligationDone) -> ObligationRow:
    """Say that an obligation is done.

    The proof was handed in, the condition met. That money was used and that a recipient has proven
    is seen from payments and proofs; it cannot be said here (409).
    """
    return await commands.finish(session, key, new)


@obligations.post("/obligations/{key}/waiver", response_model=Obligation, dependencies=[WRITE])
async def waive_obligation(session: Writing, key: str, new: ObligationWaiver) -> ObligationRow:
    """Say that an obligation need not be met.

    With the reason, such as a letter of the funder.
    """
    return await commands.waive(session, key, new)


@obligations.post("/obligations/{key}/reopening", response_model=Obligation, dependencies=[WRITE])
async def reopen_obligation(session: Writing, key: str, new: ObligationWaiver) -> ObligationRow:
    """Open an obligation again.

    What was done or waived by mistake; with the reason. What is open stays as it is.
    """
    return await commands.reopen(session, key, new)


@obligations.get(
    "/obligations/{key}/history",
    response_model=list[Revision],
    dependencies=[requires("projects.obligations:history")],
)
async def read_obligation_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an obligation.

    Every state it had, newest first: which day it had before a notice moved it.
    """
    return await OBLIGATIONS.history(session, key)


@obligations.post(
    "/grants/{key}/obligation-assignment", response_model=Assignment, dependencies=[WRITE]
)
async def assign_obligations(session: Writing, key: str, new: NewAssignment) -> Assignment:
    """Give the obligations of a grant to somebody.

    Everything open, and whatever follows from the grant later. Null gives them to nobody.
    """
    return await commands.assign(session, key, new)
