"""What will change in the composition of a body, over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.boards.forecasts import queries
from services.contracts.boards.forecasts import Forecast
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today

forecasts = router("Bodies")


@forecasts.get(
    "/bodies/{key}/composition/forecast",
    response_model=Forecast,
    dependencies=[requires("boards.bodies:read")],
)
async def read_body_forecast(
    session: Reading,
    key: str,
    on: Annotated[
        date | None, Query(description="Look ahead from this day; from today if not said.")
    ] = None,
    months: Annotated[int, Query(ge=1, le=60, description="How far to look ahead.")] = 12,
) -> Forecast:
    """Read the forecast of a body's composition.

    The days on which something changes (Vorausschau): terms end, members leave or are carried
    over, council groups begin or end, seats and rules come and go. For each day what is wrong from
    then on, and what is not any more, if nobody acts. Numbers count everybody; names are shown as
    you may see them.
    """
    return await queries.forecast(session, key, on or today(), months)
