"""Whatever somebody types in as an address: nothing reaches the inside."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.kit import outside
from services.kit.outside import Allowed, Blocked, Outside, Unreachable
from tests.integration.gateway.receiver import Receiver, answering, receiving

NOBODY = Outside(Allowed(), tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
HERE = Outside(Allowed(["127.0.0.1"]), seconds=5)


@pytest.fixture
async def canary() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


async def post(sender: Outside, url: str) -> outside.Reply:
    return await sender.post(url, {"content-type": "text/plain"}, b"hello")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0x7f000001",
        "2130706433",
        "0",
        "127.1",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "127\u30020\u30020\u30021",
        "user@127.0.0.1",
    ],
)
async def test_no_spelling_reaches_the_inside(canary: Receiver, host: str) -> None:
    port = canary.url.split(":")[2].split("/")[0]
    for scheme in ("https", "http"):
        with pytest.raises((Blocked, Unreachable, UnicodeError, TypeError)):
            await post(NOBODY, f"{scheme}://{host}:{port}/")
    assert canary.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "127.0.0.2",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "64:ff9b:1::7f00:1",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "5f00::1",
        "3fff::1",
        "192.0.0.8",
    ],
)
def test_addresses_of_the_inside_are_refused(address: str) -> None:
    assert not Allowed().address(ip_address(address), "example.org")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_of_everybody_are_not(address: str) -> None:
    assert Allowed().address(ip_address(address), "example.org")


def test_what_the_operator_allows_may_be_reached_and_nothing_beside_it() -> None:
    allowed = Allowed(["10.20.0.0/16", "intranet.example.org"])
    assert allowed.address(ip_address("10.20.3.4"), "anything.example.org")
    assert not allowed.address(ip_address("10.21.3.4"), "anything.example.org")
    assert allowed.address(ip_address("192.168.1.1"), "Intranet.example.org")
    assert not allowed.address(ip_address("169.254.169.254"), "intranet.example.org")
    assert allowed.host("10.20.9.9")
    assert not allowed.host("sub.intranet.example.org")


async def test_a_name_that_changes_its_mind_gains_nothing(
    canary: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looked twice would see an address of everybody first, and the inside then."""
    port = int(canary.url.split(":")[2].split("/")[0])
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    async def lookup(host: str, *_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    async def connect(_: Any, host: str, *__: Any) -> Any:
        connected.append(host)
        raise outside.httpcore.ConnectError

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    monkeypatch.setattr(outside.httpcore.AnyIOBackend, "connect_tcp", connect)
    with pytest.raises(Unreachable):
        await post(NOBODY, f"https://rebind.example.org:{port}/")
    assert connected == ["93.184.216.34"]
    with pytest.raises(Blocked):
        await post(NOBODY, f"https://rebind.example.org:{port}/")
    assert connected == ["93.184.216.34"]


async def test_one_good_address_among_bad_ones_is_the_only_one_that_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[str] = []

    async def lookup(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", (one, 443)) for one in ("10.0.0.1", "93.184.216.34", "127.0.0.1")]

    async def connect(_: Any, host: str, *__: Any) -> Any:
        connected.append(host)
        raise outside.httpcore.ConnectError

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    monkeypatch.setattr(outside.httpcore.AnyIOBackend, "connect_tcp", connect)
    with pytest.raises(Unreachable):
        await post(NOBODY, "https://mixed.example.org/")
    assert connected == ["93.184.216.34"]


async def test_when_one_address_does_not_answer_the_next_one_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there, connected = ("93.184.216.34", "2606:2800:220:1::1", "8.8.8.8"), list[str]()

    async def lookup(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", (one, 443)) for one in there]

    async def connect(_: Any, host: str, *__: Any) -> Any:
        connected.append(host)
        raise outside.httpcore.ConnectTimeout

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    monkeypatch.setattr(outside.httpcore.AnyIOBackend, "connect_tcp", connect)
    with pytest.raises(Unreachable) as nobody:
        await post(NOBODY, "https://several.example.org/")
    assert nobody.value.why == "timeout"
    assert tuple(connected) == there


async def test_a_name_that_nobody_resolves_is_left_after_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def lookup(*_: Any, **__: Any) -> list[Any]:
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", lookup)
    monkeypatch.setattr(outside, "_CONNECT_SECONDS", 0.01)
    with pytest.raises(Unreachable) as slow:
        await post(NOBODY, "https://slow.example.org/")
    assert slow.value.why == "unreachable"


async def test_plain_http_needs_to_be_allowed() -> None:
    with pytest.raises(Blocked):
        await post(NOBODY, "http://example.org/")


async def test_a_redirect_is_an_answer_and_not_a_way(canary: Receiver) -> None:
    async with receiving() as first:
        first.answer = answering(302, b"", f"Location: {canary.url}")
        assert (await post(HERE, first.url)).status == 302
    assert canary.connections == 0


async def test_of_a_huge_answer_only_the_beginning_is_read(canary: Receiver) -> None:
    canary.answer = answering(200, b"x" * 5_000_000)
    reply = await post(HERE, canary.url)
    assert (reply.status, len(reply.body)) == (200, 64 * 1024)


async def test_an_answer_that_never_ends_counts_by_its_status(canary: Receiver) -> None:
    canary.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"
    reply = await post(HERE, canary.url)
    assert (reply.status, reply.body) == (200, b"abc")


async def test_a_body_without_an_end_is_left_after_its_beginning(canary: Receiver) -> None:
    canary.answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    canary.forever = b"400\r\n" + b"x" * 1024 + b"\r\n"
    reply = await post(HERE, canary.url)
    assert (reply.status, len(reply.body)) == (200, 64 * 1024)


@pytest.mark.parametrize(
    ("begins", "forever"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 1024),
        (b"HTTP/1.1 ", b"2" * 1024),
    ],
)
async def test_a_head_without_an_end_is_no_answer(
    canary: Receiver, begins: bytes, forever: bytes
) -> None:
    canary.answer, canary.forever = begins, forever
    with pytest.raises(Unreachable) as endless:
        await post(HERE, canary.url)
    assert endless.value.why == "unreachable"


async def test_who_only_ever_says_to_go_on_is_left_after_the_time(canary: Receiver) -> None:
    canary.answer = canary.forever = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    with pytest.raises(Unreachable) as endless:
        await post(Outside(Allowed(["127.0.0.1"]), seconds=0.3), canary.url)
    assert endless.value.why in ("timeout", "unreachable")


async def test_an_address_puts_nothing_into_the_head_of_a_request(canary: Receiver) -> None:
    await post(HERE, f"{canary.url}/%0d%0aX-Evil:%20yes")
    [request] = canary.received
    assert request.path == "/planraum/%0d%0aX-Evil:%20yes"
    assert "x-evil" not in request.headers


async def test_who_hangs_is_left_after_the_time(canary: Receiver) -> None:
    canary.answer = None
    with pytest.raises(Unreachable) as hanging:
        await post(Outside(Allowed(["127.0.0.1"]), seconds=0.05), canary.url)
    assert hanging.value.why == "timeout"


async def test_who_speaks_something_else_is_unreachable(canary: Receiver) -> None:
    canary.answer = b"220 mail.example.org ESMTP\r\n"
    with pytest.raises(Unreachable) as other:
        await post(HERE, canary.url)
    assert other.value.why == "unreachable"


@contextmanager
def certificate(folder: Path) -> Iterator[tuple[ssl.SSLContext, Path]]:
    """A certificate for 127.0.0.1 that its owner has signed."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "receiver.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    yield context, path


async def test_a_certificate_that_nobody_vouches_for_ends_it(tmp_path: Path) -> None:
    with certificate(tmp_path) as (tls, path):
        async with receiving(tls) as receiver:
            with pytest.raises(Unreachable) as bad:
                await post(HERE, receiver.url)
            assert bad.value.why == "tls"
            assert receiver.received == []
            trusted = ssl.create_default_context(cafile=str(path))
            known = Outside(Allowed(["127.0.0.1"]), tls=trusted)
            assert (await post(known, receiver.url)).status == 204


async def test_a_certificate_of_another_name_ends_it(tmp_path: Path) -> None:
    """Connected is to an address, but what counts is the name that was typed in."""
    with certificate(tmp_path) as (tls, path):
        async with receiving(tls) as receiver:
            trusted = ssl.create_default_context(cafile=str(path))
            known = Outside(Allowed(["127.0.0.1", "::1"]), tls=trusted)
            with pytest.raises(Unreachable) as other:
                await post(known, receiver.url.replace("127.0.0.1", "localhost"))
            assert other.value.why == "tls"
            assert receiver.received == []
