"""Coordinated reports: figures and lists bound into chapters, frozen in editions."""

import json
from hashlib import sha256

import pytest

from tests.integration.boards.council import a_power
from tests.integration.boards.deciding import a_recommendation, a_resolution, bodies, voted
from tests.integration.boards.reporting import REPORT, a_report, handed_in
from tests.integration.indicators.figures import equip, released, tidy
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def office(boards: Door, indicators: Door) -> Door:
    """A town with released figures and two bodies."""
    await equip(indicators)
    await released(
        indicators,
        tidy("jena,2023-12-31,bevoelkerung,,95500", "jena,2024-12-31,bevoelkerung,,96000"),
    )
    await bodies(boards, "beirat", "stadtrat")
    return boards


async def page(door: Door, path: str, **params: str) -> str:
    """A document as HTML."""
    answer = await door.get(path, params={"format": "html", **params})
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_report_is_kept_as_it_is_written(office: Door) -> None:
    said = a_report(
        "In Jena leben {{indicator:bevoelkerung/jena@release}} Menschen.",
        body="beirat",
        level="kreis",
        indicators=["bevoelkerung"],
        since="2025-06-30",
        audience="members",
        publication="armutsbericht",
        strategy=None,
    )
    made = await office.post("/coordinated-reports", said)
    assert made.status_code == 201, made.text
    kept = (await office.get(REPORT)).json()
    assert {name: kept[name] for name in said} == said
    assert (kept["stage"], kept["edition"]) == ("draft", None)


async def test_figures_are_bound_in_as_they_are_written_in_each_language(office: Door) -> None:
    await office.made(
        "/coordinated-reports",
        a_report("In **Jena**: {{indicator:bevoelkerung/jena@release; period=2024-12-31}}."),
    )
    german = await page(office, f"{REPORT}/draft")
    assert "<strong>Jena</strong>: 96.000\u00a0Personen." in german
    assert "96,000\u00a0" in await page(office, f"{REPORT}/draft", lang="en")


async def test_an_edition_says_the_same_whatever_changes_later(
    office: Door, indicators: Door
) -> None:
    vote = await voted(office, "beirat")
    given = await office.made("/recommendations", a_recommendation(vote))
    await office.made(
        "/coordinated-reports",
        a_report(
            "{{indicator:bevoelkerung/jena@release}}",
            "{{table:bevoelkerung/jena; last=2}}\n\n{{recommendations:body=beirat}}",
        ),
    )
    edition = await handed_in(office)
    address = f"{REPORT}/editions/{edition['number']}"
    before = await page(office, f"{address}/document")
    assert "95.500" in before
    assert "96.000" in before
    assert given["title"]["de"] in before
    await released(indicators, tidy("jena,2024-12-31,bevoelkerung,,90000"))
    await indicators.patch("/indicators/bevoelkerung", {"name": {"de": "Einwohner"}}, 1)
    assert await page(office, f"{address}/document") == before
    told = (await office.get(address)).json()
    content = json.dumps(told["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sha256(content.encode()).hexdigest() == told["sha256"] == edition["sha256"]


@pytest.mark.parametrize(
    ("written", "code", "column"),
    [
        ("{{indicator:bevoelkerung/jena", "unclosed", 1),
        ("Text }} Text", "unclosed", 6),
        ("{{figure:bevoelkerung/jena}}", "unknown-binding", 1),
        ("So {{indicator:bevoelkerung}}", "subject", 4),
        ("{{indicator:bevoelkerung/jena@heute}}", "release", 1),
        ("{{indicator:bevoelkerung/jena; farbe=rot}}", "parameter", 1),
        ("Die {{table:bevoelkerung/jena}}", "not-alone", 5),
        ("{{recommendations:body=Bei rat}}", "parameter", 1),
        ("{{evidence:}}", "subject", 1),
    ],
)
async def test_a_miswritten_binding_is_refused_with_its_place(
    office: Door, written: str, code: str, column: int
) -> None:
    refused = await office.post("/coordinated-reports", a_report("Gut.", f"Vorher\n\n{written}"))
    assert refused.status_code == 422, refused.text
    (fault,) = refused.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/chapters/1/text/de", code)
    assert (fault["line"], fault["column"]) == (3, column)
    assert fault["detail"].startswith(f"Line 3, character {column}: ")
    assert (await office.get("/coordinated-reports")).json()["items"] == []


NOTHING = [
    ("{{indicator:unbekannt/jena}}", "unknown"),
    ("{{indicator:bevoelkerung/nirgends}}", "unknown"),
    ("{{indicator:bevoelkerung/jena@7}}", "unknown"),
    ("{{indicator:bevoelkerung/jena; period=1999}}", "no-figure"),
    ("{{table:bevoelkerung; level=nirgends}}", "unknown"),
    ("{{chart:unbekannt/jena}}", "unknown"),
    ("{{recommendations:body=nirgends}}", "unknown"),
    ("{{measures:strategy=nirgends}}", "unknown"),
    ("{{evidence:resolution=nirgends}}", "unknown"),
    ("{{map:bevoelkerung; level=nirgends}}", "unknown"),
    ("{{findings:level=nirgends}}", "unknown"),
    ("{{recommendations:key=keine}}", "unknown"),
    ("{{resolutions:body=nirgends}}", "unknown"),
    ("{{measures:area=nirgends}}", "unknown"),
    ("{{targets:strategy=nirgends}}", "unknown"),
    ("{{targets:measure=keine}}", "unknown"),
    ("{{effects:measure=keine}}", "unknown"),
    ("{{effects:area=nirgends}}", "unknown"),
    ("{{statements:process=keiner}}", "unknown"),
    ("{{resolutions:since=last}}", "since"),
    ("{{resolutions:strategy=nirgends}}", "unknown"),
    ("{{resolutions:key=keiner}}", "unknown"),
    ("{{gaps:responsible=niemand}}", "unknown"),
    ("{{recommendations:addressed_to=nirgends}}", "unknown"),
    ("{{evidence:recommendation=keine}}", "unknown"),
    ("{{releases:since=last}}", "since"),
    ("{{findings:topic=keins}}", "unknown"),
    ("{{measures:project=keins}}", "unknown"),
    ("{{chart:bevoelkerung/jena@9}}", "unknown"),
    ("{{map:bevoelkerung@9; level=kreis}}", "unknown"),
    ("{{table:bevoelkerung/jena@9}}", "unknown"),
]


async def test_bindings_that_stand_for_nothing_make_no_edition(office: Door) -> None:
    await office.made("/coordinated-reports", a_report("Gut.", *(text for text, _ in NOTHING)))
    for refused in (
        await office.post(f"{REPORT}/editions", {}),
        await office.get(f"{REPORT}/draft"),
    ):
        assert refused.status_code == 422, refused.text
        faults = refused.json()["errors"]
        assert [(fault["pointer"], fault["code"]) for fault in faults] == [
            (f"/chapters/{number}/text/de", code) for number, (_, code) in enumerate(NOTHING, 1)
        ]
        assert {(fault["line"], fault["column"]) for fault in faults} == {(1, 1)}
        assert all(fault["detail"].startswith("Line 1, character 1: ") for fault in faults)
    assert (await office.get(f"{REPORT}/editions")).json()["items"] == []
    assert (await office.get(REPORT)).json()["stage"] == "draft"


async def test_what_readers_may_not_see_is_not_shown_to_them(office: Door) -> None:
    hidden, shown = await voted(office, "beirat"), await voted(office, "stadtrat")
    await office.made("/recommendations", a_recommendation(hidden, visibility="administration"))
    await office.made("/resolutions", a_resolution(shown))
    await office.made("/coordinated-reports", a_report("{{recommendations}}\n\n{{resolutions}}"))
    (edition,) = [await handed_in(office)]
    bound = (await office.get(f"{REPORT}/editions/{edition['number']}")).json()["content"]
    assert bound["bindings"]["recommendations"]["entries"] == []
    assert len(bound["bindings"]["resolutions"]["entries"]) == 1


async def test_a_list_takes_only_what_was_asked_for(office: Door, projects: Door) -> None:
    strategy = {"key": "armut", "title": {"de": "Strategie"}, "kind": "strategy"}
    await projects.made("/strategies", {**strategy, "prepared_by": "amt"})
    advice, council = await voted(office, "beirat"), await voted(office, "stadtrat")
    to = {"addressed_to": "stadtrat"}
    await office.made("/recommendations", a_recommendation(advice, "r-stadtrat", **to))
    other = await voted(office, "beirat", "b")
    await office.made("/recommendations", a_recommendation(other, "r-beirat", addressed_to=None))
    power = a_power("strategien", "stadtrat", "legitimises_strategy")
    await office.made("/powers", power)
    on_it = {"kind": "legitimation", "strategy": "armut"}
    await office.made("/resolutions", a_resolution(council, "b-1", **on_it))
    second = await voted(office, "stadtrat", "b")
    await office.made("/resolutions", a_resolution(second, "b-2"))
    day = (await office.get("/resolutions/b-1")).json()["decided_on"]
    lists = {
        "recommendations": {"r-beirat", "r-stadtrat"},
        "recommendations:addressed_to=stadtrat": {"r-stadtrat"},
        "recommendations:body=stadtrat": set(),
        "recommendations:key=r-beirat": {"r-beirat"},
        "recommendations:state=followed": set(),
        "recommendations:since=2026-01-01": {"r-beirat", "r-stadtrat"},
        "recommendations:since=2026-06-29": set(),
        "resolutions": {"b-1", "b-2"},
        "resolutions:body=stadtrat": {"b-1", "b-2"},
        "resolutions:body=beirat": set(),
        "resolutions:strategy=armut": {"b-1"},
        "resolutions:kind=legitimation": {"b-1"},
        "resolutions:key=b-2": {"b-2"},
        "resolutions:state=valid": {"b-1", "b-2"},
        "resolutions:state=void": set(),
        f"resolutions:since={day}": set(),
    }
    await office.made("/coordinated-reports", a_report(*(f"{{{{{one}}}}}" for one in lists)))
    edition = await handed_in(office)
    told = (await office.get(f"{REPORT}/editions/{edition['number']}")).json()["content"]
    found = {
        name: {one["key"] for one in what["entries"]} for name, what in told["bindings"].items()
    }
    assert found == lists


async def test_nobody_knows_the_state_of_a_day_to_come(office: Door) -> None:
    await office.made("/coordinated-reports", a_report("Gut.", on="2190-01-01"))
    refused = await office.post(f"{REPORT}/editions", {})
    assert refused.status_code == 409, refused.text
    assert (await office.get(f"{REPORT}/editions")).json()["items"] == []
