"""How a supplier's files are read is said once and remembered."""

from typing import Any

import httpx
import pytest

from tests.support.towns import Door

HOUSEHOLDS = (
    "statistischer_Bezirk_Name,statistischer_Bezirk_Nr,31.12.2016,31.12.2017\n"
    "Jena (gesamt),0,61012,\n"
    "Wogau,202,349,\n"
    "außerhalb / nicht zugeordnet,999,0,\n"
)
AGES = "Bezirk_Nr;Jahr;Altersgruppe;Anzahl\n11;2023;unter 6;1\n11;2023;6 und älter;2\n"


async def proposed(door: Door, file: str | bytes, **query: str) -> dict[str, Any]:
    """What the service makes of a file."""
    answer = await send(door, file, **query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def send(door: Door, file: str | bytes, **query: str) -> httpx.Response:
    content = file.encode() if isinstance(file, str) else file
    return await door("POST", "/mappings/proposals", content=content, params=query)


def mapping(proposal: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        **proposal["proposal"],
        "key": "haushalte",
        "title": {"de": "Privathaushalte"},
        "source": "Stadt Jena, Open-Data-Portal",
        **fields,
    }


async def test_a_file_nobody_has_described_is_proposed_with_reasons(indicators: Door) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    assert (found["format"], found["delimiter"], found["mapping"]) == ("wide_periods", ",", None)
    roles = {column["name"]: column["role"] for column in found["columns"]}
    assert roles["statistischer_Bezirk_Nr"] == "area"
    assert roles["statistischer_Bezirk_Name"] == "area_label"
    assert all(column["because"] for column in found["columns"])
    first = found["figures"][0]
    assert (first["area"], first["area_label"]) == ("0", "Jena (gesamt)")
    assert (first["period"], first["value"]) == ("2016-12-31", "61012")
    assert found["figures"][1]["status"] == "missing"
    assert found["issues"] == []


async def test_a_saved_mapping_is_used_for_next_years_file(indicators: Door) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    columns = [
        {**column, "codes": {"0": "jena"}} if column["role"] == "area" else column
        for column in found["proposal"]["columns"]
    ]
    await indicators.made(
        "/mappings",
        mapping(
            found, columns=columns, period_columns={"measure": "haushalte", "unit": "Haushalte"}
        ),
    )
    next_year = HOUSEHOLDS.replace("31.12.2017", "31.12.2017,31.12.2018").replace(",\n", ",1,2\n")
    again = await proposed(indicators, next_year)
    assert again["fingerprint"] == found["fingerprint"]
    assert again["mapping"] == "haushalte"
    assert {figure["measure"] for figure in again["figures"]} == {"haushalte"}
    assert {figure["area"] for figure in again["figures"]} == {"jena", "202", "999"}
    assert "2018-12-31" in {figure["period"] for figure in again["figures"]}


async def test_a_supplier_uses_its_own_mapping_and_sees_no_other(indicators: Door) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    await indicators.made("/mappings", mapping(found))
    await indicators.made("/mappings", mapping(found, key="fremde", supplier="jobcenter"))
    supplier = indicators.as_("supplier", supplier="statistikstelle")
    assert (await supplier.get("/mappings")).json()["items"] == []
    assert (await proposed(supplier, HOUSEHOLDS))["mapping"] == "haushalte"
    own = await supplier.made("/mappings", mapping(found, key="eigene"))
    assert own["supplier"] == "statistikstelle"
    assert [item["key"] for item in (await supplier.get("/mappings")).json()["items"]] == ["eigene"]
    assert (await proposed(supplier, HOUSEHOLDS))["mapping"] == "eigene"
    assert (await supplier.get("/mappings/fremde")).status_code == 404
    foreign = mapping(found, key="noch-eine", supplier="jobcenter")
    assert (await supplier.post("/mappings", foreign)).status_code == 403


async def test_there_is_one_mapping_for_each_supplier_and_structure(indicators: Door) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    await indicators.made("/mappings", mapping(found))
    answer = await indicators.post("/mappings", mapping(found, key="zweite"))
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["pointer"] == "/fingerprint"


async def test_a_mapping_is_changed_and_its_past_is_kept(indicators: Door) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    made = await indicators.made("/mappings", mapping(found))
    change = {"protection_method": "rounded", "protection_base": 3}
    answer = await indicators.patch("/mappings/haushalte", change, made["revision"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["protection_base"] == 3
    states = (await indicators.get("/mappings/haushalte/history")).json()
    assert [state["row"]["protection_method"] for state in states] == ["rounded", "none"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"default_period": "soon"}, "/default_period"),
        ({"protection_method": "rounded"}, "/protection_base"),
        ({"columns": [{"name": "a", "role": "dimension"}]}, "/columns/0/code"),
        ({"columns": [{"name": "a", "role": "area"}, {"name": "b", "role": "area"}]}, "/columns/1"),
        ({"columns": [{"name": "a", "role": "area"}, {"name": "a", "role": "unit"}]}, "/columns"),
        (
            {"columns": [{"name": "a", "role": "value", "codes": {"high": "NaN"}}]},
            "/columns/0/codes",
        ),
        ({"columns": [{"name": "a", "role": "value", "period": "2024-13"}]}, "/columns/0/period"),
        ({"columns": [{"name": "a", "role": "area", "codes": {"x": "o o"}}]}, "/columns/0/codes"),
    ],
)
async def test_a_mapping_that_says_nonsense_is_refused_where_it_does(
    indicators: Door, change: dict[str, Any], pointer: str
) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    answer = await indicators.post("/mappings", mapping(found, **change))
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)


async def test_labels_become_codes_by_the_list_that_was_saved(indicators: Door) -> None:
    found = await proposed(indicators, AGES)
    assert [figure["breakdown"] for figure in found["figures"]] == [
        "altersgruppe=unter-6",
        "altersgruppe=6-und-aelter",
    ]
    columns = [
        {**column, "code": "ALT", "codes": {"unter 6": "u6"}} if column.get("code") else column
        for column in found["proposal"]["columns"]
    ]
    saved = mapping(found, columns=columns, unknown_codes="refuse")
    await indicators.made("/mappings", saved)
    again = await proposed(indicators, AGES)
    assert [figure["breakdown"] for figure in again["figures"]] == ["ALT=u6"]
    assert [(i["line"], i["column"], i["code"]) for i in again["issues"]] == [
        (3, "Altersgruppe", "code_unknown")
    ]


async def test_a_file_without_a_period_says_what_is_missing(indicators: Door) -> None:
    file = "id,name,inhabitants\n01011101,Stülerstraße,3114.0\n01011103,Lützowstraße,5518.0\n"
    silent = await proposed(indicators, file)
    assert "period" in silent["refusal"]
    told = await proposed(indicators, file, period="2016-12-31")
    assert told["refusal"] is None
    assert told["figures"][0]["value"] == "3114.0"
    assert told["figures"][0]["period"] == "2016-12-31"


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        (b"", 422, "empty"),
        (b"%PDF-1.7", 422, "not_text"),
        (b'{"type":"FeatureCollection","features":[]}', 422, "geojson"),
    ],
)
async def test_what_is_no_table_is_named(
    indicators: Door, file: bytes, status: int, code: str
) -> None:
    answer = await send(indicators, file)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["code"] == code


async def test_the_public_learns_nothing_of_mappings(indicators: Door) -> None:
    found = await proposed(indicators, HOUSEHOLDS)
    await indicators.made("/mappings", mapping(found))
    public = indicators.as_()
    assert (await public.get("/mappings")).status_code == 401
    assert (await send(public, HOUSEHOLDS)).status_code == 401
