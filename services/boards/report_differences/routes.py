"""The difference between two editions of a report over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Response

from services.boards.differences.answers import AS_PAGE, InForm, alone
from services.boards.report_differences import pages, rules
from services.boards.report_editions import queries
from services.contracts.boards.report_differences import ReportDifference
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.languages import InGermanOrEnglish
from services.kit.problems import Gone, refusals

report_differences = router(
    "Coordinated reports", path="/v1/{municipality}/coordinated-reports/{key}"
)
READ = requires("boards.coordinated_reports:read")


@report_differences.get(
    "/editions/{number}/difference",
    response_model=ReportDifference,
    responses={**AS_PAGE, **refusals(Gone)},
    dependencies=[READ],
)
async def read_report_difference(
    session: Reading,
    report: Annotated[str, Path(alias="key", description="Key or UUID of the report.")],
    number: Annotated[int, Path(ge=1, le=10**6, description="Number of the edition.")],
    form: InForm,
    lang: InGermanOrEnglish,
    than: Annotated[
        int | None,
        Query(alias="from", ge=1, le=10**6, description="Number of the other; the one before."),
    ] = None,
) -> ReportDifference | Response:
    """Compare an edition with another.

    What changed from one to the other: chapters word by word with their bindings, figures, entries
    of lists, drawings; as JSON or as a page. Without `from` it is compared with the newest before
    it that you may see: 404 where there is none.
    """
    after = await queries.one(session, report, number)
    before = await (
        queries.one(session, report, than) if than is not None else queries.before(session, after)
    )
    session.info.pop("revision")  # it is of one edition, the difference of two
    told = rules.difference(
        await queries.whole(session, before), await queries.whole(session, after)
    )
    return told if form == "json" else alone(pages.page(told, lang), lang)
