"""A report that tests write, hand in, approve and publish."""

import asyncio
from typing import Any

from tests.integration.boards.beside import INDICATORS
from tests.integration.boards.council import a_body, organisations
from tests.support.towns import Door

REPORT = "/coordinated-reports/armutsbericht-2026"


def a_report(*texts: str, **more: Any) -> dict[str, Any]:
    """A poverty report with a chapter for each text."""
    chapters = [
        {"title": {"de": f"Kapitel {number}", "en": f"Chapter {number}"}, "text": {"de": text}}
        for number, text in enumerate(texts, 1)
    ]
    return {
        "key": "armutsbericht-2026",
        "kind": "poverty_report",
        "title": {"de": "Armutsbericht 2026", "en": "Poverty report 2026"},
        "chapters": chapters,
        "release": 1,
        "on": "2026-06-30",
        **more,
    }


async def in_work(door: Door, report: dict[str, Any]) -> Door:
    """The report in work, in a town with a board, beside indicators with one release."""
    release = f"/v1/{door.municipality.key}/releases/release-1"
    INDICATORS.known[release] = {"created_at": "2026-01-15T09:30:00Z"}
    await organisations(door)
    await door.made("/bodies", a_body())
    await door.made("/coordinated-reports", report)
    return door


def second(door: Door) -> Door:
    """The second person, who approves."""
    return door.as_("planner", subject="test:second")


async def handed_in(door: Door, **said: Any) -> dict[str, Any]:
    """An edition in review."""
    return await door.made(f"{REPORT}/editions", said)


async def approved(door: Door, **said: Any) -> dict[str, Any]:
    """An edition that a second person approved."""
    made = await handed_in(door, **said)
    answer = await second(door).post(f"{REPORT}/editions/{made['number']}/approval")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def published(door: Door, **said: Any) -> dict[str, Any]:
    """An edition that was published."""
    edition = await approved(door, **said)
    answer = await door.post(f"{REPORT}/editions/{edition['number']}/publication", {})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def in_the_end(door: Door) -> dict[str, Any]:
    """How the making of an edition in the background ended."""
    for _ in range(400):
        told: dict[str, Any] = (await door.get(f"{REPORT}/making")).json()
        if told["state"] in ("made", "refused"):
            return told
        await asyncio.sleep(0.05)
    raise AssertionError(f"the making did not end: {told}")
