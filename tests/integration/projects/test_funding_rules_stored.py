"""Rules of programmes: no two for one figure and day; packs adopted once; the pack of a day."""

import asyncio
from typing import Any

import pytest

from tests.integration.projects.samples import PROGRAMME, RULE, settle
from tests.support.copies import copied
from tests.support.towns import Door

STRATEGY = "sozialstrategierichtlinie-2-1"


@pytest.fixture
@copied
async def office(projects: Door) -> Door:
    await settle(projects, until="funding-rules")
    return projects


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"value": "100.5"}, ["/value"]),
        ({"value": "-1"}, ["/value"]),
        ({"value": "1.00001"}, ["/value"]),
        ({"value": "NaN"}, ["/value"]),
        ({"value": None}, ["/value"]),
        ({"text": "viel"}, ["/value"]),
        ({"unit": "euro"}, ["/unit"]),
        ({"unit": "pounds"}, ["/unit"]),
        ({"parameter": "luck"}, ["/parameter"]),
        ({"parameter": "financing", "unit": "text", "value": None, "text": "x"}, ["/text"]),
        ({"ends_on": "2021-12-31"}, ["/ends_on"]),
        ({"scope": "a b"}, ["/scope"]),
        (
            {"parameter": "eligible_category", "unit": "text", "value": None, "text": "Personal"},
            ["/scope"],
        ),
        ({"scope": ".eu"}, ["/scope"]),
        ({"clause": None}, ["/clause"]),
        ({"programme": "not-there"}, ["/programme"]),
        ({"parameter": "base_rate", "value": "1.27", "ends_on": None}, ["/ends_on"]),
        ({"parameter": "base_rate", "value": "1.27", "ends_on": "2099-12-31"}, ["/ends_on"]),
    ],
)
async def test_a_wrong_rule_is_pointed_at_and_not_stored(
    office: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    refused = await office.post("/funding-rules", {**RULE, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await office.get("/funding-rules")).json()["items"] == []


async def test_no_two_rules_say_one_figure_for_one_day(office: Door) -> None:
    await office.made("/funding-rules", RULE)
    later = {**RULE, "key": "spaeter", "starts_on": "2025-01-01", "value": "21"}
    refused = await office.post("/funding-rules", later)
    assert refused.status_code == 409
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
        ("/starts_on", "overlap")
    ]
    await office.made("/funding-rules", {**later, "key": "anderswo", "scope": "eu"})
    await office.made("/funding-rules", {**later, "key": "ueberall", "programme": None})
    ended = await office.patch("/funding-rules/sozialversicherung", {"ends_on": "2024-12-31"}, 1)
    assert ended.status_code == 200
    await office.made("/funding-rules", later)
    back = await office.patch("/funding-rules/sozialversicherung", {"ends_on": None}, 2)
    assert back.status_code == 409
    for day, value in {
        "2021-12-31": None,
        "2022-01-01": "19.975",
        "2024-12-31": "19.975",
        "2025-01-01": "21",
    }.items():
        found = (await office.get(f"/programmes/{STRATEGY}/rules?on={day}")).json()
        said = [one for one in found if one["parameter"] == RULE["parameter"]]
        values = [one["value"] for one in said if one["scope"] is None]
        assert values == ([] if value is None else [value]), day
    for day, rule in {"2024-12-31": "sozialversicherung", "2025-01-01": "spaeter"}.items():
        asked = f"/funding-rules?on={day}&programme={STRATEGY}"
        held = [one["key"] for one in (await office.get(asked)).json()["items"]]
        assert [key for key in held if key != "anderswo"] == [rule], day


async def test_of_many_at_once_only_one_rule_is_stored(office: Door) -> None:
    answers = await asyncio.gather(
        *(office.post("/funding-rules", {**RULE, "key": f"regel-{n}"}) for n in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5


async def test_what_a_rule_is_about_is_for_good(office: Door) -> None:
    await office.made("/funding-rules", RULE)
    for field, value in (("programme", None), ("parameter", "max_rate"), ("scope", "eu")):
        refused = await office.patch("/funding-rules/sozialversicherung", {field: value}, 1)
        assert refused.status_code == 422, field
        assert refused.json()["errors"][0]["pointer"] == f"/{field}"


async def test_rules_are_found_by_what_they_are_about(office: Door) -> None:
    await office.made("/funding-rules", RULE)
    for query, count in {
        f"programme={STRATEGY}": 1,
        "programme=other": 0,
        "parameter=social_security_rate": 1,
        "parameter=max_rate": 0,
        "on=2021-12-31": 0,
        "on=2022-01-01": 1,
        "verified=false": 1,
        "verified=true": 0,
    }.items():
        found = (await office.get(f"/funding-rules?{query}")).json()["items"]
        assert len(found) == count, query
    assert (await office.get("/funding-rules?parameter=luck")).status_code == 422


async def test_a_pack_is_adopted_once_and_leaves_what_is_there(office: Door) -> None:
    packs = (await office.as_().get("/rule-packs")).json()
    assert len(packs) == 6
    offered = (await office.as_().get(f"/rule-packs/{STRATEGY}")).json()["rules"]
    own = {**RULE, "key": "eigene-regel", "value": "18"}
    await office.made("/funding-rules", own)
    adoption = f"/rule-packs/{STRATEGY}/adoption"
    first = (await office.as_("controller").post(adoption)).json()
    assert first["left_out"] == [f"{STRATEGY}-social-security-rate-2022-01-01"]
    assert len(first["created"]) == len(offered) - 1
    again = (await office.post(adoption)).json()
    assert again["created"] == []
    assert sorted(again["unchanged"]) == sorted(first["created"])
    rule = f"{STRATEGY}-max-positions"
    await office.patch(f"/funding-rules/{rule}", {"value": "5"}, 1)
    await office.patch(f"/funding-rules/{STRATEGY}-proof-due", {"verified": True}, 1)
    third = (await office.post(adoption)).json()
    assert third["different"] == [rule]
    assert f"{STRATEGY}-proof-due" in third["unchanged"]
    stored = (await office.get(f"/funding-rules/{rule}")).json()
    assert stored["value"] == "5"


async def test_each_pack_says_the_programme_that_is_entered_before_its_rules(
    projects: Door,
) -> None:
    """Funders, legal basis and periods of the programmes were once to be typed from elsewhere."""
    keys = [pack["key"] for pack in (await projects.get("/rule-packs")).json()]
    for key in keys:
        offered = (await projects.get(f"/rule-packs/{key}")).json()
        await projects.made("/programmes", offered["programme"])
        adopted = await projects.post(f"/rule-packs/{key}/adoption")
        assert adopted.status_code == 200, adopted.text
        assert adopted.json()["different"] == adopted.json()["left_out"] == []
    stored = (await projects.get(f"/programmes/{STRATEGY}")).json()
    assert [(one["level"], one["fund"]) for one in stored["funders"]] == [
        ("eu", "ESF Plus"),
        ("state", None),
    ]
    assert stored["successor_of"] == "armutspraeventionsrichtlinie-2-1"
    assert stored["legal_basis"] == ["Verordnung (EU) 2021/1057", "Verordnung (EU) 2021/1060"]


async def test_a_second_pack_shares_what_holds_for_every_programme(office: Door) -> None:
    await office.made("/programmes", {**PROGRAMME, "key": "lsz"})
    await office.post(f"/rule-packs/{STRATEGY}/adoption")
    second = (await office.post("/rule-packs/lsz/adoption")).json()
    assert "base-rate-2023-01-01" in second["unchanged"]
    assert "lsz-cofinancing-rate-municipal" in second["created"]
    found = (await office.as_().get("/programmes/lsz/rules?on=2024-05-01")).json()
    said = {(one["parameter"], one["scope"]): one for one in found}
    assert said["base_rate", None]["value"] == "3.62"
    assert said["cofinancing_rate", "municipal"]["value"] == "30"
    assert said["cofinancing_rate", "municipal"]["clause"]["verified"] is True
    assert ("max_rate", "eu") not in said


async def test_packs_adopted_at_once_are_adopted_once(office: Door) -> None:
    answers = await asyncio.gather(
        *(office.post(f"/rule-packs/{STRATEGY}/adoption") for _ in range(4))
    )
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted(len(answer.json()["created"]) > 0 for answer in answers) == [False] * 3 + [True]


async def test_a_pack_needs_its_programme_and_may_be_for_another(office: Door) -> None:
    refused = await office.post("/rule-packs/thilik/adoption")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/programme"
    other = await office.post(f"/rule-packs/thilik/adoption?programme={STRATEGY}")
    assert other.json()["programme"] == STRATEGY
    assert f"{STRATEGY}-max-rate-eu" in other.json()["created"]
    assert (await office.post("/rule-packs/luck/adoption")).status_code == 404
    assert (await office.get("/rule-packs/luck")).status_code == 404


async def test_rules_hide_with_their_programme(office: Door) -> None:
    await office.made("/funding-rules", RULE)
    await office.patch(f"/programmes/{STRATEGY}", {"visibility": "administration"}, 1)
    assert (await office.as_().get("/funding-rules/sozialversicherung")).status_code == 404
    assert (await office.as_().get(f"/programmes/{STRATEGY}/rules")).status_code == 404
    assert (await office.as_("planner").get(f"/programmes/{STRATEGY}/rules")).status_code == 200


async def test_the_rules_of_a_day_cost_few_statements(office: Door, statements: list[str]) -> None:
    await office.post(f"/rule-packs/{STRATEGY}/adoption")
    statements.clear()
    found = (await office.as_().get(f"/programmes/{STRATEGY}/rules?on=2024-01-01")).json()
    assert len(found) > 30
    assert len(statements) == 3
