"""The catalogue of indicators."""

from typing import Any

import pytest

from tests.support.towns import Door

POPULATION: dict[str, Any] = {
    "key": "bevoelkerung",
    "name": {"de": "Bevölkerung", "en": "Population"},
    "unit": {"de": "Personen", "en": "persons"},
    "kind": "count",
    "topic": "bevoelkerung",
    "source": {"publisher": "Statistisches Bundesamt", "table": "12411-01-01-4"},
    "source_codes": ["12411:BEVSTD:Anzahl"],
}
RECIPIENTS = {
    **POPULATION,
    "key": "sgb2-personen",
    "name": {"de": "Personen in Bedarfsgemeinschaften"},
    "topic": "mindestsicherung",
    "source_codes": [],
}
RATE = {
    **RECIPIENTS,
    "key": "sgb2-quote",
    "name": {"de": "SGB-II-Quote", "en": "SGB II rate"},
    "unit": {"de": "Prozent"},
    "kind": "rate",
    "numerator": "sgb2-personen",
    "denominator": "bevoelkerung",
    "factor": 100,
    "decimals": 1,
}


TOPICS = [
    ("soziale-lage", "Soziale Lage", "Social situation", None),
    ("mindestsicherung", "Mindestsicherung", "Minimum income", "soziale-lage"),
    ("bevoelkerung", "Bevölkerung", "Population", None),
]


async def _topics(door: Door) -> None:
    for key, de, en, parent in TOPICS:
        await door.made("/topics", {"key": key, "name": {"de": de, "en": en}, "parent": parent})


async def _define(door: Door) -> None:
    await _topics(door)
    for indicator in (POPULATION, RECIPIENTS, RATE):
        await door.made("/indicators", indicator)


async def test_a_planner_defines_a_rate_and_everybody_reads_it(indicators: Door) -> None:
    await _define(indicators.as_("planner"))
    read = (await indicators.as_().get("/indicators/sgb2-quote")).json()
    assert (read["kind"], read["numerator"], read["factor"]) == (
        "rate",
        "sgb2-personen",
        "100",
    )
    assert read["protection"]["minimum"] == 3
    assert read["legal_basis"] is None
    assert (await indicators.as_().post("/indicators", RATE)).status_code == 401


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["bevoelkerung", "sgb2-personen", "sgb2-quote"]),
        ("topic=mindestsicherung", ["sgb2-personen", "sgb2-quote"]),
        ("topic=soziale-lage", ["sgb2-personen", "sgb2-quote"]),
        ("kind=rate", ["sgb2-quote"]),
        ("q=bevölk", ["bevoelkerung"]),
        ("q=RATE", ["sgb2-quote"]),
        ("q=Minimum", ["sgb2-personen", "sgb2-quote"]),
        ("q=%25", []),
    ],
)
async def test_indicators_are_found_by_topic_kind_and_words(
    indicators: Door, query: str, keys: list[str]
) -> None:
    await _define(indicators)
    found = (await indicators.get(f"/indicators?{query}")).json()["items"]
    assert [item["key"] for item in found] == keys


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"kind": "share"}, "/kind"),
        ({"numerator": None}, "/numerator"),
        ({"denominator": None}, "/denominator"),
        ({"numerator": "nowhere"}, "/numerator"),
        ({"denominator": "sgb2-quote"}, "/denominator"),
        ({"numerator": "second-rate"}, "/numerator"),
        ({"kind": "count"}, "/numerator"),
        ({"factor": 0}, "/factor"),
        ({"factor": "NaN"}, "/factor"),
        ({"decimals": 7}, "/decimals"),
        ({"source_codes": ["12411"]}, "/source_codes/0"),
        ({"source": {}}, "/source/publisher"),
        ({"protection": {"kind": "none"}}, "/protection"),
        ({"protection": {"minimum": 1}}, "/protection/minimum"),
        ({"unit": {"en": "per cent"}}, "/unit"),
        ({"unknown": 1}, "/unknown"),
    ],
)
async def test_wrong_input_is_pointed_at_and_not_stored(
    indicators: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await _define(indicators)
    refused = await indicators.post("/indicators", {**RATE, "key": "second-rate", **wrong})
    assert refused.status_code == 422, refused.text
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert (await indicators.get("/indicators/second-rate")).status_code == 404


async def test_a_source_code_belongs_to_one_indicator(indicators: Door) -> None:
    await _define(indicators)
    codes = ["12411:BEVSTD", "12411:BEVSTD:Anzahl"]
    taken = await indicators.patch("/indicators/sgb2-personen", {"source_codes": codes}, 1)
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (409, "/source_codes/1")
    same = await indicators.patch("/indicators/bevoelkerung", {"source_codes": codes}, 1)
    assert same.status_code == 200, same.text


async def test_what_others_are_computed_from_stays_a_count(indicators: Door) -> None:
    await _define(indicators)
    refused = await indicators.patch("/indicators/bevoelkerung", {"kind": "mean"}, 1)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/kind")


async def test_every_definition_is_kept(indicators: Door) -> None:
    await _define(indicators)
    changed = await indicators.patch("/indicators/sgb2-quote", {"protection": {"minimum": 5}}, 1)
    assert changed.json()["protection"]["minimum"] == 5
    history = (await indicators.get("/indicators/sgb2-quote/history")).json()
    assert [h["row"]["protection"]["minimum"] for h in history] == [5, 3]


async def test_what_is_for_the_administration_is_not_there_for_others(indicators: Door) -> None:
    await _topics(indicators)
    await indicators.made("/indicators", {**POPULATION, "visibility": "administration"})
    assert (await indicators.as_("member").get("/indicators/bevoelkerung")).status_code == 404
    assert (await indicators.as_().get("/indicators")).json()["items"] == []
    assert (await indicators.as_("planner").get("/indicators/bevoelkerung")).status_code == 200
