"""Figures that are computed from figures when they are released."""

from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.derivations import queries
from tests.integration.indicators.figures import COUNT, columns, released, second, tidy
from tests.integration.indicators.territory import area, settle
from tests.support.towns import Door

OPEN = {"protection": {"kind": "none", "reason": "Openly published by the office."}}
PEOPLE = {**COUNT, **OPEN, "key": "bevoelkerung", "name": {"de": "Bevölkerung"}}
POOR = {**COUNT, **OPEN, "key": "empfaenger", "name": {"de": "Empfängerinnen und Empfänger"}}
MONEY = {**PEOPLE, "key": "ausgaben", "name": {"de": "Ausgaben"}, "unit": {"de": "Euro"}}
DERIVED = {**POOR, "kind": "index", "unit": {"de": "Prozent"}, "decimals": 1}


def derived(key: str, formula: str, unit: str = "Prozent", **more: Any) -> dict[str, Any]:
    """A computed indicator."""
    named = {"key": key, "name": {"de": key}, "unit": {"de": unit}, "formula": formula}
    return {**DERIVED, **named, **more}


async def equip(door: Door, *indicators: dict[str, Any]) -> None:
    await settle(door)
    for indicator in (PEOPLE, POOR, MONEY, *indicators):
        await door.made("/indicators", indicator)


async def raw(door: Door, indicator: str) -> list[tuple[Any, ...]]:
    return await columns(second(door), f"indicator={indicator}", "/observations/raw")


async def test_a_share_is_computed_with_the_release(indicators: Door) -> None:
    await equip(indicators, derived("quote", "share({empfaenger}, {bevoelkerung})"))
    release = await released(
        indicators,
        tidy(
            "jena,2024-12-31,empfaenger,,300",
            "jena,2024-12-31,bevoelkerung,,9000",
            "jena,2024-12-31,empfaenger,GESM,120",
            "winzerla,2024-12-31,empfaenger,,-",
            "winzerla,2024-12-31,bevoelkerung,,500",
            "lobeda-west,2024-12-31,empfaenger,,5",
            "lobeda-west,2024-12-31,bevoelkerung,,0",
        ),
    )
    assert release["figures"] == 7
    assert await raw(indicators, "quote") == [
        ("jena", "2024-12-31", "", 3.33333333333, "normal"),
        ("lobeda-west", "2024-12-31", "", None, "not_meaningful"),
        ("winzerla", "2024-12-31", "", None, "nothing"),
    ]


async def test_formulas_are_computed_in_sets_not_area_by_area(
    indicators: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty areas in five years are asked for as often as one in one year."""
    await equip(indicators, derived("quote", "share({empfaenger}, {bevoelkerung})"))
    places = [f"bezirk-{n}" for n in range(40)]
    for place in places:
        await indicators.made("/areas", area(place, "statistischer-bezirk", "jena"))
    asked: list[str] = []
    native = queries.native

    async def counting(session: AsyncSession) -> Any:
        asked.append("once more")
        return await native(session)

    monkeypatch.setattr(queries, "native", counting)
    counted = []
    for rows in (
        [("jena", 2024)],
        [(place, year) for place in places for year in range(2015, 2020)],
    ):
        lines = [
            f"{place},{year},{key},,900"
            for place, year in rows
            for key in ("empfaenger", "bevoelkerung")
        ]
        asked.clear()
        await released(indicators, tidy(*lines))
        counted.append(len(asked))
    once = 1  # which areas have settled is asked from the second release on
    assert 0 < counted[1] <= counted[0] + once
    assert len(await raw(indicators, "quote")) == 201


async def test_only_what_changed_moves_with_a_later_release(indicators: Door) -> None:
    await equip(indicators, derived("quote", "share({empfaenger}, {bevoelkerung})"))
    first = ["jena,2023,empfaenger,,1", "jena,2023,bevoelkerung,,4"]
    await released(indicators, tidy(*first, "winzerla,2023,empfaenger,,1"))
    await released(indicators, tidy("winzerla,2023,bevoelkerung,,2"))
    assert await raw(indicators, "quote") == [
        ("jena", "2023", "", 25, "normal"),
        ("winzerla", "2023", "", 50, "normal"),
    ]
    as_printed = await columns(second(indicators), "indicator=quote&as_of=1", "/observations/raw")
    assert as_printed == [("jena", "2023", "", 25, "normal")]


async def test_computed_figures_follow_one_another_in_the_order_they_need(
    indicators: Door,
) -> None:
    await equip(
        indicators,
        derived("quote", "share({empfaenger}, {bevoelkerung})"),
        derived("quote-veraenderung", "change({quote}, 1)", "Prozentpunkte"),
        derived("quote-anstieg", "max({quote-veraenderung}, 0)"),
        derived("quote-mittel", "mean({quote}, 2)"),
    )
    await released(
        indicators,
        tidy(
            "jena,2023,empfaenger,,1",
            "jena,2023,bevoelkerung,,4",
            "jena,2024,empfaenger,,2",
            "jena,2024,bevoelkerung,,4",
        ),
    )
    for key, value in (("quote-veraenderung", 25), ("quote-anstieg", 25), ("quote-mittel", 37.5)):
        assert await raw(indicators, key) == [("jena", "2024", "", value, "normal")]
    lineage = (await indicators.as_().get("/indicators/quote/lineage")).json()
    assert lineage["computed_from"] == ["bevoelkerung", "empfaenger"]
    assert [(one["indicator"], one["steps"]) for one in lineage["uses"]] == [
        ("quote-mittel", 1),
        ("quote-veraenderung", 1),
        ("quote-anstieg", 2),
    ]
    assert [one["indicator"] for one in lineage["sources"]] == ["bevoelkerung", "empfaenger"]


async def test_another_formula_takes_effect_on_all_figures_with_the_next_release(
    indicators: Door,
) -> None:
    await equip(indicators, derived("quote", "share({empfaenger}, {bevoelkerung})"))
    rows = [
        f"jena,{year},{key},,{n}"
        for year in (2023, 2024)
        for key, n in (("empfaenger", 2), ("bevoelkerung", 4))
    ]
    await released(indicators, tidy(*rows))
    change = {"formula": "share({empfaenger}@-1, {bevoelkerung})"}
    answer = await indicators.patch("/indicators/quote", change)
    assert answer.status_code == 200, answer.text
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,9"))
    assert await raw(indicators, "quote") == [("jena", "2024", "", 50, "normal")]


async def test_a_quarter_is_divided_by_the_population_of_the_last_year_end(
    indicators: Door,
) -> None:
    rate = {**POOR, "key": "quote", "kind": "rate", "unit": {"de": "Prozent"}, "factor": 100}
    parts = {"numerator": "empfaenger", "denominator": "bevoelkerung"}
    await equip(indicators, {**rate, **parts, "computed": True, "denominator_lag": 12})
    await released(
        indicators,
        tidy(
            "jena,2023-12-31,bevoelkerung,,100",
            "jena,2024-Q4,empfaenger,,30",
            "jena,2025-Q1,empfaenger,,30",
            "jena,2022-Q4,empfaenger,,30",
        ),
    )
    assert await raw(indicators, "quote") == [("jena", "2024-Q4", "", 30, "normal")]
    await released(indicators, tidy("jena,2024-12-31,bevoelkerung,,120"))
    assert await raw(indicators, "quote") == [
        ("jena", "2024-Q4", "", 25, "normal"),
        ("jena", "2025-Q1", "", 25, "normal"),
    ]


@pytest.mark.parametrize(
    ("formula", "code", "said"),
    [
        ("{empfaenger} + {ausgaben}", "unit", "Character 14: Personen and Euro"),
        ("{empfaenger} / {bevoelkerung}", "unit", "Character 1: this gives Verhältnis"),
        ("share({empfaenger}, {niemand})", "unknown", "Character 21: there is no indicator"),
        ("share({quote}, {quote})", "cycle", "quote -> quote"),
        ("share({empfaenger}", "formula", "Character 19: ')' is missing"),
        ("{empfaenger} $ 2", "formula", "Character 14: '$ 2'"),
        ("change({empfaenger}@-1, 1)", "present", "present period"),
    ],
)
async def test_a_formula_that_makes_no_sense_is_refused(
    indicators: Door, formula: str, code: str, said: str
) -> None:
    await equip(indicators)
    answer = await indicators.post("/indicators", derived("quote", formula))
    assert answer.status_code == 422, answer.text
    (fault,) = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/formula", code)
    assert said in fault["detail"]


async def test_nothing_is_computed_from_itself(indicators: Door) -> None:
    await equip(
        indicators,
        derived("a1", "{empfaenger} * 2", "Personen"),
        derived("b1", "{a1} * 2", "Personen"),
    )
    answer = await indicators.patch("/indicators/a1", {"formula": "{b1} * 2"})
    assert answer.json()["errors"][0]["code"] == "cycle"
    assert "a1 -> b1 -> a1" in answer.text or "b1 -> a1 -> b1" in answer.text


async def test_a_unit_in_use_stays(indicators: Door) -> None:
    await equip(indicators, derived("quote", "share({empfaenger}, {bevoelkerung})"))
    answer = await indicators.patch("/indicators/empfaenger", {"unit": {"de": "Euro"}})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["pointer"] == "/unit"


async def test_a_formula_can_be_tried_out(indicators: Door) -> None:
    await equip(indicators)
    await indicators.patch("/indicators/empfaenger", {"protection": {"kind": "threshold"}})
    await released(
        indicators,
        tidy(
            "jena,2024,empfaenger,,30",
            "jena,2024,bevoelkerung,,120",
            "winzerla,2024,empfaenger,,2",
            "winzerla,2024,bevoelkerung,,20",
        ),
    )
    asked = {
        "formula": "share( {empfaenger},{bevoelkerung} )",
        "areas": ["jena", "winzerla"],
        "unit": {"de": "Prozent"},
    }
    answer = await indicators.post("/formulas/checks", asked)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["formula"] == "share({empfaenger}, {bevoelkerung})"
    assert (body["unit"], body["indicators"]) == ("Prozent", ["empfaenger", "bevoelkerung"])
    shown = [(one["area"], one["value"], one["status"]) for one in body["samples"]]
    assert shown == [("jena", "25", "normal"), ("winzerla", None, "confidential")]
    assert body["samples"][0]["basis"]["denominator"]["indicator"] == "bevoelkerung"
    wrong = await indicators.post("/formulas/checks", {**asked, "unit": {"de": "Euro"}})
    assert wrong.json()["errors"][0]["code"] == "unit"
