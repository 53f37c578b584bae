"""A service behind HTTP, as an ASGI app that streams in both directions."""

from collections.abc import AsyncIterator
from types import TracebackType

import httpx
from starlette.types import Message, Receive, Scope, Send

from services.kit.problems import Unavailable

_CONNECT_SECONDS, _QUEUE_SECONDS = 2.0, 2.0
_CONNECTIONS = 100
_IDLE_SECONDS = 2.0  # shorter than any server keeps a connection, so that none is closed under us
_LATER = {"Retry-After": "5"}
_NOT_TO_SEND = (b"host", b"transfer-encoding")


class ClientGone(Exception):
    """The caller hung up while it was sending."""


class Remote:
    """A service at a URL. How long it may take is the dispatcher's business, not decided here.

    Each service has its own connections: one that hangs keeps nobody from the others.
    """

    def __init__(self, url: str) -> None:
        self.url = httpx.URL(url)
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS, pool=_QUEUE_SECONDS),
            limits=httpx.Limits(
                max_connections=_CONNECTIONS,
                max_keepalive_connections=_CONNECTIONS // 4,
                keepalive_expiry=_IDLE_SECONDS,
            ),
            trust_env=False,
            follow_redirects=False,
        )

    async def __aenter__(self) -> "Remote":
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses (503) while the service cannot be reached."""
        request = self._request(scope, receive)
        try:
            response = await self._http.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise Unavailable("The service is away.", headers=_LATER) from None
        except httpx.TransportError:
            raise Unavailable(
                "The service broke off; repeat a POST with the same Idempotency-Key.",
                headers=_LATER,
            ) from None
        try:
            await send(_start(response))
            async for chunk in response.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await response.aclose()

    def _request(self, scope: Scope, receive: Receive) -> httpx.Request:
        headers = [item for item in scope["headers"] if item[0] not in _NOT_TO_SEND]
        lengths = [value for name, value in headers if name == b"content-length"]
        has_body = lengths[0] != b"0" if lengths else scope["method"] not in ("GET", "HEAD")
        target = scope["raw_path"]
        if scope["query_string"]:
            target += b"?" + scope["query_string"]
        return httpx.Request(
            scope["method"],
            self.url,
            headers=headers,
            content=_body(receive) if has_body else None,
            extensions={"target": target, "timeout": self._http.timeout.as_dict()},
        )


def _start(response: httpx.Response) -> Message:
    return {
        "type": "http.response.start",
        "status": response.status_code,
        "headers": [(name.lower(), value) for name, value in response.headers.raw],
    }


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return
