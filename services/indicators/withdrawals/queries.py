"""What stood before a withdrawn delivery."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.delivery_states import DeliveryState
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.releases.tables import ReleaseRow
from services.kit.database import municipality_of
from services.kit.native import native, statement

_SLOW = 600.0
"""Seconds that a delivery of a million figures may take."""


async def released_by(session: AsyncSession, number: int) -> str:
    """Who made the release."""
    statement = select(ReleaseRow.released_by).where(
        col(ReleaseRow.municipality_id) == municipality_of(session).id,
        col(ReleaseRow.number) == number,
    )
    return (await session.exec(statement)).one()


async def restore(session: AsyncSession, delivery: str, release: int) -> None:
    """Let move what stood before the figures of the delivery."""
    town = municipality_of(session).id
    withdrawn = select(DeliveryRow.key).where(
        col(DeliveryRow.municipality_id) == town,
        col(DeliveryRow.state) == DeliveryState.withdrawn,
    )
    keys = [delivery, *await session.exec(withdrawn)]
    restoring = statement(__package__, "restore")
    await (await native(session)).execute(restoring, town, delivery, release, keys, timeout=_SLOW)
