"""A subscriber of webhooks that is a program of its own, and can be away for a while."""

import base64
import hmac
import json
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Subscriber:
    """Listens on one port of 127.0.0.1 and keeps what is signed for it."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.ids: Counter[str] = Counter()
        self.secret = ""
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/planraum"

    def start(self) -> None:
        """Be there, at the same port as before."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), _handler(self._take))
        self._port = self._server.server_port
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be away: whoever calls is refused."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        self._server = None

    def heard(self) -> set[str]:
        """The events that arrived."""
        return {one["id"] for one in self.events}

    def _take(self, headers: dict[str, str], body: bytes) -> None:
        assert headers["webhook-signature"] == _signature(self.secret, headers, body)
        self.ids[headers["webhook-id"]] += 1
        self.events.append(json.loads(body))


def _signature(secret: str, headers: dict[str, str], body: bytes) -> str:
    """As Standard Webhooks sign: the id, the time and the body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def _handler(take: Callable[[dict[str, str], bytes], None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            take({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler
