"""Projects: partners, sites, advising bodies, and the steps from state to state."""

from typing import Any

import pytest

from tests.integration.projects.samples import PROGRAMME, PROJECT
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def town_hall(projects: Door) -> Door:
    await projects.made("/programmes", PROGRAMME)
    return projects


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"ends_on": "2022-12-31"}, ["/ends_on"]),
        ({"starts_on": "2023-02-30"}, ["/starts_on"]),
        (
            {"programmes": [PROGRAMME["key"], "not-there", "nor-this"]},
            ["/programmes/1", "/programmes/2"],
        ),
        ({"programmes": [PROGRAMME["key"]] * 2}, ["/programmes"]),
        ({"partners": [{"organisation": "awo", "role": "friend"}]}, ["/partners/0/role"]),
        ({"partners": [{"organisation": "awo", "role": "lead"}] * 2}, ["/partners"]),
        (
            {
                "partners": [
                    {"organisation": "awo", "role": "lead"},
                    {"organisation": "nowhere-a", "role": "lead"},
                ],
                "sites": [{"name": {"de": "Winzerla"}, "area": "nowhere-b"}],
                "advising_bodies": ["beirat", "nowhere-c"],
            },
            ["/partners/1/organisation", "/sites/0/area", "/advising_bodies/1"],
        ),
        ({"sites": [{"area": "lobeda"}]}, ["/sites/0/name"]),
        ({"goals": [{"en": "no German"}]}, ["/goals/0"]),
        ({"state": "sleeping"}, ["/state"]),
    ],
)
async def test_a_wrong_project_is_pointed_at(
    town_hall: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    refused = await town_hall.post("/projects", {**PROJECT, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await town_hall.get("/projects")).json()["items"] == []


@pytest.mark.parametrize(
    ("state", "then", "status"),
    [
        ("planned", "running", 200),
        ("planned", "completed", 409),
        ("running", "completed", 200),
        ("running", "planned", 409),
        ("completed", "running", 200),
        ("completed", "cancelled", 409),
        ("cancelled", "planned", 200),
        ("cancelled", "running", 409),
    ],
)
async def test_a_project_takes_one_step_after_the_other(
    town_hall: Door, state: str, then: str, status: int
) -> None:
    await town_hall.made("/projects", {**PROJECT, "state": state})
    answer = await town_hall.patch("/projects/sozialplanung", {"state": then}, 1)
    assert answer.status_code == status, answer.text
    if status == 409:
        assert answer.json()["errors"][0]["pointer"] == "/state"
        assert (await town_hall.get("/projects/sozialplanung")).json()["state"] == state


async def test_projects_are_found_by_everything_they_name(town_hall: Door) -> None:
    await town_hall.made("/projects", PROJECT)
    other = {
        "key": "biwaq",
        "programmes": [],
        "state": "completed",
        "starts_on": "2015-01-01",
        "ends_on": "2018-12-31",
        "partners": [{"organisation": "awo", "role": "implementing"}],
        "sites": [{"name": {"de": "Jobladen Lobeda"}, "area": "lobeda"}],
        "advising_bodies": ["projektbeirat"],
    }
    await town_hall.made("/projects", {**PROJECT, **other})
    for query, keys in {
        "state=completed": ["biwaq"],
        "programme=sozialstrategierichtlinie-2-1": ["sozialplanung"],
        "partner=awo": ["biwaq"],
        "partner=landratsamt": ["sozialplanung"],
        "advising_body=projektbeirat": ["biwaq"],
        "area=lobeda": ["biwaq"],
        "area=winzerla": [],
        "on=2018-12-31": ["biwaq"],
        "on=2023-01-01": ["sozialplanung"],
        "on=2020-01-01": [],
        "": ["biwaq", "sozialplanung"],
    }.items():
        found = (await town_hall.get(f"/projects?{query}")).json()["items"]
        assert [project["key"] for project in found] == keys, query
    assert (await town_hall.get("/projects?on=yesterday")).status_code == 422


async def test_what_lasts_on_has_no_end(town_hall: Door) -> None:
    await town_hall.made("/projects", PROJECT)
    opened = await town_hall.patch("/projects/sozialplanung", {"ends_on": None}, 1)
    assert opened.json()["ends_on"] is None
    found = (await town_hall.get("/projects?on=2099-01-01")).json()["items"]
    assert [project["key"] for project in found] == ["sozialplanung"]
    later = await town_hall.patch("/projects/sozialplanung", {"starts_on": "2024-01-01"}, 2)
    assert later.json()["revision"] == 3


async def test_a_change_of_the_start_alone_cannot_pass_the_end(town_hall: Door) -> None:
    await town_hall.made("/projects", PROJECT)
    refused = await town_hall.patch("/projects/sozialplanung", {"starts_on": "2026-01-01"}, 1)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/ends_on"
