"""What is read from the council information system of another, batch by batch."""

from typing import Any

from tests.support.towns import Door

BASE = "https://ris.example.org/oparl"
SOURCE = {"key": "rathaus", "name": {"de": "Rathaus"}, "url": f"{BASE}/body/1"}


async def take(boards: Door, source: str, *objects: Any, **stand: Any) -> dict[str, Any]:
    answer = await boards.post(f"{source}/batches", {"objects": list(objects), **stand})
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


async def listed(boards: Door, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following = f"{path}{'&' if '?' in path else '?'}limit=1000"
    while following:
        page = (await boards.get(following)).json()
        found += page["items"]
        following = page["next"] or ""
    return found


async def journalled(boards: Door) -> int:
    heads = (await boards.as_("administrator", kind="service").get("/internal/journal")).json()
    return next(h["seq"] for h in heads if h["municipality"] == boards.municipality.key)
