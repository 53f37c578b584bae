"""What is read from a request's headers."""

import pytest

from services.gateway.head import client_of, encoding_of, head_of, request_id
from services.gateway.hygiene import inward, is_ambiguous

PROXIES = ("10.0.0.0/8", "2001:db8::/32")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("2001:db8::1", "2003:a:b:c:1:2:3:4", "2003:a:b:c::/64"),
        ("2003:a:b:c::9", "", "2003:a:b:c::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("", "", ""),
    ],
)
def test_an_address_is_believed_only_from_a_trusted_proxy(
    peer: str, forwarded: str, client: str
) -> None:
    assert client_of(peer, forwarded.encode(), PROXIES) == client


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.000, *", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0.1", "gzip"),
        (" GZIP ; q=1 ", "gzip"),
    ],
)
def test_every_spelling_of_accept_encoding_is_one_of_three(accepted: str, encoding: str) -> None:
    assert encoding_of(accepted.encode()) == encoding.encode()


def test_a_header_that_is_sent_twice_is_one_header() -> None:
    head = head_of([(b"accept", b"text/csv"), (b"accept", b"*/*"), (b"unknown", b"x")])
    assert head[b"accept"] == b"text/csv, */*"
    assert head[b"authorization"] == b""


@pytest.mark.parametrize("sent", [b"", b"hello", b"\xff", b"0193d3a4", b"a" * 500])
def test_a_request_id_that_is_no_uuid_is_replaced(sent: bytes) -> None:
    head = head_of([(b"x-request-id", sent)])
    assert len(request_id(head)) == 36


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1/jena/bodies",
        "/v1/jena/bodies/a.b..c",
        "/v1/jena/%C3%BC",
        "/.well-known/x",
        "/a/..b",
    ],
)
def test_a_plain_address_is_plain(path: str) -> None:
    assert not is_ambiguous(path.encode())


def test_a_body_has_one_length() -> None:
    sent = [(b"content-length", b"5"), (b"transfer-encoding", b"chunked"), (b"host", b"a")]
    passed = inward(sent, head_of(sent), "identity", "192.0.2.1", "id", tls=False)
    assert not {b"content-length", b"transfer-encoding"} & {name for name, _ in passed}
