"""What may be read in a batch, and how a part of it becomes a request of its own."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from starlette.types import Scope

from services.contracts.gateway.batch import BatchRead
from services.contracts.shared.problems import Fault
from services.gateway.head import Head
from services.kit.problems import Invalid

_TOLD = (b"etag", b"link", b"location", b"retry-after")
_TAKEN_OVER = ("type", "asgi", "http_version", "scheme", "client", "server", "root_path", "state")
_PASSED_ON = (
    b"host",
    b"authorization",
    b"accept-language",
    b"x-forwarded-for",
    b"x-forwarded-proto",
)
Headers = list[tuple[bytes, bytes]]


def check(requests: Iterable[BatchRead], municipality: str) -> None:
    """Refuses (422) addresses outside of this municipality and such as are not written plainly."""
    inside = f"/v1/{municipality}/"
    faults = [
        Fault(pointer=f"/requests/{n}/path", code="path", detail=f"It begins with {inside}.")
        for n, asked in enumerate(requests)
        if not asked.path.startswith(inside) or not asked.path.isascii()
    ]
    if faults:
        raise Invalid("A batch reads in one municipality.", faults=faults)


def scope_of(asked: BatchRead, around: Scope, head: Head, request_id: str) -> Scope:
    """The read as the caller would have sent it: the same token, the same way here."""
    address = urlsplit(asked.path)
    given = {name: head[name] for name in _PASSED_ON}
    given[b"if-none-match"] = (asked.if_none_match or "").encode("ascii")
    given[b"x-request-id"] = request_id.encode("ascii")
    headers: Headers = [(name, value) for name, value in given.items() if value]
    return {
        **{name: around[name] for name in _TAKEN_OVER if name in around},
        "method": "GET",
        "path": unquote(address.path),
        "raw_path": address.path.encode("ascii"),
        "query_string": address.query.encode("ascii"),
        "headers": [(b"accept", b"application/json"), *headers],
    }


def told(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """What the caller needs of the headers of an answer."""
    return {k.decode(): v.decode("latin-1") for k, v in headers if k in _TOLD}


def is_json(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Can the body stand in a JSON document?"""
    kind = dict(headers).get(b"content-type", b"").partition(b";")[0].strip()
    return kind == b"application/json" or kind.endswith(b"+json")
