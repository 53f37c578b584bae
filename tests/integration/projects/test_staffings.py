"""Staffings: what of positions is filled and paid, and what follows for the money."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from tests.integration.projects.samples import NOTICE, POSITION, RULE, STAFFING
from tests.integration.projects.test_portfolio import portfolio
from tests.support.towns import Door

HERE = "/grants/bescheid-2023/figures"
PAY = {
    **RULE,
    "key": "entgelt-e11",
    "parameter": "monthly_pay",
    "scope": "E11",
    "value": "4200",
    "unit": "euro",
    "clause": "TVöD-VKA, E 11",
}
Figure = dict[str, Any]


@pytest.fixture
async def office(settled: Door) -> Door:
    """Four positions of E 11, of which 80 per cent are paid by a grant that pays 80."""
    await settled.made("/notices", NOTICE)
    grade = {"pay_grade": "E 11"}
    assert (await settled.patch("/positions/planungskoordination", grade, 1)).status_code == 200
    return settled.as_("controller")


async def figures(door: Door, on: str) -> dict[tuple[str, str | None], Figure]:
    answer = await door.get(f"{HERE}?on={on}")
    assert answer.status_code == 200, answer.text
    return {(one["key"], one["scope"]): one for one in answer.json()["figures"]}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"position": "nowhere"}, "/position"),
        ({"starts_on": "2022-12-31"}, "/starts_on"),
        ({"ends_on": "2026-01-01"}, "/ends_on"),
        ({"ends_on": "2023-01-01"}, "/ends_on"),
        ({"fte": "4.0001"}, "/fte"),
        ({"fte": "0"}, "/fte"),
        ({"pay_step": 7}, "/pay_step"),
        ({"pension_liable_pay": "4000.01"}, "/pension_liable_pay"),
        ({"monthly_pay": "-1"}, "/monthly_pay"),
        ({"currency": "USD"}, "/currency"),
        ({"holder": "somebody"}, "/holder"),
    ],
)
async def test_a_wrong_staffing_is_pointed_at(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    refused = await office.post("/staffings", {**STAFFING, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await office.get("/staffings")).json()["items"] == []


async def test_no_more_is_filled_than_a_position_has_also_at_the_same_time(office: Door) -> None:
    each = [{**STAFFING, "key": f"besetzung-{n}", "fte": "1.5"} for n in range(6)]
    answers = await asyncio.gather(*(office.post("/staffings", new) for new in each))
    assert sorted(answer.status_code for answer in answers) == [201, 201] + [422] * 4
    after = {**STAFFING, "key": "danach", "fte": "4", "starts_on": "2024-07-01", "ends_on": None}
    await office.made("/staffings", after)
    smaller = await office.patch("/positions/planungskoordination", {"count": 3}, 2)
    assert (smaller.status_code, smaller.json()["errors"][0]["code"]) == (409, "filled")
    shorter = await office.patch("/positions/planungskoordination", {"ends_on": "2024-06-29"}, 2)
    assert shorter.status_code in (409, 422)


async def test_filled_and_vacant_months_are_told_and_the_money_they_leave(office: Door) -> None:
    unsaid = (await figures(office, "2023-12-31"))["vacancy", POSITION["key"]]
    assert (unsaid["value"], unsaid["reason"]) == (None, "no_actual")
    await office.made("/funding-rules", PAY)
    await office.made("/staffings", STAFFING)
    found = await figures(office, "2023-12-31")
    vacant = found["vacancy", POSITION["key"]]
    inputs = {one["name"]: one["value"] for one in vacant["inputs"]}
    assert (inputs["planned_fte_months"], inputs["filled_fte_months"]) == ("48", "35")
    assert (vacant["value"], vacant["status"]) == ("13", "warning")
    left = found["unspent_by_vacancy", POSITION["key"]]
    month = (Decimal(4200) * Decimal("1.19975") * Decimal("0.8")).quantize(Decimal("0.01"))
    assert Decimal(left["value"]) == 13 * month
    said_by = {clause["text"] for clause in left["clauses"]}
    assert {"TVöD-VKA, E 11", "Sozialstrategierichtlinie 2.1"} <= said_by
    told = await office.get(f"{HERE}/vacancy/explain?on=2023-12-31&scope={POSITION['key']}")
    assert "besetzt" in told.json()["text"]["de"]


async def test_staff_cost_is_pay_and_the_lump_on_what_is_liable_to_the_pension(
    office: Door,
) -> None:
    unknown = (await figures(office, "2023-12-31"))["staff_cost", None]
    assert (unknown["value"], unknown["reason"]) == (None, "no_pay")
    await office.made("/staffings", STAFFING)
    await office.made("/funding-rules", {**PAY, "value": "3900"})
    found = await figures(office, "2023-12-31")
    # ten months of 3.5 full-time equivalents: 3,900 of 4,000 are recognised, 3,800 are liable
    assert found["eligible_pay", None]["value"] == "136500.00"
    lump = found["social_security", None]
    assert lump["value"] == "26566.75"
    assert "Sozialstrategierichtlinie 2.1" in {clause["text"] for clause in lump["clauses"]}
    assert found["staff_cost", None]["value"] == "163066.75"
    assert "4000.00" not in str(found["eligible_pay", None]), "nobody's pay is an input"
    (told,) = (await office.get(f"{HERE}/social_security/explain?on=2023-12-31")).json()["figures"]
    rates = {one["name"]: one["value"] for one in told["inputs"]}
    assert rates["social_security_rate.2022-01-01"] == "19.975"


async def test_the_forecast_follows_contracts_the_same_in_figures_and_portfolio(
    office: Door,
) -> None:
    await office.made("/funding-rules", PAY)
    await office.made("/staffings", {**STAFFING, "fte": "2", "ends_on": "2024-12-31"})
    found = await figures(office, "2023-12-31")
    # twelve months of two: 4,000 and the lump on 3,800, 80 per cent
    month = (4000 + 3800 * Decimal("0.19975")) * 2 * Decimal("0.8")
    remaining = Decimal(found["remaining_staff", None]["value"])
    assert remaining == 12 * month.quantize(Decimal("0.01"))
    whole = found["forecast_at_completion", None]["value"]
    assert (await portfolio(office, on="2023-12-31"))["total"]["forecast"]["amount"] == whole


async def test_pay_is_seen_by_whoever_enters_it_alone_and_never_told_in_the_journal(
    office: Door,
) -> None:
    await office.made("/staffings", STAFFING)
    address = f"/staffings/{STAFFING['key']}"
    for role, status in {None: 401, "member": 403, "planner": 403, "secretary": 403}.items():
        door = office.as_(*([role] if role else []))
        for path in (address, "/staffings", f"{address}/history"):
            assert (await door.get(path)).status_code == status
        assert (await door.patch(address, {"fte": "1"}, 1)).status_code == status
    changed = await office.patch(address, {"monthly_pay": "4100.00", "ends_on": None}, 1)
    assert changed.status_code == 200, changed.text
    moved = await office.patch(address, {"position": "other"}, 2)
    assert moved.json()["errors"][0]["code"] == "immutable"
    past = (await office.get(f"{address}/history")).json()
    assert [state["row"]["monthly_pay"] for state in past] == [4100.00, 4000.00]
    follower = office.as_("administrator", kind="service")
    journal = await follower.get(f"/internal/journal/{office.municipality.key}")
    told = [one for one in journal.json() if one["type"].startswith("projects.staffing")]
    assert len(told) == 2
    assert "4100" not in str(told)
    assert len((await office.get("/staffings?on=2024-01-01")).json()["items"]) == 1
    assert (await office.get("/staffings?position=other")).json()["items"] == []


HOURS_RULE = {
    **RULE,
    "key": "jahresstunden",
    "parameter": "annual_hours",
    "value": "1720",
    "unit": "hours",
    "clause": "Art. 55 Abs. 2",
}
BY_HOURS = {
    "key": "stundenweise",
    "position": POSITION["key"],
    "starts_on": "2024-01-01",
    "ends_on": "2024-12-31",
    "fte": "0.5",
    "annual_cost": "34400.00",
    "hours": [
        {"grant": "bescheid-2023", "year": 2024, "month": 4, "hours": "60.5"},
        {"grant": "bescheid-2023", "year": 2024, "month": 5, "hours": "20"},
    ],
}


def month(hours: str, **other: Any) -> dict[str, Any]:
    return {"grant": "bescheid-2023", "year": 2024, "month": 6, "hours": hours} | other


async def test_hours_that_were_worked_cost_a_year_by_1720_and_are_staff_cost(office: Door) -> None:
    await office.made("/staffings", BY_HOURS)
    unruled = (await figures(office, "2024-12-31"))["hours_cost", None]
    assert (unruled["value"], unruled["reason"]) == (None, "no_rule")
    await office.made("/funding-rules", HOURS_RULE)
    found = await figures(office, "2024-05-30")
    assert found["hours_cost", None]["value"] == "2420.00", "the hours of May are not known yet"
    found = await figures(office, "2024-05-31")
    cost = found["hours_cost", None]
    assert (cost["value"], cost["status"]) == ("3220.00", "ok")
    assert found["staff_cost", None]["value"] == "3220.00", "pay is not charged beside hours"
    clauses = {clause["text"] for clause in found["staff_cost", None]["clauses"]}
    assert {"Art. 55 Abs. 2", "Art. 55 Abs. 2 bis 4 Verordnung (EU) 2021/1060"} <= clauses
    told = (await office.get(f"{HERE}/hours_cost/explain?on=2024-05-31")).json()
    assert "Stunden" in told["text"]["de"]
    assert "34400.00" not in str(told), "nobody's pay is an input"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"fte": "1.5"}, "/fte"),
        ({"hours": [month("20"), month("20")]}, "/hours/1"),
        ({"hours": [month("20", grant="other")]}, "/hours/0/grant"),
        ({"hours": [month("20", year=2025)]}, "/hours/0/month"),
        ({"hours": [month("20", month=13)]}, "/hours/0/month"),
        ({"hours": [month("0")]}, "/hours/0/hours"),
        ({"hours": [month("745")]}, "/hours/0/hours"),
        ({"hours": [month("700"), month("160.01", month=7)]}, "/hours"),
        ({"annual_cost": "-1"}, "/annual_cost"),
    ],
)
async def test_more_hours_than_allowed_are_refused_and_nothing_is_stored(
    office: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await office.made("/funding-rules", HOURS_RULE)
    refused = await office.post("/staffings", {**BY_HOURS, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await office.get("/staffings")).json()["items"] == []


async def test_hours_of_a_year_are_counted_with_those_before_also_at_the_same_time(
    office: Door,
) -> None:
    """Parts of one year for one place, entered side by side, have its hours once."""
    await office.made("/funding-rules", HOURS_RULE)
    halves = [("2024-01-01", "2024-06-30", 1), ("2024-07-01", "2024-12-31", 7)]
    each = [
        {
            **BY_HOURS,
            "key": f"teil-{first}",
            "starts_on": starts,
            "ends_on": ends,
            "hours": [month("430", month=first), month("0.01", month=first + 1)],
        }
        for starts, ends, first in halves
    ]
    alone = await office.post("/staffings", each[0])
    assert alone.json()["errors"][0]["code"] == "above_year", alone.text
    for first, one in zip((1, 7), each, strict=True):
        await office.made("/staffings", {**one, "hours": [month("400", month=first)]})
    more = [{"hours": [month("460", month=first)]} for first in (1, 7)]
    answers = await asyncio.gather(
        office.patch("/staffings/teil-1", more[0], 1), office.patch("/staffings/teil-7", more[1], 1)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_a_position_keeps_the_grant_for_which_hours_were_worked(office: Door) -> None:
    await office.made("/staffings", BY_HOURS)
    until = [{**POSITION["funding"][0], "ends_on": "2024-04-30"}]
    refused = await office.patch("/positions/planungskoordination", {"funding": until}, 2)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "worked")
    until[0]["ends_on"] = "2024-05-31"
    kept = await office.patch("/positions/planungskoordination", {"funding": until}, 2)
    assert kept.status_code == 200, kept.text


async def test_the_forecast_of_hours_is_the_same_in_figures_and_portfolio(office: Door) -> None:
    await office.made("/staffings", BY_HOURS)
    found = await figures(office, "2024-06-30")
    # half a year of 34,400, of which the grant pays 80 per cent
    month_costs = (Decimal(34400) / 12 * Decimal("0.8")).quantize(Decimal("0.01"))
    assert Decimal(found["remaining_staff", None]["value"]) == 6 * month_costs
    whole = found["forecast_at_completion", None]["value"]
    assert (await portfolio(office, on="2024-06-30"))["total"]["forecast"]["amount"] == whole
