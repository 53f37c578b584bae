"""Which headers pass the door, in and out, and which the door itself writes."""

import re
from collections.abc import Iterable

from services.gateway.head import Head
from services.kit.identity import HEADER

Fields = list[tuple[bytes, bytes]]

_HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
_OURS = b"x-planraum-"
# Authorization and cookies end here: services trust the signed identity and nothing else.
_NOT_IN = _HOP_BY_HOP | {
    b"accept-encoding",  # said anew by the door: services do not compress
    b"authorization",
    b"cookie",
    b"expect",
    b"forwarded",
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-forwarded-prefix",
    b"x-forwarded-proto",
    b"x-real-ip",
    b"x-request-id",
}
_NOT_OUT = _HOP_BY_HOP | {b"date", b"server", b"x-powered-by", b"x-request-id"}

# A path that two programs could read differently is not passed on.
_AMBIGUOUS = re.compile(rb"//|[\\\x00-\x20\x7f]|%(?:2f|5c|00)|(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.I)


def is_ambiguous(raw_path: bytes) -> bool:
    """Does the path climb (`..`), hide separators (`%2F`, `\\`) or repeat them (`//`)?"""
    return not raw_path.startswith(b"/") or _AMBIGUOUS.search(raw_path) is not None


def _named_by_connection(headers: Iterable[tuple[bytes, bytes]]) -> set[bytes]:
    return {
        name.strip().lower()
        for field, value in headers
        if field.lower() == b"connection"
        for name in value.split(b",")
    }


def inward(
    headers: Fields, head: Head, identity: str, client: str, request_id: str, *, tls: bool
) -> Fields:
    """The headers that a service gets: cleaned, with who acts and where the request came from.

    `tls`: did the caller, as far as we know, use https?
    """
    named = _named_by_connection(headers)
    if any(name == b"transfer-encoding" for name, _ in headers):
        named.add(b"content-length")  # the other one counts (RFC 9112, section 6.3)
    kept = [
        (name, value)
        for name, value in headers
        if name not in _NOT_IN and name not in named and not name.startswith(_OURS)
    ]
    return [
        *kept,
        (HEADER.encode(), identity.encode()),
        (b"x-request-id", request_id.encode()),
        (b"x-forwarded-for", client.encode()),
        (b"x-forwarded-proto", b"https" if tls else b"http"),
        (b"x-forwarded-host", head[b"host"]),
    ]


_STRICT = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_PAGE = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
    b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def outward(headers: Iterable[tuple[bytes, bytes]]) -> Fields:
    """The headers of an answer: cleaned, with what browsers must know to be safe."""
    given = [(name.lower(), value) for name, value in headers]
    named = _named_by_connection(given)
    kept = [
        (name, value)
        for name, value in given
        if name not in _NOT_OUT and name not in named and not name.startswith(_OURS)
    ]
    present = dict(kept)
    kind = present.get(b"content-type", b"")
    is_page = kind.startswith(b"text/html")
    if b"content-security-policy" not in present:
        kept.append((b"content-security-policy", _PAGE if is_page else _STRICT))
    kept.append((b"x-content-type-options", b"nosniff"))
    if is_page or kind.startswith(b"image/svg+xml"):  # only these can hold links
        kept.append((b"referrer-policy", b"same-origin" if is_page else b"no-referrer"))
    return kept
