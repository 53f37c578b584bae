"""The services beside this one, and what a paper names of theirs."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.contracts.shared.problems import Fault
from services.kit import conditional
from services.kit.clients import Peer
from services.kit.database import actor_of, municipality_of
from services.kit.problems import Invalid, Unavailable, UpstreamTimeout

A = TypeVar("A", bound=BaseModel)
_AT_ONCE = 4
_NOTHING = (404, 422)
_LATER = {"Retry-After": "5"}


@dataclass(frozen=True)
class Neighbours:
    """The other services; asked as the person who asks us, so that nobody sees more."""

    indicators: Peer
    projects: Peer


async def _neighbours(request: Request) -> Neighbours:
    conditional.asks_others(request)
    neighbours: Neighbours = request.app.state.neighbours
    return neighbours


Beside = Annotated[Neighbours, Depends(_neighbours)]


class Thing(BaseModel):
    """That there is something at an address."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    key: str


@dataclass(frozen=True)
class Named:
    """Keys that an input names of another service, and where in the input they stand."""

    peer: Peer
    collection: str
    keys: Sequence[str]
    pointer: str
    alone: bool = False
    """Whether the pointer is that of the one key itself, not of a list."""


async def ask(
    session: AsyncSession,
    peer: Peer,
    contract: type[A],
    address: str,
    query: Mapping[str, str] | None = None,
    actor: Actor | None = None,
) -> A | None:
    """What another service says; None when there is nothing to see. Refuses (503) while away."""
    town = municipality_of(session).key
    try:
        return await peer.read(
            contract, f"/v1/{town}/{address}", actor or actor_of(session), query, _NOTHING
        )
    except UpstreamTimeout as slow:
        raise Unavailable(f"{slow.detail} Nothing was stored.", headers=_LATER) from None


async def ask_text(
    session: AsyncSession, peer: Peer, address: str, query: Mapping[str, str], actor: Actor
) -> str | None:
    """What another service answers as text; None when there is nothing. Refuses (503) as `ask`."""
    town = municipality_of(session).key
    try:
        return await peer.text(f"/v1/{town}/{address}", actor, query, _NOTHING)
    except UpstreamTimeout as slow:
        raise Unavailable(f"{slow.detail} Nothing was stored.", headers=_LATER) from None


async def check_there(
    session: AsyncSession, *named: Named, known: Collection[tuple[str, str]] = ()
) -> None:
    """Refuse (422, one pointer each) keys of what is not there, as far as the actor sees.

    `known` are collections and keys that were found before and need not be asked for again.
    """
    gate = asyncio.Semaphore(_AT_ONCE)

    async def fault(one: Named, place: int, key: str) -> Fault | None:
        async with gate:
            found = await ask(session, one.peer, Thing, f"{one.collection}/{key}")
        if found is not None:
            return None
        detail = f"There is no {key!r} among the {one.collection}."
        pointer = one.pointer if one.alone else f"{one.pointer}/{place}"
        return Fault(pointer=pointer, code="unknown", detail=detail)

    asked = [
        fault(one, place, key)
        for one in named
        for place, key in enumerate(one.keys)
        if (one.collection, key) not in known
    ]
    faults = [found for found in await asyncio.gather(*asked) if found is not None]
    if faults:
        raise Invalid("It names what is not there; nothing was stored.", faults=faults)
