"""Positions: shares of grants over time."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from tests.integration.projects.samples import GRANT, NOTICE, POSITION, settle
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
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


async def test_a_programme_funds_no_more_positions_than_it_says_on_any_day(
    town_hall: Door,
) -> None:
    await town_hall.made("/positions", {**POSITION, "count": 3})
    two = {**POSITION, "key": "second", "count": 2}
    refused = await town_hall.post("/positions", two)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "above_cap")
    assert "2023-01-01" in refused.json()["detail"]
    half = {**two, "count": 2, "funding": [part(40, "2023-01-01")]}
    await town_hall.made("/positions", half)
    grown = await town_hall.patch("/positions/second", {"funding": [part(41, "2025-12-31")]}, 1)
    assert grown.json()["errors"][0]["code"] == "above_cap"
    rule = {
        "key": "vier-bis-2024",
        "programme": "sozialstrategierichtlinie-2-1",
        "parameter": "max_positions",
        "value": "2",
        "unit": "fte",
        "starts_on": "2025-01-01",
        "clause": "Nr. 5.1",
        "source": "Richtlinie",
    }
    assert (await town_hall.post("/funding-rules", rule)).status_code == 201
    later = {**two, "key": "third", "count": 1, "funding": [part(80, "2023-01-01", "2024-12-31")]}
    before = await town_hall.post("/positions", later)
    assert "2023-01-01" in before.json()["detail"], "before the rule, the period says four"
    assert (await town_hall.patch("/positions/second", {"funding": []}, 1)).status_code == 200
    await town_hall.made("/positions", later)
    refused = await town_hall.patch("/positions/third", {"funding": [part(80, "2024-01-01")]}, 1)
    assert "2025-01-01" in refused.json()["detail"]


async def test_a_notice_may_fund_more_positions_than_its_programme(town_hall: Door) -> None:
    """Every figure of a rule pack can be set otherwise by the notice, this one too."""
    five = {**POSITION, "count": 5}
    assert (await town_hall.post("/positions", five)).status_code == 409
    said = {"parameter": "max_positions", "value": "5", "clause": "Nr. 2.1 des Bescheids"}
    await town_hall.made("/notices", {**NOTICE, "overrides": [said]})
    assert (await town_hall.post("/positions", {**five, "count": 6})).status_code == 409
    await town_hall.made("/positions", five)
    found = (await town_hall.get("/grants/bescheid-2023/figures?on=2024-01-31")).json()["figures"]
    (fte,) = (one for one in found if one["key"] == "fte")
    assert (fte["value"], fte["status"]) == ("5", "ok")
    assert "Nr. 2.1 des Bescheids" in {clause["text"] for clause in fte["clauses"]}


async def test_what_a_programme_funds_beside_its_cap_counts_apart(town_hall: Door) -> None:
    """The half position more for prevention chains was stored as a rule and counted nowhere."""
    await town_hall.made("/notices", NOTICE)
    await town_hall.made("/positions", {**POSITION, "count": 4})
    half = {**POSITION, "key": "ketten", "count": 1, "fte": "0.5"}
    extra = {**half, "rule_scope": "praeventionsketten"}
    nowhere = await town_hall.post("/positions", extra)
    assert nowhere.status_code == 422
    fault = nowhere.json()["errors"][0]
    assert (fault["pointer"], fault["code"]) == ("/rule_scope", "unknown")
    programme = GRANT["programme"]
    adoption = f"/rule-packs/sozialstrategierichtlinie-2-1/adoption?programme={programme}"
    assert (await town_hall.post(adoption)).status_code == 200
    assert (await town_hall.post("/positions", half)).status_code == 409
    await town_hall.made("/positions", extra)
    more = await town_hall.post("/positions", {**extra, "key": "mehr", "fte": "0.0001"})
    assert (more.status_code, more.json()["errors"][0]["code"]) == (409, "above_cap")
    assert "(praeventionsketten) would fund 0.5001" in more.json()["detail"]
    common = await town_hall.patch("/positions/ketten", {"rule_scope": None}, 1)
    assert common.status_code == 409
    address = "/grants/bescheid-2023/figures"
    told = (await town_hall.get(f"{address}?on=2024-12-31")).json()["figures"]
    found = {one["scope"]: one for one in told if one["key"] == "fte"}
    said = {scope: (one["value"], one["status"]) for scope, one in found.items()}
    assert said == {None: ("4", "ok"), "praeventionsketten": ("0.5", "ok")}
    query = "on=2024-12-31&scope=praeventionsketten"
    explained = (await town_hall.get(f"{address}/fte/explain?{query}")).json()
    (figure,) = explained["figures"]
    caps = [one["value"] for one in figure["inputs"] if one["name"] == "max_positions"]
    assert [Decimal(cap) for cap in caps] == [Decimal("0.5")]


async def test_a_position_whose_extra_cap_is_dropped_can_still_be_changed_and_end(
    town_hall: Door,
) -> None:
    apart = {"parameter": "max_positions", "scope": "ketten", "value": "1", "clause": "Nr. 2.1"}
    await town_hall.made("/notices", {**NOTICE, "overrides": [apart]})
    extra = {**POSITION, "count": 1, "rule_scope": "ketten"}
    await town_hall.made("/positions", extra)
    await town_hall.made("/notices", {**NOTICE, "key": "bescheid-2", "kind": "amendment"})
    address = f"/positions/{POSITION['key']}"
    for change in ({"rule_scope": "netze"}, {"rule_scope": "netze", "funding": []}):
        refused = await town_hall.patch(address, change, 1)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/rule_scope")
    anew = await town_hall.post("/positions", {**extra, "key": "neu"})
    assert anew.json()["errors"][0]["pointer"] == "/rule_scope"
    await town_hall.made("/grants", {**GRANT, "key": "anderer"})
    (share,) = POSITION["funding"]
    parts = [{**share, "share": "40"}, {**share, "grant": "anderer", "share": "40"}]
    other = await town_hall.patch(address, {"funding": parts}, 1)
    assert other.json()["errors"][0]["pointer"] == "/rule_scope"
    for number, change in enumerate(({"pay_grade": "E 11"}, {"funding": []}), start=1):
        changed = await town_hall.patch(address, change, number)
        assert changed.status_code == 200, changed.text
    assert changed.json()["rule_scope"] == "ketten"


async def test_clerks_at_once_do_not_fill_more_positions_than_there_are(town_hall: Door) -> None:
    one = {**POSITION, "count": 1}
    answers = await asyncio.gather(
        *(town_hall.post("/positions", {**one, "key": f"stelle-{n}"}) for n in range(7))
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [409] * 3


async def test_a_controller_sees_where_the_money_ends(settled: Door) -> None:
    """The position ends on 2025-12-31 and the next notice is missing."""
    door = settled.as_("controller")
    soon = "/position-gaps?on=2025-07-01&within_days=184"
    (gap,) = (await door.get(soon)).json()
    assert gap["position"] == "planungskoordination"
    assert (gap["kind"], gap["day"], gap["fte"], gap["share"]) == (
        "position_ends",
        "2026-01-01",
        "4",
        "80",
    )
    assert (gap["ended"], gap["applied"], gap["successor_programmes"]) == (
        ["bescheid-2023"],
        [],
        [],
    )
    assert (await door.get("/position-gaps?on=2025-07-01&within_days=183")).json() == []
    assert (await door.get(f"{soon}&project=other")).json() == []
    short = await settled.patch("/grants/bescheid-2023", {"ends_on": "2025-09-30"}, 1)
    assert short.status_code == 200, short.text
    (gap,) = (await door.get(soon)).json()
    assert (gap["kind"], gap["day"], gap["until"]) == (
        "funding_ends",
        "2025-10-01",
        "2025-12-31",
    )
    next_ = {"key": "nachfolge", "name": {"de": "Nachfolge"}, "funders": [], "periods": []}
    await settled.made("/programmes", {**next_, "successor_of": "sozialstrategierichtlinie-2-1"})
    days = {"starts_on": "2025-10-01", "ends_on": "2028-12-31", "amount": None}
    asked = {**GRANT, **days, "key": "antrag", "programme": "nachfolge", "state": "applied"}
    await settled.made("/grants", asked)
    (gap,) = (await door.get(soon)).json()
    assert (gap["applied"], gap["successor_programmes"]) == (["antrag"], ["nachfolge"])
    assert (await settled.as_("member").get(soon)).status_code == 403
    assert (await settled.as_().get(soon)).status_code == 401
