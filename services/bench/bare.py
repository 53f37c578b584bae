"""A bare ASGI app that sends the same bytes to everybody; it is given a port and a file."""

import sys
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send


class Bare:
    """Answers any request with the content of a file."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        start = {"type": "http.response.start", "status": 200, "headers": self._headers}
        await send(start)
        await send({"type": "http.response.body", "body": self._body})


if __name__ == "__main__":
    uvicorn.run(
        Bare(Path(sys.argv[2]).read_bytes()),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        access_log=False,
        lifespan="off",
    )
