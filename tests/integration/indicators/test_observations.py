"""Figures are asked for by indicator, area, period and breakdown."""

import csv
import io

import pytest

from tests.integration.indicators.figures import (
    POPULATION,
    columns,
    equip,
    released,
    second,
    tidy,
)
from tests.support.towns import Door

ROWS = [
    "jena,2015-12-31,bevoelkerung,,100",
    "jena,2016,bevoelkerung,,101",
    "jena,2016-03,bevoelkerung,,102",
    "jena,2024-12-31,bevoelkerung,,103",
    "jena,2024-12-31,bevoelkerung,GESM,50",
    "jena,2024-12-31,bevoelkerung,GESW,53",
    "eisenach,2016,bevoelkerung,,200",
    "eisenach,2024-12-31,bevoelkerung,,-",
    "winzerla,2024-12-31,bevoelkerung,,/",
    "lobeda-west,2024-12-31,bevoelkerung,,12.50",
    "winzerla,2024-12-31,empfaenger,,-7",
]


async def _ask(door: Door, query: str) -> list[tuple[str, str, str]]:
    return [row[:3] for row in await columns(door, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area=jena&breakdown=total&from=2016", ["2016-03", "2016", "2024-12-31"]),
        ("area=jena&breakdown=total&from=2016-02", ["2016-03", "2024-12-31"]),
        ("area=jena&breakdown=total&until=2016", ["2015-12-31", "2016-03", "2016"]),
        ("area=jena&breakdown=total&from=2016&until=2016-06", ["2016-03"]),
        ("area=jena&from=2024&breakdown=GES:GESM", ["2024-12-31"]),
        ("area=jena&from=2024&breakdown=GES%3DGESW,total", ["2024-12-31", "2024-12-31"]),
        ("area=jena&from=2025", []),
    ],
)
async def test_figures_are_found_by_period_and_breakdown(
    indicators: Door, query: str, found: list[str]
) -> None:
    await equip(indicators)
    await released(indicators, tidy(*ROWS))
    assert [row[1] for row in await _ask(indicators, f"indicator=bevoelkerung&{query}")] == found


@pytest.mark.parametrize(
    ("query", "areas"),
    [
        ("level=kreis", {"jena", "eisenach"}),
        ("within=jena", {"winzerla", "lobeda-west"}),
        ("within=thueringen", {"jena", "eisenach", "winzerla", "lobeda-west"}),
        ("within=deutschland&level=statistischer-bezirk", {"winzerla", "lobeda-west"}),
        ("area=jena,winzerla&level=kreis", {"jena"}),
        ("within=winzerla", set()),
    ],
)
async def test_figures_are_found_by_the_tree_of_areas(
    indicators: Door, query: str, areas: set[str]
) -> None:
    await equip(indicators)
    await released(indicators, tidy(*ROWS))
    assert {row[0] for row in await _ask(indicators, f"indicator=bevoelkerung&{query}")} == areas


async def test_a_missing_figure_says_why_and_is_never_zero(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*ROWS))
    shown = await columns(indicators, "indicator=bevoelkerung&from=2024&breakdown=total")
    assert shown == [
        ("eisenach", "2024-12-31", "", None, "nothing"),
        ("jena", "2024-12-31", "", 103, "normal"),
        ("lobeda-west", "2024-12-31", "", 12.5, "normal"),
        ("winzerla", "2024-12-31", "", None, "unreliable"),
    ]
    body = await indicators.get("/observations?indicator=bevoelkerung&area=lobeda-west")
    assert "[12.50]" in body.text


async def test_csv_has_names_signs_and_no_formulas(indicators: Door) -> None:
    await equip(indicators)
    trap = {"name": {"de": '=HYPERLINK("http://x"),1', "en": "Winzerla"}}
    await indicators.patch("/areas/winzerla", trap, 1)
    await released(indicators, tidy(*ROWS, "jena,2020,bevoelkerung,-1,7"))
    answer = await indicators.get(
        "/observations?indicator=bevoelkerung,empfaenger", headers={"Accept": "text/csv"}
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(rows) == 12
    by_place = {(r["indicator"], r["area"], r["period"], r["breakdown"]): r for r in rows}
    gone = by_place["bevoelkerung", "eisenach", "2024-12-31", ""]
    assert (gone["value"], gone["status"]) == ("-", "nothing")
    trapped = by_place["bevoelkerung", "winzerla", "2024-12-31", ""]
    assert trapped["area_name"] == '\'=HYPERLINK("http://x"),1'
    assert (trapped["value"], trapped["unit"]) == ("/", "Personen")
    negative = by_place["empfaenger", "winzerla", "2024-12-31", ""]
    assert negative["value"] == "-7"
    english = await indicators.get("/observations?indicator=bevoelkerung&format=csv&lang=en")
    assert (
        "bevoelkerung,Population,winzerla,Winzerla,2024-12-31,,/,unreliable,persons" in english.text
    )
    raw = await second(indicators).get("/observations/raw?indicator=bevoelkerung&format=csv")
    assert raw.text.count("\r\n") == 12
    nothing = await indicators.get("/observations?indicator=quote&format=csv")
    assert nothing.text.count("\r\n") == 1


async def test_an_answer_is_known_by_its_tag_until_something_changes(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*ROWS))
    public, address = indicators.as_(), "/observations?indicator=bevoelkerung&area=jena"
    first = await public.get(address)
    tag = first.headers["etag"]
    assert tag.startswith('"rel-1-')
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    again = await public.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await public.get(f"{address}&format=csv", headers={"If-None-Match": tag})).is_success
    assert (await public.get(f"{address}&from=2016")).headers["etag"] != tag
    assert (await indicators.get(address)).headers["etag"] != tag
    await indicators.patch("/indicators/bevoelkerung", {"name": {"de": "Einwohner"}}, 1)
    renamed = await public.get(address, headers={"If-None-Match": tag})
    assert renamed.json()["indicators"]["bevoelkerung"]["name"]["de"] == "Einwohner"
    await released(indicators, tidy("jena,2025,bevoelkerung,,104"))
    newer = await public.get(address, headers={"If-None-Match": renamed.headers["etag"]})
    assert (newer.status_code, newer.headers["etag"][:7]) == (200, '"rel-2-')


async def test_what_is_not_for_everybody_is_not_there(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*ROWS))
    public, member = indicators.as_(), indicators.as_("member")
    await indicators.patch("/areas/winzerla", {"visibility": "administration"}, 1)
    assert "winzerla" not in {row[0] for row in await _ask(public, "indicator=bevoelkerung")}
    assert "winzerla" not in (await public.get("/observations?indicator=empfaenger")).text
    refused = await public.get("/observations?indicator=bevoelkerung&area=winzerla")
    assert refused.json()["errors"][0]["parameter"] == "area"
    assert "winzerla" in {row[0] for row in await _ask(indicators, "indicator=bevoelkerung")}
    await indicators.patch("/indicators/bevoelkerung", {"visibility": "members"}, 1)
    hidden = await public.get("/observations?indicator=bevoelkerung")
    unknown = await public.get("/observations?indicator=nothing-at-all")
    assert hidden.status_code == unknown.status_code == 422
    assert hidden.json()["errors"][0]["code"] == unknown.json()["errors"][0]["code"]
    assert await _ask(member, "indicator=bevoelkerung")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "indicator"),
        ("indicator=", "indicator"),
        ("indicator=Not A Key", "indicator"),
        ("indicator=bevoelkerung&area=nowhere", "area"),
        ("indicator=bevoelkerung&from=yesterday", "from"),
        ("indicator=bevoelkerung&until=2024-13", "until"),
        ("indicator=bevoelkerung&breakdown=GES", "breakdown"),
        ("indicator=bevoelkerung&breakdown=G S:x", "breakdown"),
        ("indicator=bevoelkerung&as_of=0", "as_of"),
        ("indicator=bevoelkerung&as_of=9999999999", "as_of"),
        ("indicator=bevoelkerung&format=xml", "format"),
        ("indicator=bevoelkerung&lang=fr", "lang"),
    ],
)
async def test_a_wrong_question_is_pointed_at(indicators: Door, query: str, parameter: str) -> None:
    await equip(indicators)
    refused = await indicators.get(f"/observations?{query}")
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["parameter"] == parameter


async def test_reading_figures_asks_the_database_once(
    indicators: Door, statements: list[str]
) -> None:
    await indicators.made("/indicators", POPULATION)
    statements.clear()
    await indicators.as_().get("/observations?indicator=bevoelkerung")
    assert statements == []
