"""Traffic lights, each with the rule that lit it."""

from typing import Any

import pytest

from tests.integration.projects.samples import CLAIM, EXPENDITURE, GRANT, NOTICE, PROJECT
from tests.integration.projects.updating import approved
from tests.support.towns import Door

STRATEGY = "sozialstrategierichtlinie-2-1"


@pytest.fixture
async def office(settled: Door) -> Door:
    await settled.made("/notices", NOTICE)
    assert (await settled.post(f"/rule-packs/{STRATEGY}/adoption")).status_code == 200
    await settled.made("/expenditures", EXPENDITURE)
    await settled.made("/claims", CLAIM)
    await settled.post("/claims/abruf-1/submission", {"submitted_on": "2024-01-03"})
    paid = {"paid_on": "2024-01-20", "amount": "952.00"}
    assert (await settled.post("/claims/abruf-1/payouts", paid)).status_code == 200
    return settled.as_("controller")


async def lit(door: Door, on: str) -> dict[str, list[dict[str, Any]]]:
    answer = await door.get("/portfolio/lights", params={"on": on})
    assert answer.status_code == 200, answer.text
    (project,) = answer.json()
    assert project["project"] == "sozialplanung"
    found: dict[str, list[dict[str, Any]]] = {"": [project]}
    for one in project["lit"]:
        found.setdefault(one["kind"], []).append(one)
    return found


async def test_money_that_is_not_used_in_time_names_the_clause_of_the_notice(office: Door) -> None:
    (late,) = (await lit(office, "2024-04-30"))["money_late"]
    assert (late["light"], late["grant"]) == ("red", "bescheid-2023")
    assert [one["text"] for one in late["clauses"]] == ["Nr. 4.2 des Bescheids"]
    inputs = {one["name"]: one["value"] for one in late["inputs"]}
    assert inputs["spend_within"] == "3"
    assert inputs["unspent_after_deadline"] == "952.00"
    assert "money_late" not in await lit(office, "2024-04-02")
    assert "money_late" not in await lit(office, "2024-05-31")


async def test_an_obligation_is_red_after_its_day_until_it_is_done(office: Door) -> None:
    due = {"key": "gespraech", "grant": "bescheid-2023", "title": {"de": "Gespräch"}}
    await office.made("/obligations", {**due, "due_on": "2024-03-28"})
    assert "gespraech" not in str(await lit(office, "2024-03-28"))
    overdue = (await lit(office, "2024-03-29"))["overdue_obligation"]
    assert ("gespraech", "red", "2024-03-28") in [
        (one["about"], one["light"], one["day"]) for one in overdue
    ]
    assert all(one["clauses"] or one["about"] == "gespraech" for one in overdue)
    assert all(one["day"] < "2024-03-29" for one in overdue)
    done = await office.post("/obligations/gespraech/completion", {"done_on": "2024-04-10"})
    assert done.status_code == 200, done.text
    assert "gespraech" in str(await lit(office, "2024-04-09")), "it was open then"
    assert "gespraech" not in str(await lit(office, "2024-04-10"))


async def test_what_lapses_is_amber_with_the_year(office: Door) -> None:
    lost = (await lit(office, "2024-04-30"))["lapse"]
    assert [(one["about"], one["light"]) for one in lost] == [("2023", "amber")]
    assert lost[0]["rule"]["de"]
    assert lost[0]["clauses"][0]["source"] == "§ 45 LHO"


async def test_a_line_beyond_its_plan_is_red(office: Door) -> None:
    door = office.as_("administrator")
    travel = {**EXPENDITURE, "key": "fahrten", "category": "travel", "invoice_number": "R-118"}
    await door.made("/expenditures", {**travel, "gross": "18100.00", "net": "18100.00"})
    (over,) = (await lit(office, "2024-06-30"))["budget_exceeded"]
    assert (over["about"], over["light"]) == ("travel", "red")
    assert over["clauses"]


async def test_a_missed_target_is_red_with_its_pace(settled: Door) -> None:
    await approved(settled)
    (behind,) = (await lit(settled, "2025-01-31"))["target_behind"]
    assert (behind["about"], behind["light"]) == ("gemeinsame-berichte", "red")
    assert {one["name"] for one in behind["inputs"]} == {"expected", "elapsed", "pace"}


async def test_staff_and_projects_that_outlast_their_money(settled: Door) -> None:
    later = {"key": "weiter", "ends_on": None}
    await settled.made("/projects", {**PROJECT, **later})
    await settled.patch("/projects/sozialplanung", {"ends_on": None})
    early = await lit(settled, "2025-06-01")
    assert "nothing_follows" not in early
    assert "position_gap" not in early
    assert "nothing_follows" not in await lit(settled, "2025-07-03")
    for day in ("2025-07-04", "2025-12-31"):
        (ending,) = (await lit(settled, day))["nothing_follows"]
        assert (ending["light"], bool(ending["rule"]["de"])) == ("amber", True), day
    soon = await lit(settled, "2025-10-01")
    assert soon["nothing_follows"][0]["light"] == "amber"
    assert soon["position_gap"][0]["light"] == "amber"
    after = await lit(settled, "2026-01-01")
    assert (after["nothing_follows"][0]["light"], after["nothing_follows"][0]["day"]) == (
        "red",
        "2026-01-01",
    )
    assert after["position_gap"][0]["about"] == "planungskoordination"
    assert after["position_gap"][0]["light"] == "red"


async def test_nothing_has_to_follow_on_what_is_over_or_open(settled: Door) -> None:
    await settled.patch("/projects/sozialplanung", {"ends_on": None})
    assert "nothing_follows" in await lit(settled, "2026-01-01")
    await settled.made("/grants", {**GRANT, "key": "unbefristet", "ends_on": None})
    assert "nothing_follows" not in await lit(settled, "2026-01-01"), "nobody knows its end"
    ended = {"ends_on": "2024-12-31"}
    revision = (await settled.get("/grants/unbefristet")).json()["revision"]
    assert (await settled.patch("/grants/unbefristet", ended, revision)).status_code == 200
    assert "nothing_follows" in await lit(settled, "2026-01-01")
    over = await settled.patch("/projects/sozialplanung", {"state": "completed"}, 2)
    assert over.status_code == 200, over.text
    assert "nothing_follows" not in await lit(settled, "2026-01-01")


async def test_what_nobody_can_tell_is_grey_and_named(settled: Door) -> None:
    (project,) = (await lit(settled, "2024-06-30"))[""]
    assert project["lit"] == []
    assert project["light"] == "grey"
    assert "lapse" in project["unknown"]


async def test_only_who_sees_money_sees_lights(settled: Door) -> None:
    assert (await settled.as_("secretary").get("/portfolio/lights")).status_code == 403
    assert (await settled.as_().get("/portfolio/lights")).status_code == 401
