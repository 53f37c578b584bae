"""Progress over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.contracts.projects.progress import IndicatorProgress, ResultProgress
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today
from services.projects.attainments import queries

attainments = router("Targets")
READ = requires("projects.targets:read")
On = Annotated[
    date | None, Query(description="At the end of this day, as approved by now; null is today.")
]


@attainments.get("/results/{key}/progress", response_model=ResultProgress, dependencies=[READ])
async def read_result_progress(session: Reading, key: str, on: On = None) -> ResultProgress:
    """Read the progress of a result.

    Of each target indicator: baseline, target, actual value of approved updates, achievement
    (Zielerreichung) against the baseline and with the direction, pace, milestones, and the parts
    against the whole. What cannot be said is null with a reason, never zero. Of a target that
    counts people others than the administration read what was published (`participation`), or why
    it is hidden.
    """
    return await queries.of_the_result(session, key, on or today())


@attainments.get(
    "/target-indicators/{key}/progress", response_model=IndicatorProgress, dependencies=[READ]
)
async def read_target_indicator_progress(
    session: Reading, key: str, on: On = None
) -> IndicatorProgress:
    """Read the progress of a target indicator.

    Of cumulative figures and shares the latest counts against the last target. Numbers per period
    add up, over all periods when they grow from zero, else over those that have ended.
    """
    return await queries.of_one(session, key, on or today())
