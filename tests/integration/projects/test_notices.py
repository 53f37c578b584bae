"""Notices: versions of a grant, to the cent, and what held on which day."""

from decimal import Decimal
from typing import Any

import pytest

from tests.integration.projects.samples import GRANT, NOTICE, settle
from tests.support.copies import copied
from tests.support.towns import Door

APPLIED = {
    **{name: GRANT[name] for name in ("project", "programme", "grantee")},
    "key": "bescheid-2023",
    "state": "applied",
    "applied_on": "2022-09-01",
    "applied_amount": "120000",
}
NOTICE_PACK = "sozialstrategierichtlinie-2-1"
AMENDED = {
    **NOTICE,
    "key": "bescheid-2023-2",
    "kind": "amendment",
    "issued_on": "2024-03-01",
    "effective_from": "2024-01-01",
    "eligible_cost": "125000.00",
    "amount": "100000.00",
    "sources": [
        {"kind": "eu", "organisation": "europaeische-union", "year": 2023, "amount": "75000"},
        {"kind": "state", "organisation": "freistaat", "year": 2023, "amount": "25000"},
        {"kind": "own", "year": 2025, "amount": "25000"},
    ],
    "budget_lines": [
        {"category": "staff", "year": 2023, "amount": "60000.00"},
        {"category": "staff", "year": 2024, "amount": "54000.00"},
        {"category": "travel", "amount": "11000.00"},
    ],
    "overrides": [],
}
EXTENDED = {
    **AMENDED,
    "key": "bescheid-2023-3",
    "kind": "extension",
    "issued_on": "2025-06-01",
    "effective_from": "2026-01-01",
    "ends_on": "2026-06-30",
}


@pytest.fixture
@copied
async def town_hall(projects: Door) -> Door:
    """A town that has applied."""
    await settle(projects, until="grants")
    await projects.made("/grants", APPLIED)
    return projects


async def grant(door: Door) -> dict[str, Any]:
    found: dict[str, Any] = (await door.get("/grants/bescheid-2023")).json()
    return found


@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"starts_on": None}, ["/starts_on"]),
        ({"ends_on": None}, ["/ends_on"]),
        ({"eligible_cost": None}, ["/eligible_cost"]),
        ({"amount": None}, ["/amount"]),
        ({"amount": "108016.33", "sources": []}, ["/amount"]),
        ({"ends_on": "2022-12-31"}, ["/ends_on"]),
        ({"sources": [{"kind": "eu", "amount": "135020.39"}]}, ["/sources"]),
        ({"sources": [{"kind": "eu", "amount": "135020.41"}]}, ["/sources"]),
        ({"sources": [{"kind": "eu", "amount": None}]}, ["/sources/0/amount"]),
        ({"sources": [{"kind": "eu", "year": 2026, "amount": "135020.4"}]}, ["/sources/0/year"]),
        (
            {"sources": [{"kind": "eu", "amount": "8"}, {"kind": "own", "amount": "135012.40"}]},
            ["/amount"],
        ),
        ({"budget_lines": [{"category": "staff", "amount": "135020.39"}]}, ["/budget_lines"]),
        (
            {"budget_lines": [{"category": "staff", "year": 2022, "amount": "135020.40"}]},
            ["/budget_lines/0/year"],
        ),
        ({"budget_lines": [{"category": "staff", "amount": "67510.20"}] * 2}, ["/budget_lines"]),
        ({"budget_lines": [{"category": "party", "amount": "1"}]}, ["/budget_lines/0/category"]),
        (
            {"partner_budgets": [{"organisation": "caritas", "eligible_cost": "135020.41"}]},
            ["/partner_budgets"],
        ),
        (
            {"partner_budgets": [{"organisation": "x1", "eligible_cost": "1", "amount": "1.01"}]},
            ["/partner_budgets/0/amount"],
        ),
        (
            {"partner_budgets": [{"organisation": "nowhere", "eligible_cost": "1"}]},
            ["/partner_budgets/0/organisation"],
        ),
        (
            {
                "overrides": [
                    {"parameter": "max_rate", "value": "1", "text": "x", "clause": "Nr. 1"}
                ]
            },
            ["/overrides/0/text"],
        ),
        (
            {"overrides": [{"parameter": "x", "value": 1, "clause": "1"}]},
            ["/overrides/0/parameter"],
        ),
        ({"overrides": [{"parameter": "max_rate", "clause": "Nr. 1"}]}, ["/overrides/0/text"]),
        ({"overrides": [{"parameter": "max_rate", "value": "1"}]}, ["/overrides/0/clause"]),
        (
            {"overrides": [{"parameter": "max_rate", "value": "1", "clause": "Nr. 1"}] * 2},
            ["/overrides"],
        ),
        ({"financing": "full", "rate": None}, ["/amount"]),
        ({"grant": "not-there"}, ["/grant"]),
    ],
)
async def test_a_notice_adds_up_to_the_cent_or_is_not_stored(
    town_hall: Door, wrong: dict[str, Any], pointers: list[str]
) -> None:
    refused = await town_hall.post("/notices", {**NOTICE, **wrong})
    assert refused.status_code == 422, refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await town_hall.get("/notices")).json()["items"] == []
    assert (await grant(town_hall))["state"] == "applied"


async def test_the_first_notice_makes_an_application_a_grant(town_hall: Door) -> None:
    created = await town_hall.made("/notices", NOTICE)
    assert (created["number"], created["state"]) == (1, "granted")
    now = await grant(town_hall)
    assert now["state"] == "granted"
    assert (now["amount"], now["eligible_cost"], now["rate"]) == ("108016.32", "135020.40", "80")
    assert (now["notice"], now["granted_on"]) == (1, "2022-12-15")
    assert now["applied_amount"] == "120000.00"
    assert [source["amount"] for source in now["sources"]] == ["81012.24", "27004.08", "27004.08"]


async def test_each_notice_gets_the_next_number_and_the_grant_shows_the_last(
    town_hall: Door,
) -> None:
    for n, notice in enumerate((NOTICE, AMENDED, EXTENDED), start=1):
        assert (await town_hall.made("/notices", notice))["number"] == n
        assert (await grant(town_hall))["notice"] == n
    now = await grant(town_hall)
    assert (now["amount"], now["ends_on"], now["granted_on"]) == (
        "100000.00",
        "2026-06-30",
        "2022-12-15",
    )
    final = {**EXTENDED, "key": "schluss", "kind": "final", "issued_on": "2027-01-15"}
    await town_hall.made("/notices", {**final, "effective_from": "2027-01-15"})
    now = await grant(town_hall)
    assert (now["state"], now["ended_on"]) == ("closed", "2027-01-15")
    listed = (await town_hall.get("/notices?grant=bescheid-2023")).json()["items"]
    assert [notice["kind"] for notice in listed] == ["award", "amendment", "extension", "final"]
    assert (await town_hall.get("/notices?kind=final")).json()["items"] == [listed[-1]]


@pytest.mark.parametrize(
    ("kind", "changes", "status", "pointer"),
    [
        ("award", {}, 409, "/kind"),
        ("amendment", {"issued_on": "2022-12-14"}, 422, "/issued_on"),
        ("extension", {}, 422, "/ends_on"),
        ("revocation", {}, 422, "/amount"),
    ],
)
async def test_what_does_not_follow_is_refused(
    town_hall: Door, kind: str, changes: dict[str, Any], status: int, pointer: str
) -> None:
    await town_hall.made("/notices", NOTICE)
    before = await grant(town_hall)
    refused = await town_hall.post("/notices", {**NOTICE, "key": "second", "kind": kind, **changes})
    assert refused.status_code == status, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert await grant(town_hall) == before


async def test_nothing_but_an_award_comes_first_and_nothing_follows_a_withdrawal(
    town_hall: Door,
) -> None:
    refused = await town_hall.post("/notices", {**NOTICE, "kind": "amendment"})
    assert refused.json()["errors"][0]["code"] == "kind"
    await town_hall.patch("/grants/bescheid-2023", {"state": "withdrawn"}, 1)
    assert (await town_hall.post("/notices", NOTICE)).status_code == 409


async def test_a_whole_revocation_leaves_nothing(town_hall: Door) -> None:
    await town_hall.made("/notices", NOTICE)
    nothing = {"amount": "0", "rate": None, "partner_budgets": []}
    days = {"issued_on": "2024-01-01", "effective_from": "2023-01-01"}
    revoked = {**NOTICE, **nothing, **days, "key": "widerruf", "kind": "revocation"}
    await town_hall.made("/notices", revoked)
    assert (await grant(town_hall))["amount"] == "0.00"


async def test_a_notice_that_another_followed_keeps_its_substance(town_hall: Door) -> None:
    await town_hall.made("/notices", NOTICE)
    typo = {"budget_lines": [{"category": "staff", "amount": "135020.40"}]}
    corrected = await town_hall.patch("/notices/bescheid-2023-1", typo, 1)
    assert corrected.status_code == 200, corrected.text
    await town_hall.made("/notices", AMENDED)
    address = "/notices/bescheid-2023-1"
    for change in ({"amount": "1"}, {"issued_on": "2022-12-16"}, {"conditions": []}, {"rate": "9"}):
        refused = await town_hall.patch(address, change, 2)
        assert refused.status_code == 409, refused.text
        assert refused.json()["errors"][0]["pointer"] == f"/{next(iter(change))}"
    said = {"reference": "5091-1", "evidence": "Akte 12", "note": {"de": "Original im Archiv"}}
    assert (await town_hall.patch(address, said, 2)).status_code == 200
    assert (await grant(town_hall))["amount"] == "100000.00"


async def test_a_corrected_notice_corrects_the_grant(town_hall: Door) -> None:
    await town_hall.made("/notices", NOTICE)
    revision = (await grant(town_hall))["revision"]
    fewer = {name: AMENDED[name] for name in ("eligible_cost", "amount", "sources", "budget_lines")}
    assert (await town_hall.patch("/notices/bescheid-2023-1", fewer, 1)).status_code == 200
    now = await grant(town_hall)
    assert (now["amount"], now["revision"]) == ("100000.00", revision + 1)
    for fixed in ({"grant": "other"}, {"kind": "final"}):
        refused = await town_hall.patch("/notices/bescheid-2023-1", fixed, 2)
        assert refused.json()["errors"][0]["code"] == "immutable"


async def test_by_hand_nobody_changes_what_a_notice_says(town_hall: Door) -> None:
    await town_hall.made("/notices", NOTICE)
    revision = (await grant(town_hall))["revision"]
    address = "/grants/bescheid-2023"
    for change in ({"amount": "1", "rate": None}, {"ends_on": "2026-01-01"}, {"sources": []}):
        refused = await town_hall.patch(address, change, revision)
        assert refused.status_code == 409, refused.text
        assert {error["code"] for error in refused.json()["errors"]} == {"by_notice"}
    free = {"evidence": "Amtsblatt", "own_use": "108016.32", "state": "closed"}
    assert (await town_hall.patch(address, free, revision)).status_code == 200


async def test_no_notice_leaves_less_than_is_kept(town_hall: Door) -> None:
    await town_hall.made("/notices", NOTICE)
    await town_hall.patch("/grants/bescheid-2023", {"own_use": "108016.32"}, 2)
    before = await grant(town_hall)
    refused = await town_hall.post("/notices", AMENDED)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "above_grant")
    assert await grant(town_hall) == before
    assert len((await town_hall.get("/notices")).json()["items"]) == 1


async def test_every_day_has_its_state_and_so_has_what_was_known(town_hall: Door) -> None:
    for notice in (NOTICE, AMENDED, EXTENDED):
        await town_hall.made("/notices", notice)
    for query, number, amount, ends_on, state in (
        ("on=2022-12-31", None, None, None, "applied"),
        ("on=2023-01-01", 1, "108016.32", "2025-12-31", "granted"),
        ("on=2023-12-31", 1, "108016.32", "2025-12-31", "granted"),
        ("on=2024-01-01", 2, "100000.00", "2025-12-31", "granted"),
        ("on=2024-01-01&known_on=2024-02-29", 1, "108016.32", "2025-12-31", "granted"),
        ("on=2024-01-01&known_on=2024-03-01", 2, "100000.00", "2025-12-31", "granted"),
        ("on=2025-12-31", 2, "100000.00", "2025-12-31", "granted"),
        ("on=2026-01-01", 3, "100000.00", "2026-06-30", "granted"),
        ("on=2026-01-01&known_on=2025-05-31", 2, "100000.00", "2025-12-31", "granted"),
        ("on=2026-01-01&known_on=2025-06-01", 3, "100000.00", "2026-06-30", "granted"),
    ):
        found = (await town_hall.get(f"/grants/bescheid-2023/state?{query}")).json()
        told = (found["notice"], found["amount"], found["ends_on"], found["state"])
        assert told == (number, amount, ends_on, state), query
    first = (await town_hall.get("/grants/bescheid-2023/state?on=2023-06-01")).json()
    assert first["overrides"][0]["value"] == "3"
    assert first["budget_lines"][2]["amount"] == "15020.40"
    assert first["conditions"][0]["due_on"] == "2024-04-30"
    ended = {"state": "closed", "ended_on": "2026-07-01"}
    await town_hall.patch("/grants/bescheid-2023", ended, (await grant(town_hall))["revision"])
    for day, state in (("2026-06-30", "granted"), ("2026-07-01", "closed")):
        found = (await town_hall.get(f"/grants/bescheid-2023/state?on={day}")).json()
        assert found["state"] == state


async def test_a_later_notice_replaces_one_that_takes_effect_after_it(town_hall: Door) -> None:
    again = {
        **EXTENDED,
        "key": "bescheid-2023-4",
        "issued_on": "2025-07-01",
        "effective_from": "2025-07-01",
        "ends_on": "2026-12-31",
    }
    for notice in (NOTICE, AMENDED, EXTENDED, again):
        await town_hall.made("/notices", notice)
    for query, number in (
        ("on=2025-06-30", 2),
        ("on=2025-07-01", 4),
        ("on=2026-01-01", 4),
        ("on=2026-01-01&known_on=2025-06-30", 3),
    ):
        found = (await town_hall.get(f"/grants/bescheid-2023/state?{query}")).json()
        assert found["notice"] == number, query


async def test_a_grant_without_notices_is_what_is_known_of_it(projects: Door) -> None:
    await settle(projects, until="notices")
    found = (await projects.get("/grants/bescheid-2023/state")).json()
    assert (found["notice"], found["amount"], found["state"]) == (None, "108016.32", "granted")
    assert found["budget_lines"] == []
    assert (await projects.get("/grants/other/state")).status_code == 404


async def test_what_a_notice_changed_can_be_read(town_hall: Door) -> None:
    await town_hall.made("/notices", NOTICE)
    await town_hall.made("/notices", AMENDED)
    address = "/grants/bescheid-2023/notices"
    first = (await town_hall.get(f"{address}/1/changes")).json()
    assert (first["compared_with"], first["changes"]) == (None, [])
    second = (await town_hall.get(f"{address}/2/changes")).json()
    assert second["compared_with"] == 1
    told = {c["pointer"]: (c["before"], c["after"], c["difference"]) for c in second["changes"]}
    assert told == {
        "/eligible_cost": ("135020.40", "125000.00", "-10020.40"),
        "/amount": ("108016.32", "100000.00", "-8016.32"),
        "/sources/eu/europaeische-union/2023": ("81012.24", "75000.00", "-6012.24"),
        "/sources/own/-/2024": ("27004.08", None, "-27004.08"),
        "/sources/own/-/2025": (None, "25000.00", "25000.00"),
        "/sources/state/freistaat/2023": ("27004.08", "25000.00", "-2004.08"),
        "/budget_lines/staff/2024": ("60000.00", "54000.00", "-6000.00"),
        "/budget_lines/travel/-": ("15020.40", "11000.00", "-4020.40"),
        "/overrides/spend_within/-": ("3 (Nr. 4.2 des Bescheids)", None, None),
    }
    labels = {c["pointer"]: c["label"]["de"] for c in second["changes"]}
    assert labels["/budget_lines/staff/2024"] == "Kostenplan: staff, 2024"
    assert labels["/amount"] == "Zuwendung"
    assert (await town_hall.get(f"{address}/3/changes")).status_code == 404


async def test_notices_are_for_the_administration_unless_somebody_says_otherwise(
    town_hall: Door,
) -> None:
    quiet = {name: value for name, value in NOTICE.items() if name != "visibility"}
    await town_hall.made("/notices", quiet)
    public = town_hall.as_()
    assert (await public.get("/grants/bescheid-2023")).status_code == 200
    for address in (
        "/notices/bescheid-2023-1",
        "/grants/bescheid-2023/state?on=2024-01-01",
        "/grants/bescheid-2023/notices/1/changes",
    ):
        assert (await public.get(address)).status_code == 404
        assert (await town_hall.as_("planner").get(address)).status_code == 200
    assert (await public.get("/notices")).json()["items"] == []
    assert (await town_hall.as_("planner").post("/notices", AMENDED)).status_code == 403
    assert (await town_hall.as_("controller").post("/notices", AMENDED)).status_code == 201


async def drawn(door: Door) -> None:
    """80,000 euros of the grant are paid out."""
    await settle(door, until="notices")
    await door.made("/notices", NOTICE)
    claim = {
        "key": "abruf-1",
        "grant": "bescheid-2023",
        "forecast": [{"purpose": "Personal", "category": "staff", "amount": "100000.00"}],
        "requested": "80000.00",
    }
    await door.made("/claims", claim)
    for name, body in (
        ("submission", {"submitted_on": "2023-02-01"}),
        ("payouts", {"paid_on": "2023-03-01", "amount": "80000.00"}),
    ):
        answer = await door.post(f"/claims/abruf-1/{name}", body)
        assert answer.status_code in (200, 201), answer.text


LEFT = {"amount": "50000.00", "rate": None, "partner_budgets": []}
DAYS = {"issued_on": "2024-01-02", "effective_from": "2024-01-02"}
REVOKED = {**NOTICE, **LEFT, **DAYS, "key": "widerruf", "kind": "revocation"}
DEMAND = {
    "key": "rueckforderung-1",
    "grant": "bescheid-2023",
    "kind": "revocation",
    "amount": "30000.00",
    "reason": "Widerruf in Teilen",
    "decided_on": "2024-02-01",
    "due_on": "2024-03-02",
}


async def owed(door: Door, on: str) -> tuple[str, str]:
    figures = (await door.get(f"/grants/bescheid-2023/figures?on={on}")).json()["figures"]
    found = next(one for one in figures if one["key"] == "repayment")
    assert any("49a" in clause["text"] for clause in found["clauses"])
    return found["value"], found["status"]


async def repayments(door: Door) -> dict[str, dict[str, Any]]:
    items = (await door.get("/obligations?kind=repayment&limit=100")).json()["items"]
    return {one["origin"]: one for one in items}


async def test_a_funder_can_revoke_what_was_paid_out_and_the_rest_has_to_go_back(
    projects: Door,
) -> None:
    """Section 49(3) and 49a VwVfG. Such a notice was refused until the money was back."""
    await drawn(projects)
    assert await owed(projects, "2024-01-01") == ("0.00", "ok")
    assert await repayments(projects) == {}
    await projects.made("/notices", REVOKED)
    assert (await grant(projects))["amount"] == "50000.00"
    assert await owed(projects, "2024-01-01") == ("0.00", "ok"), "the day before it took effect"
    assert await owed(projects, "2024-01-02") == ("30000.00", "warning")
    duty = (await repayments(projects))["repayment"]
    assert (duty["state"], duty["due_on"], duty["reason"]) == ("open", None, "no_date")
    assert "30000,00 EUR" in duty["title"]["de"]
    assert "widerruf" in {clause["notice"] for clause in duty["clauses"]}
    said = await projects.post(f"/obligations/{duty['key']}/completion", {"done_on": "2024-02-01"})
    assert (said.status_code, said.json()["errors"][0]["code"]) == (409, "by_facts")
    told = await projects.get("/grants/bescheid-2023/figures/repayment/explain?on=2024-06-30")
    assert "zurück" in told.json()["text"]["de"]

    await projects.made("/recoveries", DEMAND)
    found = await repayments(projects)
    assert found["repayment"]["state"] == "dropped", "it is demanded now"
    demand = found["repayment/rueckforderung-1"]
    assert (demand["raw_due"], demand["due_on"]) == ("2024-03-02", "2024-03-04"), "a Saturday"
    assert await owed(projects, "2024-03-01") == ("30000.00", "warning")
    assert await owed(projects, "2024-03-05") == ("30000.00", "breach")

    back = {"repaid_on": "2024-04-02", "amount": "30000.00"}
    answer = await projects.post("/recoveries/rueckforderung-1/repayments", back)
    assert answer.status_code == 200, answer.text
    done = (await repayments(projects))["repayment/rueckforderung-1"]
    assert (done["state"], done["done_on"]) == ("done", "2024-04-02")
    assert await owed(projects, "2024-04-02") == ("0.00", "ok")


async def test_what_is_owed_bears_interest_from_the_day_of_the_notice(projects: Door) -> None:
    await drawn(projects)
    assert (await projects.post(f"/rule-packs/{NOTICE_PACK}/adoption")).status_code == 200
    await projects.made("/notices", REVOKED)
    address = "/grants/bescheid-2023/figures/repayment_interest/explain?on=2024-02-01"
    (figure,) = (await projects.get(address)).json()["figures"]
    # 30,000 euros, 30 days, 3.62 and 5 per cent
    assert (figure["value"], figure["status"]) == ("212.55", "warning")
    clauses = {clause["text"]: clause for clause in figure["clauses"]}
    assert {"§ 49a Abs. 3 VwVfG", "§ 247 BGB"} <= set(clauses)
    assert clauses["§ 247 BGB"]["verified"] is False
    assert clauses["§ 247 BGB"]["source"]


async def test_each_of_two_revocations_bears_interest_from_its_own_day(projects: Door) -> None:
    """The first amount once lost its interest when a second notice revoked more."""
    await drawn(projects)
    assert (await projects.post(f"/rule-packs/{NOTICE_PACK}/adoption")).status_code == 200
    await projects.made("/notices", REVOKED)
    key = {"key": "bescheid-2023-3", "issued_on": "2024-01-20", "effective_from": "2024-01-22"}
    less = {"amount": str(Decimal(REVOKED["amount"]) - 10000), "sources": []}
    await projects.made("/notices", {**REVOKED, **key, **less})
    address = "/grants/bescheid-2023/figures/repayment_interest/explain?on=2024-02-01"
    (figure,) = (await projects.get(address)).json()["figures"]
    # 30,000 euros for 30 days and another 10,000 for 10, 3.62 and 5 per cent
    assert figure["value"] == "236.16"
    inputs = {one["name"]: one["value"] for one in figure["inputs"]}
    assert inputs["since"] == "2024-01-02"
    (late,) = (await projects.get(address.replace("2024-02-01", "2026-02-01"))).json()["figures"]
    assert (late["value"], late["reason"]) == (None, "unknown_rate")
    gap = {one["name"]: one["value"] for one in late["inputs"] if "unknown" in one["name"]}
    assert gap == {"unknown_rate.first": "2026-01-01", "unknown_rate.last": "2026-02-01"}


async def test_while_more_is_out_than_granted_nothing_more_comes(projects: Door) -> None:
    await drawn(projects)
    soon = [{"purpose": "Personal", "category": "staff", "amount": "1000.00"}]
    second = {"key": "abruf-2", "grant": "bescheid-2023", "forecast": soon, "requested": "800.00"}
    await projects.made("/claims", second)
    answer = await projects.post("/claims/abruf-2/submission", {"submitted_on": "2023-04-01"})
    assert answer.status_code == 200, answer.text
    await projects.made("/notices", REVOKED)
    more = {"paid_on": "2024-02-01", "amount": "0.01"}
    refused = await projects.post("/claims/abruf-2/payouts", more)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "paid_above_grant")
    wrong = {"number": 1, "paid_on": "2023-03-01", "amount": "70000.00", "reason": "Zahlendreher"}
    corrected = await projects.post("/claims/abruf-1/corrections", wrong)
    assert corrected.status_code == 200, "less than was entered makes nothing worse"
    assert (await owed(projects, "2024-01-02"))[0] == "20000.00"


async def test_what_the_funder_does_without_need_not_go_back(projects: Door) -> None:
    """Erlass (Section 59 LHO): the notice stays, the demand does not."""
    await drawn(projects)
    await projects.made("/notices", REVOKED)
    await projects.made("/recoveries", DEMAND)
    less = await projects.patch("/recoveries/rueckforderung-1", {"amount": "29000.00"}, 1)
    assert less.status_code == 200, less.text
    found = await repayments(projects)
    assert "1000,00 EUR" in found["repayment"]["title"]["de"], "nobody waived it: it is still owed"
    assert found["repayment"]["state"] == "open"
    whole = await projects.patch("/recoveries/rueckforderung-1", {"amount": "30000.00"}, 2)
    assert whole.status_code == 200, whole.text
    waiver = {"waived_on": "2024-05-02", "reason": "Billigkeit"}
    answer = await projects.post("/recoveries/rueckforderung-1/waiver", waiver)
    assert answer.status_code == 200, answer.text
    assert await owed(projects, "2024-05-01") == ("30000.00", "breach")
    assert await owed(projects, "2024-05-02") == ("0.00", "ok")
    assert {one["state"] for one in (await repayments(projects)).values()} == {"dropped"}


async def test_nobody_makes_a_grant_smaller_by_hand_than_what_was_paid(projects: Door) -> None:
    await settle(projects, until="notices")
    claim = {
        "key": "abruf-1",
        "grant": "bescheid-2023",
        "forecast": [{"purpose": "Personal", "category": "staff", "amount": "1000.00"}],
        "requested": "800.00",
    }
    await projects.made("/claims", claim)
    await projects.post("/claims/abruf-1/submission", {"submitted_on": "2023-02-01"})
    paid = {"paid_on": "2023-03-01", "amount": "800.00"}
    assert (await projects.post("/claims/abruf-1/payouts", paid)).status_code == 200
    by_hand = {"amount": "799.99", "rate": None}
    refused = await projects.patch("/grants/bescheid-2023", by_hand, 1)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "paid_above_grant")
    withdrawn = await projects.patch("/grants/bescheid-2023", {"state": "withdrawn"}, 1)
    assert withdrawn.status_code == 409
