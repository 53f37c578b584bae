"""Strategies, measures, planning fields and the tasks of a planning coordination."""

from typing import Any

import pytest

from tests.integration.projects.samples import ALL, MEASURE, STRATEGY, TASK, settle
from tests.support.towns import Door


@pytest.mark.parametrize(
    ("collection", "wrong", "pointers"),
    [
        ("strategies", {"state": "adopted"}, ["/adopted_on"]),
        ("strategies", {"adopted_on": "2018-06-01"}, ["/adopted_on"]),
        ("strategies", {"kind": "dream"}, ["/kind"]),
        ("strategies", {"prepared_by": "nowhere"}, ["/prepared_by"]),
        ("strategies", {"deciding_body": "nowhere"}, ["/deciding_body"]),
        ("strategies", {"resolution": "nowhere"}, ["/resolution"]),
        ("strategies", {"areas": ["lobeda", "nowhere"]}, ["/areas/1"]),
        ("strategies", {"planning_fields": ["not-there"]}, ["/planning_fields/0"]),
        ("strategies", {"target_groups": ["not-there"]}, ["/target_groups/0"]),
        ("strategies", {"starts_on": "2020-01-02", "ends_on": "2020-01-01"}, ["/ends_on"]),
        (
            "strategies",
            {
                "quality": [
                    {"criterion": {"de": "Beteiligung"}},
                    {"criterion": {"de": "Beteiligung"}},
                ]
            },
            ["/quality"],
        ),
        ("fields-of-action", {"strategy": "not-there"}, ["/strategy"]),
        ("goals", {"strategy": "not-there", "field_of_action": None}, ["/strategy"]),
        ("goals", {"field_of_action": "not-there"}, ["/field_of_action"]),
        ("goals", {"recommendations": ["nowhere"]}, ["/recommendations/0"]),
        ("measures", {"project": "not-there"}, ["/project"]),
        ("measures", {"strategy": None}, ["/goal"]),
        ("measures", {"goal": "not-there"}, ["/goal"]),
        ("measures", {"action_plans": ["not-there"]}, ["/action_plans/0"]),
        ("measures", {"planning_fields": ["not-there"]}, ["/planning_fields/0"]),
        ("measures", {"target_groups": ["not-there"]}, ["/target_groups/0"]),
        ("measures", {"grants": ["bescheid-2023", "not-there"]}, ["/grants/1"]),
        ("measures", {"department": "nowhere"}, ["/department"]),
        ("measures", {"recommendation": "nowhere"}, ["/recommendation"]),
        ("measures", {"findings": ["nowhere"]}, ["/findings/0"]),
        ("measures", {"mandate": "nowhere"}, ["/mandate"]),
        (
            "measures",
            {"budget": [{"year": 2027, "source": "own", "organisation": "nowhere"}]},
            ["/budget/0/organisation"],
        ),
        ("measures", {"budget": [{"year": 2027, "source": "own"}] * 2}, ["/budget"]),
        ("measures", {"strategy": "not-there", "goal": None}, ["/strategy"]),
        ("measures", {"areas": ["lobeda", "nowhere"]}, ["/areas/1"]),
        ("measures", {"areas": ["lobeda", "lobeda"]}, ["/areas"]),
        ("measures", {"responsible": "nowhere"}, ["/responsible"]),
        ("measures", {"starts_on": "2019-01-01", "ends_on": "2018-01-01"}, ["/ends_on"]),
        ("planning-fields", {"responsible": "nowhere"}, ["/responsible"]),
        ("planning-tasks", {"coordination": "nowhere"}, ["/coordination"]),
        ("planning-tasks", {"field": "not-there"}, ["/field"]),
        ("planning-tasks", {"position": -1}, ["/position"]),
        (
            "planning-tasks",
            {
                "products": [
                    {"kind": "plan", "key": "armutspraevention"},
                    {"kind": "measure", "key": "not-there"},
                    {"kind": "measure", "key": "jobladen-lobeda"},
                ]
            },
            ["/products/1/key"],
        ),
        ("planning-tasks", {"products": [{"kind": "plan", "key": "nope"}]}, ["/products/0/key"]),
        (
            "planning-tasks",
            {"products": [{"kind": "paper", "key": "da"}, {"kind": "report", "key": "nowhere"}]},
            ["/products/1/key"],
        ),
        ("planning-tasks", {"products": [{"kind": "paper", "key": "da"}] * 2}, ["/products"]),
        ("planning-tasks", {"products": [{"kind": "hope", "key": "da"}]}, ["/products/0/kind"]),
        ("planning-tasks", {"position": 1.5}, ["/position"]),
        ("planning-tasks", {"starts_on": "2019-01-01", "due_on": "2018-01-01"}, ["/due_on"]),
    ],
)
async def test_wrong_planning_is_pointed_at(
    projects: Door, collection: str, wrong: dict[str, Any], pointers: list[str]
) -> None:
    await settle(projects, until=collection)
    refused = await projects.post(f"/{collection}", {**ALL[collection], **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await projects.get(f"/{collection}")).json()["items"] == []


async def test_a_strategy_is_drafted_consulted_adopted_and_superseded(projects: Door) -> None:
    await projects.made("/strategies", STRATEGY)
    address = "/strategies/armutspraevention"
    steps: list[tuple[dict[str, Any], int]] = [
        ({"state": "superseded"}, 409),
        ({"state": "consulted"}, 200),
        ({"state": "adopted"}, 422),
        ({"state": "adopted", "adopted_on": "2018-06-01"}, 200),
        ({"adopted_on": None}, 422),
        ({"state": "drafting", "adopted_on": None}, 409),
        ({"state": "superseded"}, 200),
        ({"state": "adopted"}, 409),
    ]
    revision = 1
    for change, status in steps:
        answer = await projects.patch(address, change, revision)
        assert answer.status_code == status, (change, answer.text)
        revision += status == 200
    assert (await projects.get(address)).json()["adopted_on"] == "2018-06-01"


@pytest.mark.parametrize("above", ["/projects/sozialplanung", "/strategies/armutspraevention"])
async def test_a_measure_hides_with_its_project_and_with_its_strategy(
    settled: Door, above: str
) -> None:
    alone = {**MEASURE, "key": "alone", "project": None, "strategy": None, "goal": None}
    await settled.made("/measures", alone)
    await settled.patch(above, {"visibility": "administration"}, 1)
    seen = (await settled.as_().get("/measures")).json()["items"]
    assert [measure["key"] for measure in seen] == ["alone"]
    assert (await settled.as_().get("/measures/jobladen-lobeda")).status_code == 404


async def test_a_task_hides_with_its_planning_field(settled: Door) -> None:
    await settled.patch("/planning-fields/altenhilfeplanung", {"visibility": "administration"}, 1)
    assert (await settled.as_().get("/planning-tasks")).json()["items"] == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("/strategies?kind=strategy", 1),
        ("/strategies?state=adopted", 0),
        ("/strategies?prepared_by=integrierte-sozialplanung", 1),
        ("/strategies?deciding_body=kreistag", 0),
        ("/measures?state=planned&project=sozialplanung", 1),
        ("/measures?strategy=armutspraevention", 1),
        ("/measures?area=lobeda", 1),
        ("/measures?area=winzerla", 0),
        ("/measures?responsible=jenawirtschaft", 1),
        ("/measures?on=2020-01-01", 1),
        ("/planning-fields?responsible=integrierte-sozialplanung", 1),
        ("/planning-fields?responsible=other", 0),
        ("/planning-tasks?coordination=planungskoordination&step=stocktaking", 1),
        ("/planning-tasks?field=altenhilfeplanung&state=open", 1),
        ("/planning-tasks?state=done", 0),
    ],
)
async def test_planning_is_found(settled: Door, query: str, count: int) -> None:
    assert len((await settled.get(query)).json()["items"]) == count


async def test_the_tasks_of_a_coordination_come_in_their_own_order(settled: Door) -> None:
    for position, key in [(3, "controlling"), (1, "bedarfsanalyse"), (3, "berichtswesen")]:
        await settled.made("/planning-tasks", {**TASK, "key": key, "position": position})
    seen, address = [], "/planning-tasks?limit=1"
    while address:
        page = (await settled.as_().get(address)).json()
        seen += [task["key"] for task in page["items"]]
        address = page["next"]
    assert seen == ["bestandsanalyse", "bedarfsanalyse", "berichtswesen", "controlling"]
    foreign = (await settled.get("/projects?limit=1&cursor=WyJ4Il0")).status_code
    assert foreign == 200
    assert (await settled.get("/planning-tasks?cursor=WyJ4Il0")).status_code == 422
