"""Expenditures over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.expenditures import (
    Expenditure,
    ExpenditureState,
    NewExpenditure,
)
from services.contracts.shared.base import Key, Line, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.expenditures import commands, queries
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.references.commands import Peers

expenditures = router("Money")
READ, WRITE = requires("projects.money:inspect"), requires("projects.expenditures:write")


@expenditures.get("/expenditures", response_model=Page[Expenditure], dependencies=[READ])
async def list_expenditures(
    session: Reading,
    paging: PageOf,
    state: Annotated[ExpenditureState | None, Query(description="In this state.")] = None,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
    grant: Annotated[Key | None, Query(description="Put to this grant, in part at least.")] = None,
    claim: Annotated[Key | None, Query(description="Submitted in this claim.")] = None,
    commitment: Annotated[Key | None, Query(description="Of this order or contract.")] = None,
    category: Annotated[CostCategory | None, Query(description="Of this category.")] = None,
    invoice_number: Annotated[Line | None, Query(description="With this number.")] = None,
    paid_from: Annotated[date | None, Query(description="Paid on this day or later.")] = None,
    paid_until: Annotated[date | None, Query(description="Paid on this day or before.")] = None,
) -> Mapping[str, Any]:
    """List expenditures.

    What was paid for, with invoice, receipt and the grants it is put to (Ausgaben, Belegliste), in
    the order of their keys. For the administration alone.
    """
    return await queries.page(
        session,
        paging,
        state=state,
        project=project,
        grant=grant,
        claim=claim,
        commitment=commitment,
        category=category,
        invoice_number=invoice_number,
        paid_from=paid_from,
        paid_until=paid_until,
    )


@expenditures.post(
    "/expenditures", status_code=201, response_model=Expenditure, dependencies=[WRITE]
)
async def create_expenditure(session: Writing, peers: Peers, new: NewExpenditure) -> ExpenditureRow:
    """Create an expenditure.

    What is eligible, gross without recoverable value added tax, is divided by the shares to the
    cent; parts and `own` always make the whole. The receipt is an evidence file
    that was uploaded before, named by its key, or stays where the municipality files it; its name
    and SHA-512 prove later that it is the same. Refused: a net amount above the gross, more
    recoverable tax than there is tax, a grant named twice, more than 100 per cent together, an
    evidence file that is not there.
    """
    return await commands.enter(session, peers, new)


@expenditures.get("/expenditures/{key}", response_model=Expenditure, dependencies=[READ])
async def read_expenditure(session: Reading, key: str) -> ExpenditureRow:
    """Read an expenditure.

    By its key or its UUID.
    """
    return await EXPENDITURES.one(session, key)


@expenditures.patch("/expenditures/{key}", response_model=Expenditure, dependencies=[WRITE])
async def change_expenditure(
    session: Writing, peers: Peers, key: str, patch: Patch[NewExpenditure], expected: Expected
) -> ExpenditureRow:
    """Change an expenditure.

    Send only what changes, with the ETag that you have read as If-Match. Once it was claimed or
    checked, only evidence, note and day of payment can be added (409 for everything else).
    """
    return await commands.change(session, peers, key, patch, expected)


@expenditures.get("/expenditures/{key}/history", response_model=list[Revision], dependencies=[READ])
async def read_expenditure_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an expenditure.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await EXPENDITURES.history(session, key)
