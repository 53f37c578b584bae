"""Telling whoever watches how far a piece of work in the background has come (Fortschritt)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from fastapi import Request
from fastapi.sse import ServerSentEvent
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.kit.database import Database

P = TypeVar("P", bound=BaseModel)
_LOOK_EVERY = 0.5
_WATCHED_FOR = 3600.0


async def watched(
    request: Request,
    actor: Actor,
    progress: P,
    again: Callable[[AsyncSession], Awaitable[P]],
    over: Callable[[P], bool],
) -> AsyncIterator[ServerSentEvent]:
    """`progress` whenever it has come further, then `finished` as the last.

    `again` looks how far it is now, `over` says whether that is the end. Between two looks no
    connection is held.
    """
    database: Database = request.app.state.database
    until, told = asyncio.get_running_loop().time() + _WATCHED_FOR, None
    while not over(progress):
        if progress != told:
            told = progress
            yield ServerSentEvent(data=progress, event="progress")
        if asyncio.get_running_loop().time() > until:
            return
        await asyncio.sleep(_LOOK_EVERY)
        async with database.writing(actor) as session:
            progress = await again(session)
    yield ServerSentEvent(data=progress, event="finished")
