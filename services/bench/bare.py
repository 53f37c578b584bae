"""A bare ASGI app that sends the same answer to everybody; it is given a port and a file."""

import sys
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send

TYPE = b"content-type: application/json"


class Bare:
    """Answers any request with what a file holds: header fields, an empty line, the body."""

    def __init__(self, answer: bytes) -> None:
        head, _, self._body = answer.partition(b"\r\n\r\n")
        fields = (line.split(b": ", 1) for line in head.split(b"\r\n"))
        self._headers = [(name, value) for name, value in fields]
        self._headers.append((b"content-length", str(len(self._body)).encode()))

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
