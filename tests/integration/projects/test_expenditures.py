"""Expenditures: divided to the cent, complete with their receipts, checked by the funder."""

import asyncio
import json
from typing import Any

import pytest

from tests.integration.projects.samples import COMMITMENT, EXPENDITURE, GRANT
from tests.support.towns import Door

HERE = "/expenditures/moderation"


def shares(*parts: object) -> list[dict[str, Any]]:
    """Shares of the notices of 2023, 2024 and 2025."""
    grants = ("bescheid-2023", "bescheid-2024", "bescheid-2025")
    return [{"grant": grant, "share": share} for grant, share in zip(grants, parts, strict=False)]


def result(accepted: str, reduced: str = "0", parked: str = "0", **more: Any) -> dict[str, Any]:
    return {
        "grant": "bescheid-2023",
        "accepted": accepted,
        "reduced": reduced,
        "parked": parked,
        "verified_on": "2025-03-12",
        **more,
    }


@pytest.fixture
async def office(settled: Door) -> Door:
    """A controller of a town with three grants."""
    for year in (2024, 2025):
        await settled.made("/grants", {**GRANT, "key": f"bescheid-{year}"})
    return settled.as_("controller")


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"gross": "0"}, ["/gross"]),
        ({"gross": "-1"}, ["/gross"]),
        ({"net": "1190.01"}, ["/net"]),
        ({"recoverable_vat": "190.01"}, ["/recoverable_vat"]),
        ({"net": None, "recoverable_vat": "1190.01"}, ["/recoverable_vat"]),
        ({"shares": shares("60", "40.0001")}, ["/shares"]),
        ({"shares": shares("60") * 2}, ["/shares"]),
        ({"shares": shares("0")}, ["/shares/0/share"]),
        (
            {"shares": [*shares("50"), {"grant": "not-there", "share": "50"}]},
            ["/shares/1/grant"],
        ),
        ({"project": "not-there"}, ["/project"]),
        ({"commitment": "not-there"}, ["/commitment"]),
        ({"supplier": "nowhere", "supplier_name": None}, ["/supplier"]),
        ({"supplier": "druckerei"}, [""]),
        ({"category": "coffee"}, ["/category"]),
        ({"evidence": [{"name": "r.pdf", "sha512": "abc"}]}, ["/evidence/0/sha512"]),
        ({"currency": "USD"}, ["/currency"]),
    ],
)
async def test_a_wrong_expenditure_is_pointed_at(
    office: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    refused = await office.post("/expenditures", {**EXPENDITURE, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await office.get("/expenditures")).json()["items"] == []


async def test_three_thirds_of_a_euro_make_a_euro(office: Door) -> None:
    sent = {**EXPENDITURE, "gross": "1.00", "net": None, "shares": shares("33", "33", "33")}
    created = await office.made("/expenditures", sent)
    assert [part["amount"] for part in created["parts"]] == ["0.33", "0.33", "0.33"]
    assert created["own"] == "0.01"
    assert created["net"] is None


async def test_recoverable_tax_is_put_to_no_grant(office: Door) -> None:
    created = await office.made("/expenditures", {**EXPENDITURE, "recoverable_vat": "190.00"})
    assert created["eligible"] == "1000.00"
    assert created["parts"][0]["amount"] == "1000.00"
    assert created["own"] == "0.00"
    changed = await office.patch(HERE, {"recoverable_vat": "0", "shares": shares("80")}, 1)
    assert changed.json()["parts"][0]["amount"] == "952.00"
    assert changed.json()["own"] == "238.00"


async def test_what_the_funder_accepts_cuts_and_parks_makes_the_part(office: Door) -> None:
    await office.made("/expenditures", EXPENDITURE)
    address = f"{HERE}/verifications"
    for wrong, pointer in (
        (result("1190.01"), "/accepted"),
        (result("1000"), "/accepted"),
        (result("1000", "190"), "/reason"),
        (result("1000", "0", "190"), "/reason"),
        (result("1190", grant="bescheid-2024"), "/grant"),
    ):
        refused = await office.post(address, wrong)
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await office.get(HERE)).json()["state"] == "entered"
    parked = await office.post(address, result("1000", "0", "190", reason="Angebote fehlen"))
    assert parked.json()["state"] == "claimed"
    told = parked.json()["parts"][0]["verification"]
    assert (told["accepted"], told["parked"]) == ("1000.00", "190.00")


async def test_parked_money_is_released_once_and_corrections_are_journaled(office: Door) -> None:
    await office.made("/expenditures", EXPENDITURE)
    release = {"grant": "bescheid-2023", "accepted": "100", "released_on": "2025-05-02"}
    nothing = await office.post(f"{HERE}/releases", release)
    assert nothing.status_code == 409
    await office.post(f"{HERE}/verifications", result("1000", "0", "190", reason="Frau Beispiel"))
    over = await office.post(f"{HERE}/releases", {**release, "accepted": "190.01"})
    assert over.status_code == 422
    answers = await asyncio.gather(*(office.post(f"{HERE}/releases", release) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422]
    rest = {**release, "accepted": "50", "reduced": "40", "reason": "kein Nachweis"}
    told = (await office.post(f"{HERE}/releases", rest)).json()
    assert told["parts"][0]["verification"] == {
        "accepted": "1150.00",
        "reduced": "40.00",
        "parked": "0.00",
        "reason": "kein Nachweis",
        "verified_on": "2025-05-02",
    }
    assert told["state"] == "verified"
    await office.post(f"{HERE}/verifications", result("1190"))
    follower = office.as_("administrator", kind="service")
    journal = (await follower.get(f"/internal/journal/{office.municipality.key}")).json()
    ours = [entry for entry in journal if entry["subject"] == "expenditures/moderation"]
    steps = [entry["type"].split(".")[2] for entry in ours if entry["type"].count("changed") == 0]
    assert steps == ["created", "verified", "released", "released", "corrected"]
    assert ours[-1]["data"]["accepted"] == "1190.00"
    assert "Beispiel" not in json.dumps(ours)


async def test_what_the_funder_has_seen_is_only_completed(office: Door) -> None:
    await office.made("/expenditures", EXPENDITURE)
    await office.post(f"{HERE}/verifications", result("1190"))
    refused = await office.patch(HERE, {"gross": "2000", "shares": []}, 2)
    assert refused.status_code == 409
    pointers = [error["pointer"] for error in refused.json()["errors"]]
    assert pointers == ["/gross", "/shares"]
    receipt = {"name": "R-117.pdf", "sha512": "0" * 128}
    completed = await office.patch(HERE, {"evidence": [receipt]}, 2)
    assert completed.json()["evidence"][0]["name"] == "R-117.pdf"
    assert completed.json()["parts"][0]["verification"]["accepted"] == "1190.00"


async def test_expenditures_are_found_by_what_they_are_for(office: Door) -> None:
    await office.made("/commitments", COMMITMENT)
    await office.made("/expenditures", {**EXPENDITURE, "commitment": "sozialatlas"})
    for query, count in {
        "project=sozialplanung": 1,
        "project=other": 0,
        "grant=bescheid-2023": 1,
        "grant=bescheid-2024": 0,
        "claim=abruf-1": 0,
        "commitment=sozialatlas": 1,
        "category=external": 1,
        "category=staff": 0,
        "state=entered": 1,
        "state=verified": 0,
        "invoice_number=R-117": 1,
        "paid_from=2024-05-28&paid_until=2024-05-28": 1,
        "paid_from=2024-05-29": 0,
        "paid_until=2024-05-27": 0,
    }.items():
        found = (await office.get(f"/expenditures?{query}")).json()["items"]
        assert len(found) == count, query


async def test_invoices_use_an_order_up_and_never_more_than_up(office: Door) -> None:
    made = await office.made("/commitments", COMMITMENT)
    assert (made["open"], made["parts"][0]["amount"]) == ("4800.00", "3840.00")
    for number, gross in ((1, "1000.01"), (2, "5000")):
        sent = {**EXPENDITURE, "key": f"rechnung-{number}", "net": None, "gross": gross}
        await office.made("/expenditures", {**sent, "commitment": "sozialatlas"})
        read = await office.get("/commitments/sozialatlas")
        assert read.headers["etag"] != '"r1"'
        told = read.json()
        if number == 1:
            assert (told["open"], told["parts"][0]["amount"]) == ("3799.99", "3039.99")
    assert (told["invoiced"], told["open"]) == ("6000.01", "0.00")
    assert (await office.get("/commitments")).json()["items"] == [told]


async def test_a_cancelled_order_has_nothing_open(office: Door) -> None:
    await office.made("/commitments", COMMITMENT)
    cancelled = await office.patch("/commitments/sozialatlas", {"state": "cancelled"}, 1)
    assert cancelled.json()["open"] == "0.00"
    refused = await office.patch("/commitments/sozialatlas", {"state": "fulfilled"}, 2)
    assert refused.status_code == 409
    for query, count in {"state=open": 0, "state=cancelled": 1, "grant=bescheid-2023": 1}.items():
        found = (await office.get(f"/commitments?{query}")).json()["items"]
        assert len(found) == count, query


@pytest.mark.parametrize("collection", ["expenditures", "commitments"])
async def test_money_in_detail_is_for_controllers_and_planners_read_it(
    office: Door, collection: str
) -> None:
    body = {"expenditures": EXPENDITURE, "commitments": COMMITMENT}[collection]
    for role, status in ((None, 401), ("member", 403), ("secretary", 403), ("planner", 403)):
        door = office.as_(*([role] if role else []))
        assert (await door.post(f"/{collection}", body)).status_code == status
    await office.made(f"/{collection}", body)
    for role, status in ((None, 401), ("secretary", 403), ("supplier", 403), ("planner", 200)):
        door = office.as_(*([role] if role else []))
        for address in ("", f"/{body['key']}", f"/{body['key']}/history"):
            assert (await door.get(f"/{collection}{address}")).status_code == status, role
