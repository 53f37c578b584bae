"""Claims: what the cost supports, money in parts, and never more than the grant."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from tests.integration.projects.samples import CLAIM, EXPENDITURE, GRANT, NOTICE, RECOVERY
from tests.support.towns import Door

HERE = "/claims/abruf-1"
SUBMITTED = {"submitted_on": "2024-06-03"}


def payout(amount: str, on: str = "2024-06-20") -> dict[str, str]:
    return {"paid_on": on, "amount": amount}


@pytest.fixture
async def office(settled: Door) -> Door:
    """A controller with a receipt of 1,190 euros that is put to a grant of 80 per cent."""
    await settled.made("/expenditures", EXPENDITURE)
    return settled.as_("controller")


@pytest.fixture
async def submitted(office: Door) -> Door:
    await office.made("/claims", CLAIM)
    assert (await office.post(f"{HERE}/submission", SUBMITTED)).status_code == 200
    return office


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"requested": "952.01"}, ["/requested"]),
        ({"requested": "0"}, ["/requested"]),
        ({"expenditures": []}, ["/requested"]),
        ({"expenditures": ["moderation", "not-there"]}, ["/expenditures/1"]),
        ({"expenditures": ["moderation", "moderation"]}, ["/expenditures"]),
        ({"expenditures": ["elsewhere"]}, ["/expenditures/0"]),
        ({"grant": "not-there"}, ["/grant"]),
        ({"forecast": [{"purpose": "Personal", "category": "staff"}]}, ["/forecast/0/amount"]),
        ({"currency": "USD"}, ["/currency"]),
    ],
)
async def test_a_wrong_claim_is_pointed_at(
    office: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    await office.made("/expenditures", {**EXPENDITURE, "key": "elsewhere", "shares": []})
    refused = await office.post("/claims", {**CLAIM, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await office.get("/claims")).json()["items"] == []


async def test_a_grant_of_a_share_pays_that_share_of_receipts_and_forecast(office: Door) -> None:
    soon = {"purpose": "Personal", "category": "staff", "amount": "10.01", "due_on": "2024-07-31"}
    made = await office.made("/claims", {**CLAIM, "forecast": [soon], "requested": "960.01"})
    assert (made["cost"], made["share"], made["supported"]) == ("1200.01", "80", "960.01")
    await office.patch("/grants/bescheid-2023", {"financing": "fixed", "rate": None}, 1)
    whole = await office.made("/claims", {**CLAIM, "key": "abruf-2", "requested": "1190.00"})
    assert (whole["share"], whole["supported"]) == (None, "1190.00")


async def test_a_flat_rate_of_the_notice_is_claimed_with_the_cost_it_rests_on(
    office: Door,
) -> None:
    """Real cost that it covers is not claimed beside it; without the rate it is again."""
    flat = {"parameter": "indirect_rate", "scope": "staff", "value": "15", "clause": "Nr. 3"}
    await office.made("/notices", {**NOTICE, "overrides": [flat]})
    for key, category, gross in (("gehalt", "staff", "2000.00"), ("papier", "office", "70.00")):
        named = {"key": key, "category": category, "gross": gross, "net": None}
        await office.made("/expenditures", {**EXPENDITURE, **named})
    soon = {"purpose": "Personal", "category": "staff", "amount": "0.10", "due_on": "2024-07-31"}
    claim = {**CLAIM, "expenditures": ["moderation", "gehalt"], "forecast": [soon]}
    made = await office.made("/claims", {**claim, "requested": "2792.10"})
    assert (made["cost"], made["supported"]) == ("3490.12", "2792.10"), "15 % of 2,000.10"
    wrong = {
        **claim,
        "key": "abruf-2",
        "expenditures": ["gehalt", "papier"],
        "forecast": [soon, {**soon, "category": "office"}],
    }
    refused = await office.post("/claims", wrong)
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        ("/expenditures/1", "covered_by_flat_rate"),
        ("/forecast/1/category", "covered_by_flat_rate"),
    ]
    plain = {"key": "bescheid-2", "kind": "amendment", "overrides": []}
    await office.made("/notices", {**NOTICE, **plain})
    real = await office.made("/claims", wrong)
    assert real["cost"] == "2070.20"
    late = await office.post(f"{HERE}/submission", SUBMITTED)
    assert late.status_code == 409, "what was prepared with the rate is not supported without it"
    assert late.json()["errors"][0]["code"] == "above_supported"


async def test_what_a_check_cut_cannot_be_claimed(office: Door) -> None:
    told = {"grant": "bescheid-2023", "accepted": "1000", "reduced": "190", "reason": "Steuer"}
    await office.post(
        "/expenditures/moderation/verifications", {**told, "verified_on": "2024-06-01"}
    )
    refused = await office.post("/claims", CLAIM)
    assert refused.status_code == 422
    made = await office.made("/claims", {**CLAIM, "requested": "800.00"})
    assert made["cost"] == "1000.00"


async def test_a_submitted_claim_holds_its_receipts_until_it_is_withdrawn(
    submitted: Door,
) -> None:
    spent = (await submitted.get("/expenditures/moderation")).json()
    assert (spent["state"], spent["parts"][0]["claim"]) == ("claimed", "abruf-1")
    assert len((await submitted.get("/expenditures?claim=abruf-1")).json()["items"]) == 1
    refused = await submitted.post("/claims", {**CLAIM, "key": "abruf-2"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "claimed"
    changed = await submitted.patch(HERE, {"requested": "1"}, 2)
    assert changed.status_code == 409
    early = {"outcome": "settled", "closed_on": "2024-07-01"}
    assert (await submitted.post(f"{HERE}/closing", early)).status_code == 409
    closed = await submitted.post(f"{HERE}/closing", {**early, "outcome": "withdrawn"})
    assert closed.json()["state"] == "withdrawn"
    spent = (await submitted.get("/expenditures/moderation")).json()
    assert (spent["state"], spent["parts"][0]["claim"]) == ("entered", None)
    await submitted.made("/claims", {**CLAIM, "key": "abruf-2"})


async def test_of_two_claims_with_the_same_receipt_one_is_submitted(office: Door) -> None:
    keys = [f"abruf-{number}" for number in range(4)]
    for key in keys:
        await office.made("/claims", {**CLAIM, "key": key})
    answers = await asyncio.gather(
        *(office.post(f"/claims/{key}/submission", SUBMITTED) for key in keys)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_money_comes_in_parts_and_never_more_than_was_requested(submitted: Door) -> None:
    address = f"{HERE}/payouts"
    first = (await submitted.post(address, payout("500"))).json()
    assert (first["state"], first["paid_out"]) == ("submitted", "500.00")
    answers = await asyncio.gather(*(submitted.post(address, payout("400")) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    last = (await submitted.post(address, payout("52", "2024-08-01"))).json()
    assert last["state"] == "paid"
    assert [one["amount"] for one in last["payouts"]] == ["500.00", "400.00", "52.00"]
    assert (await submitted.post(address, payout("0.01"))).status_code == 409


async def test_a_payout_that_was_entered_wrong_is_corrected(submitted: Door) -> None:
    await submitted.post(f"{HERE}/payouts", payout("952"))
    really = {"number": 1, "paid_on": "2024-06-21", "amount": "925", "reason": "Zahlendreher"}
    address = f"{HERE}/corrections"
    told = (await submitted.post(address, really)).json()
    assert (told["state"], told["paid_out"]) == ("submitted", "925.00")
    assert (await submitted.post(address, {**really, "number": 2})).status_code == 422
    assert (await submitted.post(address, {**really, "amount": "952.01"})).status_code == 409
    await submitted.made("/recoveries", {**RECOVERY, "amount": "925"})
    assert (await submitted.post(address, {**really, "amount": "924.99"})).status_code == 409
    settled = {"outcome": "settled", "closed_on": "2024-09-01", "reason": "Rest gekürzt"}
    assert (await submitted.post(f"{HERE}/closing", settled)).json()["state"] == "settled"
    assert (await submitted.post(f"{HERE}/payouts", payout("1"))).status_code == 409


async def test_no_more_is_claimed_than_is_left_of_the_grant(office: Door) -> None:
    much = {"purpose": "Personal", "category": "staff", "amount": "135020.40"}
    keys = ("abruf-a", "abruf-b")
    for key in keys:
        new = {**CLAIM, "key": key, "expenditures": [], "forecast": [much]}
        await office.made("/claims", {**new, "requested": "60000"})
    answers = await asyncio.gather(
        *(office.post(f"/claims/{key}/submission", SUBMITTED) for key in keys)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["errors"][0]["code"] == "above_grant"


async def test_no_correction_of_what_was_settled_goes_beyond_the_grant(office: Door) -> None:
    """What a settled claim did not bring was claimed again; then more of the first turns up."""
    much = {"purpose": "Personal", "category": "staff", "amount": "135020.40"}
    whole = Decimal(GRANT["amount"])
    for key, requested, came in (
        ("abruf-1", Decimal(60000), Decimal(50000)),
        ("abruf-2", whole - 50000, whole - 50000),
    ):
        new = {**CLAIM, "key": key, "expenditures": [], "forecast": [much]}
        await office.made("/claims", {**new, "requested": str(requested)})
        assert (await office.post(f"/claims/{key}/submission", SUBMITTED)).status_code == 200
        assert (await office.post(f"/claims/{key}/payouts", payout(str(came)))).status_code == 200
        settled = {"outcome": "settled", "closed_on": "2024-09-01"}
        await office.post(f"/claims/{key}/closing", settled)
    really = {"number": 1, "paid_on": "2024-06-21", "reason": "Zahlendreher"}
    refused = await office.post(f"{HERE}/corrections", {**really, "amount": "50000.01"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "paid_above_grant")
    assert (await office.get(HERE)).json()["paid_out"] == "50000.00"
    lower = await office.post(f"{HERE}/corrections", {**really, "amount": "49999.99"})
    assert lower.status_code == 200


async def test_nothing_is_claimed_of_a_grant_whose_amount_nobody_knows(office: Door) -> None:
    await office.made("/grants", {**GRANT, "key": "unknown", "amount": None, "rate": None})
    soon = {"purpose": "Personal", "category": "staff", "amount": "10"}
    new = {**CLAIM, "grant": "unknown", "expenditures": [], "forecast": [soon], "requested": "1"}
    await office.made("/claims", new)
    refused = await office.post(f"{HERE}/submission", SUBMITTED)
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "amount_unknown"


async def test_no_more_goes_back_than_ever_came(submitted: Door) -> None:
    early = await submitted.post("/recoveries", RECOVERY)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "above_payouts")
    await submitted.post(f"{HERE}/payouts", payout("200"))
    answers = await asyncio.gather(
        *(submitted.post("/recoveries", {**RECOVERY, "key": f"rf-{n}"}) for n in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    (made,) = (await submitted.get("/recoveries?grant=bescheid-2023")).json()["items"]
    address = f"/recoveries/{made['key']}"
    part = {"repaid_on": "2025-06-30", "amount": "100"}
    sent = (await submitted.post(f"{address}/repayments", part)).json()
    assert (sent["state"], sent["repaid"]) == ("demanded", "100.00")
    assert (await submitted.post(f"{address}/repayments", part)).status_code == 409
    assert (await submitted.patch(address, {"amount": "99.99"}, 2)).status_code == 409
    lower = await submitted.patch(address, {"amount": "150", "interest": "3.20"}, 2)
    assert lower.json()["amount"] == "150.00"
    waiver = {"waived_on": "2025-08-15", "reason": "Widerspruch"}
    waived = (await submitted.post(f"{address}/waiver", waiver)).json()
    assert (waived["state"], waived["repaid"]) == ("waived", "100.00")
    assert (await submitted.post(f"{address}/waiver", waiver)).status_code == 409
    await submitted.made("/recoveries", {**RECOVERY, "key": "rf-9", "amount": "100"})


@pytest.mark.parametrize("collection", ["claims", "recoveries"])
async def test_claims_and_recoveries_are_for_controllers_and_planners_read_them(
    submitted: Door, collection: str
) -> None:
    await submitted.post(f"{HERE}/payouts", payout("952"))
    await submitted.made("/recoveries", RECOVERY)
    body = {"claims": CLAIM, "recoveries": RECOVERY}[collection]
    for role, status in ((None, 401), ("secretary", 403), ("member", 403), ("planner", 200)):
        door = submitted.as_(*([role] if role else []))
        for address in ("", f"/{body['key']}", f"/{body['key']}/history"):
            assert (await door.get(f"/{collection}{address}")).status_code == status, role
        refused = await door.post(f"/{collection}", body)
        assert refused.status_code == (status if status != 200 else 403)
    for query, count in {"grant=bescheid-2023": 1, "grant=other": 0, "state=waived": 0}.items():
        if collection == "recoveries" or "waived" not in query:
            found = (await submitted.get(f"/{collection}?{query}")).json()["items"]
            assert len(found) == count, query
