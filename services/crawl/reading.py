"""One answer of a server: asked again when it fails, understood when it is not quite JSON."""

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

_TRIES = 4
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_BYTES = 256 * 1024 * 1024
Wait = Callable[[float], None]


class NotRead(Exception):
    """An address whose answer was no OParl, after all tries."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url, self.why = url, why


class Gone(NotRead):
    """There is nothing at the address (404, 410)."""


def read(client: httpx.Client, url: str, wait: Wait = time.sleep) -> Any:
    """What is at the address, as JSON.

    A server that fails is asked again, later each time. One that refuses an encoded query is asked
    with the plain one. Raises Gone, or NotRead for what stays without an answer.
    """
    why = ""
    for attempt in range(_TRIES):
        if attempt:
            wait(2.0 ** (attempt - 1))
        try:
            response = client.get(url)
            if response.status_code in (400, 404, 500) and plain(url) != url:
                response = client.get(plain(url))
        except httpx.TransportError as error:
            why = type(error).__name__
            continue
        if response.status_code in (404, 410):
            raise Gone(url, f"answered {response.status_code}")
        if response.status_code == 429 or response.status_code >= 500:
            why = f"answered {response.status_code}"
            continue
        if response.is_error:
            raise NotRead(url, f"answered {response.status_code}")
        return understood(url, response.content)
    raise NotRead(url, why)


def understood(url: str, content: bytes) -> Any:
    """JSON, also with a byte order mark, in Latin-1, or with bare control characters in texts."""
    if len(content) > _MOST_BYTES:
        raise NotRead(url, "answered more than 256 MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_CONTROL.sub(" ", text), strict=False)
    except (ValueError, RecursionError):
        raise NotRead(url, "answered something that is no JSON") from None


def plain(url: str) -> str:
    """The address with colons and plus signs as they are, as some servers want them."""
    parts = urlsplit(url)
    query = re.sub("%3a", ":", parts.query, flags=re.IGNORECASE)
    query = re.sub("%2b", "+", query, flags=re.IGNORECASE)
    return urlunsplit(parts._replace(query=query))
