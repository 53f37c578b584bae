"""Grants: exact money, unknown amounts, and what hides with a project or programme."""

from typing import Any

import pytest

from tests.integration.projects.samples import GRANT, settle
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def town_hall(projects: Door) -> Door:
    await settle(projects, until="grants")
    return projects


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"amount": "135020.41", "rate": None}, ["/amount"]),
        ({"amount": "108016.33"}, ["/amount"]),
        ({"rate": "79.99"}, ["/amount"]),
        (
            {"sources": [{"kind": "eu", "amount": "135020.40"}, {"kind": "own", "amount": "0.01"}]},
            ["/sources"],
        ),
        ({"amount": -1}, ["/amount"]),
        ({"amount": "1.001"}, ["/amount"]),
        ({"amount": "NaN"}, ["/amount"]),
        ({"amount": "Infinity"}, ["/amount"]),
        ({"eligible_cost": "1e15"}, ["/eligible_cost"]),
        ({"rate": 100.5}, ["/rate"]),
        ({"currency": "USD"}, ["/currency"]),
        ({"ends_on": "2022-12-31"}, ["/ends_on"]),
        ({"state": "applied"}, ["/amount"]),
        ({"state": "refused", "granted_on": "2023-01-01"}, ["/amount", "/granted_on"]),
        ({"applied_on": "2023-01-02", "granted_on": "2023-01-01"}, ["/granted_on"]),
        ({"financing": "full", "rate": None}, ["/amount"]),
        ({"own_use": -1}, ["/own_use"]),
        ({"project": "not-there"}, ["/project"]),
        ({"programme": "not-there"}, ["/programme"]),
        ({"grantee": "nowhere"}, ["/grantee"]),
        ({"funder": "nowhere"}, ["/funder"]),
        ({"sources": [{"kind": "eu", "organisation": "nowhere"}]}, ["/sources/0/organisation"]),
        ({"sources": [{"kind": "eu", "year": 23}]}, ["/sources/0/year"]),
        (
            {"amount": "200000", "sources": [{"kind": "eu", "amount": "200000"}]},
            ["/amount", "/sources"],
        ),
    ],
)
async def test_a_wrong_grant_is_pointed_at(
    town_hall: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    refused = await town_hall.post("/grants", {**GRANT, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await town_hall.get("/grants")).json()["items"] == []


async def test_money_comes_back_to_the_cent_and_unknown_money_is_null(town_hall: Door) -> None:
    sent = {**GRANT, "eligible_cost": 105700.97, "amount": None, "sources": [{"kind": "own"}]}
    created = await town_hall.made("/grants", sent)
    assert created["eligible_cost"] == "105700.97"
    assert created["amount"] is None
    assert created["rate"] == "80"
    assert created["sources"][0]["amount"] is None
    assert (await town_hall.get("/grants/bescheid-2023")).json() == created


async def test_what_nobody_states_is_unknown_and_contradicts_nothing(town_hall: Door) -> None:
    unknown = dict.fromkeys(("starts_on", "ends_on", "eligible_cost", "rate"))
    created = await town_hall.made("/grants", {**GRANT, **unknown, "amount": "50000"})
    assert {name: created[name] for name in unknown} == unknown
    assert created["amount"] == "50000.00"
    assert created["notice"] is None


async def test_an_application_becomes_a_grant_or_not(town_hall: Door) -> None:
    bare = {name: GRANT[name] for name in ("key", "project", "programme", "grantee")}
    applied = {"state": "applied", "applied_on": "2022-09-01", "applied_amount": "120000"}
    created = await town_hall.made("/grants", {**bare, **applied})
    assert (created["amount"], created["applied_amount"]) == (None, "120000.00")
    address = "/grants/bescheid-2023"
    for state in ("closed", "sleeping"):
        refused = await town_hall.patch(address, {"state": state}, 1)
        assert refused.status_code in (409, 422), refused.text
        assert refused.json()["errors"][0]["pointer"] == "/state"
    refused = await town_hall.patch(address, {"own_use": "1"}, 1)
    assert refused.json()["errors"][0]["code"] == "above_grant"
    granted = {"state": "granted", "amount": "100000", "granted_on": "2022-12-01"}
    assert (await town_hall.patch(address, granted, 1)).json()["amount"] == "100000.00"
    for state, status in (("applied", 409), ("refused", 409), ("closed", 200), ("withdrawn", 409)):
        revision = (await town_hall.get(address)).json()["revision"]
        changed = await town_hall.patch(address, {"state": state}, revision)
        assert changed.status_code == status, (state, changed.text)


async def test_nobody_keeps_more_than_the_grant(town_hall: Door) -> None:
    refused = await town_hall.post("/grants", {**GRANT, "own_use": "108016.33"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/own_use")
    assert (await town_hall.get("/grants")).json()["items"] == []
    await town_hall.made("/grants", {**GRANT, "own_use": "108016.32"})
    less = {"amount": "100000", "rate": None, "sources": []}
    refused = await town_hall.patch("/grants/bescheid-2023", less, 1)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/amount")
    both = {**less, "own_use": "100000"}
    assert (await town_hall.patch("/grants/bescheid-2023", both, 1)).status_code == 200


async def test_a_notice_of_change_is_checked_like_a_new_grant(town_hall: Door) -> None:
    await town_hall.made("/grants", GRANT)
    refused = await town_hall.patch("/grants/bescheid-2023", {"eligible_cost": "100000"}, 1)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/amount", "/sources"]
    changed = {"eligible_cost": "200000", "amount": "160000", "sources": []}
    accepted = await town_hall.patch("/grants/bescheid-2023", changed, 1)
    assert accepted.json()["amount"] == "160000.00"


async def test_grants_are_found_by_what_they_are_for_and_by_year(town_hall: Door) -> None:
    await town_hall.made("/grants", GRANT)
    for query, count in {
        "project=sozialplanung": 1,
        "project=other": 0,
        "programme=sozialstrategierichtlinie-2-1": 1,
        "grantee=landratsamt": 1,
        "grantee=stadt-jena": 0,
        "year=2022": 0,
        "year=2023": 1,
        "year=2025": 1,
        "year=2026": 0,
    }.items():
        found = (await town_hall.get(f"/grants?{query}")).json()["items"]
        assert len(found) == count, query
    assert (await town_hall.get("/grants?year=0")).status_code == 422


@pytest.mark.parametrize("above", ["projects", "programmes"])
async def test_a_grant_hides_with_its_project_and_with_its_programme(
    settled: Door, above: str
) -> None:
    key = {"projects": "sozialplanung", "programmes": "sozialstrategierichtlinie-2-1"}[above]
    await settled.patch(f"/{above}/{key}", {"visibility": "members"}, 1)
    for door, status in ((settled.as_(), 404), (settled.as_("member"), 200)):
        assert (await door.get("/grants/bescheid-2023")).status_code == status
        assert len((await door.get("/grants")).json()["items"]) == (status == 200)
    assert (await settled.as_("controller").get("/grants/bescheid-2023")).status_code == 200
