"""What a person does with releases."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.indicators.releases import NewRelease, ReleaseTexts
from services.contracts.shared.base import Visibility
from services.indicators.deliveries import queries as deliveries
from services.indicators.deliveries.commands import become
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.derivations import commands as derivations
from services.indicators.indices import commands as indices
from services.indicators.needs import commands as needs
from services.indicators.releases import queries
from services.indicators.releases.queries import RELEASES
from services.indicators.releases.tables import ReleaseRow
from services.kit import sql
from services.kit.database import actor_of
from services.kit.patches import Patch
from services.kit.problems import Conflict, Invalid

Collect = Callable[[AsyncSession, Collection[str]], Awaitable[None]]
"""Lets the figures move that a release is about."""


async def release(
    session: AsyncSession,
    new: NewRelease,
    collect: Collect = queries.collect,
    withdraws: str | None = None,
) -> ReleaseRow:
    """Release approved deliveries: their figures are protected and become visible, all at once.

    A release that `withdraws` a delivery collects what stood before it.
    """
    await sql.alone(session, "indicators.releases")
    delivered = await _approved(session, new.deliveries)
    last = await queries.last(session)
    number = last.number + 1 if last else 1
    revisions, definitions = await queries.catalogue(session)
    before = last.catalogue if last else {}
    redefined = [key for key, now in revisions.items() if before.get(key, now) != now]
    await queries.begin(session)
    await collect(session, new.deliveries)
    figures = await queries.settle(session, number)
    await derivations.compute(session, number)
    published, hidden = await queries.publish(session, redefined, definitions, number)
    await indices.compute(session, number)
    # Before the deliveries are journalled: a change of the catalogue locks the edition (by its
    # trigger) and then the journal, and two that do it in another order would deadlock.
    row = await RELEASES.add(
        session,
        new,
        key=f"release-{number}",
        visibility=Visibility.public,
        number=number,
        released_by=actor_of(session).subject,
        catalogue=revisions,
        figures=figures,
        published=published,
        hidden=hidden,
        withdraws=withdraws,
    )
    await needs.evaluate(session, number)
    for delivery in delivered:
        become(delivery, DeliveryState.released)
        delivery.release = number
        await session.flush()
        await DELIVERIES.tell(session, delivery, "released")
        await deliveries.forget_released(session, delivery.key)
    return row


async def change(
    session: AsyncSession, key: str, patch: Patch[ReleaseTexts], expected: int
) -> ReleaseRow:
    """Change what is said of a release."""
    row = await RELEASES.locked(session, key, expected)
    return await RELEASES.store(session, row, patch.onto(row))


async def _approved(session: AsyncSession, keys: Sequence[str]) -> list[DeliveryRow]:
    """The deliveries, locked; refuses one that does not exist, is not approved or listed twice."""
    found = {row.key: row for row in await deliveries.several(session, keys)}
    for place, key in enumerate(keys):
        pointer = f"/deliveries/{place}"
        if key not in found:
            raise Invalid(f"There is no delivery {key!r}.", pointer=pointer, code="unknown")
        if key in keys[:place]:
            raise Invalid(f"{key} is listed twice.", pointer=pointer, code="repeated")
        if found[key].state != DeliveryState.approved:
            detail = f"{key} is {found[key].state}, not approved."
            raise Conflict(detail, pointer=pointer, code="state")
    return [found[key] for key in keys]
