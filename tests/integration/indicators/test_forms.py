"""The same protected figures in every form, each of which says why a figure is missing."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonstat_validator
import openpyxl
import pytest
import shapely
from pysdmx.io.csv.sdmx21.reader import read as read_sdmx_csv

from services.indicators.observations import answers, rules
from tests.integration.indicators import roundtrip
from tests.integration.indicators.figures import equip, released, second, tidy
from tests.integration.indicators.roundtrip import Printed, comes_back
from tests.support.copies import copied
from tests.support.towns import Door

SEX = {
    "key": "geschlecht",
    "code": "GES",
    "name": {"de": "Geschlecht", "en": "Sex"},
    "role": "sex",
    "attributes": [
        {"code": "GESW", "name": {"de": "weiblich", "en": "female"}},
        {"code": "GESM", "name": {"de": "=männlich", "en": "male"}},
    ],
}
ROWS = [
    "jena,2024-12-31,bevoelkerung,,103,",
    "jena,2024-12-31,bevoelkerung,GESM,50.50,",
    "jena,2024-12-31,bevoelkerung,GESW,2,",
    "jena,2023,bevoelkerung,,123456789012345.1234567891,",
    "eisenach,2024-12-31,bevoelkerung,,-,",
    "winzerla,2024-12-31,bevoelkerung,,/,",
    "winzerla,2023,bevoelkerung,,.,",
    "winzerla,2022,bevoelkerung,,x,",
    "winzerla,2021,bevoelkerung,,...,",
    "winzerla,2020,bevoelkerung,,,missing",
    "lobeda-west,2024-12-31,bevoelkerung,,(12.50),",
    "lobeda-west,2024-12-31,empfaenger,OTHER,-7,",
]
HEADER = "area,period,indicator,GES,value,status"
SIGNS = {"-": "nothing", "/": "unreliable", ".": "unknown", "x": "not_meaningful", "...": "pending"}
FORMS: tuple[rules.Form, ...] = (
    "json",
    "rows",
    "jsonl",
    "csv",
    "sdmx-csv",
    "jsonstat",
    "xlsx",
    "geojson",
)
BOTH = "/observations?indicator=bevoelkerung,empfaenger"


def _printed() -> Iterator[Printed]:
    for row in ROWS:
        area, period, indicator, sex, text, status = row.split(",")
        place = (indicator, area, period, f"GES={sex}" if sex else "")
        if text in SIGNS or status:
            yield Printed(place, (None, status or SIGNS[text]))
        elif text == "2":
            yield Printed(place, (None, "confidential"))
        else:
            limited = text.startswith("(")
            yield Printed(place, (Decimal(text.strip("()")), "limited" if limited else "normal"))


@pytest.fixture
@copied
async def door(indicators: Door) -> Door:
    await equip(indicators)
    await indicators.made("/dimensions", SEX)
    await released(indicators, tidy(*ROWS, header=HEADER))
    return indicators


async def test_every_value_and_every_sign_comes_back(door: Door) -> None:
    await comes_back(door, _printed())


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_is_known_by_its_tag_and_says_what_it_is(
    door: Door, form: rules.Form
) -> None:
    public = door.as_()
    media_type = answers.MEDIA[form]
    by_name = await public.get(f"{BOTH}&format={form}")
    by_header = await public.get(BOTH, headers={"Accept": f"text/html;q=0.1, {media_type}"})
    assert by_name.status_code == by_header.status_code == 200
    assert by_name.content == by_header.content
    assert by_name.headers["content-type"].startswith(media_type)
    assert by_name.headers["etag"] == by_header.headers["etag"]
    assert by_name.headers["etag"].startswith('"rel-1-')
    assert by_name.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "Accept" in by_name.headers["vary"]
    known = {"If-None-Match": by_name.headers["etag"]}
    for other in FORMS:
        again = await public.get(f"{BOTH}&format={other}", headers=known)
        assert again.status_code == (304 if other == form else 200)
    file = {"csv": "csv", "sdmx-csv": "sdmx.csv", "jsonl": "jsonl", "xlsx": "xlsx"}.get(form)
    name = f'attachment; filename="{door.municipality.key}-observations-1.{file}"'
    assert by_name.headers.get("content-disposition") == (name if file else None)
    raw = await second(door).get(f"/observations/raw?indicator=bevoelkerung&format={form}")
    assert (raw.status_code, raw.headers["cache-control"]) == (200, "private, no-store")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("application/geo+json, application/json;q=0.9", "application/geo+json"),
        ("application/*;q=0.2, application/json;q=0", "application/vnd.planraum.rows+json"),
    ],
)
async def test_the_form_is_what_the_reader_likes_best(
    door: Door, accept: str, media_type: str
) -> None:
    answer = await door.get(BOTH, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(media_type)


@pytest.mark.parametrize(
    "accept",
    [
        "application/xml",
        "image/png",
        "text/csv;q=0",
        "application/vnd.sdmx.data+csv;version=1.0.0",
        "application/vnd.sdmx.data+csv;labels=some",
    ],
)
async def test_what_is_not_spoken_is_refused_every_time(door: Door, accept: str) -> None:
    for _ in range(2):
        refused = await door.get(BOTH, headers={"Accept": accept})
        assert (refused.status_code, refused.json()["type"]) == (406, "/problems/not-acceptable")


async def test_rows_and_lines_are_the_same_figures(door: Door) -> None:
    answer = (await door.get(f"{BOTH}&format=rows")).json()
    lines = (await door.get(f"{BOTH}&format=jsonl")).text.splitlines()
    assert [json.loads(line) for line in lines] == answer["rows"]
    assert len(lines) == len(ROWS)
    hidden = [row for row in answer["rows"] if row["status"] == "confidential"]
    assert hidden == [
        {
            "indicator": "bevoelkerung",
            "area": "jena",
            "period": "2024-12-31",
            "breakdown": {"GES": "GESW"},
            "value": None,
            "status": "confidential",
            "reason": "threshold:3",
            "provisional": False,
        }
    ]
    assert answer["areas"]["winzerla"] == {"de": "Winzerla"}
    assert answer["dimensions"]["GES"]["name"]["en"] == "Sex"
    assert [one["code"] for one in answer["dimensions"]["GES"]["attributes"]] == ["GESW", "GESM"]


async def test_a_dataset_has_words_units_and_reasons(door: Door) -> None:
    answer = await door.get(f"{BOTH}&format=jsonstat&lang=en")
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert jsonstat_validator.validate_jsonstat(answer.json())
    dataset = json.loads(answer.text)
    assert dataset["id"] == ["indicator", "area", "period", "GES"]
    assert isinstance(dataset["value"], dict)  # 12 figures in 2 x 4 x 6 x 4 positions
    sex = dataset["dimension"]["GES"]
    assert (sex["label"], sex["category"]["index"]) == ("Sex", ["_T", "GESW", "GESM", "OTHER"])
    labels = {"_T": "Total", "GESW": "female", "GESM": "male", "OTHER": "OTHER"}
    assert sex["category"]["label"] == labels
    assert dataset["dimension"]["indicator"]["category"]["unit"]["bevoelkerung"] == {
        "label": "persons",
        "decimals": 0,
    }
    told = dataset["extension"]["planraum"]
    ((position, rule),) = told["reasons"].items()
    assert (rule, dataset["status"][position]) == ("threshold:3", "confidential")
    assert told["statuses"]["nothing"]["marker"] == "-"
    full = await door.get(
        "/observations?indicator=bevoelkerung&area=jena&period=2023&format=jsonstat"
    )
    assert full.json()["value"] == [123456789012345.1234567891]
    assert "[123456789012345.1234567891]" in full.text
    nothing = await door.get("/observations?indicator=quote&format=jsonstat")
    assert (nothing.json()["value"], nothing.json()["size"]) == ([], [1, 0, 0])


@pytest.mark.parametrize("labels", ["id", "name", "both"])
@pytest.mark.parametrize("keys", ["none", "obs", "series", "both"])
async def test_sdmx_csv_is_read_in_every_style(door: Door, labels: str, keys: str) -> None:
    parameters = f"version=2.1.0;labels={labels};timeFormat=normalized;keys={keys}"
    media_type = f"application/vnd.sdmx.data+csv;{parameters}"
    answer = await door.get(BOTH, headers={"Accept": media_type, "Accept-Language": "en-GB"})
    assert answer.headers["content-type"] == media_type
    (dataset,) = read_sdmx_csv(answer.text)
    frame = dataset.data
    assert set(frame.columns) >= {"INDICATOR", "REF_AREA", "GES", "TIME_PERIOD", "OBS_VALUE"}
    assert len(frame) == len(ROWS)
    assert set(frame["TIME_PERIOD"]) >= {"2023-12-31", "2024-12-31"}
    hidden = frame[frame["STATUS"] == "confidential"].iloc[0]
    told = (hidden["OBS_VALUE"], hidden["OBS_STATUS"], hidden["CONF_STATUS"], hidden["REASON"])
    assert told == ("NaN", "Q", "C", "threshold:3")
    head = next(csv.reader(io.StringIO(answer.text)))
    assert ("SERIES_KEY" in head, "OBS_KEY" in head) == (
        keys in ("series", "both"),
        keys in ("obs", "both"),
    )
    assert {"id": "GES", "name": "Sex", "both": "GES: Sex"}[labels] in head
    if keys == "both":
        key = "bevoelkerung.jena.GESM.2024-12-31"
        assert key in answer.text
    by_query = await door.get(
        f"{BOTH}&format=sdmx-csv&labels={labels}&time_format=normalized&keys={keys}&lang=en"
    )
    assert by_query.content == answer.content


async def test_no_name_is_run_as_a_formula(door: Door) -> None:
    named = (await door.get(f"{BOTH}&format=sdmx-csv&labels=name")).text
    assert "'=männlich" in named
    assert ",=männlich" not in named
    book = openpyxl.load_workbook(
        io.BytesIO((await door.get(f"{BOTH}&format=xlsx")).content), read_only=True
    )
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    trap = [cell for cell in cells if cell.value == "=männlich"]
    assert {cell.data_type for cell in trap} == {"s"}


async def test_a_workbook_has_figures_signs_notes_and_sources(door: Door) -> None:
    answer = await door.get(f"{BOTH}&format=xlsx")
    again = await door.get(f"{BOTH}&format=xlsx")
    assert answer.content == again.content
    book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    assert book.sheetnames == ["Zahlen", "Hinweise und Quellen"]
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    at = {title: place for place, title in enumerate(head)}
    assert len(rows) == len(ROWS)
    values = {row[at["Wert"]] for row in rows}
    assert {103, 50.5, -7, "-", "/", ".", "x", "...", "*"} <= values
    hidden = next(row for row in rows if row[at["Wert"]] == "*")
    assert (hidden[at["Geschlecht"]], hidden[at["Grund"]]) == (
        "weiblich",
        "threshold:3",
    )
    notes = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert "Statistisches Bundesamt" in notes
    assert "aus Gründen der statistischen Geheimhaltung nicht ausgewiesen" in notes
    english = await door.get(f"{BOTH}&format=xlsx&lang=en")
    assert openpyxl.load_workbook(io.BytesIO(english.content)).sheetnames[0] == "Figures"


async def test_figures_come_with_the_shapes_of_their_areas(door: Door) -> None:
    query = "/observations?indicator=bevoelkerung&period=2024-12-31&breakdown=total&format=geojson"
    for geometry in ("full", "simplified"):
        found = (await door.get(f"{query}&geometry={geometry}")).json()
        features = {feature["id"]: feature for feature in found["features"]}
        assert set(features) == {"eisenach", "jena", "lobeda-west", "winzerla"}
        assert shapely.from_geojson(json.dumps(features["lobeda-west"]["geometry"])).is_valid
        assert features["winzerla"]["geometry"] is None
        told = features["lobeda-west"]["properties"]
        assert (told["value"], told["status"], told["name"]) == (12.5, "limited", "Lobeda-West")
        assert told["geometry_is_schematic"] is False
    none = (await door.get(f"{query}&geometry=none")).json()
    assert {feature["geometry"] for feature in none["features"]} == {None}
    several = (await door.get(f"{BOTH}&format=geojson&geometry=none")).json()
    jena = next(feature for feature in several["features"] if feature["id"] == "jena")
    hidden = [one for one in jena["properties"]["figures"] if one["status"] == "confidential"]
    assert [one["reason"] for one in hidden] == ["threshold:3"]


async def test_a_changed_shape_is_drawn_at_once(door: Door) -> None:
    query = "/observations?indicator=bevoelkerung&area=lobeda-west&format=geojson"
    before = (await door.get(query)).json()["features"][0]
    moved = [[[12.0, 51.0], [12.1, 51.0], [12.1, 51.1], [12.0, 51.1], [12.0, 51.0]]]
    changed = {
        "geometry": {"type": "Polygon", "coordinates": moved},
        "geometry_is_schematic": True,
    }
    assert (await door.patch("/areas/lobeda-west", changed)).status_code == 200
    after = (await door.get(query)).json()["features"][0]
    assert before["geometry"] != after["geometry"]
    assert after["properties"]["geometry_is_schematic"] is True


@pytest.mark.parametrize("language", ["it", "it-IT,it;q=0.9,en;q=0.5", "fr, it;q=0.3"])
async def test_words_come_in_the_language_of_the_reader(door: Door, language: str) -> None:
    headers = {"Accept-Language": language}
    dataset = (await door.get(f"{BOTH}&format=jsonstat", headers=headers)).json()
    assert dataset["dimension"]["area"]["label"] == "Territorio"
    asked = (await door.get(f"{BOTH}&format=jsonstat&lang=de", headers=headers)).json()
    assert asked["dimension"]["area"]["label"] == "Gebiet"
    figures = (await door.get(BOTH, headers=headers)).json()
    assert figures["indicators"]["bevoelkerung"]["name"]["en"] == "Population"


@pytest.mark.parametrize("form", ["csv", "jsonl", "sdmx-csv"])
@pytest.mark.parametrize("raw", [False, True], ids=["protected", "raw"])
async def test_a_huge_answer_comes_in_parts_that_make_the_same_whole(
    door: Door, monkeypatch: pytest.MonkeyPatch, form: str, raw: bool
) -> None:
    reader = second(door) if raw else door.as_()
    address = BOTH.replace("observations", "observations/raw") if raw else BOTH
    whole = await reader.get(f"{address}&format={form}&labels=both")
    assert "content-length" in whole.headers
    monkeypatch.setattr(answers, "PART", 5)
    parts = await reader.get(f"{address}&format={form}&labels=both")
    assert "content-length" not in parts.headers
    assert parts.content == whole.content
    assert parts.headers["etag"] == whole.headers["etag"]
    known = {"If-None-Match": whole.headers["etag"]}
    assert (
        await reader.get(f"{address}&format={form}&labels=both", headers=known)
    ).status_code == 304


async def test_too_many_figures_for_one_piece_are_refused(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_FIGURES", 5)
    for form in ("jsonstat", "xlsx", "geojson"):
        refused = await door.get(f"{BOTH}&format={form}")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "too_many")
    assert (await door.get(f"{BOTH}&format=csv")).status_code == 200


async def test_figures_that_are_not_final_and_computed_ones_say_so(
    door: Door, database_url: str
) -> None:
    import asyncpg

    basis = {"numerator": {"indicator": "empfaenger", "period": "2023"}}
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE indicators.published SET provisional = true, basis = $2 "
            "WHERE municipality_id = $1 AND area = 'jena' AND breakdown = ''",
            *(door.municipality.id, json.dumps(basis)),
        )
    finally:
        await connection.close()
    query = "/observations?indicator=bevoelkerung&area=jena&breakdown=total"
    shown: dict[str, Any] = (await door.get(query)).json()
    assert (shown["provisional"], shown["basis"]) == ([0, 1], None)
    told = (await door.get(f"{query}&basis=true")).json()
    assert told["basis"] == {"0": basis, "1": basis}
    rows = (await door.get(f"{query}&format=rows&basis=true")).json()["rows"]
    assert [(row["provisional"], row["basis"]) for row in rows] == [(True, basis)] * 2
    observations = list(
        csv.DictReader(io.StringIO((await door.get(f"{query}&format=sdmx-csv")).text))
    )
    assert {(one["OBS_STATUS"], one["PROVISIONAL"]) for one in observations} == {("P", "true")}
    table = list(csv.DictReader(io.StringIO((await door.get(f"{query}&format=csv")).text)))
    assert {one["provisional"] for one in table} == {"true"}
    dataset = (await door.get(f"{query}&format=jsonstat&basis=true")).json()
    assert dataset["extension"]["planraum"]["provisional"] == [0, 1]
    assert roundtrip.from_jsonstat(json.dumps(dataset))
