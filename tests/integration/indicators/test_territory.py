"""Figures in the territory of a day: Eisenach and the Wartburgkreis, a district that is divided."""

import io
import random
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from services.contracts.shared.access import Municipality
from tests.integration.indicators.figures import COUNT, RATE, equip, released, tidy
from tests.integration.indicators.territory import area
from tests.integration.indicators.test_crosswalks import DAY, EISENACH, division, move
from tests.support.towns import Door, new_town

POP = "bevoelkerung"


async def read(door: Door, query: str, day: str = DAY) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Indicator, area, period -> value, status, reason, estimated."""
    answer = await door.get(f"/observations?{query}&territory={day}")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["territory"] == day
    c, estimated = found["columns"], found["estimated"]
    numbers = range(len(c["indicator"]))
    reasons = [found["reasons"].get(str(n), "") for n in numbers]
    assert estimated == [n for n in numbers if reasons[n] == "territory:estimated"]
    rules = [reason.replace("territory:estimated", "") for reason in reasons]
    places = zip(c["indicator"], c["area"], c["period"], c["breakdown"], strict=True)
    told = zip(c["value"], c["status"], rules, [n in estimated for n in numbers], strict=True)
    return dict(zip(places, told, strict=True))


async def merged(door: Door, *rows: str) -> None:
    """Eisenach has joined; these figures are released."""
    await equip(door)
    await released(door, tidy(*rows))
    await door.made("/crosswalks", EISENACH)


WAK, OLD = "wartburgkreis", "eisenach"
DAY_2016 = "2016-12-31"


async def test_a_merger_is_an_exact_sum_and_rates_are_recomputed(indicators: Door) -> None:
    await merged(
        indicators,
        f"eisenach,{DAY_2016},empfaenger,,4105",
        f"wartburgkreis,{DAY_2016},empfaenger,,5709",
        f"eisenach,{DAY_2016},bevoelkerung,,42000",
        f"wartburgkreis,{DAY_2016},bevoelkerung,,125000",
        f"eisenach,{DAY_2016},quote,,9.77",
        f"wartburgkreis,{DAY_2016},quote,,4.57",
        "wartburgkreis,2024-12-31,empfaenger,,8000",
    )
    found = await read(indicators.as_(), "indicator=empfaenger,quote")
    rate = float(round(Decimal(9814) / 167000 * 100, 2))
    assert found == {
        ("empfaenger", WAK, DAY_2016, ""): (9814, "normal", "", False),
        ("empfaenger", WAK, "2024-12-31", ""): (8000, "normal", "", False),
        ("quote", WAK, DAY_2016, ""): (rate, "normal", "", False),
    }
    before = await read(indicators.as_(), "indicator=empfaenger", "2020-01-01")
    assert before == {
        ("empfaenger", OLD, DAY_2016, ""): (4105, "normal", "", False),
        ("empfaenger", WAK, DAY_2016, ""): (5709, "normal", "", False),
        ("empfaenger", OLD, "2024-12-31", ""): (None, "missing", "territory:no-share", False),
        ("empfaenger", WAK, "2024-12-31", ""): (None, "missing", "territory:no-share", False),
    }


@pytest.mark.parametrize(
    ("there", "status", "reason"),
    [
        ("2", "confidential", "territory:threshold:3"),
        (".", "unknown", ""),
        ("/", "unreliable", ""),
        ("-", "missing", "territory:part-missing"),
        (None, "missing", "territory:part-missing"),
    ],
)
async def test_a_part_that_is_hidden_or_lacks_hides_the_sum(
    indicators: Door, there: str | None, status: str, reason: str
) -> None:
    rows = [f"wartburgkreis,{DAY_2016},empfaenger,,5709"]
    rows += [f"eisenach,{DAY_2016},empfaenger,,{there}"] if there else []
    await merged(indicators, *rows)
    found = await read(indicators, "indicator=empfaenger")
    assert found == {("empfaenger", WAK, DAY_2016, ""): (None, status, reason, False)}


async def divided(door: Door, *rows: str) -> None:
    """Winzerla has been divided, 62 to 38 per cent of the inhabitants, 50 to 50 of the surface."""
    await equip(door)
    for key, kind, more in (
        ("miete", "mean", {"denominator": "bevoelkerung", "decimals": 2}),
        ("alter", "mean", {}),
        ("sozialindex", "index", {}),
    ):
        more = {"unit": {"de": "Einheit"}, "name": {"de": key}, **more}
        open_ = {"kind": "none", "reason": "Keine Personen."}
        await door.made(
            "/indicators", {**COUNT, "key": key, "kind": kind, "protection": open_, **more}
        )
    await released(door, tidy(*rows))
    changed = await door.patch("/areas/winzerla", {"valid_to": DAY}, 1)
    assert changed.status_code == 200, changed.text
    for key in (NORTH, SOUTH):
        await door.made("/areas", area(key, "statistischer-bezirk", "jena", valid_from=DAY))
    shares = [("0.62", "0.5"), ("0.38", "0.5")]
    made = division(
        *(
            move("winzerla", there, shares={"population": population, "area": surface})
            for there, (population, surface) in zip((NORTH, SOUTH), shares, strict=True)
        ),
        weighting=[{"kind": "population"}, {"kind": "area"}],
    )
    await door.made("/crosswalks", made)


NORTH, SOUTH = "winzerla-nord", "winzerla-sued"


async def test_a_division_is_an_estimate_by_the_shares_asked_for(indicators: Door) -> None:
    await divided(
        indicators, "winzerla,2020,bevoelkerung,,1001", "lobeda-west,2020,bevoelkerung,,7"
    )
    by_people = await read(indicators, "indicator=bevoelkerung&level=statistischer-bezirk")
    assert by_people == {
        ("bevoelkerung", NORTH, "2020", ""): (620.62, "normal", "", True),
        ("bevoelkerung", SOUTH, "2020", ""): (380.38, "normal", "", True),
        ("bevoelkerung", "lobeda-west", "2020", ""): (7, "normal", "", False),
    }
    by_surface = await read(indicators, "indicator=bevoelkerung&area=winzerla-nord&weights=area")
    assert by_surface == {("bevoelkerung", NORTH, "2020", ""): (500.5, "normal", "", True)}
    unlisted = await indicators.get(
        f"/observations?indicator=bevoelkerung&territory={DAY}&weights=households"
    )
    assert unlisted.status_code == 200


async def test_going_back_from_a_division_is_an_exact_sum(indicators: Door) -> None:
    await divided(indicators, "winzerla,2020,bevoelkerung,,1001")
    await released(
        indicators, tidy(f"{NORTH},2022,bevoelkerung,,640", f"{SOUTH},2022,bevoelkerung,,370")
    )
    found = await read(indicators, "indicator=bevoelkerung", "2020-01-01")
    assert found == {
        ("bevoelkerung", "winzerla", "2020", ""): (1001, "normal", "", False),
        ("bevoelkerung", "winzerla", "2022", ""): (1010, "normal", "", False),
    }


async def test_each_kind_of_indicator_crosses_in_its_own_way(indicators: Door) -> None:
    await divided(
        indicators,
        "winzerla,2020,bevoelkerung,,1000",
        "winzerla,2020,empfaenger,,100",
        "winzerla,2020,quote,,10",
        "winzerla,2020,miete,,7.5",
        "winzerla,2020,alter,,44",
        "winzerla,2020,sozialindex,,1.2",
    )
    found = await read(indicators, "indicator=quote,miete,alter,sozialindex&area=winzerla-nord")
    assert {key[0]: told for key, told in found.items()} == {
        "quote": (10.0, "normal", "", True),
        "miete": (7.5, "normal", "", True),
        "alter": (None, "missing", "territory:no-parts", False),
        "sozialindex": (None, "not_meaningful", "territory:index", False),
    }


async def test_means_of_a_merger_are_weighted_by_their_cases(indicators: Door) -> None:
    await divided(indicators, "winzerla,2020,bevoelkerung,,1000")
    await released(
        indicators,
        tidy(
            f"{NORTH},2022,bevoelkerung,,600",
            f"{SOUTH},2022,bevoelkerung,,400",
            f"{NORTH},2022,miete,,8",
            f"{SOUTH},2022,miete,,6.5",
            f"{NORTH},2023,miete,,8",
            f"{SOUTH},2023,miete,,6.5",
        ),
    )
    found = await read(indicators, "indicator=miete", "2020-01-01")
    assert found == {
        ("miete", "winzerla", "2022", ""): (7.4, "normal", "", False),
        ("miete", "winzerla", "2023", ""): (None, "missing", "territory:no-parts", False),
    }


async def test_a_new_name_takes_everything_along(indicators: Door) -> None:
    await equip(indicators)
    index = {"key": "sozialindex", "kind": "index", "name": {"de": "Index"}}
    open_ = {"protection": {"kind": "none", "reason": "Keine Personen."}}
    await indicators.made("/indicators", {**COUNT, **index, **open_})
    await released(
        indicators,
        tidy("winzerla,2020,sozialindex,,1.2", "winzerla,2020,empfaenger,,2"),
    )
    assert (await indicators.patch("/areas/winzerla", {"valid_to": DAY}, 1)).status_code == 200
    await indicators.made("/areas", area("neu", "statistischer-bezirk", "jena", valid_from=DAY))
    made = await indicators.made("/crosswalks", division(move("winzerla", "neu")))
    assert [c["kind"] for c in made["crossings"]] == ["renaming"]
    found = await read(indicators, "indicator=sozialindex,empfaenger")
    assert found == {
        ("sozialindex", "neu", "2020", ""): (1.2, "normal", "", False),
        ("empfaenger", "neu", "2020", ""): (None, "confidential", "threshold:3", False),
    }


async def test_figures_cross_several_changes(indicators: Door) -> None:
    await divided(
        indicators, "winzerla,2020,bevoelkerung,,1000", "lobeda-west,2020,bevoelkerung,,50"
    )
    later = "2023-01-01"
    for key in (SOUTH, "lobeda-west"):
        row = (await indicators.get(f"/areas/{key}")).json()
        ended = await indicators.patch(f"/areas/{key}", {"valid_to": later}, row["revision"])
        assert ended.status_code == 200, ended.text
    await indicators.made("/areas", area("sued", "statistischer-bezirk", "jena", valid_from=later))
    merger = [move(SOUTH, "sued"), move("lobeda-west", "sued")]
    await indicators.made("/crosswalks", {**division(*merger), "key": "sued", "valid_from": later})
    found = await read(indicators, "indicator=bevoelkerung&level=statistischer-bezirk", later)
    assert found == {
        ("bevoelkerung", NORTH, "2020", ""): (620, "normal", "", True),
        ("bevoelkerung", "sued", "2020", ""): (430, "normal", "", True),
    }


async def test_what_somebody_may_not_see_does_not_speak_through_a_sum(indicators: Door) -> None:
    await merged(
        indicators,
        f"eisenach,{DAY_2016},empfaenger,,4105",
        f"wartburgkreis,{DAY_2016},empfaenger,,5709",
        f"eisenach,{DAY_2016},quote,,9",
        f"wartburgkreis,{DAY_2016},quote,,9",
        f"eisenach,{DAY_2016},bevoelkerung,,42000",
        f"wartburgkreis,{DAY_2016},bevoelkerung,,125000",
    )
    hidden = await indicators.patch("/areas/eisenach", {"visibility": "administration"}, 1)
    assert hidden.status_code == 200, hidden.text
    key = ("empfaenger", WAK, DAY_2016, "")
    for_all = await read(indicators.as_(), "indicator=empfaenger")
    assert for_all == {key: (None, "missing", "territory:part-missing", False)}
    assert (await read(indicators, "indicator=empfaenger"))[key][0] == 9814
    shown = await indicators.patch("/areas/eisenach", {"visibility": "public"}, 2)
    assert shown.status_code == 200, shown.text
    secret = await indicators.patch("/indicators/empfaenger", {"visibility": "administration"}, 1)
    assert secret.status_code == 200, secret.text
    rate = await read(indicators.as_(), "indicator=quote")
    assert [told[:3] for told in rate.values()] == [(None, "missing", "territory:no-parts")]


async def test_a_draft_of_a_change_moves_nothing_for_the_public(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(f"wartburgkreis,{DAY_2016},empfaenger,,5709"))
    await indicators.made("/crosswalks", {**EISENACH, "visibility": "administration"})
    plain = {("empfaenger", WAK, DAY_2016, ""): (5709, "normal", "", False)}
    assert await read(indicators.as_(), "indicator=empfaenger") == plain
    assert await read(indicators, "indicator=empfaenger") != plain


async def test_the_past_is_read_in_a_territory_too(indicators: Door) -> None:
    await merged(
        indicators,
        f"eisenach,{DAY_2016},empfaenger,,4105",
        f"wartburgkreis,{DAY_2016},empfaenger,,5709",
    )
    await released(indicators, tidy(f"eisenach,{DAY_2016},empfaenger,,4205"))
    assert [t[0] for t in (await read(indicators, "indicator=empfaenger")).values()] == [9914]
    assert [t[0] for t in (await read(indicators, "indicator=empfaenger&as_of=1")).values()] == [
        9814
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_two_towns_that_show_the_same_show_the_same_in_every_territory(
    doors: Callable[[str, Municipality], Door], seed: int
) -> None:
    """Whatever is hidden: no territory tells the two apart, so that no difference reveals it."""
    chance = random.Random(seed)
    places = [(a, y) for a in ("eisenach", WAK, "winzerla", "lobeda-west") for y in (2016, 2017)]
    shown = {(i, *p): chance.choice([0, 7, 40, 900]) for p in places for i in ("empfaenger", POP)}
    secret = {key for key in shown if chance.random() < 0.3}
    towns = []
    for hidden in (1, 2):
        door = doors("indicators", new_town())
        rows = [
            f"{a},{y},{i},,{hidden if (i, a, y) in secret else value}"
            for (i, a, y), value in shown.items()
        ]
        rows += [f"{a},{y},quote,,5" for a, y in places]
        await divided(door, *rows)
        await door.made("/crosswalks", EISENACH)
        towns.append(door)
    asked = f"indicator=empfaenger,{POP},quote"
    plain = [(await door.get(f"/observations?{asked}")).json() for door in towns]
    assert plain[0]["columns"] == plain[1]["columns"]
    assert "confidential" in plain[0]["columns"]["status"] or not secret
    for day in ("2010-01-01", DAY, "2030-01-01"):
        first, other = [await read(door.as_(), asked, day) for door in towns]
        assert first == other
        for (indicator, place, year, _), (value, *_rest) in first.items():
            parts = {WAK: ["eisenach", WAK], NORTH: ["winzerla"], SOUTH: ["winzerla"]}
            if day != "2010-01-01" and indicator != "quote":
                origins = parts.get(place, [place])
                hides = any((indicator, a, int(year)) in secret for a in origins)
                assert (value is None) == hides, "never a sum of only some parts"


FORMS = ("json", "rows", "jsonl", "csv", "sdmx-csv", "jsonstat", "xlsx", "geojson")


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_speaks_of_the_territory(indicators: Door, form: str) -> None:
    await divided(indicators, "winzerla,2020,bevoelkerung,,1001")
    address = f"/observations?indicator=bevoelkerung&territory={DAY}&format={form}"
    answer = await indicators.as_().get(address)
    assert answer.status_code == 200, answer.text
    again = {"If-None-Match": answer.headers["etag"]}
    assert (await indicators.as_().get(address, headers=again)).status_code == 304
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
        assert ("Gebietsstand", DAY) in [row[:2] for row in rows]
        assert {620.62, 380.38} <= {cell for row in rows for cell in row}
        return
    assert {"620.62", "380.38"} <= set(re.findall(r"\d+\.\d+", answer.text))
    assert "winzerla-nord" in answer.text
    assert "territory:estimated" in answer.text
    if form == "sdmx-csv":
        assert ",620.62,E,F," in answer.text
    if form == "rows":
        assert [row["estimated"] for row in answer.json()["rows"]] == [True, True]
    if form == "jsonstat":
        told = answer.json()["extension"]["planraum"]
        assert (told["territory"], told["estimated"]) == (DAY, [0, 1])


async def test_the_answer_is_another_when_the_territory_is_corrected(indicators: Door) -> None:
    await divided(indicators, "winzerla,2020,bevoelkerung,,1000")
    address = f"/observations?indicator=bevoelkerung&territory={DAY}"
    before = await indicators.get(address)
    counted = [
        {"from_area": "winzerla", "to_area": there, "shares": {"population": "0.5", "area": "0.5"}}
        for there in (NORTH, SOUTH)
    ]
    changed = await indicators.patch("/crosswalks/winzerla-2021", {"moves": counted}, 1)
    assert changed.status_code == 200, changed.text
    after = await indicators.get(address, headers={"If-None-Match": before.headers["etag"]})
    assert after.json()["columns"]["value"] == [500, 500]


async def test_pages_relative_periods_and_levels_are_of_the_territory(indicators: Door) -> None:
    await merged(
        indicators,
        f"eisenach,{DAY_2016},empfaenger,,4105",
        f"wartburgkreis,{DAY_2016},empfaenger,,5709",
        "eisenach,2015-12-31,empfaenger,,3842",
        "wartburgkreis,2015-12-31,empfaenger,,5703",
        f"jena,{DAY_2016},empfaenger,,7981",
    )
    latest = await read(indicators, "indicator=empfaenger&period=latest&within=thueringen")
    assert {key[1]: told[0] for key, told in latest.items()} == {WAK: 9814, "jena": 7981}
    address, found = f"/observations?indicator=empfaenger&territory={DAY}&limit=1", []
    while address:
        page = (await indicators.get(address)).json()
        found += page["columns"]["value"]
        address = page["next"]
    assert found == [7981, 9545, 9814]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (f"territory={DAY}&updated_after=0", "updated_after"),
        (f"territory={DAY}&area=eisenach", "area"),
        ("territory=2021-13-01", "territory"),
        (f"territory={DAY}&weights=shoe-size", "weights"),
    ],
)
async def test_a_question_that_makes_no_sense_in_a_territory_is_refused(
    indicators: Door, query: str, parameter: str
) -> None:
    await merged(indicators, f"wartburgkreis,{DAY_2016},empfaenger,,5709")
    refused = await indicators.get(f"/observations?indicator=empfaenger&{query}")
    assert refused.status_code == 422
    assert [error["parameter"] for error in refused.json()["errors"]] == [parameter]
    raw = await indicators.get(f"/observations/raw?indicator=empfaenger&territory={DAY}")
    assert raw.status_code == 422


async def test_what_is_computed_otherwise_than_by_adding_does_not_add_up(indicators: Door) -> None:
    await equip(indicators)
    for key, formula in (
        ("zusammen", "{bevoelkerung} + {empfaenger}"),
        ("groesstes", "max({bevoelkerung}, {empfaenger})"),
    ):
        computed = {**COUNT, "key": key, "name": {"de": key}, "formula": formula}
        await indicators.made("/indicators", computed)
    rows = [f"{a},{DAY_2016},{i},,100" for a in (OLD, WAK) for i in ("bevoelkerung", "empfaenger")]
    await released(indicators, tidy(*rows))
    await indicators.made("/crosswalks", EISENACH)
    found = await read(indicators, "indicator=zusammen,groesstes")
    assert {key[0]: told[:3] for key, told in found.items()} == {
        "zusammen": (400, "normal", ""),
        "groesstes": (None, "missing", "territory:formula"),
    }


async def test_a_rate_over_an_earlier_population_is_recomputed_over_it(indicators: Door) -> None:
    await equip(indicators)
    lagged = {"key": "rate", "computed": True, "denominator_lag": 12}
    open_ = {"protection": {"kind": "none", "reason": "Published by the agency."}}
    await indicators.made("/indicators", {**RATE, **lagged, **open_})
    await released(
        indicators,
        tidy(
            f"{OLD},2017-06-30,empfaenger,,4000",
            f"{WAK},2017-06-30,empfaenger,,5000",
            f"{OLD},{DAY_2016},bevoelkerung,,42000",
            f"{WAK},{DAY_2016},bevoelkerung,,125000",
        ),
    )
    await indicators.made("/crosswalks", EISENACH)
    found = await read(indicators, "indicator=rate&from=2017")
    value = float(round(Decimal(9000) / 167000 * 100, 2))
    assert found == {("rate", WAK, "2017-06-30", ""): (value, "normal", "", False)}
