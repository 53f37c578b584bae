"""Files of figures over HTTP: received in parts, checked at once or watched while they are."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Header, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.contracts.indicators.deliveries import Delivery, DeliveryTexts, Unknown
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.jobs import DeliveryProgress
from services.contracts.shared.base import Key, Line, Prose
from services.indicators.deliveries import queries as deliveries
from services.indicators.deliveries.formats import FileRefused, Limits
from services.indicators.periods import PeriodRefused, parse_written
from services.indicators.receiving import commands, queries
from services.indicators.receiving.commands import Received
from services.indicators.receiving.rules import Wishes
from services.indicators.recognition.rules import Policy
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.bodies import as_bytes, as_text, taking
from services.kit.database import Reading, Writing
from services.kit.problems import Invalid, TooLarge, UnsupportedMedia
from services.kit.watching import watched

receiving = router("Deliveries")
INSPECT = requires("indicators.deliveries:inspect")
DELIVER = requires("indicators.deliveries:deliver")
MOST_BYTES = Limits().size
TAKEN = (
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "application/csv",
    "application/vnd.sdmx.data+csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
    "application/x-zip-compressed",
    "application/octet-stream",
    "application/vnd.ms-excel",
)
"""Content types; the last is what browsers say of a CSV file where Excel is installed."""
_EXAMPLE = "area;period;indicator;GES;value\n16053;2024-12-31;bevoelkerung;;111 191\n"
_EVENTS = (
    "event: progress\n"
    'data: {"delivery":"delivery-7","state":"received","phase":"reading","done":250000,'
    '"total":null}\n\n'
)
_ASYNC = "respond-async"
_one_at_a_time = asyncio.Semaphore(1)


async def _received(request: Request) -> AsyncIterator[Received]:
    """The file in the body, in a folder that nobody else can enter, until it is answered."""
    kind = request.headers.get("content-type", "application/octet-stream").partition(";")[0]
    if kind.strip().lower() not in TAKEN:
        raise UnsupportedMedia(f"Send the file itself as the body, as one of {', '.join(TAKEN)}.")
    digest, size = sha256(), 0
    with tempfile.TemporaryDirectory(prefix="planraum-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as content:
            async for part in request.stream():
                content.write(part)
                digest.update(part)
                size += len(part)
        request.state.digest = digest.digest()
        yield Received(digest.hexdigest(), size, path)


async def _texts(
    source: Annotated[Line, Query(description="Where the figures come from.")],
    note: Annotated[Prose | None, Query(description="For the person who approves.")] = None,
) -> DeliveryTexts:
    return DeliveryTexts(source=source, note=note)


async def _wishes(
    unknown_areas: Annotated[
        Unknown, Query(description="Refuse a file with unknown areas, or skip their rows.")
    ] = Unknown.refuse,
    unknown_measures: Annotated[
        Unknown, Query(description="Refuse a file with unknown measures, or skip their rows.")
    ] = Unknown.refuse,
    indicator: Annotated[Key | None, Query(description="Of a file that names none.")] = None,
    period: Annotated[
        str | None,
        Query(description="Of a file that names none, such as `2024` or `2024-12-31`."),
    ] = None,
    mapping: Annotated[
        Key | None,
        Query(description="Saved mapping to read it by; else the one that fits its columns."),
    ] = None,
) -> Wishes:
    return Wishes(Policy(unknown_areas, unknown_measures, indicator), _named(period), mapping)


def _named(period: str | None) -> str | None:
    """A period in its one written form: `31.12.2024` is `2024-12-31`."""
    try:
        return None if period is None else parse_written(period).text
    except PeriodRefused as refused:
        detail = str(refused)
        raise Invalid(detail, parameter="period", code="period_unreadable") from None


async def _in_background(
    request: Request,
    file: Annotated[Received, Depends(_received, scope="function")],
    prefer: Annotated[
        str | None,
        Header(description="`respond-async` to be answered before the check (RFC 7240)."),
    ] = None,
) -> AsyncIterator[bool]:
    """Is the check left to the background? Others are done one at a time, before a connection of
    the database is held."""
    asked = _ASYNC in (prefer or "").lower()
    large = file.size > request.app.state.settings.background_megabytes * 1024 * 1024
    if asked or large:
        yield True
        return
    async with _one_at_a_time:
        yield False


@receiving.post(
    "/deliveries",
    status_code=201,
    response_model=Delivery,
    max_body_size=MOST_BYTES,
    dependencies=[DELIVER],
    responses={
        200: {"model": Delivery, "description": "The same file was delivered before."},
        202: {
            "model": Delivery,
            "description": "The file was received and is checked in the background.",
        },
    },
    openapi_extra=taking(
        {
            "text/csv": as_text(_EXAMPLE),
            "application/zip": as_bytes(),
            "application/octet-stream": as_bytes(),
        }
    ),
)
async def create_delivery(
    response: Response,
    file: Annotated[Received, Depends(_received, scope="function")],
    in_background: Annotated[bool, Depends(_in_background, scope="function")],
    session: Writing,
    texts: Annotated[DeliveryTexts, Depends(_texts)],
    wishes: Annotated[Wishes, Depends(_wishes)],
) -> Delivery:
    """Deliver figures.

    The body is the file, as an office has it: a flat file of the statistics offices (ffcsv) or a
    cross table of theirs, a table with one column for each year or measure, a workbook, SDMX-CSV,
    or a tidy CSV with the columns `area`, `period`, `value` and, if you like, `indicator`, `status`
    and breakdowns; plain or zipped, 64 MB at most. It is recognised by its content. Areas are named
    by key or code, measures by the source codes of the catalogue, foreign columns by a saved
    mapping. Areas of a table that has no codes are known by their names; a name that two of them
    share is never guessed but refused (`area_ambiguous`) with those that may be meant. A supplier
    delivers for the areas and indicators that it sees, and for the indicators of its slots.

    The answer tells what the figures would change and what looks wrong. Nothing is visible yet: a
    second person approves, then they are released. A file with errors is `refused`, each named with
    line and column, and none of it is kept. What is no such file at all is refused with 422. The
    same file again is the same delivery (200), unless it was refused or rejected; with another
    `period`, `indicator` or `mapping`, or after its mapping was changed, it is another.

    A file of more than 4 MB (a setting), or with `Prefer: respond-async`, is checked in the
    background: 202, the delivery is `received`, and `/events` or `/progress` tell how far it is.
    """
    take = commands.accept if in_background else commands.deliver
    try:
        row, new = await take(session, file, wishes, texts)
    except FileRefused as refused:
        kind = TooLarge if refused.code == "too_large" else Invalid
        raise kind(refused.detail, pointer="", code=refused.code) from None
    waiting = row.state == DeliveryState.received
    response.status_code = 202 if waiting else 201 if new else 200
    if waiting and in_background:
        response.headers["Preference-Applied"] = _ASYNC
    return deliveries.shown(session, row)


async def _progress(session: Reading, key: str) -> DeliveryProgress:
    return await queries.progress(session, key)


Progress = Annotated[DeliveryProgress, Depends(_progress)]


@receiving.get(
    "/deliveries/{key}/progress", response_model=DeliveryProgress, dependencies=[INSPECT]
)
async def read_delivery_progress(progress: Progress) -> DeliveryProgress:
    """Read how far the check of a delivery is.

    Ask until `state` is no longer `received` (Fortschritt der Prüfung).
    """
    return progress


@receiving.get(
    "/deliveries/{key}/events",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {"example": _EVENTS}}}},
    dependencies=[INSPECT],
)
async def watch_delivery(
    request: Request, actor: Acting, key: str, progress: Progress
) -> AsyncIterator[ServerSentEvent]:
    """Watch the check of a delivery.

    Server-sent events: `progress` whenever it has come further, then `finished` as the last. A
    client that was cut off asks again and is told where it stands now.
    """
    now = partial(queries.progress, key=key)
    async for event in watched(
        request, actor, progress, now, lambda one: one.state is not DeliveryState.received
    ):
        yield event
