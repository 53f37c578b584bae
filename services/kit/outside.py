"""Requests to addresses that somebody typed in: they never reach the inside of a network.

The name is resolved here, each address is judged, and the connection is made to the very address
that was judged; so a name that changes its mind between two looks gains nothing. No redirect is
followed, no proxy asked, nothing unpacked, and of an answer no more read than is asked for.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpcore

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_CONNECT_SECONDS = 5.0
_NAT64 = ip_network("64:ff9b::/96")
_GIVEN_OUT = ip_network("2000::/3")
"""Of IPv6 only this belongs to the network of all (IANA). Beside it lie addresses that carry one of
IPv4 in networks that were set up so: 64:ff9b:1::/48, ::/96, ::ffff:0:0:0/96."""
_NOBODYS = (ip_network("3fff::/20"), ip_network("192.0.0.0/24"))
"""Not known to `is_global` of every Python: examples, and protocols of a network of its own."""

_THIS_MACHINE = (ip_address("127.0.0.1"), ip_address("::1"))


@dataclass(frozen=True)
class Allowed:
    """Hosts and networks of the inside that may be reached all the same (`intranet.example.org`,
    `10.20.0.0/16`). A host that is named may have any address but a link-local one."""

    entries: Sequence[str] = ()

    @cached_property
    def _networks(self) -> list[Network]:
        return [found for one in self.entries if (found := _network(one)) is not None]

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(one.lower() for one in self.entries if _network(one) is None)

    def host(self, name: str) -> bool:
        """Is this host, as it stands in an address, named or an address of a named network?"""
        literal = _literal(name)
        if literal is not None:
            return self._within(literal)
        return name.lower().rstrip(".") in self._hosts

    def forbids(self, host: str) -> bool:
        """Does this host name addresses by itself, however they are written, and may none of them
        be reached? A name that has to be looked up is judged when something is sent."""
        meant = _meant(host)
        return bool(meant) and not any(self.address(one, host) for one in meant)

    def address(self, address: Address, host: str) -> bool:
        """May a request to this host go to this address?"""
        real = _real(address)
        if self._within(real) or _everybodys(real):
            return True
        return self.host(host) and (real.is_private or real.is_loopback) and _ordinary(real)

    def _within(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


def _everybodys(address: Address) -> bool:
    """Does it belong to the network of all?"""
    if isinstance(address, IPv6Address) and address not in _GIVEN_OUT:
        return False
    nobodys = any(address in network for network in _NOBODYS)
    return address.is_global and not address.is_multicast and not nobodys


def _ordinary(address: Address) -> bool:
    return not (address.is_link_local or address.is_multicast or address.is_unspecified)


def _network(entry: str) -> Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _literal(host: str) -> Address | None:
    try:
        return _real(ip_address(host.strip("[]")))
    except ValueError:
        return None


def _meant(host: str) -> Sequence[Address]:
    """The addresses that a host names without being looked up: this machine (RFC 6761, 6.3), or a
    number as the resolver reads it (`0x7f.1`)."""
    literal = _literal(host)
    if literal is not None:
        return [literal]
    try:
        name = host.encode("idna").decode().lower().rstrip(".")
        if name == "localhost" or name.endswith(".localhost"):
            return _THIS_MACHINE
        found = socket.getaddrinfo(name, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return []
    return [_address(one) for one in found]


def _address(found: Any) -> Address:
    """The address in a line of the resolver."""
    return ip_address(str(found[4][0]).partition("%")[0])


def _real(address: Address) -> Address:
    """The address behind one that only carries it: mapped, translated or tunnelled."""
    if not isinstance(address, IPv6Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    inner = address.ipv4_mapped or address.sixtofour
    return inner or (address.teredo[1] if address.teredo else address)


class Blocked(Exception):
    """The host has no address that may be reached."""


class Unreachable(Exception):
    """Nobody answered; `why` is one word: unreachable, timeout or tls."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Reply:
    """What came back: the status, and the beginning of the body."""

    status: int
    retry_after: str | None
    body: bytes


async def _resolved(host: str, port: int) -> list[Address]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [_address(one) for one in found]


def _of_tls(error: BaseException | None) -> bool:
    """Whether it began with a certificate or a protocol that would not do."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that were judged, and to no other."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed, self._inner = allowed, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface says so
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                addresses = await _resolved(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        good = [one for one in addresses if self._allowed.address(one, host)]
        if not good:
            raise Blocked(host)
        for address in good[:-1]:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(str(good[-1]), port, timeout)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class Outside:
    """The only way to send something to an address that somebody typed in."""

    def __init__(
        self,
        allowed: Allowed,
        *,
        seconds: float = 15.0,
        most_read: int = 64 * 1024,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed, self._seconds, self._most = allowed, seconds, most_read
        self._given = tls

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given or ssl.create_default_context()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send it and read the beginning of the answer, all within the time.

        An answer that began counts, even when its body never ends. Raises `Blocked`, `Unreachable`.
        """
        if urlsplit(url).scheme != "https" and not self._allowed.host(urlsplit(url).hostname or ""):
            raise Blocked(url)
        replies: list[Reply] = []
        try:
            async with asyncio.timeout(self._seconds):
                await self._exchange(url, headers, body, replies)
        except (TimeoutError, httpcore.TimeoutException):
            if not replies:
                raise Unreachable("timeout") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            if not replies:
                raise Unreachable("tls" if _of_tls(error) else "unreachable") from None
        return replies[-1]

    async def _exchange(
        self, url: str, headers: Mapping[str, str], body: bytes, replies: list[Reply]
    ) -> None:
        given = [(name.encode(), value.encode()) for name, value in headers.items()]
        waits = {"connect": _CONNECT_SECONDS, "read": self._seconds, "write": self._seconds}
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._tls,
                network_backend=_Guarded(self._allowed),
                max_keepalive_connections=0,
            ) as pool,
            pool.stream(
                "POST", url, headers=given, content=body, extensions={"timeout": waits}
            ) as response,
        ):
            named = {name.lower(): value.decode("latin-1") for name, value in response.headers}
            retry_after = named.get(b"retry-after")
            read = b""
            replies.append(Reply(response.status, retry_after, read))
            async for part in response.aiter_stream():
                read = (read + part)[: self._most]
                replies.append(Reply(response.status, retry_after, read))
                if len(read) == self._most:
                    return
