"""What tests begin with is copied whole, or they would test something else."""

from collections.abc import Callable

import pytest

from services.contracts.shared.access import Municipality
from tests.support import copies
from tests.support.towns import Door, new_town

ORIGINAL = Municipality(key="town-112233789", id=169_112_233_789)
LIKE_IT = Municipality(key="town-117890000", id=169_117_890_000)
"""Its number begins with the official key of the original, 16911789."""


async def test_a_copy_is_whole_whatever_the_numbers_of_the_towns_are(
    boards: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "new_town", lambda: ORIGINAL)
    entered = 0

    @copies.copied
    async def offices(door: Door, *keys: str) -> Door:
        nonlocal entered
        for key in keys:
            await door.made("/organisations", {"key": key, "name": {"de": key}, "kind": "other"})
            entered += 1
        return door

    first = await offices(boards, "amt", "kammer")
    second = await offices(Door(boards.client, boards.signer, LIKE_IT), "amt", "kammer")
    assert entered == 2
    for door in (first, second):
        items = (await door.get("/organisations")).json()["items"]
        assert [one["key"] for one in items] == ["amt", "kammer"]
    assert second.municipality == LIKE_IT
    more = await offices(second, "verein")
    assert (entered, more) == (3, second)


async def test_what_stands_in_several_services_is_copied_in_all_of_them(
    boards: Door, projects: Door, doors: Callable[[str, Municipality], Door]
) -> None:
    entered: list[str] = []

    @copies.copied
    async def both(boards: Door, *, projects: Door) -> dict[str, Door]:
        office = {"key": "amt", "name": {"de": "Amt"}, "kind": "other"}
        plan = {"key": "plan", "name": {"de": "Plan"}, "starts_on": "2026-01-01"}
        await boards.made("/organisations", office)
        await projects.made("/projects", plan)
        entered.append(boards.municipality.key)
        return {"office": boards, "planner": projects.as_("planner")}

    original = await both(boards, projects=projects)
    other = new_town()
    copy = await both(doors("boards", other), projects=doors("projects", other))
    assert len(entered) == 1
    for made, town in ((original, boards.municipality), (copy, other)):
        office, planner = made["office"], made["planner"]
        assert office.municipality == planner.municipality == town
        assert (await office.get("/organisations/amt")).status_code == 200
        assert (await planner.get("/projects/plan")).status_code == 200
        assert [role.value for role in planner.roles] == ["planner"]
    stranger = doors("projects", new_town())
    assert (await stranger.get("/projects/plan")).status_code == 404
