"""Plans beside one another, and the cycle in which they are made."""

from typing import Any

from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import TASK
from tests.support.towns import Door

GROUPS = ("aeltere", "jugend")


async def two_plans(door: Door) -> None:
    for group in GROUPS:
        await door.made("/target-groups", {"key": group, "name": {"de": group.title()}})
    for key in ("altenplan", "inklusionsplan"):
        plan: dict[str, Any] = {
            "key": key,
            "title": {"de": key.title()},
            "kind": "specialist_plan",
            "prepared_by": "sozialplanung",
            "areas": ["lobeda"],
            "target_groups": ["aeltere"],
            "ends_on": "2027-12-31",
        }
        await door.made("/strategies", plan)
    for plan_key, direction in (("altenplan", "increase"), ("inklusionsplan", "decrease")):
        target = {"indicator": "heimplaetze", "area": "lobeda", "direction": direction}
        measure = {"key": f"m-{plan_key}", "title": {"de": "M"}, "strategy": plan_key}
        await door.made("/measures", {**measure, "targets": [target]})


async def overlaps(door: Door, query: str = "?on=2027-03-01") -> tuple[int, int]:
    found = (await door.get(f"/plan-overlaps{query}")).json()
    return len(found["overlaps"]), len(found["contradictions"])


async def test_plans_for_the_same_people_in_the_same_place_are_found(projects: Door) -> None:
    await two_plans(projects)
    found = (await projects.as_().get("/plan-overlaps?on=2027-03-01")).json()
    (overlap,) = found["overlaps"]
    assert [plan["key"] for plan in overlap["plans"]] == ["altenplan", "inklusionsplan"]
    assert overlap["places"] == [
        {
            "area": "lobeda",
            "within": None,
            "target_group": "aeltere",
            "measures": ["m-altenplan", "m-inklusionsplan"],
        }
    ]
    (contradiction,) = found["contradictions"]
    assert {one["direction"] for one in contradiction["measures"]} == {"increase", "decrease"}
    assert await overlaps(projects, "?on=2028-01-01") == (0, 1)
    assert found["not_compared"] == []
    nobody = {"target_groups": []}
    assert (await projects.patch("/strategies/altenplan", nobody, 1)).status_code == 200
    (untold,) = (await projects.as_().get("/plan-overlaps?on=2027-03-01")).json()["not_compared"]
    assert (untold["key"], untold["missing"]) == ("altenplan", ["target_groups"])


async def test_a_plan_for_a_district_meets_one_for_the_town_around_it(
    projects: Door, neighbours: dict[str, Neighbour]
) -> None:
    await two_plans(projects)
    town = {"areas": ["kreis"]}
    assert (await projects.patch("/strategies/altenplan", town, 1)).status_code == 200
    assert await overlaps(projects) == (0, 1)
    areas = f"/v1/{projects.municipality.key}/areas"
    items = [{"key": "lobeda", "parent": "kreis"}, {"key": "kreis", "parent": None}]
    neighbours["indicators"].known[areas] = {"items": items, "next": None}
    found = (await projects.as_().get("/plan-overlaps?on=2027-03-01")).json()
    (place,) = found["overlaps"][0]["places"]
    assert (place["area"], place["within"]) == ("lobeda", "kreis")
    assert place["measures"] == ["m-altenplan", "m-inklusionsplan"]
    answer = await projects.as_().get("/plan-overlaps?on=2027-03-01")
    assert answer.headers["cache-control"] == "private, no-cache", "areas change without us"
    neighbours["indicators"].away = True
    refused = await projects.get("/plan-overlaps?on=2027-03-01")
    assert refused.status_code == 503, "without the areas nobody can tell"


async def test_a_measure_that_is_hidden_or_done_contradicts_nothing(projects: Door) -> None:
    await two_plans(projects)
    address = "/measures/m-altenplan"
    hidden = await projects.patch(address, {"visibility": "administration"}, 1)
    assert hidden.status_code == 200
    everybody = await projects.as_().get("/plan-overlaps?on=2027-03-01")
    assert "inklusionsplan" in everybody.text
    assert "m-altenplan" not in everybody.text
    assert await overlaps(projects.as_()) == (1, 0)
    assert await overlaps(projects.as_("planner")) == (1, 1)
    for revision, state in enumerate(("decided", "running", "completed"), 2):
        assert await overlaps(projects) == (1, 1)
        assert (await projects.patch(address, {"state": state}, revision)).status_code == 200
    assert await overlaps(projects) == (1, 0)


async def test_what_is_over_or_hidden_meets_nothing(projects: Door) -> None:
    await two_plans(projects)
    await projects.patch("/measures/m-altenplan", {"ends_on": "2027-02-28"}, 1)
    assert await overlaps(projects, "?on=2027-02-28") == (1, 1)
    assert await overlaps(projects) == (1, 0)
    await projects.patch("/measures/m-altenplan", {"starts_on": "2027-03-01", "ends_on": None}, 2)
    assert await overlaps(projects, "?on=2027-02-28") == (1, 0), "it begins tomorrow"
    assert await overlaps(projects) == (1, 1)
    await projects.patch("/measures/m-altenplan", {"state": "withdrawn"}, 3)
    assert await overlaps(projects) == (1, 0)
    await projects.patch("/strategies/altenplan", {"visibility": "administration"}, 1)
    assert await overlaps(projects.as_()) == (0, 0)
    assert await overlaps(projects.as_("planner")) == (1, 0)
    adopted = {"state": "adopted", "adopted_on": "2026-01-01"}
    await projects.patch("/strategies/altenplan", adopted, 2)
    await projects.patch("/strategies/altenplan", {"state": "superseded"}, 3)
    assert await overlaps(projects) == (0, 0)


async def test_the_cycle_says_what_came_of_each_step(
    settled: Door, neighbours: dict[str, Neighbour], statements: list[str]
) -> None:
    town = settled.municipality.key
    secret = {f"/v1/{town}/papers/vorlage": {"visibility": "administration"}}
    neighbours["boards"].known |= secret
    products = [
        {"kind": "paper", "key": "vorlage", "on": "2026-02-01"},
        {"kind": "measure", "key": "jobladen-lobeda", "on": "2026-01-01"},
        {"kind": "plan", "key": "armutspraevention"},
        {"kind": "finding", "key": "befund", "on": "2025-12-01"},
    ]
    await settled.patch("/planning-tasks/bestandsanalyse", {"products": products}, 1)
    address = "/planning-cycle?on=2027-03-01&coordination=planungskoordination"
    whole = (await settled.get(address)).json()
    assert [one["key"] for one in whole["steps"][0]["products"]] == [
        "vorlage",
        "jobladen-lobeda",
        "befund",
        "armutspraevention",
    ]
    assert (whole["steps"][0]["latest_on"], whole["hidden_links"]) == ("2026-02-01", 0)
    assert whole["steps"][0]["still"] == ["bestandsanalyse"]
    await settled.patch("/measures/jobladen-lobeda", {"visibility": "administration"}, 1)
    statements.clear()
    public = (await settled.as_().get(address)).json()
    assert len(statements) <= 4
    assert [one["key"] for one in public["steps"][0]["products"]] == [
        "befund",
        "armutspraevention",
    ]
    assert (public["steps"][0]["latest_on"], public["hidden_links"]) == ("2025-12-01", 2)
    task = (await settled.as_().get("/planning-tasks/bestandsanalyse")).json()
    assert (len(task["products"]), task["hidden_links"]) == (2, 2)
    other = (await settled.get("/planning-cycle?coordination=andere")).json()
    assert all(step["tasks"] == [] for step in other["steps"])
    assert TASK["step"] == whole["steps"][0]["step"]
