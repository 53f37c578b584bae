"""Events over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import Depends, Header, Query, Request, Response
from pydantic import TypeAdapter, ValidationError

from services.contracts.shared.events import EventPage, TypePattern
from services.contracts.shared.problems import Fault
from services.gateway.events import rules
from services.gateway.events.queries import Journals
from services.gateway.events.stream import Streams
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.problems import Invalid

events = router("Events")
READ = requires("gateway.events:read")
_SSE = "text/event-stream"
_PATTERNS: TypeAdapter[list[str]] = TypeAdapter(list[TypePattern])
_STREAM = (
    "id: WyJib2FyZHM6NDIiXQ\nevent: boards.resolution.created.v1\n"
    'data: {"specversion":"1.0","id":"boards-42","type":"boards.resolution.created.v1"}\n\n'
)


async def _types(
    type: Annotated[
        str,
        Query(
            max_length=2000,
            description="Types, separated by commas: `boards.resolution.created.v1`, all that "
            "begin alike (`boards.resolution.*`, `boards.*`), or `*`. All types stand at `type` of "
            "`Event`.",
        ),
    ] = "*",
) -> list[str]:
    try:
        return _PATTERNS.validate_python([part.strip() for part in type.split(",")])
    except ValidationError:
        detail = "Types are such as boards.resolution.created.v1, boards.resolution.* or boards.*."
        fault = Fault(parameter="type", code="unknown_type", detail=detail)
        raise Invalid("Nothing that is told has such a type.", faults=[fault]) from None


@events.get(
    "/events",
    response_model=EventPage,
    responses={200: {"content": {_SSE: {"schema": {"type": "string"}, "example": _STREAM}}}},
    dependencies=[READ],
)
async def list_events(
    request: Request,
    response: Response,
    actor: Acting,
    types: Annotated[Sequence[str], Depends(_types)],
    after: Annotated[
        str | None,
        Query(
            max_length=500,
            description="Where you have come to: `after` of the last answer or `cursor` of an "
            "event. Missing: from the first event; `latest`: only what happens from now on.",
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Events at once.")] = 100,
    last_event_id: Annotated[
        str | None,
        Header(max_length=500, description="The same as `after`, from a cut off stream."),
    ] = None,
) -> Any:
    """List what happened.

    Everything that was written down in all services and that you may know now, as CloudEvents
    (Ereignisse): what happened to what, not what it is like now. Nobody hears of what they may not
    see at this moment, and nobody of persons, accounts, keys or erasures. Callers who do not
    belong to the administration are told `id` and `revision` of what was created or changed, of
    states in which they might have seen it.

    Keep `after` of the answer and ask with it again: nothing is left out and nothing comes twice,
    also while others write. Events of one service come in the order in which they took effect;
    between services the order is that of time, as far as they were known when you asked.

    With `Accept: text/event-stream` the answer goes on as things happen, for ten minutes at a time;
    come again with `Last-Event-ID`. Refused: types of which nothing is told, and cursors of another
    municipality.
    """
    journals = cast("Journals", request.app.state.journals)
    assert actor.municipality is not None
    town = actor.municipality
    cursor, kind = (after, "parameter") if after or not last_event_id else (last_event_id, "header")
    if cursor == rules.LATEST:
        places = await journals.latest(actor)
    else:
        places = rules.places_of(town.id, cursor, kind) if cursor else {}
    if _SSE in request.headers.get("accept", ""):
        return cast("Streams", request.app.state.streams).answer(actor, places, types)
    # The cache forgets answers of the gateway when the gateway writes: here others do, too.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept"
    line = await journals.line(actor, places, limit, types)
    end = rules.cursor_of(town.id, line.places)
    kept = [item for item in request.query_params.multi_items() if item[0] != "after"]
    following = f"{request.url.path}?{urlencode([*kept, ('after', end)])}"
    return {"items": line.events, "after": end, "next": following if line.more else None}
