"""Incomes: money beside a grant, and what it takes from it."""

from typing import Any

import pytest

from tests.integration.projects.samples import EXPENDITURE, GRANT, INCOME, NOTICE
from tests.support.towns import Door

HERE = "/grants/bescheid-2023/figures"


@pytest.fixture
async def office(settled: Door) -> Door:
    third = {"kind": "third_party", "year": 2024, "amount": "1000.00"}
    own = {"kind": "own", "year": 2024, "amount": "26004.08"}
    sources = [*NOTICE["sources"][:2], own, third, {**third, "kind": "other", "amount": "50.00"}]
    sources[2] = {**own, "amount": "25954.08"}
    await settled.made("/notices", {**NOTICE, "sources": sources})
    await settled.made("/expenditures", EXPENDITURE)
    return settled.as_("controller")


async def figures(door: Door, on: str = "2024-06-30") -> dict[tuple[str, str | None], Any]:
    answer = await door.get(f"{HERE}?on={on}")
    assert answer.status_code == 200, answer.text
    return {(one["key"], one["scope"]): one for one in answer.json()["figures"]}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"grant": "nowhere"}, "/grant/0"),
        ({"amount": "0"}, "/amount"),
        ({"amount": "1.005"}, "/amount"),
        ({"kind": "eu"}, "/kind"),
        ({"currency": "USD"}, "/currency"),
        ({"payer": "somebody"}, "/payer"),
    ],
)
async def test_a_wrong_income_is_pointed_at(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/incomes", {**INCOME, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] in ([pointer], [pointer[:6]])
    assert (await office.get("/incomes")).json()["items"] == []


async def test_income_beyond_the_plan_reduces_what_is_payable_by_its_share(office: Door) -> None:
    before = await figures(office)
    assert before["payable", None]["value"] == "952.00"
    assert before["income", "revenue"]["reason"] == "no_actual", "not known is not zero"
    await office.made("/incomes", INCOME)
    found = await figures(office)
    came = found["income", "revenue"]
    assert (came["value"], came["status"]) == ("100.00", "review")
    assert found["income", "third_party"]["value"] == "0.00"
    payable = found["payable", None]
    inputs = {one["name"]: one["value"] for one in payable["inputs"]}
    assert inputs["extra_income"] == "50.00"
    assert payable["value"] == "912.00", "80 per cent of 1,190 less 50"
    assert (await figures(office, "2024-05-30"))["payable", None]["value"] == "952.00"


async def test_planned_and_own_money_takes_nothing_from_the_grant(office: Door) -> None:
    planned = {**INCOME, "key": "stiftung", "kind": "third_party", "amount": "1000.00"}
    await office.made("/incomes", planned)
    own = {**INCOME, "key": "eigenmittel", "kind": "own", "amount": "99999.00"}
    await office.made("/incomes", own)
    found = await figures(office)
    assert found["payable", None]["value"] == "952.00"
    assert found["income", "third_party"]["status"] == "ok"


async def test_of_what_is_lacking_income_is_taken_in_full(settled: Door) -> None:
    other = {**GRANT, "key": "fehlbedarf", "financing": "deficit"}
    money = {"amount": "900.00", "eligible_cost": "1000.00", "rate": None}
    sources = [{"kind": "own", "amount": "100.00"}, {"kind": "third_party", "amount": "0"}]
    await settled.made("/grants", {**other, **money, "sources": sources})
    spent = {"shares": [{"grant": "fehlbedarf", "share": "100"}]}
    paid = {"key": "buehne", "gross": "1000.00", "net": None}
    await settled.made("/expenditures", {**EXPENDITURE, **paid, **spent})
    income = {**INCOME, "grant": "fehlbedarf", "kind": "third_party", "amount": "250.00"}
    address = "/grants/fehlbedarf/figures/payable/explain?on=2024-06-30"
    (before,) = (await settled.get(address)).json()["figures"]
    await settled.made("/incomes", income)
    (after,) = (await settled.get(address)).json()["figures"]
    assert (before["value"], after["value"]) == ("900.00", "650.00")


async def test_a_proof_of_use_tells_what_came_in(office: Door) -> None:
    address = "/grants/bescheid-2023/proof-of-use?on=2024-06-30"
    proof = (await office.get(address)).json()
    assert {one["kind"]: one["received"] for one in proof["income"]}["other"] is None
    await office.made("/incomes", INCOME)
    proof = (await office.get(address)).json()
    received = {one["kind"]: one["received"] for one in proof["income"]}
    assert (received["other"], received["third_party"]) == ("100.00", "0.00")


async def test_incomes_are_for_the_administration(office: Door) -> None:
    await office.made("/incomes", INCOME)
    address = f"/incomes/{INCOME['key']}"
    for role, status in {None: 401, "member": 403, "planner": 200}.items():
        door = office.as_(*([role] if role else []))
        for path in (address, "/incomes", f"{address}/history"):
            assert (await door.get(path)).status_code == status
    assert (await office.as_("planner").patch(address, {"amount": "1.00"}, 1)).status_code == 403
    assert (await office.patch(address, {"amount": "120.00"}, 1)).status_code == 200
    assert (await office.patch(address, {"amount": "130.00"}, 1)).status_code == 412
    assert len((await office.get("/incomes?kind=revenue")).json()["items"]) == 1
    assert (await office.get("/incomes?grant=other")).json()["items"] == []
