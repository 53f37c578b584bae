"""Pages by keyset: stable while others write, as fast on page 1,000 as on page 1."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query
from starlette.requests import Request

from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

Position = list[Any]


@dataclass(frozen=True)
class Paging:
    """Which page was asked for. `after` is where the page before it ended."""

    path: str
    query: list[tuple[str, str]]
    limit: int
    after: Position | None

    def place(self, *kinds: type) -> list[Any] | None:
        """Where the page before ended, as values of these types; None for the first page.

        Refuses the cursor of another list.
        """
        if self.after is None:
            return None
        try:
            return [_value(kind, part) for kind, part in zip(kinds, self.after, strict=True)]
        except (ValueError, OverflowError):
            raise _no_cursor() from None

    def address(self, position: Position | None) -> str:
        kept = [(k, v) for k, v in self.query if k != "cursor"]
        cursor = [("cursor", encode(position))] if position is not None else []
        return f"{self.path}?{urlencode(kept + cursor)}" if kept or cursor else self.path


def linked(paging: Paging, following: str | None) -> str:
    """The Link header of a page."""
    first = f'<{paging.address(None)}>; rel="first"'
    return f'{first}, <{following}>; rel="next"' if following else first


def encode(position: Position) -> str:
    """An opaque cursor."""
    return urlsafe_b64encode(json.dumps(position, default=str).encode()).decode().rstrip("=")


def decode(cursor: str) -> Position:
    """Where a cursor points; refuses anything that is not a cursor of ours."""
    try:
        position = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(position, list) and all(isinstance(p, str | int) for p in position):
            return position
    except (ValueError, RecursionError):
        pass
    raise _no_cursor()


def _value(kind: type, part: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(str(part)).astimezone(UTC)
    if kind is date:
        return date.fromisoformat(str(part))
    if type(part) is not kind:
        raise ValueError(part)
    return part


def _no_cursor() -> Invalid:
    fault = Fault(parameter="cursor", code="cursor", detail="This is not a cursor of this list.")
    return Invalid("The cursor is not valid.", faults=[fault])


async def _paging(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=1000, description="Items per page.")] = 100,
    cursor: Annotated[
        str | None, Query(max_length=500, description="From `next` of the page before.")
    ] = None,
) -> Paging:
    return Paging(
        path=request.url.path,
        query=request.query_params.multi_items(),
        limit=limit,
        after=decode(cursor) if cursor else None,
    )


PageOf = Annotated[Paging, Depends(_paging)]
