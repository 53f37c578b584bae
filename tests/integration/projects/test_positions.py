"""Positions: shares of grants over time."""

from typing import Any

import pytest

from tests.integration.projects.samples import GRANT, POSITION, settle
from tests.support.towns import Door


@pytest.fixture
async def town_hall(projects: Door) -> Door:
    await settle(projects, until="positions")
    return projects


def part(share: object, starts_on: str, ends_on: str | None = None) -> dict[str, Any]:
    return {"grant": "bescheid-2023", "share": share, "starts_on": starts_on, "ends_on": ends_on}


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"fte": 0}, ["/fte"]),
        ({"fte": 1.5}, ["/fte"]),
        ({"count": 0}, ["/count"]),
        ({"count": 11}, ["/count"]),
        ({"employer": "nowhere"}, ["/employer"]),
        ({"project": "not-there"}, ["/project"]),
        ({"ends_on": "2022-01-01"}, ["/ends_on"]),
        (
            {"funding": [part(80, "2023-01-01"), part("20.0001", "2025-12-31", "2025-12-31")]},
            ["/funding"],
        ),
        ({"funding": [part(80, "2022-12-31")]}, ["/funding/0/starts_on"]),
        ({"funding": [part(80, "2023-01-01", "2026-01-01")]}, ["/funding/0/ends_on"]),
        ({"funding": [part(80, "2024-01-01", "2023-01-01")]}, ["/funding/0/ends_on"]),
        ({"funding": [part(101, "2023-01-01")]}, ["/funding/0/share"]),
        (
            {"funding": [part(10, "2023-01-01"), {**part(10, "2023-01-01"), "grant": "not-there"}]},
            ["/funding/1/grant"],
        ),
    ],
)
async def test_a_wrong_position_is_pointed_at(
    town_hall: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    refused = await town_hall.post("/positions", {**POSITION, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await town_hall.get("/positions")).json()["items"] == []


async def test_one_share_can_follow_another_on_the_next_day(town_hall: Door) -> None:
    funding = [
        part(100, "2023-01-01", "2023-12-31"),
        part(60, "2024-01-01", "9999-12-31"),
        part(40, "2024-01-01"),
    ]
    created = await town_hall.made("/positions", {**POSITION, "ends_on": None, "funding": funding})
    assert [share["share"] for share in created["funding"]] == ["100", "60", "40"]
    assert created["fte"] == "1"


async def test_positions_are_found_by_grant_project_employer_state_and_day(settled: Door) -> None:
    for query, count in {
        "grant=bescheid-2023": 1,
        "grant=other": 0,
        "project=sozialplanung": 1,
        "employer=landratsamt": 1,
        "state=filled": 1,
        "state=vacant": 0,
        "on=2024-06-30": 1,
        "on=2026-01-01": 0,
    }.items():
        found = (await settled.get(f"/positions?{query}")).json()["items"]
        assert len(found) == count, query


@pytest.mark.parametrize(
    "above", ["/projects/sozialplanung", "/grants/bescheid-2023", "/grants/second"]
)
async def test_a_position_hides_with_its_project_and_with_each_grant(
    settled: Door, above: str
) -> None:
    await settled.made("/grants", {**GRANT, "key": "second"})
    funding = [*POSITION["funding"], {**part(20, "2023-01-01"), "grant": "second"}]
    await settled.patch("/positions/planungskoordination", {"funding": funding}, 1)
    assert (await settled.as_().get("/positions/planungskoordination")).status_code == 200
    await settled.patch(above, {"visibility": "administration"}, 1)
    assert (await settled.as_().get("/positions/planungskoordination")).status_code == 404
    assert (await settled.as_("member").get("/positions")).json()["items"] == []
    assert (await settled.as_("planner").get("/positions/planungskoordination")).status_code == 200
