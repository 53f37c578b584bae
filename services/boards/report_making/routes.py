"""Making editions of reports over HTTP: at once, or watched while they are made."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Path, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.boards.neighbours import Beside
from services.boards.report_editions.tables import ReportEditionRow
from services.boards.report_making import commands, queries
from services.boards.report_making.rules import is_over
from services.contracts.boards.report_editions import NewEdition, ReportEdition
from services.contracts.boards.report_making import ReportMaking
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.watching import watched

report_making = router("Coordinated reports", path="/v1/{municipality}/coordinated-reports/{key}")
INSPECT = requires("boards.coordinated_reports:inspect")
WRITE = requires("boards.coordinated_reports:write")
_ASYNC = "respond-async"
_EVENTS = (
    "event: progress\n"
    'data: {"report":"armutsbericht-2026","state":"looking_up","done":31,"total":48,'
    '"edition":null,"faults":[]}\n\n'
)
Report = Annotated[str, Path(alias="key", description="Key or UUID of the report.")]


@report_making.post(
    "/editions",
    status_code=201,
    response_model=ReportEdition,
    responses={
        202: {"model": ReportMaking, "description": "The edition is made in the background."}
    },
    dependencies=[WRITE],
)
async def create_report_edition(
    session: Writing,
    beside: Beside,
    report: Report,
    new: NewEdition,
    prefer: Annotated[
        str | None,
        Header(description="`respond-async` to be answered before it is made (RFC 7240)."),
    ] = None,
) -> ReportEditionRow | Response:
    """Hand in an edition for review.

    Everything that is bound into the report is looked up as its readers may see it and kept with
    its SHA-256, hidden figures with the reason: the edition says the same for good. Refused (422, a
    pointer to the chapter, line and column in it) while a binding stands for nothing, and a later
    edition that does not say what changed; refused (409) while another is being made, in review or
    approved, and for a day that has not come.

    A report of more than four drawings or forty bindings, or with `Prefer: respond-async`, is made
    in the background: 202, the report is in the stage `making`, and `/making` or `/making/events`
    tell how far it is and, in the end, the number of the edition or why there is none.
    """
    later = _ASYNC in (prefer or "").lower()
    made = await commands.hand_in(session, beside, report, new, later=later)
    if isinstance(made, ReportEditionRow):
        return made
    applied = {"Preference-Applied": _ASYNC} if later else {}
    return JSONResponse(made.model_dump(mode="json"), 202, applied)


async def _making(session: Reading, report: Report) -> ReportMaking:
    return await queries.making(session, report)


Making = Annotated[ReportMaking, Depends(_making)]


@report_making.get("/making", response_model=ReportMaking, dependencies=[INSPECT])
async def read_report_making(making: Making) -> ReportMaking:
    """Read how far the making of an edition is.

    Of the last that was handed in to be made in the background (Fortschritt der Ausfertigung). Ask
    until `state` is `made` or `refused`. What fails on our side or is cut off is done again.
    """
    return making


@report_making.get(
    "/making/events",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {"example": _EVENTS}}}},
    dependencies=[INSPECT],
)
async def watch_report_making(
    request: Request, actor: Acting, report: Report, making: Making
) -> AsyncIterator[ServerSentEvent]:
    """Watch the making of an edition.

    Server-sent events: `progress` whenever it has come further, then `finished` as the last. A
    client that was cut off asks again and is told where it stands now.
    """
    now = partial(queries.making, key=report)
    async for event in watched(request, actor, making, now, lambda one: is_over(one.state)):
        yield event
