"""Slots over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.slots import NewSlot, Slot, SlotPeriod, SlotReminder
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.slots import commands, queries
from services.indicators.slots.queries import SLOTS
from services.indicators.slots.tables import SlotRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.days import today as this_day
from services.kit.paging import PageOf
from services.kit.patches import Patch

slots = router("Slots")
INSPECT = requires("indicators.deliveries:inspect")
AGREE = requires("indicators.deliveries:approve")
HISTORY = requires("indicators.deliveries:history")
Today = Annotated[date | None, Query(description="As of this day; today when left out.")]


@slots.get("/slots", response_model=Page[Slot], dependencies=[INSPECT])
async def list_slots(
    session: Reading,
    paging: PageOf,
    supplier: Annotated[Key | None, Query(description="Of one organisation only.")] = None,
) -> Mapping[str, Any]:
    """List slots.

    What suppliers have agreed to deliver (Lieferslots), in the order of their keys. Suppliers see
    their own.
    """
    return await queries.page(session, paging, supplier)


@slots.post("/slots", status_code=201, response_model=Slot, dependencies=[AGREE])
async def create_slot(session: Writing, new: NewSlot) -> SlotRow:
    """Create a slot.

    Deliveries are assigned to it by themselves from then on: by supplier, indicators and periods.
    The indicators must exist.
    """
    return await commands.agree(session, new)


@slots.get("/slots/reminders", response_model=list[SlotReminder], dependencies=[INSPECT])
async def list_slot_reminders(session: Reading, today: Today = None) -> list[SlotReminder]:
    """List what is missing.

    Periods that are overdue, or due within the reminder days of their slot, the oldest first
    (Mahnliste). Suppliers see their own.
    """
    return await queries.reminders(session, today or this_day())


@slots.get("/slots/{key}", response_model=Slot, dependencies=[INSPECT])
async def read_slot(session: Reading, key: str) -> SlotRow:
    """Read a slot.

    By its key or its UUID.
    """
    return await SLOTS.one(session, key)


@slots.patch("/slots/{key}", response_model=Slot, dependencies=[AGREE])
async def change_slot(
    session: Writing, key: str, patch: Patch[NewSlot], expected: Expected
) -> SlotRow:
    """Change a slot.

    Send only what changes, with the ETag that you have read as If-Match. Supplier and periodicity
    are for good: end the slot with `last_period` and agree on another.
    """
    return await commands.change(session, key, patch, expected)


@slots.get("/slots/{key}/periods", response_model=list[SlotPeriod], dependencies=[INSPECT])
async def list_slot_periods(session: Reading, key: str, today: Today = None) -> list[SlotPeriod]:
    """List the periods of a slot.

    Every agreed period that has begun, the oldest first: expected, received or overdue, and by
    which deliveries it came. Deliveries that were refused, rejected or withdrawn do not count.
    """
    return await queries.periods(session, await SLOTS.one(session, key), today or this_day())


@slots.get("/slots/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_slot_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a slot.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await SLOTS.history(session, key)
