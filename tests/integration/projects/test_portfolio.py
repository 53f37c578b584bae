"""Everything that is funded: what groups and total say, and what it costs to ask."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import asyncpg
import pytest
from openpyxl import load_workbook

from services.bench.portfolio import FILL
from services.contracts.projects.portfolio import Portfolio, PortfolioFigures
from services.kit.spreadsheets import as_xlsx
from services.projects.funded import queries
from services.projects.portfolio_table import rules as table
from tests.integration.projects.samples import (
    CLAIM,
    COMMITMENT,
    EXPENDITURE,
    GRANT,
    MEASURE,
    NOTICE,
    PROJECT,
    RECOVERY,
)
from tests.support.towns import Door

DAY = "2024-06-30"
STRATEGY = "sozialstrategierichtlinie-2-1"
GRADE = {
    "key": "entgelt-e13",
    "programme": STRATEGY,
    "parameter": "monthly_pay",
    "scope": "E13",
    "value": "5000",
    "unit": "euro",
    "clause": "Entgelttabelle",
}


@pytest.fixture
async def office(settled: Door) -> Door:
    """A controller with a notice, a receipt, an order and money."""
    await settled.made("/notices", NOTICE)
    await settled.made("/expenditures", EXPENDITURE)
    await settled.made("/commitments", COMMITMENT)
    await settled.made("/claims", CLAIM)
    await settled.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    paid = {"paid_on": "2024-06-20", "amount": "900.00"}
    assert (await settled.post("/claims/abruf-1/payouts", paid)).status_code == 200
    return settled.as_("controller")


async def portfolio(door: Door, by: str = "programme", on: str = DAY) -> dict[str, Any]:
    answer = await door.get("/portfolio", params={"by": by, "on": on})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def sums(figures: dict[str, Any]) -> dict[str, tuple[str | None, int]]:
    return {
        name: (one["amount"], one["unknown"])
        for name, one in figures.items()
        if isinstance(one, dict) and "amount" in one
    }


async def test_a_programme_says_what_its_only_grant_says(office: Door) -> None:
    found = await portfolio(office)
    assert [group["key"] for group in found["groups"]] == [STRATEGY]
    assert {k: v for k, v in found["groups"][0].items() if k != "key"} == found["total"]
    assert sums(found["total"]) == {
        "granted": ("108016.32", 0),
        "own": ("27004.08", 0),
        "budget": ("135020.40", 0),
        "spent": ("1190.00", 0),
        "committed": ("3840.00", 0),
        "claimed": ("952.00", 0),
        "paid_out": ("900.00", 0),
        "repaid": ("0.00", 0),
        "remaining": ("107116.32", 0),
        "forecast": (None, 1),
        "lapse": (None, 1),
    }
    assert found["total"]["absorption"] == {"percent": "0", "unknown": 0}
    years = {year["year"]: sums(year) for year in found["total"]["years"]}
    assert list(years) == [2023, 2024, 2025]
    assert years[2023]["allotted"] == ("108016.32", 0)
    assert years[2023]["lapse"] == ("108016.32", 0)
    assert years[2024]["spent"] == ("1190.00", 0)
    assert years[2024]["planned"] == (None, 1)
    assert years[2024]["allotted"] == years[2024]["lapse"] == (None, 1)
    assert years[2024]["paid_out"] == ("900.00", 0)


@pytest.mark.parametrize("on", ["2023-01-01", "2024-06-30", "2025-12-31", "2026-03-01"])
async def test_the_portfolio_says_what_the_figures_of_the_grant_say(office: Door, on: str) -> None:
    admin = office.as_("administrator")
    await admin.made("/funding-rules", GRADE)
    await admin.patch("/positions/planungskoordination", {"pay_grade": "E 13", "fte": "0.5"})
    figures = (await office.get("/grants/bescheid-2023/figures", params={"on": on})).json()
    said = {(one["key"], one["scope"]): one["value"] for one in figures["figures"]}
    total = (await portfolio(office, on=on))["total"]
    assert total["forecast"]["amount"] == said["forecast_at_completion", None] is not None
    assert total["remaining"]["amount"] == said["remaining", None]
    assert Decimal(total["spent"]["amount"]) == Decimal(said["eligible_cost", None])
    assert total["absorption"]["percent"] == said["absorption", None]
    for year in total["years"]:
        assert year["lapse"]["amount"] == said["lapse", str(year["year"])]


async def test_what_was_asked_before_is_told_with_what_was_entered_since(office: Door) -> None:
    admin = office.as_("administrator")
    assert sums((await portfolio(office))["total"])["spent"] == ("1190.00", 0)
    more = {**EXPENDITURE, "key": "zweite", "invoice_number": "R-2"}
    await admin.made("/expenditures", more)
    assert sums((await portfolio(office))["total"])["spent"] == ("2380.00", 0)
    await admin.made("/funding-rules", GRADE)
    await admin.patch("/positions/planungskoordination", {"pay_grade": "E 13", "fte": "0.5"})
    first = sums((await portfolio(office))["total"])["forecast"]
    assert first[0] is not None
    assert (await admin.patch("/funding-rules/entgelt-e13", {"value": "6000"})).status_code == 200
    assert sums((await portfolio(office))["total"])["forecast"] != first


async def test_a_project_in_several_groups_counts_in_each_and_once_in_total(office: Door) -> None:
    admin = office.as_("administrator")
    more = {**MEASURE, "key": "zweite", "areas": ["lobeda", "winzerla"], "department": "jugendamt"}
    more |= {"planning_fields": ["altenhilfeplanung"], "target_groups": ["arbeitsuchende"]}
    await admin.made("/measures", more)
    await admin.made("/projects", {**PROJECT, "key": "ohne", "sites": []})
    await admin.made("/grants", {**GRANT, "key": "ohne-1", "project": "ohne", "sources": []})
    expected = {
        "area": (["bad-salzungen", "lobeda", "winzerla", None], 1),
        "field": (["arbeit", None], 0),
        "planning_field": (["altenhilfeplanung", None], 0),
        "target_group": (["arbeitsuchende", None], 0),
        "department": (["jugendamt", None], 0),
    }
    for by, (keys, several) in expected.items():
        found = await portfolio(office, by)
        assert ([group["key"] for group in found["groups"]], found["several"]) == (keys, several)
        assert found["total"]["grants"] == 2
        assert found["total"]["projects"] == ["ohne", "sozialplanung"]
        assert sums(found["total"])["granted"] == ("216032.64", 0)
        assert sums(found["total"])["own"] == ("27004.08", 1)
        assert sums(found["groups"][-1])["own"] == (None, 1)
        assert all(sums(group)["granted"] == ("108016.32", 0) for group in found["groups"])


async def test_a_measure_that_names_a_grant_puts_its_project_into_its_groups(office: Door) -> None:
    admin = office.as_("administrator")
    more = {**MEASURE, "key": "zweite", "project": None, "areas": ["winzerla"]}
    await admin.made("/measures", {**more, "grants": ["bescheid-2023"]})
    found = await portfolio(office, "area")
    assert "winzerla" in [group["key"] for group in found["groups"]]


async def test_a_booking_of_which_an_expenditure_was_made_counts_once(
    office: Door, database_url: str
) -> None:
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "projects"})
    insert = """
        INSERT INTO booking (municipality_id, id, fiscal_year, account, booked_on, paid_on, amount,
            "grant", category, digest, expenditure)
        SELECT $1, gen_random_uuid(), 2024, '5012', DATE '2024-02-01', paid, 100, 'bescheid-2023',
            'travel', gen_random_uuid(), made
        FROM (VALUES (NULL::date, NULL), ('2024-07-01', NULL), ('2024-02-03', 'moderation'),
            ('2024-02-03', NULL)) AS told (paid, made)"""
    try:
        await connection.execute(insert, office.municipality.id)
    finally:
        await connection.close()
    assert sums((await portfolio(office))["total"])["spent"] == ("1390.00", 0)
    later = sums((await portfolio(office, on="2024-07-01"))["total"])
    assert later["spent"] == ("1490.00", 0)


async def test_what_was_checked_and_repaid_later_was_not_there_before(office: Door) -> None:
    admin = office.as_("administrator")
    checked = {"grant": "bescheid-2023", "accepted": "1000.00", "reduced": "190.00"}
    checked |= {"reason": "vat", "verified_on": "2025-01-10"}
    answer = await admin.post("/expenditures/moderation/verifications", checked)
    assert answer.status_code == 200, answer.text
    await admin.made("/recoveries", RECOVERY)
    repaid = {"repaid_on": "2025-06-30", "amount": "100.00"}
    assert (await admin.post("/recoveries/rueckforderung-1/repayments", repaid)).status_code == 200
    before, after = await portfolio(office), await portfolio(office, on="2025-07-01")
    assert sums(before["total"])["spent"] == ("1190.00", 0)
    assert sums(before["total"])["remaining"] == ("107116.32", 0)
    assert sums(after["total"])["spent"] == ("1000.00", 0)
    assert sums(after["total"])["repaid"] == ("100.00", 0)
    assert sums(after["total"])["remaining"] == ("107216.32", 0)
    assert after["total"]["absorption"] == {"percent": "0.7406", "unknown": 0}


async def test_what_is_not_granted_yet_is_not_in_it(office: Door) -> None:
    early = await portfolio(office, on="2022-12-31")
    assert early["groups"] == []
    assert early["total"]["grants"] == 0
    assert sums(early["total"])["granted"] == (None, 0)


async def test_only_who_sees_money_sees_the_portfolio(office: Door) -> None:
    assert (await office.as_("planner").get("/portfolio")).status_code == 200
    assert (await office.as_("secretary").get("/portfolio")).status_code == 403
    assert (await office.as_().get("/portfolio")).status_code == 401


@pytest.fixture
async def large(settled: Door, database_url: str) -> Door:
    """500 projects with 50,000 bookings."""
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "projects"})
    try:
        for insert in FILL:
            await connection.execute(insert, settled.municipality.id, STRATEGY)
    finally:
        await connection.close()
    return settled.as_("controller")


async def test_500_projects_cost_as_many_statements_as_one(
    large: Door, statements: list[str]
) -> None:
    for by in ("programme", "area"):
        statements.clear()
        found = await portfolio(large, by, "2025-06-30")
        assert len(statements) == (5 if by == "programme" else 6)
        assert found["total"]["grants"] == 501
    assert len(found["groups"]) == 42
    assert found["several"] == 501
    assert sums(found["total"])["spent"] == ("12502500.00", 0)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


@pytest.mark.parametrize("asked", [queries.GRANTS, queries.SPENT], ids=["grants", "spent"])
async def test_no_portfolio_reads_the_bookings_of_another_town(
    large: Door, database_url: str, asked: str
) -> None:
    values = {"town": "42", "on": "DATE '2025-06-30'", "step": "'year'", "grant": "NULL"}
    said = re.sub(r"(?<!:):([a-z]+)", lambda found: values[found[1]], asked)
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "projects"})
    try:
        await connection.execute("ANALYZE booking, notice")
        explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) {said}")
        nodes = list(_nodes(json.loads(explained)[0]["Plan"]))
        scans = [n for n in nodes if n.get("Relation Name") in ("booking", "notice")]
        assert scans
        assert "Seq Scan" not in {node["Node Type"] for node in scans}
    finally:
        await connection.execute(
            "DELETE FROM booking WHERE municipality_id = $1", large.municipality.id
        )
        await connection.close()


async def test_the_workbook_says_the_same_and_runs_no_formula(office: Door) -> None:
    answer = await office.get("/portfolio.xlsx", params={"on": DAY, "by": "area", "lang": "de"})
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    book = load_workbook(BytesIO(answer.content))
    heading, *lines = list(book.worksheets[0].iter_rows(values_only=True))
    told = [dict(zip(heading, line, strict=True)) for line in lines]
    total = next(row for row in told if row["Gruppe"] == "Gesamt" and row["Jahr"] is None)
    assert total["Bewilligt"] == 108016.32
    assert (total["Prognose"], total["Prognose: unbekannt"]) == (None, 1)
    assert [row["Jahr"] for row in told if row["Gruppe"] == "Gesamt"] == [None, 2023, 2024, 2025]
    assert (await office.as_("secretary").get("/portfolio.xlsx")).status_code == 403


def test_no_key_of_a_group_becomes_a_formula() -> None:
    nothing = {"amount": None, "unknown": 0}
    names = [name for name in PortfolioFigures.model_fields if name not in _OTHER]
    figures = {"grants": 0, "projects": [], "years": [], **dict.fromkeys(names, nothing)}
    figures["absorption"] = {"percent": None, "unknown": 0}
    group = {"key": "=cmd|'/c calc'!A0", **figures}
    found = Portfolio.model_validate(
        {"on": DAY, "by": "area", "currency": "EUR", "several": 0, "groups": [group]}
        | {"total": figures}
    )
    sheet = load_workbook(BytesIO(as_xlsx("x", table.rows(found, "de")))).worksheets[0]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", group["key"])


_OTHER = ("grants", "projects", "years", "absorption")
