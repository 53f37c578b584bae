"""Conditional requests (RFC 9110, section 13): ETag, If-None-Match and a required If-Match."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Header
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from services.kit.problems import RevisionRequired, Stale

_REVISION = re.compile(r'^"r(\d{1,9})(?:\.[0-9a-z-]{1,40})?"$')


def etag_of(revision: int, variant: str | None = None) -> str:
    """`"r3"` for revision 3; `"r3.2021-07-01"` where one revision has several faces."""
    return f'"r{revision}.{variant}"' if variant else f'"r{revision}"'


def revision_of(if_match: str | None) -> int:
    """The revision that an If-Match names; refuses none (428) and an unreadable one (412)."""
    if if_match is None or if_match.strip() == "*":
        raise RevisionRequired("Send the ETag of the state you have read as If-Match.")
    found = _REVISION.match(if_match.strip())
    if found is None:
        raise Stale("If-Match names no state of this resource.")
    return int(found[1])


def face(row: BaseModel, shown: BaseModel) -> str | None:
    """A short name of what is shown otherwise than the row says, for the ETag; None for nothing.

    An answer that holds more than its row, or hides a part of it, changes without its revision.
    """
    seen = shown.model_dump()
    other = {name: value for name, value in seen.items() if value != getattr(row, name, None)}
    return sha256(to_json(other)).hexdigest()[:12] if other else None


def seen_as(shown: BaseModel, *, differs: bool) -> str | None:
    """The same for an answer that `differs` by other rows, such as one that leaves out links to
    what the reader may not see: it changes without its own revision.
    """
    return sha256(to_json(shown.model_dump())).hexdigest()[:12] if differs else None


async def _expected(
    if_match: Annotated[
        str | None,
        Header(
            description='The ETag of the state you have read, such as `"r3"`.', examples=['"r1"']
        ),
    ] = None,
) -> int:
    return revision_of(if_match)


Expected = Annotated[int, Depends(_expected)]


def require(revision: int, expected: int) -> None:
    """Refuse (412) when the stored revision is another than the one that the client has read."""
    if revision != expected:
        raise Stale(f"You have read revision {expected}; it is now at revision {revision}.")


def asks_others(request: Request) -> None:
    """The answer depends on what another service has as well. No cache keeps it for others: it is
    dropped when this service says that something changed, not when the other one does."""
    request.state.asks_others = True


def mark(request: Request, info: Mapping[Any, Any], response: Response) -> None:
    """ETag, Location and Link as the commands and queries left them in the session."""
    if "revision" in info and (request.method != "GET" or _is_of(info, request)):
        response.headers["ETag"] = etag_of(info["revision"], info.get("variant"))
    if "location" in info:
        response.headers["Location"] = info["location"]
    if info.get("links"):
        response.headers["Link"] = ", ".join(info["links"])
    actor = info["actor"]
    if request.method == "GET" and "cache-control" not in response.headers:
        shared = actor.kind == "anonymous" and not getattr(request.state, "asks_others", False)
        response.headers["Cache-Control"] = (
            "public, max-age=0, must-revalidate" if shared else "private, no-cache"
        )


def _is_of(info: Mapping[Any, Any], request: Request) -> bool:
    """Is the revision that of the resource at this address, or of one that was read on the way?

    `/bodies/{key}/composition` reads the body and changes without it.
    """
    return info.get("read") in (None, request.scope["path"].rsplit("/", 1)[-1])


def unless_known(request: Request, response: Response) -> Response:
    """304 instead of a body that the client has already."""
    if request.method != "GET" or response.status_code != 200 or not hasattr(response, "body"):
        return response
    etag = response.headers.get("etag")
    if etag is None:
        etag = response.headers["etag"] = f'"{sha256(response.body).hexdigest()[:24]}"'
    if matches(request.headers.get("if-none-match"), etag):
        kept = ("etag", "cache-control", "vary", "link", "content-location")
        headers = {k: v for k, v in response.headers.items() if k in kept}
        return Response(status_code=304, headers=headers)
    return response


def matches(if_none_match: str | None, etag: str) -> bool:
    """Weak comparison of an If-None-Match header with an ETag."""
    if not if_none_match:
        return False
    candidates = (part.strip().removeprefix("W/") for part in if_none_match.split(","))
    return any(candidate in ("*", etag) for candidate in candidates)
