"""What projects are to bring about, who says that it was reached, and what is locked."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from services.kit import sql
from services.kit.clients import service_actor
from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import (
    MONITORING,
    TARGET_INDICATOR,
    TARGET_PERIOD,
    TARGET_UPDATE,
    settle,
)
from tests.integration.projects.updating import approved, planner, second
from tests.support.towns import Door

REASON = {"reason": "Der Verwendungsnachweis ist eingereicht."}
PARTS = [
    {"dimension": "feld", "value": "jugend", "amount": "2"},
    {"dimension": "feld", "value": "alter", "amount": "1"},
]


async def progress(door: Door, on: str = "2025-01-31") -> dict[str, Any]:
    answer = await door.get(f"/target-indicators/gemeinsame-berichte/progress?on={on}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def entered(app: FastAPI, door: Door, *subjects: str) -> list[dict[str, Any]]:
    """What the journal says of these subjects, in its order."""
    statement = text("SELECT type, actor, data FROM journal WHERE subject = ANY(:s) ORDER BY seq")
    async with app.state.database.writing(service_actor("test", door.municipality)) as session:
        found = await sql.run(session, statement, {"s": list(subjects)})
        return [dict(row) for row in found.mappings()]


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json()["errors"]]


async def test_only_what_a_second_person_approved_counts(settled: Door) -> None:
    office = planner(settled)
    await office.made("/target-updates", TARGET_UPDATE)
    assert (await progress(settled))["actual"] is None
    submitted = await office.post("/target-updates/meldung-2024/submission")
    assert submitted.json()["state"] == "submitted"
    assert submitted.json()["submitted_by"] == "test:planner"
    assert (await progress(settled))["no_achievement"] == "missing_periods"
    answer = await second(settled).post("/target-updates/meldung-2024/approval")
    assert answer.json()["state"] == "approved"
    shown = await progress(settled)
    assert (shown["baseline"], shown["target"], shown["actual"]) == ("1", "5", "3")
    assert shown["achievement"] == "50.00"
    assert shown["state"] == "missed"
    assert shown["light"] == "red"


async def test_who_submitted_cannot_approve(settled: Door, apps: dict[str, FastAPI]) -> None:
    both = settled.as_("administrator", subject="test:alone")
    await both.made("/target-updates", TARGET_UPDATE)
    await both.post("/target-updates/meldung-2024/submission")
    refused = await both.post("/target-updates/meldung-2024/approval")
    assert refused.status_code == 403, refused.text
    assert (await settled.get("/target-updates/meldung-2024")).json()["state"] == "submitted"


async def test_the_database_itself_refuses_to_approve_alone(
    settled: Door, apps: dict[str, FastAPI]
) -> None:
    await planner(settled).made("/target-updates", TARGET_UPDATE)
    await planner(settled).post("/target-updates/meldung-2024/submission")
    actor = service_actor("test", settled.municipality)
    with pytest.raises(Exception, match="approved_by_a_second"):
        async with apps["projects"].state.database.writing(actor) as session:
            await sql.run(
                session,
                text("""UPDATE target_update SET state = 'approved', decided_by = submitted_by,
                        decided_at = now(), revision = revision + 1"""),
                {},
            )


async def test_what_goes_back_says_why_and_is_a_draft_again_when_it_changes(settled: Door) -> None:
    office, address = planner(settled), "/target-updates/meldung-2024"
    await office.made("/target-updates", TARGET_UPDATE)
    assert (await second(settled).post(f"{address}/return", REASON)).status_code == 409
    await office.post(f"{address}/submission")
    assert (await office.patch(address, {"value": "4"}, 2)).status_code == 409
    assert pointers(await second(settled).post(f"{address}/return", {})) == ["/reason"]
    back = await second(settled).post(f"{address}/return", {"reason": "Beleg fehlt."})
    assert back.json()["returned_because"] == "Beleg fehlt."
    assert (await office.post(f"{address}/submission")).status_code == 409
    changed = await office.patch(address, {"value": "4"}, 3)
    assert changed.json()["state"] == "draft"
    assert changed.json()["submitted_by"] is None
    assert changed.json()["returned_because"] is None
    await office.post(f"{address}/submission")
    await second(settled).post(f"{address}/approval")
    assert (await progress(settled))["actual"] == "4"
    assert (await office.patch(address, {"value": "5"}, 6)).status_code == 409


async def test_the_latest_approved_word_of_a_period_counts(settled: Door) -> None:
    await approved(settled, key="im-juni", reported_on="2024-06-30", value="2")
    await approved(settled, key="im-dezember", reported_on="2024-12-31", value="4")
    await approved(settled, key="berichtigt", reported_on="2024-12-31", value="3")
    assert (await progress(settled))["actual"] == "3"
    then = await progress(settled, "2024-07-31")
    assert (then["actual"], then["actual_on"]) == ("2", "2024-06-30")


async def test_the_public_sees_approved_figures_and_no_identifier(settled: Door) -> None:
    await planner(settled).made("/target-updates", {**TARGET_UPDATE, "key": "entwurf"})
    everybody = settled.as_()
    assert (await everybody.get("/target-updates")).json()["items"] == []
    assert (await everybody.get("/target-updates/entwurf")).status_code == 404
    await approved(settled)
    shown = (await everybody.get("/target-updates/meldung-2024")).json()
    assert shown["submitted_by"] is None
    assert shown["value"] == "3"
    assert (await progress(everybody))["actual"] == "3"
    listed = (await settled.get("/target-updates?state=draft")).json()["items"]
    assert [one["key"] for one in listed] == ["entwurf"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"value": "viele"}, "/value"),
        ({"value": "1,5"}, "/value"),
        ({"value": "NaN"}, "/value"),
        ({"reported_on": "2023-12-31"}, "/reported_on"),
        ({"reported_on": "2025-01-01"}, "/reported_on"),
        ({"period": "not-there"}, "/period"),
        ({"parts": [{**PARTS[0], "value": "bildung"}]}, "/parts/0/value"),
        ({"parts": [PARTS[0], PARTS[0]]}, "/parts"),
        ({"evidence": [{"title": "Bericht"}]}, "/evidence/0"),
        ({"evidence": [{"title": "Bericht", "digest": "12"}]}, "/evidence/0/digest"),
        ({"state": "approved"}, "/state"),
    ],
)
async def test_a_wrong_update_is_pointed_at(
    settled: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await planner(settled).post("/target-updates", {**TARGET_UPDATE, **wrong})
    assert refused.status_code == 422, refused.text
    assert pointers(refused) == [pointer]
    assert (await settled.get("/target-updates")).json()["items"] == []


async def test_nobody_reports_what_is_still_to_come(settled: Door) -> None:
    period = {**TARGET_PERIOD, "key": "fern", "starts_on": "2090-01-01", "ends_on": "2090-12-31"}
    await settled.made("/target-periods", period)
    early = {**TARGET_UPDATE, "period": "fern", "reported_on": "2090-06-30"}
    assert pointers(await settled.post("/target-updates", early)) == ["/reported_on"]


async def test_all_parts_together_are_the_value(settled: Door) -> None:
    found = await approved(settled, value=None, parts=PARTS)
    assert found["value"] == "3"
    (period,) = (await progress(settled))["periods"]
    (roll_up,) = period["roll_ups"]
    assert (roll_up["sum"], roll_up["state"], roll_up["missing"]) == ("3", "agrees", [])


async def test_parts_that_do_not_add_up_or_are_missing_are_not_submitted(settled: Door) -> None:
    office, address = planner(settled), "/target-updates/meldung-2024"
    await office.made("/target-updates", {**TARGET_UPDATE, "value": "4", "parts": PARTS})
    refused = await office.post(f"{address}/submission")
    assert refused.status_code == 422, refused.text
    assert pointers(refused) == ["/parts"]
    await office.patch(address, {"value": None, "parts": PARTS[:1]}, 1)
    assert pointers(await office.post(f"{address}/submission")) == ["/value"]
    assert (await settled.get(address)).json()["state"] == "draft"


async def test_a_missing_part_is_named_in_the_progress(settled: Door) -> None:
    await approved(settled, parts=[PARTS[0], {**PARTS[1], "amount": None}])
    (period,) = (await progress(settled))["periods"]
    (roll_up,) = period["roll_ups"]
    assert (roll_up["sum"], roll_up["state"], roll_up["missing"]) == (None, "incomplete", ["alter"])
    assert [part["actual"] for part in roll_up["parts"]] == ["2", None]


async def test_a_locked_period_refuses_every_change(settled: Door) -> None:
    office, controlling = planner(settled), second(settled)
    for key in ("entwurf", "eingereicht"):
        await office.made("/target-updates", {**TARGET_UPDATE, "key": key})
    await office.post("/target-updates/eingereicht/submission")
    locked = await controlling.post("/target-periods/jahr-2024/locking", REASON)
    assert locked.json()["locked"] is True
    refusals = [
        await office.patch("/target-periods/jahr-2024", {"target": "2"}, 2),
        await office.post("/target-updates", TARGET_UPDATE),
        await office.patch("/target-updates/entwurf", {"value": "5"}, 1),
        await office.post("/target-updates/entwurf/submission"),
        await controlling.post("/target-updates/eingereicht/approval"),
        await controlling.post("/target-updates/eingereicht/return", REASON),
        await office.patch("/target-indicators/gemeinsame-berichte", {"baseline": "0"}, 1),
        await office.patch("/target-indicators/gemeinsame-berichte", {"dimensions": []}, 1),
        await office.patch("/target-indicators/gemeinsame-berichte", {"unit": {"de": "%"}}, 1),
        await controlling.post("/target-periods/jahr-2024/locking", REASON),
    ]
    assert [answer.status_code for answer in refusals] == [409] * len(refusals)
    title = await office.patch("/target-indicators/gemeinsame-berichte", {"title": {"de": "x"}}, 1)
    assert title.status_code == 200, "what does not change a figure may change"
    await controlling.post("/target-periods/jahr-2024/unlocking", REASON)
    again = await controlling.post("/target-updates/eingereicht/approval")
    assert again.json()["state"] == "approved"


async def test_unlocking_is_journaled_with_its_reason(
    settled: Door, apps: dict[str, FastAPI]
) -> None:
    controlling, address = second(settled), "/target-periods/jahr-2024"
    refused = await planner(settled).post(f"{address}/locking", REASON)
    assert refused.status_code == 403, "a planner does not lock"
    await controlling.post(f"{address}/locking", REASON)
    assert pointers(await controlling.post(f"{address}/unlocking", {})) == ["/reason"]
    await controlling.post(f"{address}/unlocking", {"reason": "Prüffeststellung 3"})
    entries = await entered(apps["projects"], settled, "target-periods/jahr-2024")
    assert [entry["type"].split(".")[2] for entry in entries] == ["created", "locked", "unlocked"]
    assert entries[2]["data"]["reason"] == "Prüffeststellung 3"
    assert entries[2]["actor"] == "test:controller"


@pytest.mark.parametrize("attempt", range(3))
async def test_while_a_period_is_locked_nothing_slips_in(
    settled: Door, apps: dict[str, FastAPI], attempt: int
) -> None:
    office, controlling = planner(settled), second(settled)
    await office.made("/target-updates", TARGET_UPDATE)
    await office.post("/target-updates/meldung-2024/submission")
    approval, locking = await asyncio.gather(
        controlling.post("/target-updates/meldung-2024/approval"),
        controlling.post("/target-periods/jahr-2024/locking", REASON),
    )
    assert locking.status_code == 200, locking.text
    update = (await settled.get("/target-updates/meldung-2024")).json()
    if approval.status_code == 200:
        subjects = ("target-updates/meldung-2024", "target-periods/jahr-2024")
        told = [entry["type"] for entry in await entered(apps["projects"], settled, *subjects)]
        assert told[-2:] == [
            "projects.target_update.approved.v1",
            "projects.target_period.locked.v1",
        ]
    else:
        assert approval.status_code == 409
        assert update["state"] == "submitted"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"target": None}, "/target"),
        ({"target": "0"}, "/target"),
        ({"ends_on": "2023-01-01"}, "/ends_on"),
        ({"indicator": "not-there"}, "/indicator"),
        ({"parts": [{"dimension": "alter", "value": "jugend"}]}, "/parts/0/value"),
        ({"starts_on": "2023-01-01", "ends_on": "2024-12-31", "key": "doppelt"}, "/ends_on"),
        ({"target": "viele"}, "/target"),
    ],
)
async def test_a_wrong_period_is_pointed_at(
    projects: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await settle(projects, until=None if "key" in wrong else "target-periods")
    before = (await projects.get("/target-periods")).json()
    refused = await projects.post("/target-periods", {**TARGET_PERIOD, **wrong})
    assert refused.status_code == 422, refused.text
    assert pointers(refused) == [pointer]
    assert (await projects.get("/target-periods")).json() == before


async def test_periods_overlap_only_where_figures_are_cumulative(projects: Door) -> None:
    await settle(projects, until="target-indicators")
    long = {"starts_on": "2024-01-01", "ends_on": "2029-12-31", "target": "9"}
    for counting, status in (("cumulative", 201), ("per_period", 422)):
        new = {**TARGET_INDICATOR, "key": counting.replace("_", "-"), "counting": counting}
        await projects.made("/target-indicators", new)
        period = {**TARGET_PERIOD, "indicator": new["key"], "key": f"a-{new['key']}"}
        await projects.made("/target-periods", period)
        other = await projects.post("/target-periods", {**period, **long, "key": f"b-{new['key']}"})
        assert other.status_code == status, other.text


async def test_a_baseline_does_not_move_past_a_target_nor_a_part_with_figures_away(
    settled: Door,
) -> None:
    address = "/target-indicators/gemeinsame-berichte"
    assert pointers(await settled.patch(address, {"baseline": "6"}, 1)) == ["/baseline"]
    assert pointers(await settled.patch(address, {"direction": "decrease"}, 1)) == ["/baseline"]
    await planner(settled).made("/target-updates", {**TARGET_UPDATE, "parts": PARTS})
    gone = await settled.patch(address, {"dimensions": []}, 1)
    assert gone.status_code == 409
    moved = await settled.patch("/target-periods/jahr-2024", {"ends_on": "2024-06-30"}, 1)
    assert moved.status_code == 409, moved.text


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"esf_code": "EECO18", "baseline": 0}, []),
        ({"esf_code": "EECR03", "baseline": 10}, []),
        ({"esf_code": "EECO18", "baseline": 1}, ["/baseline"]),
        ({"esf_code": "EECO18", "baseline": None}, ["/baseline"]),
        ({"esf_code": "EECO01", "baseline": 0, "counting": "per_period"}, ["/counting"]),
        ({"esf_code": "EECO20"}, ["/esf_code"]),
        ({"indicator": "nowhere"}, ["/indicator"]),
        ({"result": "not-there"}, ["/result"]),
    ],
)
async def test_common_indicators_begin_at_nought_and_references_lead_somewhere(
    projects: Door, neighbours: dict[str, Neighbour], wrong: dict[str, Any], expected: list[str]
) -> None:
    await settle(projects, until="target-indicators")
    answer = await projects.post("/target-indicators", {**TARGET_INDICATOR, **wrong})
    if expected:
        assert answer.status_code == 422, answer.text
        assert pointers(answer) == expected
    else:
        assert answer.status_code == 201, answer.text
        assert answer.json()["code_verified"] is False


async def test_a_verified_code_says_so_and_none_says_nothing(projects: Door) -> None:
    await settle(projects, until="target-indicators")
    seen = {**TARGET_INDICATOR, "esf_code": "EECO05", "baseline": 0}
    assert (await projects.made("/target-indicators", seen))["code_verified"] is True
    plain = {**TARGET_INDICATOR, "key": "ohne-code"}
    assert (await projects.made("/target-indicators", plain))["code_verified"] is None


async def test_a_grant_of_another_project_promises_nothing_here(settled: Door) -> None:
    refused = await settled.patch("/results/abgestimmte-planung", {"grant": "not-there"}, 1)
    assert pointers(refused) == ["/grant"]


async def test_the_list_of_common_indicators_says_what_is_sure(settled: Door) -> None:
    every = (await settled.as_().get("/esf-indicators")).json()
    assert len(every) == 25
    sure = (await settled.as_().get("/esf-indicators?verified=true")).json()
    assert [one["code"] for one in sure] == [
        "EECO02",
        "EECO05",
        "EECO12",
        "EECO19",
        "EECR01",
        "EECR04",
    ]
    special = [one["code"] for one in every if one["special_category"]]
    assert special == ["EECO12", "EECO15"]
    assert [one["code"] for one in every if not one["personal"]] == ["EECO18", "EECO19"]
    proposed = (await settled.get("/esf-indicators?proposed_for_planning=true")).json()
    assert [one["code"] for one in proposed] == ["EECO18"]
    assert all(one["name"]["de"] and one["name"]["en"] for one in every)


async def test_the_progress_of_a_result_costs_few_statements(
    settled: Door, statements: list[str]
) -> None:
    await approved(settled)
    for n in range(3):
        more = {**TARGET_INDICATOR, "key": f"weiterer-{n}"}
        await settled.made("/target-indicators", more)
        period = {**TARGET_PERIOD, "key": f"zeit-{n}", "indicator": more["key"]}
        await settled.made("/target-periods", period)
    statements.clear()
    answer = await settled.as_().get("/results/abgestimmte-planung/progress?on=2025-01-31")
    assert len(answer.json()["indicators"]) == 4
    assert len(statements) == 5
    assert answer.json()["indicators"][0]["achievement"] == "50.00"
    assert (await settled.get("/results/not-there/progress")).status_code == 404


async def test_what_hides_with_its_project_has_no_progress(projects: Door) -> None:
    await settle(projects)
    await approved(projects)
    hidden = await projects.patch("/projects/sozialplanung", {"visibility": "administration"}, 1)
    assert hidden.status_code == 200
    everybody = projects.as_()
    for address in (
        "/results/abgestimmte-planung",
        "/results/abgestimmte-planung/progress",
        "/target-indicators/gemeinsame-berichte",
        "/target-indicators/gemeinsame-berichte/progress",
        "/target-periods/jahr-2024",
        "/target-updates/meldung-2024",
    ):
        assert (await everybody.get(address)).status_code == 404, address
        assert (await projects.get(address)).status_code == 200, address


async def test_counts_of_people_are_seen_by_nobody_outside(settled: Door) -> None:
    await approved(settled)
    anyone = settled.as_()
    address = f"/target-updates/{TARGET_UPDATE['key']}"
    assert (await anyone.get(address)).status_code == 200
    indicator = f"/target-indicators/{TARGET_INDICATOR['key']}"
    common = {"esf_code": "EECO12", "baseline": "0"}
    assert (await settled.patch(indicator, common, 1)).status_code == 200
    assert (await anyone.get(address)).status_code == 404
    assert (await anyone.get("/target-updates")).json()["items"] == []
    assert (await progress(anyone))["actual"] is None
    assert (await progress(settled))["actual"] == "3"
    assert (await settled.get(address)).json()["value"] == "3"


@pytest.mark.parametrize(
    "said",
    [
        {"unit": {"de": "Personen"}},
        {"unit": {"de": "Fälle", "en": "Participants"}},
        {"people": True},
        {"people": True, "esf_code": "EECO18", "baseline": "0"},
    ],
)
async def test_counts_of_people_need_no_common_code_to_be_hidden(
    settled: Door, said: dict[str, Any]
) -> None:
    await approved(settled, parts=PARTS)
    anyone = settled.as_()
    indicator = f"/target-indicators/{TARGET_INDICATOR['key']}"
    changed = await settled.patch(indicator, said, 1)
    assert changed.json()["counts_people"] is True
    assert (await anyone.get(f"/target-updates/{TARGET_UPDATE['key']}")).status_code == 404
    told = await progress(anyone)
    assert (told["actual"], told["no_achievement"]) == (None, "not_published")
    (parts,) = told["periods"][0]["roll_ups"]
    assert [part["actual"] for part in parts["parts"]] == [None, None]
    assert (await progress(settled))["actual"] == "3"


async def test_what_sounds_like_people_is_told_when_somebody_says_that_it_is_not(
    settled: Door,
) -> None:
    await approved(settled)
    indicator = f"/target-indicators/{TARGET_INDICATOR['key']}"
    places = {"unit": {"de": "Plätze für Kinder"}}
    assert (await settled.patch(indicator, places, 1)).json()["counts_people"] is True
    assert (await progress(settled.as_()))["actual"] is None
    assert (await settled.patch(indicator, {"people": False}, 2)).json()["counts_people"] is False
    assert (await progress(settled.as_()))["actual"] == "3"
    common = {"esf_code": "EECO12", "baseline": "0"}
    refused = await settled.patch(indicator, common, 3)
    assert (refused.status_code, pointers(refused)) == (422, ["/people"])


PEOPLE = {"esf_code": "EECO12", "baseline": "0"}


def said(told: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(told[name] for name in ("actual", "actual_on", "no_achievement", "state", "light"))


async def publish(door: Door, women: int, revision: int = 0) -> None:
    """One count of 2024 as it is now, for everybody."""
    span = {"starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    body = {"key": "z24", "monitoring": MONITORING["key"], "code": "EECO12", **span}
    if revision:
        changed = await door.patch("/participant-counts/z24", {"women": women}, revision)
        assert changed.status_code == 200, changed.text
    else:
        await door.made("/participant-counts", {**body, "women": women, "men": 0, "non_binary": 0})
    address = f"/monitorings/{MONITORING['key']}/participation"
    assert (await door.post(address)).status_code == 200


@pytest.fixture
async def counted(settled: Door) -> Door:
    """A town with an approved update of a target that counts people."""
    await approved(settled)
    indicator = f"/target-indicators/{TARGET_INDICATOR['key']}"
    assert (await settled.patch(indicator, PEOPLE, 1)).status_code == 200
    return settled


async def test_outside_a_target_of_people_is_hidden_until_something_is_published(
    counted: Door,
) -> None:
    for door in (counted.as_(), counted.as_("member")):
        told = await progress(door)
        assert said(told) == (None, None, "not_published", "hidden", "grey")
        assert told["missing_periods"] == [], "something is reported, and not for everybody"
        (period,) = told["periods"]
        assert (period["state"], period["no_achievement"]) == ("hidden", "not_published")
        (parts,) = period["roll_ups"]
        assert (parts["state"], parts["missing"], parts["sum"]) == ("hidden", [], None)
    assert (await progress(counted))["no_achievement"] is None


async def test_outside_a_target_of_people_tells_what_was_published(counted: Door) -> None:
    await publish(counted, 4)
    assert said(await progress(counted.as_())) == (None, None, "protected", "hidden", "grey")
    await publish(counted, 10, revision=1)
    told = await progress(counted.as_())
    assert said(told) == ("10", "2024-12-31", None, "reached", "green")
    assert told["achievement"] == "200.00"
    assert (await progress(counted))["actual"] == "3", "the administration sees what was reported"
    early = await progress(counted.as_(), on="2024-06-30")
    assert said(early)[:3] == (None, None, "not_published")
    monitoring = f"/monitorings/{MONITORING['key']}"
    only = {"visibility": "administration"}
    assert (await counted.patch(monitoring, only, 1)).status_code == 200
    assert said(await progress(counted.as_()))[2] == "not_published"
