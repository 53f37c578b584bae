"""A reader of OParl that believes nothing: every object is held against the standard's schemas."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft7Validator, FormatChecker

from tests.support.towns import Door

BASE = "http://127.0.0.1:8000"
"""Where settings of tests say that the world reaches the installation."""
LISTS = (
    "bodies",
    "organizations",
    "persons",
    "memberships",
    "meetings",
    "agenda-items",
    "papers",
    "consultations",
    "files",
    "locations",
    "legislative-terms",
)
Get = Callable[[str], Awaitable[httpx.Response]]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
NEVER_EMPTY_BUT = {("Body", "legislativeTerm")}
STUB = {"id", "type", "created", "modified", "deleted"}
BACK = {
    ("Meeting", "AgendaItem"): {"meeting"},
    ("Paper", "Consultation"): {"paper", "agendaItem", "meeting"},
    ("Person", "Membership"): {"person"},
    ("Body", "LegislativeTerm"): {"body"},
    ("Meeting", "File"): {"meeting", "agendaItem", "paper", "person"},
    ("AgendaItem", "File"): {"meeting", "agendaItem", "paper", "person"},
    ("Paper", "File"): {"meeting", "agendaItem", "paper", "person"},
    ("Person", "File"): {"meeting", "agendaItem", "paper", "person"},
    ("Meeting", "Location"): {"bodies", "organizations", "persons", "meetings", "papers"},
    ("Person", "Location"): {"bodies", "organizations", "persons", "meetings", "papers"},
    ("Paper", "Location"): {"bodies", "organizations", "persons", "meetings", "papers"},
}
"""What an embedded object does not say of the one that it is embedded in."""


def type_of(found: Mapping[str, Any]) -> str:
    assert found["type"].startswith("https://schema.oparl.org/1.1/"), found
    return str(found["type"]).rsplit("/", 1)[1]


class Standard:
    """The schemas of OParl 1.1, and what its text says besides."""

    def __init__(self, folder: Path) -> None:
        self.schemas = {
            path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")
        }
        assert len(self.schemas) == 12

    def check(self, found: Mapping[str, Any], within: str | None = None) -> None:
        """Hold an object, and all that it embeds, against the standard."""
        name = type_of(found)
        schema = self.schemas[name]
        errors = Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(found)
        assert [f"{name}{e.json_path}: {e.message[:200]}" for e in errors] == []
        assert MOMENT.fullmatch(found["created"])
        assert MOMENT.fullmatch(found["modified"])
        if found.get("deleted"):
            assert within is None, "what is deleted is never embedded"
            assert set(found) - {"order", "accessUrl"} == STUB, found
            return
        for key, value in found.items():
            given = schema["properties"].get(key)
            assert given is not None or key.startswith("Planraum:"), (name, key)
            assert value is not None, (name, key)
            if (name, key) not in NEVER_EMPTY_BUT:
                assert value not in ("", []), (name, key)
            if (given or {}).get("format") == "date-time":
                assert MOMENT.fullmatch(value), (name, key, value)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and "type" in one and key != "geojson":
                    assert set(one) & BACK[name, type_of(one)] == set(), (name, key)
                    self.check(one, name)

    def references(self, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Every address of another object in this one, with the type that it must have."""
        for key, value in found.items():
            given = self.schemas[type_of(found)]["properties"].get(key, {})
            values = value if isinstance(value, list) else [value]
            wanted = given.get("references") or given.get("items", {}).get("references")
            for one in values:
                if isinstance(one, dict) and "type" in one and key != "geojson":
                    yield from self.references(one)
                elif wanted and wanted != "externalList":
                    yield one, wanted


@dataclass
class Crawl:
    """Everything that is found by following addresses from a system."""

    get: Get
    pages: int = 0
    bytes: int = 0
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    async def one(self, address: str) -> dict[str, Any]:
        response = await self.get(address)
        assert response.status_code == 200, (address, response.text[:300])
        assert response.headers["content-type"] == "application/json"
        self.pages += 1
        self.bytes += len(response.content)
        found: dict[str, Any] = json.loads(response.content.decode("utf-8"))
        return found

    async def list(self, address: str) -> list[dict[str, Any]]:
        """All objects of an external list, page after page."""
        found: list[dict[str, Any]] = []
        following: str | None = address
        sizes = set()
        while following is not None:
            page = await self.one(following)
            assert set(page) == {"data", "pagination", "links"}
            frame = page["pagination"]
            found += page["data"]
            if "next" in page["links"]:
                assert len(page["data"]) == frame["elementsPerPage"]
                assert frame["currentPage"] < frame["totalPages"]
            else:
                assert frame["currentPage"] == frame["totalPages"]
            sizes.add(frame["elementsPerPage"])
            following = page["links"].get("next")
        assert len(sizes) == 1
        ids = [one["id"] for one in found]
        assert ids == sorted(ids)
        assert len(ids) == len(set(ids)) == frame["totalElements"]
        self.lists[address] = ids
        self.objects |= {one["id"]: one for one in found}
        return found

    async def everything(self, system: str) -> None:
        """The system, its bodies, and all of their lists."""
        entrance = await self.one(system)
        self.objects[entrance["id"]] = entrance
        for body in await self.list(entrance["body"]):
            for name in (
                "organization",
                "person",
                "meeting",
                "paper",
                "agendaItem",
                "consultation",
                "file",
                "locationList",
                "legislativeTermList",
                "membership",
            ):
                await self.list(body[name])


class Reader:
    """An anonymous program that reads a town's OParl."""

    def __init__(self, door: Door) -> None:
        self.door = door.as_()
        self.system = f"{BASE}/oparl/v1.1/{door.municipality.key}"

    async def get(self, address: str, **more: Any) -> httpx.Response:
        """An address that was read somewhere, or the name of a list."""
        if "/oparl/" not in address:
            address = f"{self.system}/{address}"
        assert address.startswith(BASE)
        return await self.door("GET", address.removeprefix(BASE), **more)

    async def one(self, address: str) -> dict[str, Any]:
        response = await self.get(address)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def data(self, address: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.one(address))["data"]
        return found
