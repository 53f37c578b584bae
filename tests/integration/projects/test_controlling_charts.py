"""Charts of controlling: drawn of what is stored, for those who may see money."""

from typing import Any

import pytest

from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import GRANT, NOTICE
from tests.support.towns import Door

ADDRESSES = (
    "/portfolio/years/chart",
    f"/grants/{GRANT['key']}/years/chart",
    "/portfolio/chart",
    "/portfolio/areas/chart",
)


async def spec(door: Door, address: str) -> dict[str, Any]:
    answer = await door.get(f"{address}{'&' if '?' in address else '?'}on=2024-06-30")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.vegalite.v6+json"
    found: dict[str, Any] = answer.json()
    return found


def row(view: dict[str, Any], **named: str) -> dict[str, Any]:
    (found,) = [one for one in view["data"]["values"] if named.items() <= one.items()]
    return found


async def test_the_years_of_a_grant_are_those_of_the_portfolio_while_it_is_alone(
    settled: Door,
) -> None:
    amounts = {2023: "8016.32", 2024: "40000.00", 2025: "60000.00"}
    sources = [{"kind": "state", "year": year, "amount": money} for year, money in amounts.items()]
    sources.append({"kind": "own", "year": 2023, "amount": "27004.08"})
    await settled.made("/notices", {**NOTICE, "sources": sources, "partner_budgets": []})
    office = settled.as_("controller")
    whole, alone = [await spec(office, address) for address in ADDRESSES[:2]]
    assert GRANT["key"] in alone["title"]["subtitle"]
    assert whole["vconcat"] == alone["vconcat"]
    told = (await office.get("/portfolio?on=2024-06-30")).json()["total"]["years"]
    money = whole["vconcat"][0]
    for year in told:
        for kind, name in (("Plan", "allotted"), ("Ist", "paid_out"), ("Prognose", "forecast")):
            amount = year[name]["amount"]
            drawn = row(money, year=str(year["year"]), kind=kind)["money"]
            assert drawn == (None if amount is None else float(amount))
    await settled.made("/grants", {**GRANT, "key": "zweite"})
    whole, alone = [await spec(office, address) for address in ADDRESSES[:2]]
    plans = [row(one["vconcat"][0], year="2024", kind="Plan") for one in (whole, alone)]
    assert [(plan["money"], plan["mark"]) for plan in plans] == [(40000, "?"), (40000, "")]


@pytest.mark.parametrize(
    ("by", "called"),
    [
        ("programme", ["Sozialstrategierichtlinie"]),
        ("field", ["Arbeit"]),
        ("area", ["Bad-Salzungen", "Lobeda"]),
    ],
)
async def test_groups_are_called_by_their_names(settled: Door, by: str, called: list[str]) -> None:
    found = await spec(settled.as_("controller"), f"/portfolio/chart?by={by}")
    drawn = found["vconcat"][0]["data"]["values"]
    assert [one["group"] for one in drawn] == called
    assert {one["said"] for one in drawn} == {"108.016 € · 100,0 %"}
    said = " ".join(found["title"]["subtitle"])
    assert ("In mehreren Gruppen" in said) is (len(called) > 1)


async def test_need_stands_beside_money(settled: Door, neighbours: dict[str, Neighbour]) -> None:
    base = f"/v1/{settled.municipality.key}/findings"
    items = [{"key": "armut", "area": "lobeda", "state": "open"}]
    neighbours["indicators"].known[base] = {"items": items, "next": None}
    found = await spec(settled.as_("controller"), "/portfolio/areas/chart")
    *_, granted, needs = found["vconcat"][0]["hconcat"]
    assert row(granted, area="Lobeda")["said"] == "108.016 €"
    assert row(needs, area="Lobeda")["said"] == "1, davon 1 ohne Maßnahme"
    assert row(needs, area="Bad-Salzungen")["said"] == "–"
    neighbours["indicators"].away = True
    refused = await settled.as_("controller").get("/portfolio/areas/chart")
    assert refused.status_code == 503


@pytest.mark.parametrize("address", ADDRESSES)
async def test_charts_are_pictures_with_words_for_those_who_may(
    settled: Door, address: str
) -> None:
    office = settled.as_("controller")
    svg = await office.get(f"{address}?lang=en", headers={"Accept": "image/svg+xml"})
    assert svg.headers["content-security-policy"].startswith("default-src 'none'")
    assert 'role="img"' in svg.text
    assert "</title>" in svg.text
    assert "</desc>" in svg.text
    assert (await settled.as_().get(address)).status_code == 401
    assert (await settled.as_("member").get(address)).status_code == 403
    assert (await office.get(f"{address}?format=pdf")).status_code == 422


async def test_a_grant_that_is_not_there_has_no_chart(settled: Door) -> None:
    office = settled.as_("controller")
    assert (await office.get("/grants/keine/years/chart")).status_code == 404
    asked = {k: v for k, v in GRANT.items() if k not in ("amount", "rate", "sources")}
    await settled.made("/grants", {**asked, "key": "antrag", "state": "applied"})
    nothing = await spec(office, "/grants/antrag/years/chart")
    assert nothing["title"]["subtitle"] == "antrag. Am 30.06.2024 ist nichts bewilligt."
    assert nothing["description"] == nothing["title"]["subtitle"]


async def test_a_chart_is_in_the_language_that_a_browser_asks_for(settled: Door) -> None:
    office = settled.as_("controller")
    british = {"Accept-Language": "fr, en-GB;q=0.8, de;q=0.5"}
    for address in ("/portfolio/years/chart", "/portfolio/cliff/chart", "/portfolio/cliff"):
        path = f"{address}?on=2024-06-30"
        german, english = await office.get(path), await office.get(f"{path}&lang=en")
        by_header = await office.get(path, headers=british)
        assert by_header.content == english.content != german.content, address
        assert (await office.get(f"{path}&lang=de", headers=british)).content == german.content
        for answer in (german, by_header):
            assert "Accept-Language" in answer.headers["vary"], address
