"""All figures of a grant on a day, from what is stored, each with its clause."""

from decimal import Decimal
from typing import Any

import pytest

from tests.integration.projects.samples import (
    CLAIM,
    COMMITMENT,
    EXPENDITURE,
    GRANT,
    NOTICE,
    RESULT,
    TARGET_INDICATOR,
    TARGET_PERIOD,
    TARGET_UPDATE,
)
from tests.support.towns import Door

STRATEGY = "sozialstrategierichtlinie-2-1"
HERE = "/grants/bescheid-2023/figures"
DAY = "2024-06-30"
Key = tuple[str, str | None]


@pytest.fixture
async def office(settled: Door) -> Door:
    """A controller with a notice, the rules of the programme, a receipt, an order and money."""
    await settled.made("/notices", NOTICE)
    assert (await settled.post(f"/rule-packs/{STRATEGY}/adoption")).status_code == 200
    await settled.made("/expenditures", EXPENDITURE)
    await settled.made("/commitments", COMMITMENT)
    await settled.made("/claims", CLAIM)
    submitted = await settled.post("/claims/abruf-1/submission", {"submitted_on": "2024-06-03"})
    assert submitted.status_code == 200, submitted.text
    paid = {"paid_on": "2024-06-20", "amount": "900.00"}
    assert (await settled.post("/claims/abruf-1/payouts", paid)).status_code == 200
    return settled.as_("controller")


async def figures(door: Door, on: str = DAY) -> dict[Key, dict[str, Any]]:
    answer = await door.get(f"{HERE}?on={on}")
    assert answer.status_code == 200, answer.text
    found = {(one["key"], one["scope"]): one for one in answer.json()["figures"]}
    assert len(found) == len(answer.json()["figures"])
    return found


async def test_everything_is_computed_from_what_is_stored(office: Door) -> None:
    found = await figures(office)
    said = {key: (one["value"], one["status"], one["reason"]) for key, one in found.items()}
    expected = {
        ("share", "grant"): ("80", "unknown", None),
        ("share", "eu"): ("60", "ok", None),
        ("share", "state"): ("20", "ok", None),
        ("applicants", None): ("Landkreise und kreisfreie Städte", "ok", None),
        ("minimum_amount", "eligible_cost"): ("135020.40", "ok", None),
        ("share", "eu.2023"): (None, "unknown", "no_amount"),
        ("uncovered", None): ("0.00", "ok", None),
        ("leverage", None): ("0", "ok", None),
        ("simplified_required", None): ("yes", "review", None),
        ("eligible_cost", None): ("1190.00", "review", None),
        ("ineligible_expenditures", None): ("1", "review", None),
        ("eligible_categories", None): ("staff", "breach", None),
        ("ineligible_cost", "staff"): ("Umlage U1", "ok", None),
        ("payable", None): ("952.00", "ok", None),
        ("line_deviation", "external"): (None, "unknown", "no_plan"),
        ("line_deviation", "staff"): ("-100", "ok", None),
        ("overrun_covered", None): (None, "unknown", "no_amount"),
        ("fte", None): ("4", "ok", None),
        ("grade", "planungskoordination"): (None, "unknown", "no_grade"),
        ("remaining", None): ("107116.32", "ok", None),
        ("unspent_cash", None): ("0.00", "ok", None),
        ("unspent_after_deadline", None): ("0.00", "ok", None),
        ("interest", None): ("0.00", "ok", None),
        ("next_claim", None): (None, "unknown", "no_pay"),
        ("proof_due", None): ("2026-06-30", "ok", None),
        ("interim_proof_due", "2023"): ("2024-04-30", "ok", None),
        ("keep_until", None): (None, "unknown", "no_date"),
        ("reporting_due", "financial.2024-01-31"): ("2024-01-31", "ok", None),
        ("payment_by_authority", "abruf-1"): ("2024-08-22", "ok", None),
        ("elapsed", None): ("49.9088", "ok", None),
        ("absorption", None): ("0", "ok", None),
        ("commitment", None): ("3.7254", "ok", None),
        ("remaining_staff", None): (None, "unknown", "no_pay"),
        ("remaining_material", None): ("11064.32", "ok", None),
        ("forecast_at_completion", None): (None, "unknown", "no_pay"),
        ("expected_underspend", None): (None, "unknown", "no_pay"),
        ("lapse", "2023"): ("108016.32", "warning", None),
        ("lapse", "2024"): (None, "unknown", "no_plan"),
    }
    assert {key: said.get(key) for key in expected} == expected


async def test_the_notice_wins_and_the_figure_says_so(office: Door) -> None:
    found = await figures(office)
    clauses = found["unspent_after_deadline", None]["clauses"]
    assert [(one["text"], one["notice"], one["verified"]) for one in clauses] == [
        ("Nr. 4.2 des Bescheids", "bescheid-2023-1", True)
    ]
    inputs = {one["name"]: one["value"] for one in found["unspent_after_deadline", None]["inputs"]}
    assert inputs["spend_within"] == "3"
    answer = (await office.get(f"{HERE}?on={DAY}")).json()
    assert answer["notice"] == "bescheid-2023-1"
    assert "Nr. 4.2 des Bescheids" not in answer["unverified"]
    assert "ANBest-P Nr. 1.2" in answer["unverified"]


async def test_a_programme_without_rules_holds_grants_to_its_funding_periods(
    settled: Door,
) -> None:
    """Positions were refused by a period of which no figure knew."""
    await settled.made("/notices", NOTICE)
    period = {"starts_on": "2023-01-01", "ends_on": "2025-12-31"}
    path = f"/programmes/{STRATEGY}"
    office = settled.as_("administrator")
    for version, (cap, status) in enumerate({3: "breach", 4: "ok"}.items(), start=1):
        said = {**period, "max_positions": cap, "max_rate": 80}
        changed = await office.patch(path, {"periods": [said]}, version)
        assert changed.status_code == 200, changed.text
        found = await figures(office)
        fte, share = found["fte", None], found["share", "grant"]
        assert (fte["value"], fte["status"], share["status"]) == ("4", status, "ok")
        assert "Förderperiode des Programms" in str(fte["clauses"])
    rules = {
        one["parameter"]: one for one in (await office.get(f"{path}/rules?on=2024-01-01")).json()
    }
    assert (rules["max_positions"]["value"], rules["max_rate"]["value"]) == ("4", "80")
    after = {one["parameter"] for one in (await office.get(f"{path}/rules?on=2026-01-01")).json()}
    assert after.isdisjoint({"max_positions", "max_rate"})


async def test_a_flat_rate_above_the_law_is_a_breach_that_names_notice_and_article(
    office: Door,
) -> None:
    more = [
        *NOTICE["overrides"],
        {"parameter": "indirect_rate", "scope": "staff", "value": "15.5", "clause": "Nr. 3"},
    ]
    changed = {
        "key": "bescheid-2023-2",
        "kind": "amendment",
        "issued_on": "2023-05-15",
        "effective_from": "2023-06-01",
        "overrides": more,
    }
    await office.as_("administrator").made("/notices", {**NOTICE, **changed})
    rate = (await figures(office))["flat_rate", "indirect_rate.staff"]
    assert (rate["value"], rate["status"]) == ("15.5", "breach")
    assert [(one["text"], one["notice"]) for one in rate["clauses"]] == [
        ("Nr. 3", "bescheid-2023-2"),
        ("Art. 54 Buchst. b", None),
    ]
    told = await office.get(f"{HERE}/flat_rate/explain?on={DAY}")
    assert "Höchstsatz" in told.json()["text"]["de"]


async def test_a_notice_says_weeks_where_the_guideline_says_months_and_until_when_to_pay(
    office: Door,
) -> None:
    """A number without a unit was once taken for so many months; and what was paid after the period
    of the grant was never eligible, whatever the notice said."""
    late = {"key": "rechnung-spaet", "invoice_date": "2025-12-20", "payment_date": "2026-01-20"}
    pay = {"category": "staff", "evidence": [{"name": "beleg.pdf", "sha512": "0" * 128}]}
    await office.made("/expenditures", {**EXPENDITURE, **late, **pay})
    after = "2026-06-30"
    found = (await figures(office, after))["eligible_amount", "rechnung-spaet"]
    broken = {one["name"] for one in found["inputs"] if one["value"] == "no"}
    assert broken - {"vat_recoverable"} == {"payment_in_period"}
    said = [
        {"parameter": "spend_within", "value": "6", "unit": "weeks", "clause": "Nr. 4.2"},
        {"parameter": "final_expenditure", "text": "2026-02-28", "clause": "Nr. 2"},
    ]
    second = {"key": "bescheid-2023-2", "kind": "amendment", "overrides": said}
    await office.as_("administrator").made("/notices", {**NOTICE, **second})
    changes = (await office.get("/grants/bescheid-2023/notices/2/changes")).json()["changes"]
    told = {one["pointer"]: one["after"] for one in changes}
    assert told["/overrides/spend_within/-"] == "6 weeks (Nr. 4.2)"
    found = await figures(office, after)
    assert ("eligible_amount", "rechnung-spaet") not in found
    assert found["ineligible_expenditures", None]["value"] == "1", "the other one"
    inputs = {one["name"]: one for one in found["unspent_after_deadline", None]["inputs"]}
    assert (inputs["spend_within"]["value"], inputs["spend_within"]["unit"]) == ("6", "weeks")


async def test_a_participant_costs_what_is_spent_by_those_who_were_published(office: Door) -> None:
    """Nobody learns from the figure what was counted and not published, or hidden."""
    name, now = ("cost_per_participant", None), "2030-01-31"
    case = office.as_("planner")
    nothing = (await figures(office, now))[name]
    assert (nothing["value"], nothing["reason"]) == (None, "no_actual")
    body = {"monitoring": "teilnehmende", "code": "EECO01"}
    year = {"starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    people = {"women": 60, "men": 59, "non_binary": 0}
    await case.made("/participant-counts", {**body, "key": "alle", **year, **people})
    assert (await figures(office, now))[name] == nothing, "not published yet"
    published = "/monitorings/teilnehmende/participation"
    assert (await case.post(published)).status_code in (200, 201)
    found = (await figures(office, now))[name]
    assert (found["value"], found["status"]) == ("10.00", "ok"), "1,190.00 by 119"
    assert {one["name"]: one["value"] for one in found["inputs"]} == {
        "spent": "1190.00",
        "participants": "119",
        "edition": "1",
    }
    assert (await case.patch("/participant-counts/alle", {"women": 61}, 1)).status_code == 200
    assert (await figures(office, now))[name] == found, "one woman has come, and nobody sees it"
    assert (await case.post(published)).status_code in (200, 201)
    hidden = (await figures(office, now))[name]
    assert (hidden["value"], hidden["reason"]) == (None, "protected")
    assert (await figures(office))[name]["reason"] == "no_actual", "nothing was published by then"
    second = {**GRANT, "key": "bescheid-2024", "starts_on": "2024-07-01", "state": "granted"}
    await office.as_("administrator").made("/grants", second)
    both = (await figures(office, now))[name]
    assert (both["value"], both["reason"]) == (None, "several_grants")
    told = await office.get(f"{HERE}/cost_per_participant/explain?on={now}")
    assert "geschützt" in told.json()["text"]["de"]


async def test_before_the_money_came_it_was_not_there(office: Door) -> None:
    found = await figures(office, "2024-05-20")
    assert found["eligible_cost", None]["value"] == "0.00"
    assert found["remaining", None]["value"] == "108016.32"
    inputs = {one["name"]: one["value"] for one in found["next_claim", None]["inputs"]}
    assert (inputs["due"], inputs["share"], inputs["staff"]) == ("1190.00", "80", None)
    assert ("payment_by_authority", "abruf-1") not in found
    before = await figures(office, "2022-12-31")
    assert before["share", "grant"]["reason"] == "no_amount"


async def test_late_money_bears_interest_and_what_is_overdue_is_told(office: Door) -> None:
    later = {**CLAIM, "key": "abruf-2", "expenditures": [], "requested": "8000.00"}
    later["forecast"] = [{"purpose": "Personal", "category": "staff", "amount": "10000.00"}]
    await office.made("/claims", later)
    await office.post("/claims/abruf-2/submission", {"submitted_on": "2024-01-05"})
    await office.post("/claims/abruf-2/payouts", {"paid_on": "2024-01-15", "amount": "8000.00"})
    found = await figures(office)
    assert found["unspent_after_deadline", None]["value"] == "7048.00"
    assert found["unspent_after_deadline", None]["status"] == "breach"
    assert found["interest", None]["status"] == "warning"
    assert found["unspent_cash", None]["value"] == "7948.00"
    assert found["next_claim", None]["reason"] == "no_pay", "four positions go on"
    overdue = await figures(office, "2027-01-15")
    assert overdue["proof_due", None]["status"] == "breach"
    assert overdue["interest", None]["reason"] == "unknown_rate"


async def test_a_pay_table_makes_the_forecast_exact(office: Door) -> None:
    await office.patch("/positions/planungskoordination", {"pay_grade": "E 11"}, 1)
    await office.made(
        "/funding-rules",
        {
            "key": "entgelt-e11",
            "parameter": "monthly_pay",
            "scope": "E11",
            "value": "1000",
            "unit": "euro",
            "clause": "TV-L",
        },
    )
    found = await figures(office)
    # four positions, 80 per cent, 18 months, 1,000 euros and 19.975 per cent
    assert found["remaining_staff", None]["value"] == "69105.60"
    assert found["forecast_at_completion", None]["value"] == "81121.92"
    assert found["expected_underspend", None]["value"] == "26894.40"
    assert found["grade", "planungskoordination"]["value"] == "E 11"


@pytest.mark.parametrize(
    ("figure", "scope", "count"), [("payable", "", 1), ("share", "", 7), ("share", "&scope=eu", 1)]
)
async def test_a_figure_explains_itself(office: Door, figure: str, scope: str, count: int) -> None:
    told = (await office.get(f"{HERE}/{figure}/explain?on={DAY}{scope}")).json()
    assert len(told["figures"]) == count
    assert set(told["text"]) == {"de", "en"}
    first = told["figures"][0]
    assert first["formula"]
    assert {one["name"] for one in first["inputs"]} >= {"granted", "eligible_cost"}


async def test_a_figure_that_is_not_there_says_which_are(office: Door) -> None:
    refused = await office.get(f"{HERE}/luck/explain")
    assert refused.status_code == 404
    assert "payable" in refused.json()["detail"]
    assert (await office.get("/grants/nowhere/figures")).status_code == 404
    for day in ("yesterday", "0001-01-01", "9999-12-31"):
        assert (await office.get(f"{HERE}?on={day}")).status_code == 422


async def test_figures_are_for_the_administration_alone(office: Door) -> None:
    for role, status in {None: 401, "member": 403, "supplier": 403, "planner": 200}.items():
        door = office.as_(*([role] if role else []))
        assert (await door.get(HERE)).status_code == status
        assert (await door.get(f"{HERE}/payable/explain")).status_code == status


async def test_all_figures_cost_the_same_statements_however_many_receipts_there_are(
    office: Door, statements: list[str]
) -> None:
    statements.clear()
    await office.get(f"{HERE}?on={DAY}")
    few = len(statements)
    for n in range(5):
        await office.made("/expenditures", {**EXPENDITURE, "key": f"beleg-{n}"})
    statements.clear()
    await office.get(f"{HERE}?on={DAY}")
    assert len(statements) == few <= 9


async def test_computing_again_gives_the_same(office: Door) -> None:
    first = (await office.get(f"{HERE}?on={DAY}")).json()
    assert (await office.get(f"{HERE}?on={DAY}")).json() == first


async def test_targets_of_the_grant_are_figures_that_explain_themselves(office: Door) -> None:
    """The same achievement as the progress of the indicator, and what one output has cost."""
    output = {**RESULT, "key": "konferenzen", "level": "output"}
    await office.made("/results", output)
    counted = {**TARGET_INDICATOR, "key": "konferenzen-je-jahr", "result": "konferenzen"}
    whole = {"baseline": 0, "indicator": None, "dimensions": []}
    await office.made("/target-indicators", {**counted, **whole})
    year = {**TARGET_PERIOD, "key": "konferenzen-2024", "indicator": "konferenzen-je-jahr"}
    await office.made("/target-periods", year)
    unknown = (await figures(office, "2025-01-31"))["achievement", "konferenzen-je-jahr"]
    assert (unknown["value"], unknown["reason"]) == (None, "no_actual")
    update = {**TARGET_UPDATE, "period": "konferenzen-2024", "reported_on": "2024-12-31"}
    await office.made("/target-updates", update)
    for step in ("submission", "approval"):
        answer = await office.as_("administrator", subject=f"oidc:{step}").post(
            f"/target-updates/{TARGET_UPDATE['key']}/{step}"
        )
        assert answer.status_code == 200, answer.text
    found = await figures(office, "2025-01-31")
    progress = await office.get("/target-indicators/konferenzen-je-jahr/progress?on=2025-01-31")
    reached = found["achievement", "konferenzen-je-jahr"]
    assert Decimal(reached["value"]) == Decimal(progress.json()["achievement"]) == 60
    speed = found["pace", "konferenzen-je-jahr"]["value"]
    assert Decimal(speed) == Decimal(progress.json()["pace"])
    assert found["unit_cost", "konferenzen-je-jahr"]["value"] == "396.67", "1,190 euros by three"
    address = f"{HERE}/achievement/explain?on=2025-01-31&scope=konferenzen-je-jahr"
    (told,) = (await office.get(address)).json()["figures"]
    assert {one["name"] for one in told["inputs"]} == {"baseline", "target", "actual", "direction"}
    assert any("Art. 17" in clause["text"] for clause in told["clauses"])
    other = found.get(("unit_cost", TARGET_INDICATOR["key"]))
    assert other is None, "an outcome is not paid by the piece"
