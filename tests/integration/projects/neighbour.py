"""A boards and indicators service in a few lines, that can go away and change its mind."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from services.contracts.shared.access import Municipality
from services.contracts.shared.journal import Entry
from services.kit.journal import chained

_NAMES = UUID("0193d3a4-5b6c-7d8e-9f00-112233445566")


@dataclass
class Neighbour:
    """Knows every key but those that begin with `nowhere`."""

    away: bool = False
    calls: list[str] = field(default_factory=list)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    journals: dict[str, list[Entry]] = field(default_factory=dict)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is closed, answers about things are made but not sent."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = Request(scope).url.path
        answer = self.answer(path)
        if path.startswith("/v1/"):
            await self.gate.wait()
        await answer(scope, receive, send)

    def answer(self, path: str) -> Response:
        if self.away:
            return Response(status_code=503)
        match path.strip("/").split("/"):
            case ["internal", "journal"]:
                return JSONResponse([_head(entries[-1], m) for m, entries in self.journals.items()])
            case ["internal", "journal", town]:
                return JSONResponse([e.model_dump(mode="json") for e in self.journals[town]])
            case ["v1", _, _, key] if not key.startswith("nowhere"):
                self.calls.append(path)
                self.asked.set()
                return JSONResponse(self.thing(path))
        return Response(status_code=404)

    def thing(self, path: str) -> dict[str, Any]:
        key = path.rsplit("/", 1)[1]
        plain = {"key": key, "name": {"de": key.title()}, "visibility": "public", "extra": 1}
        return plain | {"id": str(uuid5(_NAMES, path))} | self.known.get(path, {})

    def tell(self, town: Municipality, type: str, subject: str) -> None:
        """Write down in the journal that something happened."""
        entries = self.journals.setdefault(town.key, [])
        last = entries[-1] if entries else None
        facts = {"type": type, "subject": subject, "actor": "test:clerk", "data": {}}
        at = {"at": datetime.now(UTC), "municipality_id": town.id}
        entries.append(chained(last.seq if last else 0, last.hash if last else "", **facts, **at))


def _head(last: Entry, town: str) -> dict[str, Any]:
    return {"municipality_id": last.municipality_id, "municipality": town, "seq": last.seq}
