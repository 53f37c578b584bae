"""What a message of each type looks like: pure functions."""

from collections.abc import Iterator
from typing import Any

from services.contracts.shared.event_types import COLLECTIONS, TESTED, TYPES
from services.contracts.shared.events import Event

_SEQ = 42


def examples(service: str) -> dict[str, Any]:
    """An example of every type that the service tells, as OpenAPI wants them."""
    return {type: {"summary": type, "value": _example(type)} for type in _types(service)}


def _types(service: str) -> Iterator[str]:
    yield from (type for type in TYPES if type.startswith(f"{service}."))
    if TESTED.startswith(f"{service}."):
        yield TESTED


def _example(type: str) -> dict[str, Any]:
    service, name, step, _ = type.split(".")
    tested = type == TESTED
    collection = "webhooks" if tested else COLLECTIONS[f"{service}.{name}"]
    data = {"id": "0197f3a4-5b6c-7d8e-9f00-112233445566", "revision": 1 if step == "created" else 2}
    event = Event(
        id=f"{'test' if tested else service}-{_SEQ}",
        source="https://planraum.example.org/v1/jena",
        type=type,
        subject=f"{collection}/beispiel",
        time="2025-06-18T17:04:11.201Z",
        data={} if tested else data,
        municipality="jena",
        cursor=None,
    )
    return event.model_dump(mode="json")
