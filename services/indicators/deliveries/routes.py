"""Deliveries over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.deliveries import Delivery, DeliveryReceipt, Rejection
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.deliveries import commands, queries
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.rules import SecondPersonNeeded
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.problems import refusals

deliveries = router("Deliveries")
INSPECT = requires("indicators.deliveries:inspect")
APPROVE = requires("indicators.deliveries:approve")
HISTORY = requires("indicators.deliveries:history")


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


@deliveries.post("/deliveries/{key}/revocation", response_model=Delivery, dependencies=[APPROVE])
async def revoke_delivery_approval(session: Writing, key: str, reason: Rejection) -> Delivery:
    """Take the approval of a delivery back.

    Before its release, with a reason (Rücknahme der Freigabe). The delivery is checked, as it was
    before, and can be approved or rejected anew. A released one is withdrawn instead.
    """
    return queries.shown(session, await commands.revoke(session, key, reason))


@deliveries.get("/deliveries/{key}/receipt", response_model=DeliveryReceipt, dependencies=[INSPECT])
async def read_delivery_receipt(session: Reading, key: str) -> DeliveryReceipt:
    """Read the receipt of a delivery.

    What a supplier files to prove what it delivered and when (Quittung): the digest (SHA-256) and
    size of the bytes that arrived, the time, the slot they were for, and what became of them.
    """
    return queries.receipt(session, await DELIVERIES.one(session, key))


@deliveries.get("/deliveries/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_delivery_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a delivery.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await queries.history(session, key)
