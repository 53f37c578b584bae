"""Events as they happen, as server-sent events: the same line, kept open."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from services.contracts.shared.access import Actor
from services.gateway.events.queries import Journals
from services.gateway.events.rules import Places
from services.kit.problems import Problem, Unavailable

_STREAMS = 200
"""At once in one process: each holds a connection of the server."""
_LOOK_EVERY = 15.0
_OPEN_FOR = 600.0
"""Then the reader comes again, and what has been taken from them since is not told."""
_PAGE = 100
_LATER = {"Retry-After": "30"}


class Bell:
    """Rings for everybody who waits."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    @property
    def next(self) -> asyncio.Event:
        """The next ringing. Take it before looking, so that nothing is missed between."""
        return self._rung


class Streams:
    """Every reader who has an open line."""

    def __init__(self, journals: Journals, bell: Bell) -> None:
        self._journals, self._bell, self._open = journals, bell, 0

    def answer(self, actor: Actor, places: Places, types: Sequence[str]) -> EventSourceResponse:
        """Everything after these places, and then whatever happens. Refuses (503) too many."""
        if self._open >= _STREAMS:
            raise Unavailable("Too many are listening; ask page by page.", headers=_LATER)
        lines = self._counted(self._lines(actor, places, types))
        return EventSourceResponse(lines, headers={"Cache-Control": "no-store"})

    async def _counted(self, lines: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        self._open += 1
        try:
            async for line in lines:
                yield line
        finally:
            self._open -= 1

    async def _lines(
        self, actor: Actor, places: Places, types: Sequence[str]
    ) -> AsyncIterator[bytes]:
        assert actor.municipality is not None
        loop = asyncio.get_running_loop()
        until = loop.time() + _OPEN_FOR
        yield KEEPALIVE_COMMENT
        while loop.time() < until:
            rung = self._bell.next
            try:
                line = await self._journals.line(actor, places, _PAGE, types)
            except Problem:
                return  # the reader comes again and asks from where they are
            places = line.places
            for event in line.events:
                yield format_sse_event(
                    data_str=event.model_dump_json(), event=event.type, id=event.cursor
                )
            if line.more:
                continue
            if not line.events:
                yield KEEPALIVE_COMMENT
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_EVERY):
                    await rung.wait()
