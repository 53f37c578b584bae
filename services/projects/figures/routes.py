"""The figures of a grant over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query

from services.contracts.projects.explanations import Explanation, GrantFigures
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.figures import queries

figures = router("Figures of grants")
INSPECT = requires("projects.figures:inspect")
On = Annotated[
    date | None,
    Query(
        ge=date(1950, 1, 1), le=date(2100, 12, 31), description="On this day; today when missing."
    ),
]


@figures.get("/grants/{key}/figures", response_model=GrantFigures, dependencies=[INSPECT])
async def read_grant_figures(session: Reading, key: str, on: On = None) -> GrantFigures:
    """Read all figures of a grant on a day.

    Shares, what is payable, the deviation of each line, positions and grades, cash, interest, the
    next claim, deadlines, progress, forecast and what lapses (Kennzahlen): computed from the notice
    that holds, the financing plan, positions, expenditures, orders and payouts by the rules of the
    programme and what the notice says otherwise. What is not known is null and says why. Forecasts
    are in money of the grant.
    """
    return await queries.of_grant(session, key, on or today())


@figures.get(
    "/grants/{key}/figures/{figure}/explain", response_model=Explanation, dependencies=[INSPECT]
)
async def explain_grant_figure(
    session: Reading,
    key: str,
    figure: Annotated[str, Path(max_length=80, description="Key of the figure.")],
    on: On = None,
    scope: Annotated[
        str | None, Query(max_length=120, description="Only of this source, year or position.")
    ] = None,
) -> Explanation:
    """Explain a figure of a grant.

    What it means in German and English, its formula, its inputs, and the clause of every rule that
    took part with whether somebody has checked it (Erläuterung). 404 names the figures there are.
    """
    return await queries.explained(session, key, figure, on or today(), scope)
