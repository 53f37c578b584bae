"""Facilities from a map file or a table: all of it or nothing."""

import json
from typing import Any

import httpx
import pytest

from tests.integration.indicators.town_with_facilities import at, equip_districts, facility
from tests.support.towns import Door

HEADER = "key;name;kind;places;places_from;longitude;latitude;languages;step_free"
ROWS = (
    "kita-1;Kita eins;kita;90;2025-08-01;11,51;50,91;de|uk;yes",
    "kita-2;Kita zwei;kita;;;;;;",
    "kita-3;Kita drei;kita;10;2025-08-01;0;0;;unknown",
)


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


async def send(door: Door, file: bytes, kind: str = "text/csv", query: str = "") -> httpx.Response:
    headers = {"Content-Type": kind}
    return await door("POST", f"/facilities/import{query}", content=file, headers=headers)


async def test_a_table_comes_in_and_says_what_it_did(indicators: Door) -> None:
    await equip_districts(indicators)
    answer = await send(indicators, table(*ROWS))
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "dry_run": False,
        "created": ["kita-1", "kita-2", "kita-3"],
        "changed": [],
        "unchanged": [],
        "outside": ["kita-3"],
    }
    one = (await indicators.get("/facilities/kita-1")).json()
    assert one["location"] == at(11.51, 50.91)
    assert one["languages"] == ["de", "uk"]
    assert one["accessibility"]["step_free"] == "yes"
    assert one["capacity"] == [
        {"valid_from": "2025-08-01", "places": 90, "forecast": False, "note": None}
    ]
    again = await send(indicators, table(*ROWS))
    assert again.json()["unchanged"] == ["kita-1", "kita-2", "kita-3"]


async def test_what_the_file_does_not_say_stays(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", facility("kita-1", 60, area="bezirk-b", provider="awo"))
    rows = ("kita-1;Kita eins;kita;70;2025-08-01;;;;",)
    answer = await send(indicators, table(*rows))
    assert answer.json()["changed"] == [{"facility": "kita-1", "fields": ["capacity", "name"]}]
    now = (await indicators.get("/facilities/kita-1")).json()
    assert (now["area"], now["provider"], now["revision"]) == ("bezirk-b", "awo", 2)
    assert [entry["places"] for entry in now["capacity"]] == [60, 70]


async def test_a_dry_run_says_the_same_and_stores_nothing(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/facilities", facility("kita-1", 60))
    tried = await send(indicators, table(*ROWS), query="?dry_run=true")
    assert tried.status_code == 200, tried.text
    assert tried.json()["dry_run"] is True
    assert [one["facility"] for one in tried.json()["changed"]] == ["kita-1"]
    assert tried.json()["created"] == ["kita-2", "kita-3"]
    kept = (await indicators.get("/facilities")).json()["items"]
    assert [(one["key"], one["revision"]) for one in kept] == [("kita-1", 1)]
    done = await send(indicators, table(*ROWS))
    assert {**done.json(), "dry_run": True} == tried.json()


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        ("Kita 1;Kita;kita;;;;;;", "/3/key"),
        ("kita-1;;kita;;;;;;", "/3/name"),
        ("kita-1;Kita;school;;;;;;", "/3/kind"),
        ("kita-1;Kita;kita;many;2025-01-01;;;;", "/3/places"),
        (f"kita-1;Kita;kita;{'9' * 5000};2025-01-01;;;;", "/3/places"),
        ("kita-1;Kita;kita;9;;;;;", "/3/places_from"),
        ("kita-1;Kita;kita;9;2199-01-01;;;;", "/3/places"),
        ("kita-1;Kita;kita;;;11;;;", "/3/latitude"),
        ("kita-1;Kita;kita;;;11;1e999;;", "/3/latitude"),
        ("kita-1;Kita;kita;;;nan;50;;", "/3/longitude"),
        ("kita-1;Kita;kita;;;;;deutsch;", "/3/languages"),
        ("kita-1;Kita;kita;;;;;;perhaps", "/3/step_free"),
        ("kita-0;Kita;kita;;;;;;", "/3/key"),
        ("kita-1;Kita;kita", "/3"),
        ('kita-1;"Kita', "/3"),
    ],
)
async def test_a_fault_names_line_and_column_and_nothing_is_stored(
    indicators: Door, row: str, pointer: str
) -> None:
    await equip_districts(indicators)
    for query in ("", "?dry_run=true"):
        refused = await send(indicators, table("kita-0;Kita;kita;;;;;;", row), query=query)
        assert refused.status_code == 422, refused.text
        assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await indicators.get("/facilities")).json()["items"] == []


def map_of(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


async def test_a_map_comes_in_too(indicators: Door) -> None:
    await equip_districts(indicators)
    sent = map_of(
        feature(at(11.51, 50.91), key="kita-1", name="Kita eins", kind="kita", OBJECTID=7),
        feature(None, key="kita-2", name={"de": "Kita zwei"}, kind="kita"),
    )
    answer = await send(indicators, sent, "application/geo+json")
    assert answer.status_code == 200, answer.text
    assert answer.json()["created"] == ["kita-1", "kita-2"]
    shown = await indicators.get("/facilities?format=geojson")
    back = await send(indicators, shown.content, "application/geo+json")
    assert back.json()["unchanged"] == ["kita-1", "kita-2"]


@pytest.mark.parametrize(
    ("file", "pointer"),
    [
        (map_of(feature(key="kita-1", name="K", kind="no")), "/features/0/properties/kind"),
        (
            map_of(feature({"type": "LineString"}, key="kita-1", name="K", kind="kita")),
            "/features/0/geometry/type",
        ),
        (map_of(feature(at(999, 0), key="k-1", name="K", kind="kita")), "/features/0/geometry"),
        (map_of("no feature"), "/features/0"),
        (map_of(crs={"type": "name", "properties": {"name": "EPSG:25832"}}), "/crs"),
        (b'{"type": "FeatureCollection", "features": [', ""),
        (b'{"type": "FeatureCollection", "features": NaN}', ""),
        (b"[" * 100_000, ""),
        (b"\x00\x01", ""),
        (map_of(feature(key="\ud800", name="K", kind="\udfff")), "/features/0/properties/key"),
        (map_of(feature(key={"a": 1}, name=[1], kind=None)), "/features/0/properties/key"),
    ],
)
async def test_a_broken_map_is_refused_with_its_place(
    indicators: Door, file: bytes, pointer: str
) -> None:
    await equip_districts(indicators)
    refused = await send(indicators, file, "application/geo+json")
    assert refused.status_code == 422, refused.text
    assert any(error["pointer"].startswith(pointer) for error in refused.json()["errors"])


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"name;kind\nKita;kita\n",
        b"key;colour\nkita-1;red\n",
        b"key;key\na-1;a-1\n",
        b"key;name\nkita-1;" + b"x" * 200_000,
        b"\xff\xfe\x00k",
    ],
)
async def test_a_broken_table_is_refused(indicators: Door, file: bytes) -> None:
    await equip_districts(indicators)
    refused = await send(indicators, file)
    assert refused.status_code == 422, refused.text


async def test_old_tables_are_in_windows_1252(indicators: Door) -> None:
    await equip_districts(indicators)
    file = "key,name,kind\nkita-sued,Kita Süd,kita\n".encode("cp1252")
    assert (await send(indicators, file)).status_code == 200
    assert (await indicators.get("/facilities/kita-sued")).json()["name"]["de"] == "Kita Süd"


async def test_other_content_is_not_taken(indicators: Door) -> None:
    assert (await send(indicators, b"<xml/>", "application/xml")).status_code == 415
    assert (await send(indicators.as_(), table(*ROWS))).status_code == 401
