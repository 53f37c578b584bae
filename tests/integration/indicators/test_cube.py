"""The cube of figures is asked by dimension, by relative periods, and by states of the past."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from tests.integration.indicators.figures import columns, equip, released, tidy
from tests.support.copies import copied
from tests.support.towns import Door

CROSSED = "area,period,indicator,GES,ALT,value"
ROWS = [
    "jena,2023-12-31,bevoelkerung,,,100",
    "jena,2023-12-31,bevoelkerung,GESM,,48",
    "jena,2024-12-31,bevoelkerung,,,103",
    "jena,2024-12-31,bevoelkerung,GESM,,50",
    "jena,2024-12-31,bevoelkerung,GESW,,53",
    "jena,2024-12-31,bevoelkerung,,U18,20",
    "jena,2024-12-31,bevoelkerung,GESM,U18,11",
    "jena,2024-12-31,bevoelkerung,GESW,U18,9",
    "jena,2022-12-31,empfaenger,,,2",
    "wartburgkreis,2022-12-31,bevoelkerung,,,90",
    "wartburgkreis,2023-12-31,bevoelkerung,,,.",
]
TOTAL, MEN, WOMEN, YOUNG = "", "GES=GESM", "GES=GESW", "ALT=U18"


@pytest.fixture
@copied
async def town_with_figures(indicators: Door) -> Door:
    await equip(indicators)
    await released(indicators, tidy(*ROWS, header=CROSSED))
    return indicators


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("c[GES]=GESM", [f"{YOUNG}&{MEN}", MEN]),
        ("c[GES]=GESM&c[ALT]=total", [MEN]),
        ("c[GES]=GESM,GESW&c[ALT]=*", [f"{YOUNG}&{MEN}", f"{YOUNG}&{WOMEN}"]),
        ("c[GES]=total", [TOTAL, YOUNG]),
        ("c[GES]=_T&c[ALT]=total", [TOTAL]),
        ("c[GES]=total,GESW&c[ALT]=U18", [YOUNG, f"{YOUNG}&{WOMEN}"]),
        ("c[GES]=*,total&c[ALT]=*,total", [TOTAL, YOUNG, MEN, WOMEN, f"{YOUNG}&{MEN}"]),
    ],
)
async def test_figures_are_found_by_dimension(
    town_with_figures: Door, filters: str, found: list[str]
) -> None:
    query = f"indicator=bevoelkerung&area=jena&from=2024&{filters}"
    shown = {row[2] for row in await columns(town_with_figures, query)}
    assert set(found) <= shown
    assert shown == set(found) or filters.startswith("c[GES]=*")


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("period=latest", {("jena", "2024-12-31")}),
        (
            "last=2",
            {("jena", "2024-12-31"), ("jena", "2023-12-31"), ("wartburgkreis", "2023-12-31")},
        ),
        ("period=latest&area=wartburgkreis", {("wartburgkreis", "2023-12-31")}),
        (
            "period=latest,previous-year&area=wartburgkreis",
            {("wartburgkreis", "2023-12-31"), ("wartburgkreis", "2022-12-31")},
        ),
        ("period=previous-year", {("jena", "2023-12-31"), ("wartburgkreis", "2023-12-31")}),
        ("period=latest&until=2022", {("wartburgkreis", "2022-12-31")}),
        ("period=2022-12-31,2024-12-31&area=jena", {("jena", "2024-12-31")}),
        ("last=9&breakdown=ALT:U18", {("jena", "2024-12-31")}),
        ("period=latest&as_of=1&area=wartburgkreis", {("wartburgkreis", "2023-12-31")}),
    ],
)
async def test_periods_are_relative_to_what_is_asked_for(
    town_with_figures: Door, query: str, places: set[tuple[str, str]]
) -> None:
    shown = await columns(town_with_figures, f"indicator=bevoelkerung&{query}")
    assert {row[:2] for row in shown} == places


async def test_each_indicator_has_its_own_newest_day(town_with_figures: Door) -> None:
    query = "indicator=bevoelkerung,empfaenger&area=jena&period=latest&breakdown=total"
    shown = await columns(town_with_figures, query)
    assert [row[1] for row in shown] == ["2024-12-31", "2022-12-31"]


async def test_the_last_of_february_comes_after_the_last_of_february(indicators: Door) -> None:
    await equip(indicators)
    rows = [f"jena,{day},bevoelkerung,,7" for day in ("2023-02-28", "2024-02-29", "2025-02-28")]
    await released(indicators, tidy(*rows))
    for until, found in (("2025", "2024-02-29"), ("2024", "2023-02-28")):
        query = f"indicator=bevoelkerung&period=previous-year&until={until}"
        assert [row[1] for row in await columns(indicators, query)] == [found]


async def test_figures_are_found_by_their_status(town_with_figures: Door) -> None:
    query = "indicator=bevoelkerung,empfaenger&status=confidential,unknown"
    shown = await columns(town_with_figures, query)
    assert [row[3:] for row in shown] == [(None, "unknown"), (None, "confidential")]
    answer = await town_with_figures.get(f"/observations?{query}")
    assert answer.json()["reasons"] == {"1": "threshold:3"}
    assert set(answer.json()["statuses"]) == {"unknown", "confidential"}


async def test_a_moment_means_the_release_that_was_the_newest(
    town_with_figures: Door, database_url: str
) -> None:
    door, town = town_with_figures, town_with_figures.municipality.id
    await released(door, tidy("jena,2024-12-31,bevoelkerung,,111"))
    connection = await asyncpg.connect(database_url)
    try:
        for number, day in ((1, "2025-03-01T12:00:00+00:00"), (2, "2026-03-01T12:00:00+00:00")):
            await connection.execute(
                "UPDATE indicators.shown_release SET released_at = $3 "
                "WHERE municipality_id = $1 AND number = $2",
                *(town, number, datetime.fromisoformat(day)),
            )
    finally:
        await connection.close()
    query = "indicator=bevoelkerung&area=jena&breakdown=total&from=2024"

    async def value(as_of: str) -> list[Any]:
        return [row[3] for row in await columns(door, f"{query}&as_of={as_of}")]

    assert await value("1") == await value("2025-03-01") == await value("2026-02-28") == [103]
    assert await value("2026-03-01T13:30:00%2B01:00") == [111]
    assert await value("2026-03-01T12:30:00+01:00") == [103]
    assert await value("2026-03-01T12:30:00") == [103]
    assert await value("2026-03-02") == await value("2") == [111]
    refused = await door.get(f"/observations?{query}&as_of=2025-02-28")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "as_of")
    since = await columns(door, "indicator=bevoelkerung&updated_after=2025-12-31")
    assert [row[3] for row in since] == [111]


async def test_only_what_changed_is_told_and_what_went_is_named(
    town_with_figures: Door, database_url: str
) -> None:
    door, town = town_with_figures, town_with_figures.municipality.id
    await released(door, tidy("jena,2024-12-31,bevoelkerung,,111", "jena,2025,bevoelkerung,,112"))
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE indicators.published SET release_to = 2 WHERE municipality_id = $1 "
            "AND area = 'jena' AND period = '2023-12-31' AND breakdown = ''",
            town,
        )
    finally:
        await connection.close()
    query = "/observations?indicator=bevoelkerung&updated_after="
    changed = (await door.get(f"{query}1")).json()
    told = changed["columns"]
    assert list(zip(told["period"], told["value"], told["status"], strict=True)) == [
        ("2023-12-31", None, "missing"),
        ("2024-12-31", 111, "normal"),
        ("2025", 112, "normal"),
    ]
    assert changed["gone"] == [0]
    everything = (await door.get(f"{query}0")).json()
    assert everything["gone"] == []
    assert len(everything["columns"]["value"]) == 9 + 1
    assert (await door.get(f"{query}2")).json()["columns"]["value"] == []
    as_it_was = (await door.get(f"{query}0&as_of=1")).json()
    assert (len(as_it_was["columns"]["value"]), as_it_was["gone"]) == (10, [])
    sdmx = (await door.get(f"{query}1&format=sdmx-csv")).text.splitlines()
    assert sdmx[1].startswith(
        "dataflow,PLANRAUM:OBSERVATIONS(1.0.0),D,bevoelkerung,jena,2023-12-31,,"
    )
    assert [line.split(",")[2] for line in sdmx[1:]] == ["D", "M", "M"]
    table = (await door.get(f"{query}1&format=csv")).text.splitlines()
    assert (table[0].split(",")[-1], table[1].split(",")[-1]) == ("gone", "true")
    rows = (await door.get(f"{query}1&format=rows")).json()["rows"]
    assert [row["gone"] for row in rows] == [True, False, False]
    dataset = (await door.get(f"{query}1&format=jsonstat")).json()
    assert len(dataset["extension"]["planraum"]["gone"]) == 1


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("level=nowhere", "level"),
        ("within=nowhere", "within"),
        ("as_of=7", "as_of"),
        ("as_of=yesterday", "as_of"),
        ("as_of=2024-02-30", "as_of"),
        ("as_of=1800-01-01", "as_of"),
        ("updated_after=7", "updated_after"),
        ("updated_after=never", "updated_after"),
        ("period=2024,latest", "period"),
        ("period=2024&last=2", "period"),
        ("period=2024-13", "period"),
        ("last=0", "last"),
        ("status=secret", "status"),
        ("c[GES]=a b", "c[GES]"),
        ("c[G S]=a", "c[G S]"),
        ("c[GES]=a&c[GES]=b", "c[GES]"),
        ("c[GES=a", "c[GES"),
        ("cc[GES]=a", "cc[GES]"),
        ("cursor=abc", "cursor"),
        ("cursor=WyJhIl0", "cursor"),
        ("limit=0", "limit"),
        ("limit=5&format=csv", "limit"),
        ("tolerance=0&format=geojson", "tolerance"),
        ("geometry=round&format=geojson", "geometry"),
        ("labels=all&format=sdmx-csv", "labels"),
    ],
)
async def test_a_wrong_question_is_pointed_at(
    town_with_figures: Door, query: str, parameter: str
) -> None:
    refused = await town_with_figures.get(f"/observations?indicator=bevoelkerung&{query}")
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["parameter"] == parameter


async def test_pages_of_one_release_follow_each_other(town_with_figures: Door) -> None:
    door = town_with_figures
    address = f"/v1/{door.municipality.key}/observations?indicator=bevoelkerung,empfaenger"
    whole = (await door.get(address)).json()
    assert whole["next"] is None
    found: list[tuple[Any, ...]] = []
    following: str | None = f"{address}&limit=3"
    names = ("indicator", "area", "period", "breakdown", "value", "status")
    while following:
        answer = await door.get(following)
        page = answer.json()
        assert page["release"] == 1
        found += zip(*(page["columns"][name] for name in names), strict=True)
        following = page["next"]
        assert ("link" in answer.headers) is (following is not None)
        if len(found) == 3:  # released between two pages: the pages are of the first release
            await released(
                door, tidy("jena,2021,bevoelkerung,,1", "jena,2024-12-31,bevoelkerung,,9")
            )
    assert found == list(zip(*(whole["columns"][name] for name in names), strict=True))
    rows = (await door.get(f"{address}&limit=2&format=rows&as_of=1")).json()
    assert (len(rows["rows"]), "cursor=" in rows["next"]) == (2, True)


async def test_what_is_new_is_known_by_its_tag(town_with_figures: Door) -> None:
    public = town_with_figures.as_()
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    for query in ("period=latest", f"as_of={tomorrow}", "updated_after=0"):
        address = f"/observations?indicator=bevoelkerung&{query}"
        tag = (await public.get(address)).headers["etag"]
        known = await public.get(address, headers={"If-None-Match": tag})
        assert known.status_code == 304
    await released(town_with_figures, tidy("jena,2025,bevoelkerung,,104"))
    assert (await public.get(address, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("c[UNKNOWN]=X", "c[UNKNOWN]"),
        ("c[GE]=GESM", "c[GE]"),
        ("c[ALT]=U1", "c[ALT]"),
        ("c[UNKNOWN]=total", "c[UNKNOWN]"),
        ("c[UNKNOWN]=*", "c[UNKNOWN]"),
        ("c[GES]=X", "c[GES]"),
        ("c[GES]=GESM,X", "c[GES]"),
        ("breakdown=UNKNOWN:X", "breakdown"),
        ("breakdown=GES:X,total", "breakdown"),
        ("level=nowhere", "level"),
        ("within=nowhere", "within"),
        ("area=nowhere", "area"),
        ("as_of=1&c[GES]=X", "c[GES]"),
    ],
)
async def test_what_does_not_exist_is_refused_and_never_answered_with_nothing(
    town_with_figures: Door, query: str, parameter: str
) -> None:
    statistician = town_with_figures.as_("statistician", subject="test:statistician")
    for form in ("json", "csv", "jsonstat"):
        asked = f"indicator=bevoelkerung&{query}&format={form}"
        refused = await town_with_figures.as_().get(f"/observations?{asked}")
        assert refused.status_code == 422, (form, refused.text)
        (error,) = refused.json()["errors"]
        assert (error["parameter"], error["code"]) == (parameter, "unknown")
        raw = await statistician.get(f"/observations/raw?{asked}")
        assert (raw.status_code, raw.json()["errors"]) == (422, [error])


async def test_what_exists_may_have_no_figures(town_with_figures: Door) -> None:
    age = {
        "key": "alter",
        "code": "ALT",
        "name": {"de": "Alter"},
        "role": "age",
        "attributes": [{"code": "O80", "name": {"de": "über 80"}}],
    }
    refused = await town_with_figures.get("/observations?indicator=bevoelkerung&c[ALT]=O80")
    assert refused.status_code == 422
    await town_with_figures.made("/dimensions", age)
    for query in ("c[ALT]=O80", "breakdown=ALT:O80", "area=wartburgkreis&c[GES]=GESM"):
        assert await columns(town_with_figures, f"indicator=bevoelkerung&{query}") == []
    several = await columns(town_with_figures, "indicator=bevoelkerung,empfaenger&c[GES]=GESM")
    assert len(several) == 3


async def test_a_code_of_the_past_is_known_to_questions_of_the_past(
    town_with_figures: Door,
) -> None:
    head = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,GES,ALT,TIME_PERIOD,OBS_VALUE"
    gone = ("GESW,_T", "GESW,U18")
    rows = [f"dataflow,A:B(1.0.0),D,bevoelkerung,jena,{one},2024-12-31," for one in gone]
    await released(town_with_figures, "\n".join([head, *rows, ""]).encode())
    now = await town_with_figures.get("/observations?indicator=bevoelkerung&c[GES]=GESW")
    assert now.status_code == 422
    then = await columns(town_with_figures, "indicator=bevoelkerung&c[GES]=GESW&as_of=1")
    assert {row[2] for row in then} == {WOMEN, f"{YOUNG}&{WOMEN}"}
    changed = "indicator=bevoelkerung&c[GES]=GESW&updated_after=1"
    assert len(await columns(town_with_figures, changed)) == 2
    never = await town_with_figures.get("/observations?indicator=bevoelkerung&c[GES]=X&as_of=1")
    assert never.status_code == 422


async def test_a_code_of_a_hidden_area_is_not_told(town_with_figures: Door) -> None:
    hidden = {"visibility": "administration"}
    await town_with_figures.patch("/areas/winzerla", hidden, 1)
    file = tidy("winzerla,2024-12-31,bevoelkerung,GESD,,7", header=CROSSED)
    await released(town_with_figures, file)
    address = "/observations?indicator=bevoelkerung&c[GES]=GESD"
    assert (await town_with_figures.as_().get(address)).status_code == 422
    assert len((await town_with_figures.get(address)).json()["columns"]["value"]) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/areas?level=nowhere",
        "/areas?level=nowhere&format=geojson",
        "/areas?parent=nowhere",
        "/areas?within=nowhere",
        "/findings?level=nowhere",
        "/needs-rules?level=nowhere",
        "/indices?level=nowhere",
        "/maps/bevoelkerung?level=nowhere",
    ],
)
async def test_a_level_or_an_area_that_does_not_exist_is_refused_everywhere(
    town_with_figures: Door, address: str
) -> None:
    refused = await town_with_figures.get(address)
    assert refused.status_code == 422, refused.text
    (error,) = refused.json()["errors"]
    assert error["code"] == "unknown"
    assert f"{error['parameter']}=nowhere" in address
