"""Files that lie, swell or break are refused over HTTP too: by name, at their place, for nobody."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from services.contracts.indicators.deliveries import Delivery
from tests.integration.indicators.figures import deliver, equip, tidy
from tests.integration.indicators.territory import TILE, settle
from tests.integration.indicators.test_background_checks import settled
from tests.integration.indicators.town_with_facilities import equip_districts
from tests.support.towns import Door
from tests.unit.indicators.samples import flat_file, flat_row, zipped
from tests.unit.indicators.test_hostile_files import BOMBS

GOOD = tidy("jena,2024,bevoelkerung,,111191", "winzerla,2024,bevoelkerung,,1500")
FLAT = flat_file(flat_row("5127"), flat_row("9127", sex="GESM"))
CSV = {"Content-Type": "text/csv"}
MIXED = "Männer\n".encode() + "Mädchen\n".encode("latin-1")

# What no file of figures is: the problem says so, and nothing is there afterwards.
REFUSED = {
    "NUL bytes": (GOOD.replace(b"111191", b"1\x0011191"), {"not_text"}),
    "mixed encodings": (GOOD + MIXED, {"encoding"}),
    "UTF-16": (GOOD.decode().encode("utf-16"), {"not_text"}),
    "another delimiter": (GOOD.replace(b",", b"^"), {"unknown_format"}),
    "a cut archive": (zipped(GOOD)[:-30], {"archive"}),
    "an archive in an archive": (zipped(zipped(GOOD)), {"not_text"}),
    "one line": (b"0" * 3_000_000, {"line_too_long"}),
    "an open quotation mark": (GOOD.replace(b"jena", b'"jena') + b"a,b\n" * 9_000, {"csv"}),
    **{name: (data, codes) for name, data, codes in BOMBS},
}

# What is one, with a row that cannot be: the delivery is refused, and names line and column.
NAMED = {
    "NaN": GOOD.replace(b"1500", b"NaN"),
    "infinite": GOOD.replace(b"1500", b"-Infinity"),
    "100,000 digits": GOOD.replace(b"1500", b"9" * 100_000),
    "an exponent": GOOD.replace(b"1500", b"1e400"),
    "a formula": GOOD.replace(b"1500", b"=1+1"),
    "a flat file": FLAT.replace(b"9127", b"NaN"),
}


async def nothing_is_stored(door: Door, *, deliveries: int = 0) -> None:
    kept = (await door.get("/deliveries")).json()["items"]
    assert len(kept) == deliveries
    assert all(one["counts"]["figures"] == 0 and one["diff"] is None for one in kept)
    shown = (await door.get("/observations?indicator=bevoelkerung")).json()
    assert shown["columns"]["value"] == []


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_file_of_figures_is_a_problem_and_leaves_nothing(
    indicators: Door, name: str
) -> None:
    await equip(indicators)
    file, codes = REFUSED[name]
    answer = await deliver(indicators, file)
    assert answer.status_code in (413, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["code"] in codes
    assert error["detail"]
    # A proposal looks at the beginning alone, and may not come to what is wrong.
    seen = await indicators("POST", "/mappings/proposals", content=file, headers=CSV)
    assert seen.status_code in (200, 413, 422), seen.text
    assert seen.status_code == 200 or seen.json()["errors"][0]["code"] in codes
    await nothing_is_stored(indicators)
    assert (await deliver(indicators, GOOD)).json()["state"] == "checked", "the next one is taken"


@pytest.mark.parametrize("name", NAMED)
async def test_a_row_that_cannot_be_is_named_and_leaves_nothing(
    indicators: Door, name: str
) -> None:
    await equip(indicators)
    answer = await deliver(indicators, NAMED[name])
    assert answer.status_code == 201, answer.text
    found = Delivery.model_validate(answer.json())
    assert found.state == "refused"
    (issue,) = (one for one in found.issues if one.code == "number_unreadable")
    assert issue.line == 3
    assert issue.column == "value"
    assert len(issue.detail) < 200, "what was sent is not sent back"
    await nothing_is_stored(indicators, deliveries=1)


@pytest.mark.parametrize("cut", range(40, len(GOOD), 7))
async def test_a_file_cut_off_anywhere_brings_no_other_figure(indicators: Door, cut: int) -> None:
    await equip(indicators)
    answer = await deliver(indicators, GOOD[:cut])
    if answer.status_code == 422:
        return
    body = answer.json()
    last = GOOD[:cut].count(b"\n") + (not GOOD[:cut].endswith(b"\n"))
    told = [issue["line"] for issue in body["issues"]]
    assert body["state"] == "refused" or last in told or GOOD[:cut].endswith(b"\n")


async def test_a_large_file_of_one_line_is_refused_in_the_background(indicators: Door) -> None:
    await equip(indicators)
    answer = await deliver(indicators, b"area,period,value\n" + b"0" * 8_000_000)
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    done = await settled(indicators, answer.json()["key"])
    assert (done["state"], list(done["issue_counts"])) == ("refused", ["line_too_long"])
    await nothing_is_stored(indicators, deliveries=1)


async def test_a_bomb_keeps_nobody_else_waiting(indicators: Door) -> None:
    await equip(indicators)
    bombs = [
        deliver(indicators, data) for name, data, _ in BOMBS if "ratio" in name or "cell" in name
    ]
    exploding = [asyncio.ensure_future(bomb) for bomb in bombs]
    others = 0
    while not all(one.done() for one in exploding):
        answer = await indicators.as_().get("/areas/jena")
        assert answer.status_code == 200
        others += 1
    assert {(await one).status_code for one in exploding} <= {413, 422}
    assert others > 3


DEEP = "[" * 100_000 + "]" * 100_000
DIGITS = "9" * 100_000


def collection(geometry: str = "null", **properties: Any) -> str:
    told = json.dumps({"key": "mitte", "name": "Mitte", **properties})
    feature = f'{{"type":"Feature","geometry":{geometry},"properties":{told}}}'
    return f'{{"type":"FeatureCollection","features":[{feature}]}}'


MAPS: dict[str, str | bytes] = {
    "cut off": collection()[:-9],
    "NUL": collection().encode().replace(b"Mitte", b"Mi\x00tte"),
    "NUL written out": collection(name="Mi\x00tte"),
    "lone surrogate": collection().replace("Mitte", "\\ud800"),
    "Latin-1": collection().replace("Mitte", "Süd").encode("latin-1"),
    "100,000 digits": collection(f'{{"type":"Point","coordinates":[{DIGITS},50]}}'),
    "NaN": collection('{"type":"Point","coordinates":[NaN,50]}'),
    "infinite": collection('{"type":"Point","coordinates":[1e999,50]}'),
    "nested": collection(f'{{"type":"Polygon","coordinates":{DEEP}}}'),
    "nested properties": collection().replace('"Mitte"', DEEP),
    "no collection": "[]",
    "a table": GOOD,
    "nothing": b"",
}


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/areas/import?level=statistischer-bezirk&valid_from=2020-01-01", "application/geo+json"),
        ("/areas/import?level=statistischer-bezirk&valid_from=2020-01-01", "application/json"),
        ("/areas/import/proposals", "application/geo+json"),
        ("/facilities/import", "application/geo+json"),
    ],
)
async def test_a_map_that_breaks_or_lies_is_a_problem_and_leaves_nothing(
    indicators: Door, name: str, address: str, kind: str
) -> None:
    await settle(indicators)
    file = MAPS[name]
    content = file if isinstance(file, bytes) else file.encode()
    answer = await indicators("POST", address, content=content, headers={"Content-Type": kind})
    harmless = "proposals" in address and answer.status_code == 200
    assert harmless or answer.status_code in (400, 413, 415, 422), answer.text
    if not harmless:
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.text) < 10_000
    assert (await indicators.get("/areas/mitte")).status_code == 404
    assert (await indicators.get("/facilities")).json()["items"] == []
    assert "mitte" not in (await indicators.get("/areas?format=geojson")).text


MATCHES: dict[str, tuple[str, bytes]] = {
    "JSON cut off": ("application/json", b'{"jena": ["winz'),
    "JSON nested": ("application/json", b'{"jena": ' + DEEP.encode() + b"}"),
    "JSON 100,000 digits": ("application/json", b'{"jena": [' + DIGITS.encode() + b"]}"),
    "JSON NaN": ("application/json", b'{"jena": [NaN]}'),
    "JSON lone surrogate": ("application/json", b'{"\\ud800": ["\\udfff"]}'),
    "JSON NUL": ("application/json", b'{"je\\u0000na": ["winzerla"]}'),
    "NUL": ("text/csv", b"from,to,population\njena,win\x00zerla,1\n"),
    "mixed": ("text/csv", b"from,to,population\n" + MIXED),
    "delimiter": ("text/csv", b"from^to^population\njena^winzerla^1\n"),
    "NaN": ("text/csv", b"from,to,population\neisenach,wartburgkreis,NaN\n"),
    "100,000 digits": (
        "text/csv",
        b"from,to,population\neisenach,wartburgkreis," + DIGITS.encode() + b"\n",
    ),
    "exponent": ("text/csv", b"from,to,population\neisenach,wartburgkreis,1e999999\n"),
    "one line": ("text/csv", b"from,to,population\n" + b"x" * 1_900_000),
    "quotation": ("text/csv", b'from,to,population\n"eisenach,wartburgkreis,1\n'),
    "a bomb": ("text/csv", BOMBS[0][1]),
}
CROSSWALK = "/crosswalks/import?key=x1&title=x&valid_from=2021-07-01&source=x"


@pytest.mark.parametrize("name", MATCHES)
async def test_a_table_of_matches_that_breaks_or_lies_is_a_problem(
    indicators: Door, name: str
) -> None:
    await settle(indicators)
    kind, content = MATCHES[name]
    answer = await indicators("POST", CROSSWALK, content=content, headers={"Content-Type": kind})
    assert answer.status_code in (400, 413, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.text) < 10_000
    assert (await indicators.get("/crosswalks")).json()["items"] == []


HEAD = b"key;name;kind;longitude;latitude\n"
TABLES = {
    "cut off": HEAD + b"kita-eins;Kita;ki",
    "NUL": HEAD + b"kita-eins;Ki\x00ta;kita;11,6;50,9\n",
    "mixed": HEAD + b"kita-eins;" + MIXED.replace(b"\n", b" ") + b";kita;11,6;50,9\n",
    "delimiter": HEAD.replace(b";", b"^") + b"kita-eins^Kita^kita^11,6^50,9\n",
    "NaN": HEAD + b"kita-eins;Kita;kita;NaN;50,9\n",
    "infinite": HEAD + b"kita-eins;Kita;kita;1e999;50,9\n",
    "100,000 digits": HEAD + b"kita-eins;Kita;kita;" + DIGITS.encode() + b";50,9\n",
    "one line": HEAD + b"k" * 1_900_000,
    "quotation": HEAD + b'kita-eins;"Kita;kita;11,6;50,9\n',
    "a bomb": BOMBS[0][1],
}


@pytest.mark.parametrize("name", TABLES)
async def test_a_table_of_facilities_that_breaks_or_lies_is_a_problem(
    indicators: Door, name: str
) -> None:
    await equip_districts(indicators)
    answer: httpx.Response = await indicators(
        "POST", "/facilities/import", content=TABLES[name], headers=CSV
    )
    assert answer.status_code in (400, 413, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.text) < 30_000
    assert (await indicators.get("/facilities")).json()["items"] == []


async def test_a_good_map_is_taken_after_all_that(indicators: Door) -> None:
    await settle(indicators)
    content = collection(json.dumps(TILE)).encode()
    address = "/areas/import?level=statistischer-bezirk&valid_from=2020-01-01"
    kind = {"Content-Type": "application/geo+json"}
    answer = await indicators("POST", address, content=content, headers=kind)
    assert answer.json()["created"] == ["mitte"]
