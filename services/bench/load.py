"""A load generator that costs less than what it measures: pipelined requests, counted answers."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

_FINE = b"HTTP/1.1 200 OK"
_DEPTH = 8


@dataclass(frozen=True)
class Rate:
    """What was measured: answers per second, and one answer's size in bytes."""

    per_second: float
    size: int


class _Connection(asyncio.Protocol):
    """Keeps a few requests under way and counts the answers that begin."""

    def __init__(self, request: bytes) -> None:
        self.request, self.answers, self.bytes = request, 0, 0
        self.failed: str | None = None
        self._tail = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request * _DEPTH)

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        window = self._tail + data
        begun = window.count(_FINE)
        self._tail = window[-(len(_FINE) - 1) :]
        if not begun and self.answers == 0 and not window.startswith(_FINE[: len(window)]):
            self.failed = window[:200].decode("latin-1")
        if begun:
            self.answers += begun
            self.transport.write(self.request * begun)


async def measure(url: str, seconds: float, connections: int) -> Rate:
    """Answers per second at the address after a short warm-up; refuses anything but 200."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: */*\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    made = [
        (
            await loop.create_connection(
                lambda: _Connection(request), parts.hostname or "", parts.port or 80
            )
        )[1]
        for _ in range(connections)
    ]
    await asyncio.sleep(min(1.0, seconds / 2))
    before, began = sum(c.answers for c in made), time.perf_counter()
    read = sum(c.bytes for c in made)
    await asyncio.sleep(seconds)
    answers, taken = sum(c.answers for c in made) - before, time.perf_counter() - began
    read = sum(c.bytes for c in made) - read
    for connection in made:
        connection.transport.abort()
        if connection.failed:
            raise RuntimeError(f"{url} answered {connection.failed}")
    return Rate(answers / taken, round(read / answers) if answers else 0)
