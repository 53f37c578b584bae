"""When the money ends, and what follows."""

from decimal import Decimal
from typing import Any

import pytest

from tests.integration.projects.samples import GRANT, NOTICE, PROGRAMME, PROJECT
from tests.support.towns import Door


async def cliff(door: Door, on: str, by: str = "quarter") -> dict[str, Any]:
    answer = await door.get("/portfolio/cliff", params={"on": on, "by": by})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("by", "count"), [("month", 36), ("quarter", 12), ("year", 3)])
async def test_the_steps_make_the_grant_to_the_cent(settled: Door, by: str, count: int) -> None:
    found = await cliff(settled, "2023-01-01", by)
    amounts = [Decimal(point["money"]["amount"]) for point in found["points"]]
    assert len(amounts) == count
    assert sum(amounts) == Decimal("108016.32")
    assert found["points"][-1]["ends_on"] == "2025-12-31"
    assert {point["fte"] for point in found["points"]} == {"4"}
    drawn = found["chart"]["data"]["values"]
    assert [value["money"] for value in drawn] == [*map(float, amounts), 0]
    assert found["chart"]["title"]["text"].startswith("Förderklippe")
    english = await settled.get("/portfolio/cliff", params={"on": "2023-01-01", "lang": "en"})
    assert english.json()["chart"]["title"]["text"].startswith("Funding cliff")


async def test_the_cliff_begins_in_the_step_of_the_day(settled: Door) -> None:
    found = await cliff(settled, "2025-11-15")
    assert [(one["starts_on"], one["grants"]) for one in found["points"]] == [("2025-10-01", 1)]
    assert (await cliff(settled, "2026-01-01"))["points"] == []
    assert (await cliff(settled, "2026-01-01"))["ends"] == []


async def test_what_could_follow_is_told(settled: Door) -> None:
    (end,) = (await cliff(settled, "2025-11-15"))["ends"]
    assert (end["grant"], end["ends_on"], end["fte"]) == ("bescheid-2023", "2025-12-31", "4")
    assert end["successor_known"] is False
    assert end["granted"] == end["applied"] == end["successor_programmes"] == []
    newer = {**PROGRAMME, "key": "neu", "successor_of": "sozialstrategierichtlinie-2-1"}
    await settled.made("/programmes", newer)
    later = {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "programme": "neu"}
    asked = {k: v for k, v in GRANT.items() if k not in ("amount", "rate", "sources")}
    asked |= {**later, "key": "antrag", "state": "applied", "applied_on": "2025-06-01"}
    await settled.made("/grants", asked)
    (end,) = (await cliff(settled, "2025-11-15"))["ends"]
    assert (end["applied"], end["successor_programmes"]) == (["antrag"], ["neu"])
    assert end["successor_known"] is False
    await settled.made("/projects", {**PROJECT, "key": "anderes"})
    await settled.made("/grants", {**GRANT, **later, "key": "fremd", "project": "anderes"})
    (end, _) = (await cliff(settled, "2025-11-15"))["ends"]
    assert (end["granted"], end["successor_known"]) == ([], False), "another project goes on"
    await settled.made("/grants", {**GRANT, **later, "key": "anschluss"})
    first, last, _ = (await cliff(settled, "2025-11-15"))["ends"]
    assert (first["granted"], first["successor_known"]) == (["anschluss"], True)
    assert last["successor_known"] is False


async def test_what_begins_only_after_a_gap_does_not_follow(settled: Door) -> None:
    """It counted as following, and the picture said nothing."""
    assert (await cliff(settled, "2025-11-15"))["ends"][0]["gap_days"] is None
    later = {**GRANT, "key": "spaeter", "starts_on": "2026-03-01", "ends_on": "2027-12-31"}
    await settled.made("/grants", later)
    found = await cliff(settled, "2025-11-15")
    end = found["ends"][0]
    assert (end["granted"], end["follows_on"]) == (["spaeter"], "2026-03-01")
    assert (end["gap_days"], end["successor_known"]) == (59, False)
    assert found["chart"]["data"]["values"][0]["open"] == 1
    unsaid = {k: v for k, v in GRANT.items() if k != "starts_on"}
    await settled.made("/grants", {**unsaid, "key": "irgendwann", "ends_on": "2026-02-28"})
    end = (await cliff(settled, "2025-11-15"))["ends"][0]
    assert end["granted"] == ["irgendwann", "spaeter"]
    assert (end["gap_days"], end["successor_known"]) == (59, False), "nobody said when it begins"
    between = {**GRANT, "key": "dazwischen", "starts_on": "2025-07-01", "ends_on": "2026-02-28"}
    await settled.made("/grants", between)
    first, *others = (await cliff(settled, "2025-11-15"))["ends"]
    assert (first["gap_days"], first["successor_known"]) == (0, True)
    assert first["follows_on"] == "2026-01-01"
    (bridge,) = [one for one in others if one["grant"] == "dazwischen"]
    assert (bridge["follows_on"], bridge["gap_days"]) == ("2026-03-01", 0)


async def test_money_nobody_knows_is_no_zero(settled: Door) -> None:
    unknown = {k: v for k, v in GRANT.items() if k not in ("amount", "eligible_cost", "sources")}
    await settled.made("/grants", {**unknown, "key": "unbekannt", "rate": None})
    undated = {k: v for k, v in GRANT.items() if k not in ("starts_on", "ends_on")}
    await settled.made("/grants", {**undated, "key": "ohne-zeit"})
    await settled.made("/grants", {**GRANT, "key": "vertippt", "ends_on": "9999-12-31"})
    found = await cliff(settled, "2025-01-01", "year")
    assert [(one["money"]["unknown"], one["grants"]) for one in found["points"]] == [(1, 2)]
    assert found["undated"] == ["ohne-zeit", "vertippt"]


async def test_the_chart_is_there_for_screens_and_for_minutes(settled: Door) -> None:
    address = "/portfolio/cliff/chart?on=2025-11-15&lang=de"
    spec = await settled.get(address)
    assert spec.headers["content-type"] == "application/vnd.vegalite.v6+json"
    whole = await settled.get("/portfolio/cliff?on=2025-11-15&lang=de")
    assert spec.json() == whole.json()["chart"]
    svg = await settled.get(address, headers={"Accept": "image/svg+xml"})
    assert svg.headers["content-security-policy"].startswith("default-src 'none'")
    assert "IV/2025" in svg.text
    assert "ohne Anschluss oder erst mit einer Lücke.</desc>" in svg.text
    png = await settled.get(f"{address}&format=png")
    assert png.content.startswith(b"\x89PNG")
    assert (await settled.as_("secretary").get(address)).status_code == 403
    assert (await settled.get(f"{address}&format=pdf")).status_code == 422


async def test_only_who_sees_money_sees_the_cliff(settled: Door) -> None:
    assert (await settled.as_("secretary").get("/portfolio/cliff")).status_code == 403
    assert (await settled.as_().get("/portfolio/cliff")).status_code == 401


async def test_years_of_the_financing_plan_win_over_an_even_spread(settled: Door) -> None:
    amounts = {2023: "8016.32", 2024: "40000.00", 2025: "60000.00"}
    sources = [{"kind": "state", "year": year, "amount": money} for year, money in amounts.items()]
    sources.append({"kind": "own", "year": 2023, "amount": "27004.08"})
    body = {**NOTICE, "sources": sources, "partner_budgets": []}
    await settled.made("/notices", body)
    found = await cliff(settled, "2023-01-01", "year")
    assert [one["money"]["amount"] for one in found["points"]] == list(amounts.values())
