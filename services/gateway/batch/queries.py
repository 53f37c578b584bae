"""The parts of a batch, each asked at the door like any other request."""

import asyncio
from collections.abc import Sequence

import structlog
from pydantic_core import to_json
from starlette.types import ASGIApp, Message, Scope

from services.contracts.gateway.batch import BatchRead
from services.gateway.batch import rules
from services.gateway.head import Head
from services.kit.ids import uuid7_text
from services.kit.problems import NotAcceptable, Problem, TooLarge, Unexpected, answer

log = structlog.get_logger()
AT_ONCE = 4
"""Parts of one batch that are answered side by side."""
LARGEST = 2 * 1024 * 1024
"""Bytes that the answer to one part may have."""


class _Part:
    """Takes one answer, and stops it as soon as it cannot be part of the whole."""

    def __init__(self, asked: BatchRead) -> None:
        self.asked, self._id = asked, uuid7_text()
        self.status, self.headers = 500, dict[str, str]()
        self._chunks: list[bytes] = []
        self._size = 0
        self._refused: Problem | None = None
        self._task: asyncio.Task[None] | None = None

    async def ask(self, door: ASGIApp, around: Scope, head: Head) -> bytes:
        """The answer as JSON."""
        scope = rules.scope_of(self.asked, around, head, self._id)
        self._task = asyncio.ensure_future(self._run(door, scope))
        try:
            await self._task
        except asyncio.CancelledError:
            if self._refused is None:
                raise
        except Exception as error:
            log.error("part of a batch failed", request=self._id, reason=type(error).__name__)
            self._refused = Unexpected(Unexpected.explanation)
        return self._told()

    async def _run(self, door: ASGIApp, scope: Scope) -> None:
        await door(scope, _nothing_more, self._take)

    async def _take(self, message: Message) -> None:
        if self._refused is not None:
            return
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], rules.told(message["headers"])
            empty = self.status == 304 or 300 <= self.status < 400
            if not empty and not rules.is_json(message["headers"]):
                self._stop(NotAcceptable("This is not JSON; ask for it alone."))
            return
        self._chunks.append(message.get("body", b""))
        self._size += len(self._chunks[-1])
        if self._size > LARGEST:
            self._stop(TooLarge("This is too large for a batch; ask for it alone."))

    def _stop(self, refused: Problem) -> None:
        self._refused, self.headers = refused, {}
        assert self._task is not None
        self._task.cancel()

    def _told(self) -> bytes:
        body = b"".join(self._chunks) or b"null"
        if self._refused is not None:
            self.status = self._refused.status
            body = bytes(answer(self._refused, f"urn:uuid:{self._id}").body)
        told = to_json({"path": self.asked.path, "status": self.status, "headers": self.headers})
        return told[:-1] + b',"body":' + body + b"}"


async def answers(door: ASGIApp, requests: Sequence[BatchRead], around: Scope, head: Head) -> bytes:
    """The whole answer; the JSON of its parts is passed through as it came."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(asked: BatchRead) -> bytes:
        async with turns:
            return await _Part(asked).ask(door, around, head)

    async with asyncio.TaskGroup() as group:
        parts = [group.create_task(one(asked)) for asked in requests]
    return b'{"answers":[' + b",".join(part.result() for part in parts) + b"]}"


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
