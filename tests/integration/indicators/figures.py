"""Figures on their way: delivered, approved by a second person, released."""

from typing import Any

import httpx

from tests.integration.indicators.territory import settle
from tests.support.copies import copied
from tests.support.towns import Door

COUNT: dict[str, Any] = {
    "unit": {"de": "Personen", "en": "persons"},
    "kind": "count",
    "source": {"publisher": "Statistisches Bundesamt", "table": "12411-01-01-4"},
}
POPULATION = {
    **COUNT,
    "key": "bevoelkerung",
    "name": {"de": "Bevölkerung", "en": "Population"},
    "source_codes": ["12411:BEVSTD:Anzahl"],
}
RECIPIENTS = {**COUNT, "key": "empfaenger", "name": {"de": "Empfängerinnen und Empfänger"}}
RATE = {
    **COUNT,
    "key": "quote",
    "name": {"de": "Quote"},
    "unit": {"de": "Prozent"},
    "kind": "rate",
    "numerator": "empfaenger",
    "denominator": "bevoelkerung",
    "factor": 100,
    "decimals": 2,
}


@copied
async def equip(door: Door) -> None:
    """A town with areas and a catalogue."""
    await settle(door)
    for indicator in (POPULATION, RECIPIENTS, RATE):
        await door.made("/indicators", indicator)


def tidy(*rows: str, header: str = "area,period,indicator,GES,value") -> bytes:
    """A tidy CSV of these lines."""
    return "\n".join([header, *rows, ""]).encode()


async def deliver(door: Door, file: bytes, **query: str) -> httpx.Response:
    """Deliver a file."""
    headers = {"Content-Type": "text/csv"}
    parameters = {"source": "Statistikstelle", **query}
    return await door("POST", "/deliveries", content=file, headers=headers, params=parameters)


async def approved(door: Door, file: bytes, **query: str) -> str:
    """Deliver a file and let a second person approve it; the key of the delivery."""
    delivery = await deliver(door, file, **query)
    assert delivery.status_code == 201, delivery.text
    assert delivery.json()["state"] == "checked", delivery.text
    key: str = delivery.json()["key"]
    answer = await second(door).post(f"/deliveries/{key}/approval")
    assert answer.status_code == 200, answer.text
    return key


async def released(door: Door, *files: bytes, **query: str) -> dict[str, Any]:
    """Deliver, approve and release files."""
    keys = [await approved(door, file, **query) for file in files]
    return await door.made("/releases", {"title": {"de": "Stand"}, "deliveries": keys})


def second(door: Door) -> Door:
    """The second person."""
    return door.as_("statistician", subject="test:second-person")


async def columns(door: Door, query: str, path: str = "/observations") -> list[tuple[Any, ...]]:
    """Figures as tuples of area, period, breakdown, value and status."""
    answer = await door.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["columns"]
    names = ("area", "period", "breakdown", "value", "status")
    return list(zip(*(found[name] for name in names), strict=True))
