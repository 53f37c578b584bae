"""The portfolio over HTTP."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Response

from services.contracts.projects.portfolio import Portfolio, PortfolioAxis
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, municipality_of
from services.kit.days import today
from services.kit.downloads import disposition
from services.kit.languages import VARIES, InLanguage
from services.kit.spreadsheets import XLSX, as_xlsx
from services.projects.portfolio import queries
from services.projects.portfolio_table import rules as table

portfolio = router("Controlling")
INSPECT = requires("projects.money:inspect")
On = Annotated[date | None, Query(description="On this day; today when missing.")]


By = Annotated[PortfolioAxis, Query(description="By what the projects are grouped.")]
_TABLE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@portfolio.get("/portfolio", response_model=Portfolio, dependencies=[INSPECT])
async def read_portfolio(
    session: Reading,
    on: On = None,
    by: By = PortfolioAxis.programme,
) -> Portfolio:
    """Read everything that is funded on a day.

    All grants that are granted or closed on the day (Förderportfolio), in groups and together: what
    was granted, spent, ordered, claimed, paid out, is left, will be spent and lapses, and plan,
    actual and forecast of each year. Receipts and bookings count each euro once. A project that
    belongs to several fields, areas, target groups or departments by its measures and sites counts
    in each of them and once in the total; `several` says how many grants do. What is not known is
    in no sum: it is counted beside it, and where nothing is known the sum is null.
    """
    return await queries.portfolio(session, on or today(), by)


@portfolio.get("/portfolio.xlsx", dependencies=[INSPECT], response_class=Response, responses=_TABLE)
async def download_portfolio(
    session: Reading,
    lang: InLanguage,
    on: On = None,
    by: By = PortfolioAxis.programme,
) -> Response:
    """Download the portfolio as a workbook.

    What `/portfolio` tells with the same parameters (XLSX): a row for each group, then one for each
    of its years, at last the total. No text in it is run as a formula. What is not known is an
    empty cell, never zero, and beside each sum stands of how many grants it is not known.
    """
    day = on or today()
    found = await queries.portfolio(session, day, by)
    name = f"{table.TITLE[lang]} {municipality_of(session).key} {day}.xlsx"
    headers = {"Content-Disposition": disposition("attachment", name), "Vary": VARIES}
    body = as_xlsx(table.TITLE[lang], table.rows(found, lang))
    return Response(body, media_type=XLSX, headers=headers)
