"""Updates of targets, by two people."""

from typing import Any

from tests.integration.projects.samples import TARGET_UPDATE
from tests.support.towns import Door


def second(door: Door) -> Door:
    return door.as_("controller", subject="test:controller")


def planner(door: Door) -> Door:
    return door.as_("planner", subject="test:planner")


async def approved(door: Door, **more: Any) -> dict[str, Any]:
    """An update that one person submitted and another approved."""
    body = {**TARGET_UPDATE, **more}
    await planner(door).made("/target-updates", body)
    address = f"/target-updates/{body['key']}"
    submitted = await planner(door).post(f"{address}/submission")
    assert submitted.status_code == 200, submitted.text
    answer = await second(door).post(f"{address}/approval")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
