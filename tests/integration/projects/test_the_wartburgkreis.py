"""The case of the Wartburgkreis: one position by one guideline, then up to four by the next, and
after 2025-12-31 nothing.

Periods, programmes and positions are those that the district tells; amounts and pay are invented.
"""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.copies import copied
from tests.support.towns import Door

FIRST, SECOND = "armutspraeventionsrichtlinie-2-1", "sozialstrategierichtlinie-2-1"
PROJECT = {
    "key": "integrierte-sozialplanung",
    "name": {"de": "Integrierte Sozialplanung im Wartburgkreis"},
    "programmes": [FIRST, SECOND],
    "state": "running",
    "starts_on": "2017-06-01",
    "ends_on": "2025-12-31",
    "partners": [{"organisation": "landratsamt", "role": "applicant"}],
}
FUNDERS = [
    {"organisation": "europaeische-union", "level": "eu", "fund": "ESF Plus"},
    {"organisation": "freistaat", "level": "state"},
]
Figure = dict[str, Any]


def a_grant(key: str, programme: str, starts_on: str, ends_on: str) -> dict[str, Any]:
    return {
        "key": key,
        "project": PROJECT["key"],
        "programme": programme,
        "grantee": "landratsamt",
        "state": "applied",
        "applied_on": starts_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def source(kind: str, year: int, amount: str) -> dict[str, Any]:
    return {"kind": kind, "year": year, "amount": amount}


def staff(year: int, amount: str) -> dict[str, Any]:
    return {"category": "staff", "year": year, "amount": amount}


NOTICE_1 = {
    "key": "bescheid-2017",
    "grant": "periode-1",
    "kind": "award",
    "issued_on": "2017-05-15",
    "effective_from": "2017-06-01",
    "starts_on": "2017-06-01",
    "ends_on": "2022-12-31",
    "eligible_cost": "300000.00",
    "amount": "240000.00",
    "rate": "80",
    "sources": [
        {"kind": "eu", "amount": "240000.00", "rate": "80"},
        {"kind": "own", "amount": "60000.00", "rate": "20"},
    ],
    "budget_lines": [{"category": "staff", "amount": "300000.00"}],
}
YEARS = (2023, 2024, 2025)
NOTICE_2 = {
    "key": "bescheid-2022",
    "grant": "periode-2",
    "kind": "award",
    "issued_on": "2022-12-15",
    "effective_from": "2023-01-01",
    "starts_on": "2023-01-01",
    "ends_on": "2025-12-31",
    "eligible_cost": "930000.00",
    "amount": "744000.00",
    "rate": "80",
    "sources": [
        source(kind, year, amount)
        for year in YEARS
        for kind, amount in (("eu", "186000.00"), ("state", "62000.00"), ("own", "62000.00"))
    ],
    "budget_lines": [
        line
        for year in YEARS
        for line in (
            staff(year, "300000.00"),
            {"category": "travel", "year": year, "amount": "2000.00"},
            {"category": "office", "year": year, "amount": "8000.00"},
        )
    ],
}


def a_position(key: str, count: int, grant: str, starts_on: str, ends_on: str) -> dict[str, Any]:
    part = {"grant": grant, "share": "80", "starts_on": starts_on, "ends_on": ends_on}
    return {
        "key": key,
        "title": {"de": "Planungskoordination"},
        "count": count,
        "pay_grade": "E 11",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "funding": [part],
        "employer": "landratsamt",
        "project": PROJECT["key"],
        "state": "filled",
    }


def paid(key: str, category: str, amount: str, day: str) -> dict[str, Any]:
    return {
        "key": key,
        "project": PROJECT["key"],
        "purpose": f"{category} {day}",
        "invoice_number": key,
        "invoice_date": day,
        "payment_date": day,
        "category": category,
        "gross": amount,
        "shares": [{"grant": "periode-2", "share": "100"}],
        "evidence": [{"name": f"{key}.pdf", "sha512": "0" * 128}],
    }


async def did(door: Door, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await door.post(path, body)
    assert answer.status_code in (200, 201), (path, answer.text)
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
@copied
async def district(projects: Door) -> Door:
    """Both periods as they were granted, with the rules of their guidelines."""
    for key, earlier in ((FIRST, None), (SECOND, FIRST)):
        named = {"key": key, "name": {"de": key}, "successor_of": earlier}
        await projects.made("/programmes", {**named, "funders": FUNDERS})
    for pack in (FIRST, SECOND):
        await did(projects, f"/rule-packs/{pack}/adoption", {})
    pay = {"parameter": "monthly_pay", "scope": "E11", "unit": "euro", "clause": "TVöD-VKA, E 11"}
    await projects.made("/funding-rules", {"key": "entgelt-e11", "value": "5000", **pay})
    await projects.made("/projects", PROJECT)
    for grant in (
        a_grant("periode-1", FIRST, "2017-06-01", "2022-12-31"),
        a_grant("periode-2", SECOND, "2023-01-01", "2025-12-31"),
    ):
        await projects.made("/grants", grant)
    office = projects.as_("controller")
    await office.made("/notices", NOTICE_1)
    await office.made("/notices", NOTICE_2)
    for position in (
        a_position("stelle-1", 1, "periode-1", "2017-06-01", "2022-12-31"),
        a_position("stellen-2", 4, "periode-2", "2023-01-01", "2025-12-31"),
    ):
        await office.made("/positions", position)
    return office


async def figures(door: Door, grant: str, on: str) -> dict[tuple[str, str | None], Figure]:
    answer = await door.get(f"/grants/{grant}/figures?on={on}")
    assert answer.status_code == 200, answer.text
    return {(one["key"], one["scope"]): one for one in answer.json()["figures"]}


def clauses(figure: Figure) -> set[str]:
    return {clause["text"] for clause in figure["clauses"]}


async def test_one_position_becomes_four_and_a_fifth_is_refused(district: Door) -> None:
    first = await figures(district, "periode-1", "2020-06-30")
    assert first["share", "eu"]["value"] == "80"
    assert first["share", "eu"]["status"] == "ok"
    assert clauses(first["share", "eu"])
    second = await figures(district, "periode-2", "2024-06-30")
    assert (second["fte", None]["value"], second["fte", None]["status"]) == ("4", "ok")
    assert clauses(second["fte", None])
    assert [second["share", kind]["value"] for kind in ("eu", "state")] == ["60", "20"]
    assert second["share", "eu"]["status"] == "ok"
    one_more = a_position("stelle-3", 1, "periode-2", "2024-01-01", "2025-12-31")
    refused = await district.post("/positions", one_more)
    assert refused.status_code in (409, 422), refused.text
    assert "4" in refused.text


async def test_ten_years_stand_in_one_line(district: Door) -> None:
    line = (await district.get(f"/programmes/{SECOND}/succession")).json()
    assert str(line).index(FIRST) < str(line).index("periode-2")
    assert "periode-1" in str(line)


async def test_staff_cost_claims_and_the_spending_deadline(district: Door) -> None:
    for month in (1, 2):
        body = paid(f"personal-{month}", "staff", "24000.00", f"2023-{month:02}-28")
        await district.made("/expenditures", body)
    soon = {"purpose": "Personal März und April", "category": "staff", "amount": "48000.00"}
    claim = {
        "key": "abruf-1",
        "grant": "periode-2",
        "expenditures": ["personal-1", "personal-2"],
        "forecast": [soon],
        "requested": "76800.00",
    }
    made = await district.made("/claims", claim)
    assert (made["cost"], made["supported"]) == ("96000.00", "76800.00")
    await did(district, "/claims/abruf-1/submission", {"submitted_on": "2023-03-01"})
    await did(district, "/claims/abruf-1/payouts", {"paid_on": "2023-03-10", "amount": "76800.00"})
    await district.made("/expenditures", paid("personal-3", "staff", "24000.00", "2023-03-31"))
    before = await figures(district, "periode-2", "2023-04-30")
    assert before["unspent_cash", None]["value"] == "19200.00"
    assert before["unspent_after_deadline", None]["value"] == "0.00"
    after = await figures(district, "periode-2", "2023-06-30")
    late = after["unspent_after_deadline", None]
    assert (late["value"], late["status"]) == ("19200.00", "breach")
    assert clauses(late)
    assert Decimal(after["interest", None]["value"]) > 0
    assert any("49a" in clause for clause in clauses(after["interest", None]))
    await district.made("/expenditures", paid("personal-4", "staff", "24000.00", "2023-07-03"))
    used = await figures(district, "periode-2", "2023-07-31")
    assert used["unspent_after_deadline", None]["value"] == "0.00"
    assert used["interest", None]["value"] >= after["interest", None]["value"], "late is late"


async def test_what_staff_may_cost_and_what_vacancies_leave(district: Door) -> None:
    """Four positions, filled one after the other, with the lump of each period's guideline."""
    first = {"position": "stelle-1", "starts_on": "2017-06-01", "ends_on": "2022-12-31"}
    pay = {"fte": "1", "monthly_pay": "4000.00", "pension_liable_pay": "4000.00"}
    await district.made("/staffings", {"key": "besetzung-1", **first, **pay})
    second = {"position": "stellen-2", "starts_on": "2023-01-01", "ends_on": None}
    await district.made("/staffings", {"key": "besetzung-2", **second, **pay, "fte": "3"})
    later = {"position": "stellen-2", "starts_on": "2023-07-01", "ends_on": None}
    await district.made("/staffings", {"key": "besetzung-3", **later, **pay, "pay_step": 3})
    before = await figures(district, "periode-1", "2017-12-31")
    assert before["staff_cost", None]["value"] == "33649.00", "seven months and 20.175 per cent"
    found = await figures(district, "periode-2", "2023-12-31")
    assert found["eligible_pay", None]["value"] == "168000.00", "36 months of three and six of one"
    lump = found["social_security", None]
    assert lump["value"] == "33558.00", "19.975 per cent"
    assert any("Sozialstrategierichtlinie" in clause for clause in clauses(lump))
    assert found["staff_cost", None]["value"] == "201558.00"
    assert clauses(found["staff_cost", None])
    vacant = found["vacancy", "stellen-2"]
    assert (vacant["value"], vacant["status"]) == ("6", "warning")
    assert Decimal(found["unspent_by_vacancy", "stellen-2"]["value"]) > 0


async def test_a_fifth_more_than_planned_and_no_more(district: Door) -> None:
    await district.made("/expenditures", paid("fahrten-1", "travel", "7200.00", "2023-05-02"))
    kept = (await figures(district, "periode-2", "2023-05-31"))["line_deviation", "travel"]
    assert (kept["value"], kept["status"]) == ("20", "ok")
    await district.made("/expenditures", paid("fahrten-2", "travel", "0.01", "2023-05-03"))
    broken = (await figures(district, "periode-2", "2023-05-31"))["line_deviation", "travel"]
    assert broken["status"] == "breach"
    assert any("1.2" in clause for clause in clauses(broken))
    told = await district.get("/grants/periode-2/figures/line_deviation/explain?scope=travel")
    assert told.json()["text"]["de"]


async def test_what_the_guideline_does_not_pay_for_is_told_by_its_clause(district: Door) -> None:
    """It pays for staff; what the notice names besides counts again."""
    await district.made("/expenditures", paid("fahrt", "travel", "100.00", "2023-05-02"))
    await district.made("/expenditures", paid("gehalt", "staff", "5000.00", "2023-05-02"))
    found = await figures(district, "periode-2", "2023-05-31")
    assert found["eligible_categories", None]["status"] == "breach"
    wrong = found["eligible_amount", "fahrt"]
    assert (wrong["value"], wrong["status"]) == ("0.00", "breach")
    assert "Sozialstrategierichtlinie 2.1" in clauses(wrong)
    assert ("eligible_amount", "gehalt") not in found
    named = {"parameter": "eligible_category", "scope": "travel", "text": "Reisekosten"}
    amended = {
        **NOTICE_2,
        "key": "bescheid-2023",
        "kind": "amendment",
        "issued_on": "2023-02-01",
        "effective_from": "2023-02-01",
        "overrides": [{**named, "clause": "Änderungsbescheid Nr. 2"}],
    }
    await district.made("/notices", amended)
    found = await figures(district, "periode-2", "2023-05-31")
    assert ("eligible_amount", "fahrt") not in found
    allowed = found["eligible_categories", None]
    assert (allowed["value"], allowed["status"]) == ("staff, travel", "review"), "office is planned"
    assert "Änderungsbescheid Nr. 2" in clauses(allowed)


async def test_proofs_are_due_by_clause(district: Door) -> None:
    due = {
        (one["grant"], one["origin"]): one
        for one in (await district.get("/obligations?limit=100")).json()["items"]
    }
    first, second = due["periode-1", "proof_of_use"], due["periode-2", "proof_of_use"]
    assert (first["event_on"], second["event_on"]) == ("2022-12-31", "2025-12-31")
    assert (first["due_on"], second["due_on"]) == ("2023-06-30", "2026-06-30")
    assert first["clauses"]
    assert {"interim_proof/2023", "interim_proof/2024"} <= {o for g, o in due if g == "periode-2"}
    assert ("periode-2", "interim_proof/2025") not in due
    late = (await figures(district, "periode-1", "2024-01-02"))["proof_due", None]
    assert (late["value"], late["status"]) == ("2023-06-30", "breach")
    done = {"done_on": "2023-06-20"}
    await did(district, f"/obligations/{first['key']}/completion", done)
    assert (await figures(district, "periode-1", "2024-01-02"))["proof_due", None]["status"] == "ok"


async def test_after_the_end_of_2025_nobody_pays(district: Door) -> None:
    gaps = (await district.get("/position-gaps?on=2025-06-30&within_days=365")).json()
    found = [gap for gap in gaps if gap["position"] == "stellen-2"]
    assert [(gap["day"], gap["fte"], gap["until"]) for gap in found] == [("2026-01-01", "4", None)]
    assert found[0]["ended"] == ["periode-2"]
    assert found[0]["granted"] == found[0]["successor_programmes"] == []


async def test_what_will_be_spent_and_what_lapses(district: Door) -> None:
    for month in range(1, 13):
        body = paid(f"personal-{month}", "staff", "20000.00", f"2023-{month:02}-28")
        await district.made("/expenditures", body)
    found = await figures(district, "periode-2", "2023-12-31")
    months = 24
    with_lump = Decimal(5000) * 4 * months * (1 + Decimal("0.19975"))
    remaining = found["remaining_staff", None]
    assert Decimal(remaining["value"]) == (with_lump * Decimal("0.8")).quantize(Decimal("0.01"))
    assert "TVöD-VKA, E 11" in clauses(remaining)
    assert any("Sozialstrategierichtlinie" in clause for clause in clauses(remaining))
    spent = Decimal("240000.00") * Decimal("0.8")
    whole = found["forecast_at_completion", None]
    material = Decimal(found["remaining_material", None]["value"])
    assert Decimal(whole["value"]) == spent + Decimal(remaining["value"]) + material
    left = found["expected_underspend", None]
    assert Decimal(left["value"]) == Decimal("744000.00") - Decimal(whole["value"])
    lapse = found["lapse", "2023"]
    assert (lapse["value"], lapse["status"]) == ("248000.00", "warning"), "nothing came in 2023"
    assert clauses(lapse)
    # What was spent in 2023 is claimed in 2024 with a year of 230,352.00 and 12,000.00, as far as
    # the 248,000.00 of that year go; the other 186,352.00 fill up 2025, and what is left is lost.
    assert (found["lapse", "2024"]["value"], found["lapse", "2024"]["status"]) == ("0.00", "ok")
    assert (found["lapse", "2025"]["value"], found["lapse", "2025"]["status"]) == ("0.00", "ok")
