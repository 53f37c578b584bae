"""What a person does with slots, and what a delivery does to them."""

from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.slots import NewSlot
from services.contracts.shared.base import Visibility
from services.indicators.catalogue import queries as catalogue
from services.indicators.deliveries.formats import Span
from services.indicators.slots import queries, rules
from services.indicators.slots.queries import SLOTS
from services.indicators.slots.tables import SlotArrivalRow, SlotRow
from services.kit.database import municipality_of
from services.kit.patches import Patch
from services.kit.problems import Invalid

Arrival = tuple[str, str, str]
"""Slot, period of the slot, indicator."""


async def agree(session: AsyncSession, new: NewSlot) -> SlotRow:
    """Enter what was agreed with a supplier."""
    await _check_indicators(session, new)
    return await SLOTS.add(session, new, visibility=Visibility.administration)


async def change(session: AsyncSession, key: str, patch: Patch[NewSlot], expected: int) -> SlotRow:
    """Change an agreement; what has come stays assigned to its periods."""
    row = await SLOTS.locked(session, key, expected)
    new = patch.onto(row, "supplier", "periodicity")
    await _check_indicators(session, new)
    return await SLOTS.store(session, row, new)


async def arrivals(
    session: AsyncSession, supplier: str | None, covered: Iterable[tuple[str, Span]]
) -> list[Arrival]:
    """For which slots and periods these figures (indicator and span) are."""
    covered = list(covered)
    found = set()
    for slot in await queries.for_supplier(session, supplier):
        agreed, wanted = queries.agreement(slot), set(slot.indicators)
        for indicator, span in covered:
            if indicator in wanted:
                period = rules.brought(agreed, span.start, span.end)
                if period is not None:
                    found.add((slot.key, period, indicator))
    return sorted(found)


def note(session: AsyncSession, delivery: str, arrived: Sequence[Arrival]) -> None:
    """Note what a delivery brought."""
    town = municipality_of(session).id
    session.add_all(
        SlotArrivalRow(
            municipality_id=town, slot=slot, period=period, indicator=indicator, delivery=delivery
        )
        for slot, period, indicator in arrived
    )


async def _check_indicators(session: AsyncSession, new: NewSlot) -> None:
    known = await catalogue.kinds(session, new.indicators)
    for place, key in enumerate(new.indicators):
        if key not in known:
            detail = f"There is no indicator {key!r}."
            raise Invalid(detail, pointer=f"/indicators/{place}", code="unknown")
