"""Incomes over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.incomes import Income, IncomeKind, NewIncome
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.incomes import commands, queries
from services.projects.incomes.queries import INCOMES
from services.projects.incomes.tables import IncomeRow

incomes = router("Money")
READ, WRITE = requires("projects.money:inspect"), requires("projects.incomes:write")


@incomes.get("/incomes", response_model=Page[Income], dependencies=[READ])
async def list_incomes(
    session: Reading,
    paging: PageOf,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
    kind: Annotated[IncomeKind | None, Query(description="Of this kind.")] = None,
) -> Mapping[str, Any]:
    """List incomes.

    Money beside a grant that came in: third-party money, revenue of the work, own money (Einnahmen,
    Drittmittel, Eigenmittel). For the administration alone.
    """
    return await queries.page(session, paging, grant=grant, kind=kind)


@incomes.post("/incomes", status_code=201, response_model=Income, dependencies=[WRITE])
async def create_income(session: Writing, new: NewIncome) -> IncomeRow:
    """Enter an income.

    Third-party money and revenue beyond the financing plan reduce what is payable of the grant
    (ANBest-P Nr. 2): in proportion where it pays a share, in full where it pays what is lacking or
    everything. Refused (422): a grant that is not there.
    """
    return await commands.enter(session, new)


@incomes.get("/incomes/{key}", response_model=Income, dependencies=[READ])
async def read_income(session: Reading, key: str) -> IncomeRow:
    """Read an income.

    By its key or its UUID.
    """
    return await INCOMES.one(session, key)


@incomes.patch("/incomes/{key}", response_model=Income, dependencies=[WRITE])
async def change_income(
    session: Writing, key: str, patch: Patch[NewIncome], expected: Expected
) -> IncomeRow:
    """Correct an income.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@incomes.get("/incomes/{key}/history", response_model=list[Revision], dependencies=[READ])
async def read_income_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an income.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await INCOMES.history(session, key)
