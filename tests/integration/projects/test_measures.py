"""Measures: what they answer, who decided, what they cost, and what they lack."""

import asyncio
import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import GRANT, MEASURE, PROJECT
from tests.support.following import followers, journal
from tests.support.towns import Door

ADDRESS = "/measures/jobladen-lobeda"
TARGET: dict[str, Any] = {
    "indicator": "sgb2-quote",
    "area": "lobeda-west",
    "direction": "decrease",
    "baseline_period": "2023-12-31",
    "baseline_value": "18.2",
    "target_value": "16",
    "due_on": "2027-12-31",
    "compared_with": ["winzerla"],
}
WHOLE: dict[str, Any] = {
    **MEASURE,
    "key": "ganz",
    "state": "decided",
    "department": "fachdienst-soziales",
    "target_groups": ["arbeitsuchende"],
    "planning_fields": ["altenhilfeplanung"],
    "recommendation": "jobladen-fortfuehren",
    "findings": ["arbeitslosigkeit-lobeda-r3"],
    "mandate_required": True,
    "mandate": "beschluss-jobladen",
    "grants": ["bescheid-2023"],
    "budget": [
        {"year": 2027, "source": "municipal", "amount": "12000"},
        {"year": 2027, "source": "federal"},
    ],
    "targets": [TARGET],
    "starts_on": "2026-01-01",
    "ends_on": "2027-12-31",
}


async def test_a_measure_knows_what_it_answers_who_decided_and_what_it_costs(
    settled: Door,
) -> None:
    made = await settled.made("/measures", WHOLE)
    assert made["budget"][0]["amount"] == "12000.00"
    assert made["budget"][1]["amount"] is None
    assert made["targets"][0] == {**TARGET, "breakdown": ""}
    assert (made["funding_state"], made["gaps"], made["hidden_links"]) == ("open", [], 0)
    assert (await settled.as_().get("/measures/ganz")).json() == made


async def test_a_measure_goes_its_way_step_by_step(settled: Door) -> None:
    steps = [
        ("completed", 409),
        ("decided", 200),
        ("suspended", 409),
        ("running", 200),
        ("proposed", 409),
        ("suspended", 200),
        ("running", 200),
        ("completed", 200),
        ("withdrawn", 409),
        ("running", 200),
        ("withdrawn", 200),
        ("running", 409),
        ("proposed", 200),
        ("decided", 200),
        ("planned", 200),
    ]
    revision = 1
    for state, status in steps:
        answer = await settled.patch(ADDRESS, {"state": state}, revision)
        assert answer.status_code == status, (state, answer.text)
        revision += status == 200
    history = (await settled.get(f"{ADDRESS}/history")).json()
    assert len(history) == revision


async def test_a_running_measure_says_what_it_lacks(projects: Door) -> None:
    bare = {"key": "bare", "title": {"de": "Ohne alles"}, "mandate_required": True}
    await projects.made("/measures", bare)
    assert (await projects.get("/measures/bare")).json()["gaps"] == []
    decided = await projects.patch("/measures/bare", {"state": "decided"}, 1)
    assert decided.json()["gaps"] == ["no_mandate"]
    running = await projects.patch("/measures/bare", {"state": "running"}, 2)
    assert running.json()["gaps"] == ["no_mandate", "no_funding", "no_responsible", "no_target"]
    unknown = [{"year": 2027, "source": "own"}]
    still = await projects.patch("/measures/bare", {"budget": unknown}, 3)
    assert "no_funding" in still.json()["gaps"]
    filled = {
        "mandate": "beschluss",
        "budget": [{"year": 2027, "source": "own", "amount": "1"}],
        "responsible": "stadt",
        "targets": [TARGET],
    }
    assert (await projects.patch("/measures/bare", filled, 4)).json()["gaps"] == []


async def test_a_measure_begins_and_a_strategy_is_adopted_by_what_holds(
    projects: Door, neighbours: dict[str, Neighbour]
) -> None:
    """The boards are asked when it is named and when it is used, not at every change."""
    boards, address = (
        neighbours["boards"],
        f"/v1/{projects.municipality.key}/resolutions/beschluss-9",
    )
    named = {"key": "mit-mandat", "title": {"de": "Mit Mandat"}, "mandate": "beschluss-9"}
    boards.known[address] = {"kind": "refusal"}
    refused = await projects.post("/measures", named)
    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
        ("/mandate", "refusal")
    ]
    boards.known[address] = {}
    await projects.made("/measures", named)
    boards.known[address] = {"state": "repealed"}
    begun = await projects.patch("/measures/mit-mandat", {"state": "decided"}, 1)
    assert (begun.status_code, begun.json()["errors"][0]["code"]) == (422, "repealed")
    other = await projects.patch("/measures/mit-mandat", {"title": {"de": "Anders"}}, 1)
    assert other.status_code == 200
    boards.away = True
    unasked = await projects.patch("/measures/mit-mandat", {"state": "decided"}, 2)
    assert unasked.status_code == 503
    boards.away = False
    boards.known[address] = {"state": "valid"}
    assert (await projects.patch("/measures/mit-mandat", {"state": "decided"}, 2)).is_success
    plan = {
        "key": "plan",
        "kind": "strategy",
        "title": {"de": "Plan"},
        "prepared_by": "stadt",
        "resolution": "beschluss-9",
    }
    boards.known[address] = {"state": "void"}
    void = await projects.post("/strategies", plan)
    assert (void.status_code, void.json()["errors"][0]["pointer"]) == (422, "/resolution")
    assert (await projects.get("/strategies/plan")).status_code == 404


async def test_a_resolution_that_is_hidden_from_who_writes_is_no_mandate_anew(
    projects: Door, neighbours: dict[str, Neighbour]
) -> None:
    """Known here already, it once passed; what rested on it before stays possible."""
    boards, address = (
        neighbours["boards"],
        f"/v1/{projects.municipality.key}/resolutions/beschluss-9",
    )
    named = {"key": "erste", "title": {"de": "Erste"}, "mandate": "beschluss-9"}
    await projects.made("/measures", named)
    boards.unseen.add(address)
    refused = await projects.post("/measures", {**named, "key": "zweite"})
    assert refused.status_code == 422, refused.text
    (fault,) = refused.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/mandate", "unknown")
    assert (await projects.get("/measures/zweite")).status_code == 404
    assert (await projects.patch("/measures/erste", {"state": "decided"}, 1)).is_success


async def test_what_fell_is_told_to_who_may_see_it_and_changes_what_a_client_keeps(
    projects: Door, neighbours: dict[str, Neighbour], apps: dict[str, FastAPI]
) -> None:
    boards, town = neighbours["boards"], projects.municipality
    address = f"/v1/{town.key}/resolutions/beschluss-9"
    boards.known[address] = {"visibility": "members"}
    named = {"key": "erste", "title": {"de": "Erste"}, "mandate": "beschluss-9"}
    await projects.made("/measures", {**named, "state": "decided"})
    before = await projects.get("/measures/erste")
    assert before.json()["gaps"] == []
    boards.known[address] = {"visibility": "members", "state": "void"}
    boards.tell(town, "boards.resolution.changed.v1", "resolutions/beschluss-9")
    await followers(apps["projects"])["references-boards"].catch_up()
    told = await journal(apps["projects"], town, "projects.reference.changed.v1")
    assert told == ["references/resolutions/beschluss-9"]
    known = {"If-None-Match": before.headers["etag"]}
    after = await projects.get("/measures/erste", headers=known)
    assert (after.status_code, after.json()["gaps"]) == (200, ["mandate_fallen"])
    assert (await projects.as_().get("/measures/erste")).json()["gaps"] == []
    boards.unseen.add(address)
    begun = await projects.patch("/measures/erste", {"state": "running"}, 1)
    assert (begun.status_code, begun.json()["errors"][0]["code"]) == (422, "void")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"indicator": "nowhere"}, "/targets/0/indicator"),
        ({"area": "nowhere"}, "/targets/0/area"),
        ({"compared_with": ["winzerla", "nowhere"]}, "/targets/0/compared_with/1"),
        ({"compared_with": ["lobeda-west"]}, "/targets/0/compared_with"),
        ({"baseline_period": None}, "/targets/0/baseline_value"),
        ({"target_value": "18.2"}, "/targets/0/target_value"),
        ({"direction": "increase"}, "/targets/0/target_value"),
        ({"baseline_value": "NaN"}, "/targets/0/baseline_value"),
        ({"direction": "sideways"}, "/targets/0/direction"),
    ],
)
async def test_a_wrong_target_is_pointed_at(
    projects: Door, wrong: dict[str, Any], pointer: str
) -> None:
    body = {"key": "bare", "title": {"de": "Maßnahme"}, "targets": [{**TARGET, **wrong}]}
    refused = await projects.post("/measures", body)
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    twice = await projects.post("/measures", {**body, "targets": [TARGET, TARGET]})
    assert [error["pointer"] for error in twice.json()["errors"]] == ["/targets"]
    assert (await projects.get("/measures")).json()["items"] == []


async def test_a_target_of_zero_is_a_target(projects: Door) -> None:
    body = {"key": "bare", "title": {"de": "M"}, "targets": [{**TARGET, "target_value": "0"}]}
    made = await projects.made("/measures", body)
    assert made["targets"][0]["target_value"] == "0"


async def test_what_is_hidden_elsewhere_is_counted_and_never_shown(
    settled: Door, neighbours: dict[str, Neighbour], apps: dict[str, FastAPI]
) -> None:
    base = f"/v1/{settled.municipality.key}"
    secret = {"visibility": "administration"}
    neighbours["boards"].known |= {
        f"{base}/recommendations/jobladen-fortfuehren": secret,
        f"{base}/resolutions/beschluss-jobladen": {"visibility": "members"},
    }
    neighbours["indicators"].known |= {
        f"{base}/findings/arbeitslosigkeit-lobeda-r3": secret,
        f"{base}/areas/winzerla": secret,
    }
    await settled.made("/measures", WHOLE)
    await settled.patch("/grants/bescheid-2023", {"visibility": "administration"}, 1)
    seen = (await settled.as_().get("/measures/ganz")).json()
    assert (seen["recommendation"], seen["mandate"], seen["findings"]) == (None, None, [])
    assert (seen["grants"], seen["targets"][0]["compared_with"]) == ([], [])
    assert seen["hidden_links"] == 5
    assert "no_mandate" not in seen["gaps"]
    member = (await settled.as_("member").get("/measures/ganz")).json()
    assert (member["mandate"], member["hidden_links"]) == ("beschluss-jobladen", 4)
    planner = (await settled.as_("planner").get("/measures/ganz")).json()
    assert (planner["findings"], planner["hidden_links"]) == (WHOLE["findings"], 0)
    before = await settled.as_().get("/measures/ganz")
    neighbours["boards"].known[f"{base}/resolutions/beschluss-jobladen"] = {"visibility": "public"}
    told = ("boards.resolution.changed.v1", "resolutions/beschluss-jobladen")
    neighbours["boards"].tell(settled.municipality, *told)
    await followers(apps["projects"])["references-boards"].catch_up()
    known = {"If-None-Match": before.headers["etag"]}
    after = await settled.as_().get("/measures/ganz", headers=known)
    assert (after.status_code, after.json()["mandate"]) == (200, "beschluss-jobladen")
    changed = await settled.as_("planner").patch(
        "/measures/ganz", {"state": "running"}, headers={"If-Match": after.headers["etag"]}
    )
    assert changed.status_code == 200
    tree = (await settled.as_().get("/strategies/armutspraevention/tree")).text
    table = (await settled.as_().get("/measure-catalogue")).text
    for text in (tree, table):
        assert "jobladen-fortfuehren" not in text.lower()


async def test_a_hidden_indicator_takes_its_target_along(
    settled: Door, neighbours: dict[str, Neighbour]
) -> None:
    base = f"/v1/{settled.municipality.key}"
    hidden = {f"{base}/indicators/kinderarmut": {"visibility": "administration"}}
    neighbours["indicators"].known |= hidden
    targets = [{**target, "indicator": "kinderarmut"} for target in WHOLE["targets"]]
    await settled.made("/measures", {**WHOLE, "targets": targets})
    seen = (await settled.as_().get("/measures/ganz")).json()
    assert (seen["targets"], seen["hidden_links"]) == ([], 2)


async def test_the_end_of_a_project_closes_the_funding_of_its_measures(
    settled: Door, apps: dict[str, FastAPI]
) -> None:
    town = settled.municipality
    await settled.made("/measures", {"key": "fremd", "title": {"de": "Andere"}})
    ended = await settled.patch("/projects/sozialplanung", {"state": "completed"}, 1)
    assert (ended.status_code, ended.headers["etag"]) == (200, '"r2"')
    measure = (await settled.get(ADDRESS)).json()
    assert (measure["funding_state"], measure["funding_reason"]) == ("closed", "project_completed")
    assert measure["funding_closed_on"] is not None
    assert (await settled.get("/measures/fremd")).json()["funding_state"] == "none"
    closed = await journal(apps["projects"], town, "projects.measure.funding_closed.v1")
    assert closed == ["measures/jobladen-lobeda"]
    await settled.patch("/projects/sozialplanung", {"website": "https://example.org"}, 2)
    assert len(await journal(apps["projects"], town, "projects.measure.funding_closed.v1")) == 1
    assert (await settled.get(ADDRESS)).json()["revision"] == 2
    late = await settled.made("/measures", {**MEASURE, "key": "late"})
    assert late["funding_state"] == "closed"
    await settled.patch("/projects/sozialplanung", {"state": "running"}, 3)
    assert (await settled.get(ADDRESS)).json()["funding_state"] == "open"
    opened = await journal(apps["projects"], town, "projects.measure.funding_opened.v1")
    assert opened == ["measures/jobladen-lobeda", "measures/late"]


async def test_a_measure_keeps_its_money_while_one_of_the_projects_that_pay_goes_on(
    settled: Door, apps: dict[str, FastAPI]
) -> None:
    town = settled.municipality
    other = {"key": "anschluss", "project": "anschlussprojekt"}
    await settled.made("/projects", {**PROJECT, "key": "anschlussprojekt"})
    await settled.made("/grants", {**GRANT, **other})
    paid = {"key": "bezahlt", "title": {"de": "Bezahlt"}, "grants": ["bescheid-2023"]}
    await settled.made("/measures", paid)
    both = {**MEASURE, "key": "beide", "grants": ["bescheid-2023", "anschluss"]}
    await settled.made("/measures", both)
    assert (await settled.patch("/projects/sozialplanung", {"state": "completed"}, 1)).is_success

    async def stand(key: str) -> tuple[str, str | None]:
        told = (await settled.get(f"/measures/{key}")).json()
        return told["funding_state"], told["funding_reason"]

    closed = ("closed", "project_completed")
    assert await stand("bezahlt") == closed, "its grant is one of the project"
    assert await stand("beide") == ("open", None)
    told = await journal(apps["projects"], town, "projects.measure.funding_closed.v1")
    assert told == ["measures/bezahlt", "measures/jobladen-lobeda"]
    moved = await settled.patch("/grants/anschluss", {"project": "sozialplanung"}, 1)
    assert (moved.status_code, moved.headers["etag"]) == (200, '"r2"')
    assert await stand("beide") == closed
    moved = await settled.patch("/grants/bescheid-2023", {"project": "anschlussprojekt"}, 1)
    assert moved.status_code == 200
    assert await stand("bezahlt") == await stand("beide") == ("open", None)
    late = {**paid, "key": "spaeter", "grants": ["anschluss"]}
    assert (await settled.made("/measures", late))["funding_state"] == "closed"


async def test_measures_that_join_while_a_project_ends_are_closed_all_the_same(
    settled: Door,
) -> None:
    joining = [settled.post("/measures", {**MEASURE, "key": f"measure-{n}"}) for n in range(6)]
    ending = settled.patch("/projects/sozialplanung", {"state": "completed"}, 1)
    moving = settled.patch(ADDRESS, {"state": "running"}, 1)
    *answers, ended, moved = await asyncio.gather(*joining, ending, moving)
    assert {answer.status_code for answer in answers} == {201}
    assert ended.status_code == 200
    assert moved.status_code in (200, 412)
    found = (await settled.get("/measures?project=sozialplanung")).json()["items"]
    assert {measure["funding_state"] for measure in found} == {"closed"}
    assert len(found) == 7


async def test_a_strategy_shows_everything_below_it_in_one_call(settled: Door) -> None:
    await settled.made("/measures", WHOLE)
    await settled.patch("/goals/beratung-im-stadtteil", {"recommendations": ["offen"]}, 1)
    loose = {"key": "lose", "title": {"de": "Ohne Ziel"}, "strategy": "armutspraevention"}
    await settled.made("/measures", loose)
    second = {"key": "vernetzung", "title": {"de": "Vernetzung"}, "strategy": "armutspraevention"}
    await settled.made("/goals", second)
    tree = (await settled.as_().get("/strategies/armutspraevention/tree")).json()
    (field,) = tree["fields_of_action"]
    (goal,) = field["goals"]
    answered = {one["key"]: [m["key"] for m in one["measures"]] for one in goal["recommendations"]}
    assert answered == {"offen": [], "jobladen-fortfuehren": ["ganz"]}
    assert [measure["key"] for measure in goal["measures"]] == ["jobladen-lobeda"]
    assert [measure["key"] for measure in tree["measures"]] == ["lose"]
    assert [goal["key"] for goal in tree["goals"]] == ["vernetzung"]
    assert tree["planning_fields"] == [
        {"key": "altenhilfeplanung", "covered": False, "measures": ["ganz"]}
    ]


async def test_an_action_plan_joins_measures_of_several_planning_fields(settled: Door) -> None:
    youth = {"key": "jugendhilfeplanung", "name": {"de": "Jugendhilfeplanung"}}
    await settled.made("/planning-fields", youth)
    plan = {
        "key": "aktionsplan",
        "title": {"de": "Integrierter Maßnahmenplan"},
        "kind": "action_plan",
        "prepared_by": "integrierte-sozialplanung",
        "planning_fields": ["altenhilfeplanung", "jugendhilfeplanung"],
    }
    await settled.made("/strategies", plan)
    await settled.made("/measures", {**WHOLE, "action_plans": ["aktionsplan"]})
    tree = (await settled.as_().get("/strategies/aktionsplan/tree")).json()
    assert [measure["key"] for measure in tree["taken_up"]] == ["ganz"]
    assert tree["planning_fields"] == [
        {"key": "altenhilfeplanung", "covered": True, "measures": ["ganz"]},
        {"key": "jugendhilfeplanung", "covered": True, "measures": []},
    ]
    assert len((await settled.get("/measures?action_plan=aktionsplan")).json()["items"]) == 1


async def test_a_tree_costs_the_same_however_large_it_is(
    settled: Door, statements: list[str]
) -> None:
    async def price() -> int:
        statements.clear()
        assert (await settled.as_().get("/strategies/armutspraevention/tree")).status_code == 200
        return len(statements)

    await settled.made("/measures", WHOLE)
    small = await price()
    for n in range(5):
        await settled.made("/measures", {**WHOLE, "key": f"measure-{n}"})
    assert await price() == small <= 8


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("field_of_action=arbeit", 2),
        ("field_of_action=wohnen", 0),
        ("goal=beratung-im-stadtteil", 2),
        ("target_group=arbeitsuchende", 1),
        ("department=fachdienst-soziales", 1),
        ("planning_field=altenhilfeplanung", 1),
        ("grant=bescheid-2023", 1),
        ("indicator=sgb2-quote", 1),
        ("funding_state=open", 2),
        ("funding_state=closed", 0),
        ("year=2027&state=decided", 1),
        ("year=2028&state=decided", 0),
        ("on=2026-06-01&area=lobeda", 2),
    ],
)
async def test_the_catalogue_is_filtered(settled: Door, query: str, count: int) -> None:
    await settled.made("/measures", WHOLE)
    assert len((await settled.as_().get(f"/measures?{query}")).json()["items"]) == count
    table = await settled.as_().get(f"/measure-catalogue?{query}")
    assert len(list(csv.reader(StringIO(table.text)))) == count + 1


async def test_the_catalogue_is_downloaded_and_runs_no_formula(settled: Door) -> None:
    evil = {**WHOLE, "title": {"de": '=HYPERLINK("http://x")', "en": "+1"}}
    await settled.made("/measures", evil)
    answer = await settled.as_().get("/measure-catalogue?lang=en&state=decided")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    _, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert row[:6] == [
        "ganz",
        "'+1",
        "decided",
        "Armutspräventionsstrategie",
        "Arbeit",
        "Beratung im Stadtteil",
    ]
    assert (row[8], row[10], row[11], row[14], row[15]) == (
        "Jenawirtschaft",
        "Arbeitsuchende",
        "Lobeda",
        "12000.00",
        "1",
    )
    book = await settled.as_().get("/measure-catalogue?format=xlsx&state=decided")
    again = await settled.as_().get("/measure-catalogue?format=xlsx&state=decided")
    assert book.content == again.content
    assert "xlsx" in book.headers["content-disposition"]
    _, cells = load_workbook(BytesIO(book.content)).active.iter_rows()
    assert (cells[1].value, cells[1].data_type) == ('=HYPERLINK("http://x")', "s")
    assert (cells[14].value, cells[15].value) == (12000, 1)
    wrong = await settled.get("/measure-catalogue?format=pdf")
    assert wrong.status_code == 422


async def test_an_unknown_amount_is_empty_and_not_zero(settled: Door) -> None:
    body = {**WHOLE, "budget": [{"year": 2027, "source": "own"}]}
    await settled.made("/measures", body)
    table = (await settled.get("/measure-catalogue?state=decided")).content.decode("utf-8-sig")
    _, row = csv.reader(StringIO(table))
    assert row[14:16] == ["", "1"]


async def test_a_goal_stays_with_its_strategy(settled: Door) -> None:
    other = {"key": "altenplan", "title": {"de": "Altenplan"}, "kind": "specialist_plan"}
    await settled.made("/strategies", {**other, "prepared_by": "integrierte-sozialplanung"})
    for address in ("/goals/beratung-im-stadtteil", "/fields-of-action/arbeit"):
        moved = await settled.patch(address, {"strategy": "altenplan"}, 1)
        assert moved.status_code == 422, address
        assert moved.json()["errors"][0]["pointer"] == "/strategy"
    foreign = {"key": "fremd", "title": {"de": "Fremd"}, "strategy": "altenplan"}
    refused = await settled.post("/goals", {**foreign, "field_of_action": "arbeit"})
    assert refused.json()["errors"][0]["code"] == "other-strategy"


async def test_a_specialist_plan_says_for_whom_by_which_law_and_how_good_it_is(
    settled: Door,
) -> None:
    plan = {
        "key": "altenplan",
        "title": {"de": "Altenhilfeplan"},
        "kind": "specialist_plan",
        "legal_basis": ["§ 71 SGB XII"],
        "prepared_by": "integrierte-sozialplanung",
        "resolution": "beschluss-altenplan",
        "planning_fields": ["altenhilfeplanung"],
        "areas": ["lobeda"],
        "target_groups": ["arbeitsuchende"],
        "starts_on": "2026-01-01",
        "ends_on": "2030-12-31",
        "review_on": "2028-06-30",
        "quality": [
            {"criterion": {"de": "Beteiligung der Betroffenen"}, "state": "met"},
            {"criterion": {"de": "Kleinräumige Daten"}},
        ],
    }
    made = await settled.made("/strategies", plan)
    assert [one["state"] for one in made["quality"]] == ["met", "unknown"]
    for query, count in (
        ("planning_field=altenhilfeplanung", 1),
        ("area=lobeda&target_group=arbeitsuchende", 1),
        ("area=winzerla", 0),
        ("review_until=2028-06-30", 1),
        ("review_until=2028-06-29", 0),
    ):
        assert len((await settled.get(f"/strategies?{query}")).json()["items"]) == count
