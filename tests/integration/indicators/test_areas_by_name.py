"""Files of portals that name their areas and have no codes for them."""

from typing import Any

import pytest

from tests.integration.indicators.figures import columns, deliver, equip, second
from tests.integration.indicators.territory import area
from tests.support.towns import Door

FILE = b"Ortsteil;2023;2024\nLobeda West;10;20\nZentrum;30;40\n"
NAMED = {"indicator": "bevoelkerung"}


async def settled(door: Door, *names: tuple[str, str]) -> None:
    await equip(door)
    for key, name in names:
        await door.made("/areas", area(key, "statistischer-bezirk", "jena", name=name))


async def test_a_name_that_one_area_has_is_that_area(indicators: Door) -> None:
    await settled(indicators, ("a62", "Lobeda-West"), ("mitte", "Zentrum"))
    await indicators.patch("/areas/lobeda-west", {"name": {"de": "Plattenbau"}}, 1)
    refused = (await deliver(indicators, FILE, **NAMED)).json()
    assert refused["issue_counts"] == {"area_ambiguous": 1}, "a key is not the name of another"
    await indicators.patch("/areas/a62", {"name": {"de": "Plattenbau West"}}, 1)
    found = (await deliver(indicators, FILE, **NAMED)).json()
    assert found["state"] == "checked", found["issues"]
    assert found["counts"]["figures"] == 4


@pytest.mark.parametrize("name", ["Zentrum", "ZENTRUM", "Zentrum "])
async def test_a_name_of_two_areas_is_refused_with_row_column_and_candidates(
    indicators: Door, name: str
) -> None:
    await settled(indicators, ("mitte", "Zentrum"), ("innenstadt", name))
    body = (await deliver(indicators, FILE, **NAMED)).json()
    assert (body["state"], body["counts"]["figures"]) == ("refused", 0)
    (issue,) = body["issues"]
    assert (issue["line"], issue["column"], issue["code"]) == (3, "Ortsteil", "area_ambiguous")
    assert "innenstadt" in issue["detail"]
    assert "mitte" in issue["detail"]
    (unknown,) = body["unknown_areas_found"]
    assert [s["code"] for s in unknown["suggestions"]] == ["innenstadt", "mitte"]


async def test_who_skips_unknown_areas_is_warned_of_those_that_share_a_name(
    indicators: Door,
) -> None:
    await settled(indicators, ("mitte", "Zentrum"), ("innenstadt", "Zentrum"))
    body = (await deliver(indicators, FILE, unknown_areas="skip", **NAMED)).json()
    assert (body["state"], body["counts"]["skipped"]) == ("checked", 2)
    assert [(i["code"], i["severity"]) for i in body["issues"]] == [("area_ambiguous", "warning")]


async def test_a_mapping_says_which_of_two_is_meant(indicators: Door) -> None:
    await settled(indicators, ("mitte", "Zentrum"), ("innenstadt", "Zentrum"))
    headers = {"Content-Type": "text/csv"}
    seen = await indicators("POST", "/mappings/proposals", content=FILE, headers=headers)
    proposal: dict[str, Any] = seen.json()["proposal"]
    (ortsteil,) = [c for c in proposal["columns"] if c["name"] == "Ortsteil"]
    ortsteil["codes"] = {"Zentrum": "innenstadt"}
    named = {"key": "ortsteile", "title": {"de": "Ortsteile"}, "source": "Stadt Jena"}
    await indicators.made("/mappings", {**proposal, **named})
    body = (await deliver(indicators, FILE, **NAMED)).json()
    assert (body["state"], body["mapping"]) == ("checked", "ortsteile"), body["issues"]
    await second(indicators).post(f"/deliveries/{body['key']}/approval")
    new = {"title": {"de": "Stand"}, "deliveries": [body["key"]]}
    await indicators.made("/releases", new)
    found = await columns(indicators, "indicator=bevoelkerung&period=2024")
    assert {(row[0], row[3]) for row in found} == {("lobeda-west", 20), ("innenstadt", 40)}
