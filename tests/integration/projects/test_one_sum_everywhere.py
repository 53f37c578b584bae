"""A grant says the same sum on the same day, whoever is asked: figures, portfolio, obligations."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.integration.projects.samples import (
    BOOKING_MAPPING,
    CLAIM,
    EXPENDITURE,
    NOTICE,
    RECOVERY,
)
from tests.integration.projects.test_bookings import BACK, HEAD, JUNE, MAY, items, stored
from tests.integration.projects.test_obligations import found as obligations
from tests.integration.projects.test_portfolio import portfolio
from tests.support.towns import Door

Figure = dict[str, Any]
GRANT = "bescheid-2023"


@pytest.fixture
async def office(settled: Door) -> Door:
    await settled.made("/notices", NOTICE)
    await settled.made("/expenditures", EXPENDITURE)
    await settled.made("/booking-mappings", BOOKING_MAPPING)
    return settled.as_("controller")


async def figures(door: Door, on: str) -> dict[str, Figure]:
    answer = await door.get(f"/grants/{GRANT}/figures?on={on}")
    assert answer.status_code == 200, answer.text
    return {one["key"]: one for one in answer.json()["figures"] if one["scope"] is None}


async def spent(door: Door, on: str) -> tuple[str, str]:
    told = (await portfolio(door, on=on))["total"]
    return (await figures(door, on))["eligible_cost"]["value"], told["spent"]["amount"]


async def test_bookings_without_a_receipt_count_the_same_for_figures_and_portfolio(
    office: Door,
) -> None:
    await stored(office, HEAD + MAY + JUNE + BACK)
    assert await spent(office, "2024-05-30") == ("1190.00", "1190.00")
    assert await spent(office, "2024-05-31") == ("6390.00", "6390.00")
    assert await spent(office, "2024-12-31") == ("11471.50", "11471.50")
    lacking = (await figures(office, "2024-12-31"))["without_receipt"]
    assert (lacking["value"], lacking["status"]) == ("10281.50", "review")
    told = await office.get(f"/grants/{GRANT}/figures/without_receipt/explain?on=2024-12-31")
    assert "Buchungen" in told.json()["text"]["de"]


async def test_a_booking_of_which_a_receipt_was_made_counts_once(office: Door) -> None:
    await stored(office, HEAD + MAY)
    (may,) = await items(office)
    taken = await office.post("/bookings/expenditures", {"bookings": [may["id"]]})
    assert taken.status_code in (200, 201), taken.text
    assert await spent(office, "2024-12-31") == ("6390.00", "6390.00")
    assert (await figures(office, "2024-12-31"))["without_receipt"]["value"] == "0.00"


async def test_a_payout_is_used_by_the_share_of_the_grant_in_bookings_too(office: Door) -> None:
    """Obligations once matched payouts against the whole cost, and saw no booking."""
    soon = [{"purpose": "Personal", "category": "staff", "amount": "5200.00"}]
    wanted = {"requested": "5112.00", "forecast": soon}
    await office.made("/claims", {**CLAIM, **wanted})
    await office.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    paid = {"paid_on": "2024-06-20", "amount": "5112.00"}
    assert (await office.post("/claims/abruf-1/payouts", paid)).status_code == 200
    use = (await obligations(office))["spending/2024-06-20"]
    assert use["state"] == "open"
    assert (await figures(office, "2024-06-30"))["unspent_cash"]["value"] == "4160.00"
    await stored(office, HEAD + MAY.replace("5.200,00", "5.199,00"))
    assert (await obligations(office))["spending/2024-06-20"]["state"] == "open"
    assert (await figures(office, "2024-06-30"))["unspent_cash"]["value"] == "0.80"
    await stored(office, HEAD + MAY)
    use = (await obligations(office))["spending/2024-06-20"]
    assert (use["state"], use["done_on"]) == ("done", "2024-06-20")
    assert (await figures(office, "2024-06-30"))["unspent_cash"]["value"] == "0.00"
    await stored(office, HEAD + MAY.replace("4711", "9999"))
    assert (await obligations(office))["spending/2024-06-20"]["state"] == "open"
    assert (await figures(office, "2024-06-30"))["unspent_cash"]["value"] == "4160.00"


async def test_what_went_back_is_no_idle_money_for_anybody(office: Door) -> None:
    await office.made("/claims", CLAIM)
    await office.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    paid = {"paid_on": "2024-06-20", "amount": "952.00"}
    assert (await office.post("/claims/abruf-1/payouts", paid)).status_code == 200
    checked = {
        "grant": GRANT,
        "verified_on": "2024-07-01",
        "accepted": "1000.00",
        "reduced": "190.00",
        "parked": "0.00",
        "reason": "Umsatzsteuer",
    }
    answer = await office.post("/expenditures/moderation/verifications", checked)
    assert answer.status_code in (200, 201), answer.text
    assert (await figures(office, "2024-12-31"))["unspent_cash"]["value"] == "152.00"
    assert (await obligations(office))["spending/2024-06-20"]["state"] == "open"
    await office.made("/recoveries", RECOVERY)
    back = {"repaid_on": "2025-06-20", "amount": "152.00"}
    assert (await office.post("/recoveries/rueckforderung-1/repayments", back)).status_code == 200
    assert (await figures(office, "2024-12-31"))["unspent_cash"]["value"] == "152.00"
    assert (await figures(office, "2025-12-31"))["unspent_cash"]["value"] == "0.00"
    use = (await obligations(office))["spending/2024-06-20"]
    assert (use["state"], use["done_on"]) == ("done", "2025-06-20")


async def test_obligations_and_figures_name_the_same_day_for_the_proof(office: Door) -> None:
    """Also when the rule became another after the notice: it binds as it was granted."""
    six = {
        "key": "nachweis",
        "programme": "sozialstrategierichtlinie-2-1",
        "parameter": "proof_due",
        "value": "6",
        "unit": "months",
        "clause": "Nr. 6.1",
        "ends_on": "2024-12-31",
    }
    await office.made("/funding-rules", six)
    later = {**six, "key": "nachweis-2025", "value": "3", "starts_on": "2025-01-01"}
    await office.made("/funding-rules", {**later, "ends_on": None})
    due = (await obligations(office))["proof_of_use"]["due_on"]
    assert due == "2026-06-30"
    for on in ("2024-06-30", "2025-06-30"):
        assert (await figures(office, on))["proof_due"]["value"] == due


def flat(parameter: str, value: str, scope: str | None = None) -> dict[str, Any]:
    return {"parameter": parameter, "scope": scope, "value": value, "clause": "Nr. 3 des Bescheids"}


async def test_a_flat_rate_of_the_notice_counts_in_place_of_real_cost_everywhere(
    settled: Door,
) -> None:
    """Simplified cost options, Art. 54 to 56 Regulation (EU) 2021/1060."""
    office = flat("indirect_rate", "15", "staff")
    twice = [office, flat("indirect_rate", "7", "direct")]
    every = [office, flat("remaining_cost_rate", "40")]
    for overrides in (twice, every):
        refused = await settled.post("/notices", {**NOTICE, "overrides": overrides})
        assert refused.status_code == 422, refused.text
        (error,) = refused.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/overrides", "excluded")
    assert (await settled.get("/notices")).json()["items"] == []
    await settled.made("/notices", {**NOTICE, "overrides": [office]})
    for key, category, gross in (("gehalt", "staff", "2000.00"), ("papier", "office", "70.00")):
        named = {"key": key, "category": category, "gross": gross, "net": None}
        await settled.made("/expenditures", {**EXPENDITURE, **named})
    assert await spent(settled, "2024-06-30") == ("2300.00", "2300.00")
    told = await settled.get(f"/grants/{GRANT}/figures/flat_cost/explain?on=2024-06-30")
    (figure,) = told.json()["figures"]
    assert (figure["scope"], figure["value"]) == ("office", "300.00")
    assert [(one["text"], one["notice"]) for one in figure["clauses"]] == [
        ("Nr. 3 des Bescheids", "bescheid-2023-1")
    ]
    covered = (await figures(settled, "2024-06-30"))["covered_by_flat_rate"]
    assert (covered["value"], covered["status"]) == ("70.00", "review")
    assert (await figures(settled, "2024-06-30"))["payable"]["value"] == "1840.00"


async def test_a_proof_of_use_says_what_is_flat_and_by_which_clause(settled: Door) -> None:
    """Read, in a workbook, and on paper from what was kept of an edition."""
    office = flat("indirect_rate", "15", "staff")
    await settled.made("/notices", {**NOTICE, "overrides": [office]})
    for key, category, gross in (("gehalt", "staff", "2000.00"), ("papier", "office", "70.00")):
        named = {"key": key, "category": category, "gross": gross, "net": None}
        await settled.made("/expenditures", {**EXPENDITURE, **named})
    kept = {"key": "nachweis-1", "on": "2024-06-30"}
    await settled.made(f"/grants/{GRANT}/proofs-of-use", kept)
    proof = (await settled.get("/proofs-of-use/nachweis-1")).json()["content"]
    lines = {one["category"]: one for one in proof["expenditure"]}
    told = {key: one["flat"] and one["flat"]["value"] for key, one in lines.items()}
    assert {key: value for key, value in told.items() if value} == {"office": "300.00"}
    assert (lines["office"]["actual"], lines["office"]["flat"]["status"]) == ("300.00", "ok")
    assert [one["expenditure"] for one in proof["receipts"]] == ["gehalt"]
    assert next(one["met"] for one in proof["checks"] if one["key"] == "receipts")
    found = await settled.get("/proofs-of-use/nachweis-1?format=xlsx")
    head, *rows = load_workbook(BytesIO(found.content))["Ausgaben"].iter_rows(values_only=True)
    place = head.index("davon pauschal")
    amounts = {row[0]: row[place] for row in rows}
    assert {name: value for name, value in amounts.items() if value is not None} == {
        "Büro- und Verwaltungsausgaben": 300,
        "Summe": 300,
    }
    pdf = await settled.get("/proofs-of-use/nachweis-1?format=pdf")
    texts = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert "davon pauschal" in " ".join(texts.split())
    assert "keine Belege. Grundlage: Nr. 3 des Bescheids" in " ".join(texts.split())
