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
    published: list[dict[str, list[tuple[str, str, Any]]]] = field(default_factory=list)
    """One for each release: indicator -> area, period, value or status."""
    secret: set[str] = field(default_factory=set)
    """Areas that are not for everybody."""
    unseen: set[str] = field(default_factory=set)
    """Addresses at which nothing is found."""
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is closed, answers about things are made but not sent."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = request.url.path
        if path.endswith("/observations") and not self.away:
            self.calls.append(f"{path}?{request.url.query}")
            answer = self.figures(request)
        else:
            answer = self.answer(path, int(request.query_params.get("after", 0)))
        if path.startswith("/v1/"):
            await self.gate.wait()
        await answer(scope, receive, send)

    def answer(self, path: str, after: int = 0) -> Response:
        if self.away:
            return Response(status_code=503)
        match path.strip("/").split("/"):
            case ["internal", "journal"]:
                return JSONResponse([_head(entries[-1], m) for m, entries in self.journals.items()])
            case ["internal", "journal", town]:
                return JSONResponse(
                    [e.model_dump(mode="json") for e in self.journals[town] if e.seq > after]
                )
            case ["v1", _, "findings" | "areas" | "crosswalks"]:
                self.calls.append(path)
                return JSONResponse(self.known.get(path, {"items": [], "next": None}))
            case ["v1", _, _, _, "organisations"]:
                self.calls.append(path)
                return JSONResponse(self.known.get(path, {"organisations": []}))
            case ["v1", _, _, key] if not key.startswith("nowhere") and path not in self.unseen:
                self.calls.append(path)
                self.asked.set()
                return JSONResponse(self.thing(path))
        return Response(status_code=404)

    def thing(self, path: str) -> dict[str, Any]:
        key = path.rsplit("/", 1)[1]
        plain = {"key": key, "name": {"de": key.title()}, "visibility": "public", "extra": 1}
        if "/resolutions/" in path:
            plain |= {"kind": "decision", "state": "valid"}
        return plain | {"id": str(uuid5(_NAMES, path))} | self.known.get(path, {})

    def figures(self, request: Request) -> Response:
        asked = request.query_params
        areas, release = asked["area"].split(","), int(asked.get("as_of", len(self.published)))
        figures = self.published[release - 1].get(asked["indicator"]) if release else []
        if figures is None or self.secret & set(areas):
            return Response(status_code=422)
        return JSONResponse(_observations(asked["indicator"], figures, areas, release))

    def tell(self, town: Municipality, type: str, subject: str, **data: Any) -> None:
        """Write down in the journal that something happened."""
        entries = self.journals.setdefault(town.key, [])
        last = entries[-1] if entries else None
        facts = {"type": type, "subject": subject, "actor": "test:clerk", "data": data}
        at = {"at": datetime.now(UTC), "municipality_id": town.id}
        entries.append(chained(last.seq if last else 0, last.hash if last else "", **facts, **at))


def _observations(
    indicator: str, figures: list[tuple[str, str, Any]], areas: list[str], release: int
) -> dict[str, Any]:
    shown = [figure for figure in figures if figure[0] in areas]
    values = [None if isinstance(value, str) else value for *_, value in shown]
    return {
        "release": release or None,
        "released_at": f"2026-0{release}-01T00:00:00Z" if release else None,
        "territory": None,
        "indicators": {
            indicator: {
                "name": {"de": indicator.title()},
                "short_name": None,
                "unit": {"de": "Prozent"},
                "kind": "rate",
                "decimals": 1,
                "polarity": "lower_is_better",
                "source": {"publisher": "Amt", "table": None, "licence": "dl-de/by-2-0"},
            }
        },
        "statuses": {},
        "columns": {
            "indicator": [indicator] * len(shown),
            "area": [area for area, *_ in shown],
            "period": [period for _, period, _ in shown],
            "breakdown": [""] * len(shown),
            "value": values,
            "status": [value if isinstance(value, str) else "normal" for *_, value in shown],
        },
        "reasons": {
            str(n): "threshold:3" for n, (*_, value) in enumerate(shown) if isinstance(value, str)
        },
        "provisional": [],
        "basis": None,
        "gone": None,
        "estimated": None,
        "next": None,
    }


def _head(last: Entry, town: str) -> dict[str, Any]:
    return {"municipality_id": last.municipality_id, "municipality": town, "seq": last.seq}
