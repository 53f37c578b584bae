"""Deliveries over HTTP."""

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from services.contracts.indicators.deliveries import Delivery, DeliveryTexts, Rejection, Unknown
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.shared.base import Key, Line, Page, Prose, Revision
from services.indicators.deliveries import commands, queries
from services.indicators.deliveries.commands import File
from services.indicators.deliveries.formats import FileRefused, Limits
from services.indicators.deliveries.formats.legacy import read
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.rules import SecondPersonNeeded
from services.indicators.recognition.rules import Policy
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.problems import Invalid, TooLarge, UnsupportedMedia, refusals

deliveries = router("Deliveries")
INSPECT = Allowed("indicators.deliveries:inspect")
DELIVER = Allowed("indicators.deliveries:deliver")
APPROVE = Allowed("indicators.deliveries:approve")
HISTORY = Allowed("indicators.deliveries:history")
MOST_BYTES = Limits().size
TAKEN = (
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "application/csv",
    "application/zip",
    "application/x-zip-compressed",
    "application/octet-stream",
    "application/vnd.ms-excel",
)
"""Content types; the last is what browsers say of a CSV file where Excel is installed."""
_EXAMPLE = "area;period;indicator;GES;value\n16053;2024-12-31;bevoelkerung;;111 191\n"
_one_at_a_time = asyncio.Semaphore(1)


async def _received(request: Request) -> File:
    """The file in the body, read before a connection of the database is held."""
    kind = request.headers.get("content-type", "application/octet-stream").partition(";")[0]
    if kind.strip().lower() not in TAKEN:
        raise UnsupportedMedia(f"Send the file itself as the body, as one of {', '.join(TAKEN)}.")
    data = await request.body()
    async with _one_at_a_time:
        return await asyncio.to_thread(_read, data)


def _read(data: bytes) -> File:
    try:
        return File(sha256(data).hexdigest(), len(data), read(data))
    except FileRefused as refused:
        kind = TooLarge if refused.code == "too_large" else Invalid
        raise kind(refused.detail, pointer="", code=refused.code) from None


async def _texts(
    source: Annotated[Line, Query(description="Where the figures come from.")],
    note: Annotated[Prose | None, Query(description="For the person who approves.")] = None,
) -> DeliveryTexts:
    return DeliveryTexts(source=source, note=note)


async def _policy(
    unknown_areas: Annotated[
        Unknown, Query(description="Refuse a file with unknown areas, or skip their rows.")
    ] = Unknown.refuse,
    unknown_measures: Annotated[
        Unknown, Query(description="Refuse a file with unknown measures, or skip their rows.")
    ] = Unknown.refuse,
    indicator: Annotated[
        Key | None, Query(description="Of a tidy CSV without a column `indicator`.")
    ] = None,
) -> Policy:
    return Policy(unknown_areas, unknown_measures, indicator)


@deliveries.get("/deliveries", response_model=Page[Delivery], dependencies=[INSPECT])
async def list_deliveries(
    session: Reading,
    paging: PageOf,
    state: Annotated[DeliveryState | None, Query(description="In one state only.")] = None,
    supplier: Annotated[Key | None, Query(description="Of one organisation only.")] = None,
) -> Mapping[str, Any]:
    """List deliveries.

    The newest first. Suppliers see their own (Datenlieferungen).
    """
    return await queries.page(session, paging, state, supplier)


@deliveries.post(
    "/deliveries",
    status_code=201,
    response_model=Delivery,
    max_body_size=MOST_BYTES,
    dependencies=[DELIVER],
    responses={200: {"model": Delivery, "description": "The same file was delivered before."}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "text/csv": {"schema": {"type": "string"}, "example": _EXAMPLE},
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
async def create_delivery(
    response: Response,
    file: Annotated[File, Depends(_received)],
    session: Writing,
    texts: Annotated[DeliveryTexts, Depends(_texts)],
    policy: Annotated[Policy, Depends(_policy)],
) -> Delivery:
    """Deliver figures.

    The body is the file: a flat file of the statistics offices (ffcsv, German or English), or a
    tidy CSV with the columns `area`, `period`, `value` and, if you like, `indicator`, `status` and
    breakdowns; plain or zipped, 64 MB at most. It is recognised by its content. Areas are named by
    key or code, measures by the source codes of the catalogue.

    The answer tells what the figures would change. Nothing is visible yet: a second person
    approves, then they are released. A file with errors is `refused`, each named with line and
    column, and none of it is kept. What is no such file at all is refused with 422. The same file
    again is the same delivery (200), unless it was refused or rejected.
    """
    row, new = await commands.deliver(session, file, policy, texts)
    response.status_code = 201 if new else 200
    return queries.shown(session, row)


@deliveries.get("/deliveries/{key}", response_model=Delivery, dependencies=[INSPECT])
async def read_delivery(session: Reading, key: str) -> Delivery:
    """Read a delivery.

    With what the check found. Suppliers see their own.
    """
    return queries.shown(session, await DELIVERIES.one(session, key))


@deliveries.post(
    "/deliveries/{key}/approval",
    response_model=Delivery,
    dependencies=[APPROVE],
    responses=refusals(SecondPersonNeeded),
)
async def approve_delivery(session: Writing, key: str) -> Delivery:
    """Approve a delivery.

    By a second person (Freigabe, Vier-Augen-Prinzip): who delivered it is refused (409). Nothing
    becomes visible before a release.
    """
    return queries.shown(session, await commands.approve(session, key))


@deliveries.post("/deliveries/{key}/rejection", response_model=Delivery, dependencies=[APPROVE])
async def reject_delivery(session: Writing, key: str, rejection: Rejection) -> Delivery:
    """Reject a delivery.

    With a reason that the supplier reads (Zurückweisung). Its figures are let go; the file may be
    delivered again.
    """
    return queries.shown(session, await commands.reject(session, key, rejection))


@deliveries.get("/deliveries/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_delivery_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a delivery.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await queries.history(session, key)
