"""Checking what an input points to, and learning the names of it."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.boards.resolutions import ResolutionKind
from services.contracts.projects.references import (
    NamedResolution,
    ReferenceResource,
    ResolutionStand,
)
from services.contracts.shared.problems import Fault
from services.contracts.shared.references import Named
from services.kit import conditional, sql
from services.kit.clients import Peer
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.problems import Invalid, Unavailable, UpstreamTimeout
from services.projects.references import queries, rules
from services.projects.references.rules import RESOLUTION, Ground, Place, Pointing
from services.projects.references.tables import ReferenceRow

Owners = Mapping[ReferenceResource, Peer]
"""The service that owns a collection."""
LEARNING = "projects.references"
_AT_ONCE = 4
_LATER = {"Retry-After": "5"}


async def _owners(request: Request) -> Owners:
    conditional.asks_others(request)
    owners: Owners = request.app.state.owners
    return owners


Peers = Annotated[Owners, Depends(_owners)]


async def check_references(
    session: AsyncSession, peers: Owners, pointings: Sequence[Pointing]
) -> None:
    """Refuse (422, one pointer each) references that lead nowhere, as far as the actor sees.

    Only what is not yet known is asked of its service; while that is away or too slow, the write
    is refused (503).
    """
    wanted = rules.places(pointings)
    if not wanted <= await queries.known(session, wanted):
        await _learn(session, peers, wanted, pointings)


async def _learn(
    session: AsyncSession, peers: Owners, wanted: set[Place], pointings: Sequence[Pointing]
) -> None:
    # A follower waits meanwhile: else a change between asking and storing would be missed.
    await sql.alone(session, LEARNING)
    unknown = sorted(wanted - await queries.known(session, wanted))
    try:
        found = await _ask(session, peers, unknown)
    except UpstreamTimeout as slow:
        raise Unavailable(f"{slow.detail} Nothing was stored.", headers=_LATER) from None
    missing = {place for place, named in zip(unknown, found, strict=True) if named is None}
    if missing:
        faults = rules.faults(pointings, missing)
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)
    for place, named in zip(unknown, found, strict=True):
        if named is not None:
            session.add(_row(session, place, named))
    await session.flush()


async def check_ground(session: AsyncSession, peers: Owners, ground: Ground) -> None:
    """Refuse (422) to let something rest on a resolution that does not hold, or anew on one that
    the actor may not see.

    The boards are asked each time: it may have fallen since it was named last. What is hidden from
    the actor and was named before stands as this service knows it.
    """
    address = f"/v1/{municipality_of(session).key}/{RESOLUTION}/{ground.resolution}"
    try:
        stand = await peers[RESOLUTION].read(ResolutionStand, address, actor_of(session))
    except UpstreamTimeout as slow:
        raise Unavailable(f"{slow.detail} Nothing was stored.", headers=_LATER) from None
    if stand is None:
        fault = await _hidden(session, ground)
    else:
        fault = rules.fallen(ground, stand.kind, stand.state)
    if fault:
        raise Invalid("It rests on a resolution that does not hold.", faults=[fault])


async def _hidden(session: AsyncSession, ground: Ground) -> Fault | None:
    if ground.anew:
        return rules.faults(
            [Pointing(RESOLUTION, ground.resolution, ground.pointer)],
            {Place(RESOLUTION, ground.resolution)},
        )[0]
    fall = await queries.fall_of(session, ground.resolution)
    if fall is None or not fall.on(today()):
        return None
    return rules.fallen(ground, ResolutionKind.decision, fall.state)


async def _ask(
    session: AsyncSession, peers: Owners, places: Collection[Place]
) -> list[Named | None]:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def ask(place: Place) -> Named | None:
        async with gate:
            return await read(session, peers[place.resource], place.resource, place.key)

    return await asyncio.gather(*(ask(place) for place in places))


async def read(session: AsyncSession, peer: Peer, resource: str, key: str) -> Named | None:
    """What the owner says of the key, to the actor of the session."""
    address = f"/v1/{municipality_of(session).key}/{resource}/{key}"
    told = NamedResolution if resource == RESOLUTION else Named
    return await peer.read(told, address, actor_of(session))


def keep(row: ReferenceRow, named: Named) -> bool:
    """Keep what the owner says; whether that is something else than before."""
    fall = named.fall() if isinstance(named, NamedResolution) else None
    fallen, first = fall or (None, None)
    now = (named.name, named.visibility, fallen, first)
    if (row.name, row.visibility, row.fallen, row.fallen_from) == now:
        return False
    row.name, row.visibility, row.fallen, row.fallen_from = now
    return True


def _row(session: AsyncSession, place: Place, named: Named) -> ReferenceRow:
    row = ReferenceRow(
        municipality_id=municipality_of(session).id,
        resource=place.resource,
        key=place.key,
        id=named.id,
        name=named.name,
        visibility=named.visibility,
    )
    keep(row, named)
    return row
