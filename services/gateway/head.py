"""What the gateway needs to know of a request, read from its headers in one pass."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from uuid import UUID

from services.kit.ids import uuid7_text

Head = dict[bytes, bytes]
Network = IPv4Network | IPv6Network


_NOTHING_ASKED: Head = dict.fromkeys(
    (
        b"accept",
        b"accept-encoding",
        b"accept-language",
        b"authorization",
        b"content-length",
        b"host",
        b"if-none-match",
        b"origin",
        b"range",
        b"x-forwarded-for",
        b"x-forwarded-proto",
        b"x-request-id",
    ),
    b"",
)


def head_of(headers: Iterable[tuple[bytes, bytes]]) -> Head:
    """The headers that decide how a request is answered, b"" for those that were not sent; one
    sent twice is joined by commas."""
    head = _NOTHING_ASKED.copy()
    for name, value in headers:
        if name in head:
            before = head[name]
            head[name] = before + b", " + value if before else value
    return head


def request_id(head: Head) -> str:
    """The caller's X-Request-ID when it is a UUID, a new one otherwise."""
    sent = head[b"x-request-id"]
    if sent:
        try:
            return str(UUID(sent.decode("ascii")))
        except ValueError:
            pass
    return uuid7_text()


@lru_cache(maxsize=512)
def encoding_of(accept_encoding: bytes) -> bytes:
    """The one encoding we answer in: b"br", b"gzip" or b"" (not compressed).

    With one class for all spellings of Accept-Encoding an answer is compressed and kept once.
    """
    qualities: dict[bytes, bool] = {}
    for part in accept_encoding.lower().split(b","):
        name, _, parameter = part.partition(b";")
        quality = parameter.strip().removeprefix(b"q=").strip()
        qualities[name.strip()] = not quality or quality.strip(b"0.") != b""
    otherwise = qualities.get(b"*", False)
    for known in (b"br", b"gzip"):
        if qualities.get(known, otherwise):
            return known
    return b""


@lru_cache(maxsize=8)
def networks(proxies: tuple[str, ...]) -> tuple[Network, ...]:
    """The networks of the proxies that are believed."""
    return tuple(ip_network(proxy, strict=False) for proxy in proxies)


@lru_cache(maxsize=8192)
def client_of(peer: str, forwarded_for: bytes, proxies: tuple[str, ...]) -> str:
    """The address that asks, and for IPv6 its /64, which is what one household or office has.

    X-Forwarded-For is believed only from a trusted proxy, and read from its right end up to the
    first address that is not one itself: what stands left of it anybody could have written.
    """
    asking = peer
    hops = [part.strip() for part in forwarded_for.decode("latin-1").split(",") if part.strip()]
    while hops and _trusted(asking, proxies):
        asking = hops.pop()
    try:
        address = ip_address(asking)
    except ValueError:
        return peer
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((int(address) >> 64 << 64, 64)))
    return str(address)


def trusts(peer: str, proxies: tuple[str, ...]) -> bool:
    """Does the request come from a proxy whose X-Forwarded headers are believed?"""
    return bool(proxies) and _trusted(peer, proxies)


def _trusted(address: str, proxies: tuple[str, ...]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks(proxies))
