"""Figures become public: released once, protected, and never overwritten."""

import asyncio
from typing import Any

import asyncpg
import pytest

from services.contracts.indicators.observations import Observations
from tests.integration.indicators.figures import (
    POPULATION,
    approved,
    columns,
    deliver,
    equip,
    released,
    second,
    tidy,
)
from tests.support.towns import Door

TITLE = {"title": {"de": "Stand"}}


async def test_a_release_makes_figures_public(indicators: Door) -> None:
    await equip(indicators)
    release = await released(
        indicators,
        tidy("jena,2024-12-31,bevoelkerung,,111191", "winzerla,2024-12-31,bevoelkerung,,1"),
    )
    assert (release["key"], release["number"]) == ("release-1", 1)
    assert (release["figures"], release["published"], release["hidden"]) == (2, 2, 1)
    answer = await indicators.as_().get("/observations?indicator=bevoelkerung")
    Observations.model_validate_json(answer.content)
    body = answer.json()
    assert body["release"] == 1
    assert body["columns"] == {
        "indicator": ["bevoelkerung", "bevoelkerung"],
        "area": ["jena", "winzerla"],
        "period": ["2024-12-31", "2024-12-31"],
        "breakdown": ["", ""],
        "value": [111191, None],
        "status": ["normal", "confidential"],
    }
    assert body["indicators"]["bevoelkerung"]["unit"] == POPULATION["unit"]
    assert body["statuses"]["confidential"]["marker"] == "*"
    delivery = (await indicators.get("/deliveries/delivery-1")).json()
    assert (delivery["state"], delivery["release"]) == ("released", 1)
    read = await indicators.as_().get("/releases/release-1")
    assert read.json() == release


async def test_what_was_printed_can_be_read_again(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy("jena,2024,bevoelkerung,,100", "winzerla,2024,bevoelkerung,,9"))
    await released(indicators, tidy("jena,2024,bevoelkerung,,101", "winzerla,2024,bevoelkerung,,9"))
    third = await released(
        indicators, tidy("jena,2024,bevoelkerung,,.", "jena,2025,bevoelkerung,,5")
    )
    assert (third["number"], third["figures"]) == (3, 2)
    public = indicators.as_()
    ask = "indicator=bevoelkerung&area=jena"
    assert await columns(public, ask) == [
        ("jena", "2024", "", None, "unknown"),
        ("jena", "2025", "", 5, "normal"),
    ]
    for release, value in ((1, 100), (2, 101)):
        assert await columns(public, f"{ask}&as_of={release}") == [
            ("jena", "2024", "", value, "normal")
        ]
    raw = await columns(second(indicators), f"{ask}&as_of=2", "/observations/raw")
    assert raw == [("jena", "2024", "", 101, "normal")]
    to_come = await public.get(f"/observations?{ask}&as_of=4")
    assert to_come.json()["errors"][0]["parameter"] == "as_of"
    both = await columns(public, "indicator=bevoelkerung&area=winzerla&as_of=3")
    assert both == [("winzerla", "2024", "", 9, "normal")]


COUNTS = [f"jena,2024,empfaenger,,{n}" for n in ("200",)] + [
    "winzerla,2024,empfaenger,,2",
    "lobeda-west,2024,empfaenger,,0",
]
PEOPLE = [
    "jena,2024-12-31,bevoelkerung,,1000",
    "winzerla,2024-12-31,bevoelkerung,,100",
    "lobeda-west,2024-12-31,bevoelkerung,,100",
]
SHARES = ["jena,2024,quote,,20.00", "winzerla,2024,quote,,2.00", "lobeda-west,2024,quote,,0"]


async def test_small_cells_stay_hidden_from_everybody_but_the_statisticians(
    indicators: Door,
) -> None:
    await equip(indicators)
    await released(indicators, tidy(*COUNTS, *PEOPLE, *SHARES))
    secret = {("empfaenger", "winzerla"), ("quote", "winzerla")}
    for door in (indicators.as_(), indicators.as_("planner"), second(indicators)):
        for query in ("", "&as_of=1", "&area=winzerla", "&within=jena", "&level=kreis"):
            address = f"/observations?indicator=empfaenger,quote,bevoelkerung{query}"
            shown = (await door.get(address)).json()["columns"]
            for indicator, area, value, status in zip(
                *(shown[n] for n in ("indicator", "area", "value", "status")), strict=True
            ):
                hidden = (indicator, area) in secret
                assert (value is None, status == "confidential") == (hidden, hidden)
        table = (await door.get("/observations?indicator=empfaenger&format=csv")).text
        assert "winzerla,Winzerla,2024,,*,confidential,Personen" in table
    raw = await columns(second(indicators), "indicator=empfaenger", "/observations/raw")
    assert [(area, value) for area, _, _, value, _ in raw] == [
        ("jena", 200),
        ("lobeda-west", 0),
        ("winzerla", 2),
    ]
    for role, status in (("planner", 403), ("supplier", 403), ("administrator", 200)):
        answer = await indicators.as_(role).get("/observations/raw?indicator=empfaenger")
        assert answer.status_code == status
    assert (await indicators.as_().get("/observations/raw?indicator=quote")).status_code == 401


async def test_a_rate_is_hidden_when_its_counts_arrive_and_are_small(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*SHARES))
    public = indicators.as_()
    ask = "indicator=quote&area=jena,winzerla"
    assert [row[3] for row in await columns(public, ask)] == [None, None]
    second_release = await released(indicators, tidy(*COUNTS, *PEOPLE))
    assert second_release["figures"] == 6
    assert [row[3] for row in await columns(public, ask)] == [20, None]
    assert [row[3] for row in await columns(public, f"{ask}&as_of=1")] == [None, None]


async def test_a_rate_does_not_tell_what_the_rule_of_its_count_keeps(indicators: Door) -> None:
    await equip(indicators)
    await indicators.patch("/indicators/empfaenger", {"protection": {"minimum": 250}}, 1)
    await released(indicators, tidy(*COUNTS, *PEOPLE, *SHARES))
    shown = await columns(indicators.as_(), "indicator=quote&area=jena")
    assert shown == [("jena", "2024", "", None, "confidential")]


async def test_another_rule_protects_all_figures_with_the_next_release(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, tidy(*COUNTS, *PEOPLE, *SHARES))
    await indicators.patch("/indicators/empfaenger", {"protection": {"minimum": 250}}, 1)
    ask = "indicator=empfaenger,quote&area=jena"
    assert [row[3] for row in await columns(indicators.as_(), ask)] == [200, 20]
    release = await released(indicators, tidy("jena,2030,bevoelkerung,,5"))
    assert (release["figures"], release["published"], release["hidden"]) == (1, 3, 2)
    assert [row[3] for row in await columns(indicators.as_(), ask)] == [None, None]
    assert [row[3] for row in await columns(indicators.as_(), f"{ask}&as_of=1")] == [None, None]


async def test_of_two_deliveries_of_one_figure_the_later_counts(indicators: Door) -> None:
    await equip(indicators)
    files = (tidy("jena,2024,bevoelkerung,,1000"), tidy("jena,2024,bevoelkerung,,2000"))
    keys = [await approved(indicators, file) for file in files]
    release = await indicators.made("/releases", {**TITLE, "deliveries": keys[::-1]})
    assert release["figures"] == 1
    assert (await columns(indicators.as_(), "indicator=bevoelkerung"))[0][3] == 1000


async def test_only_approved_deliveries_are_released(indicators: Door) -> None:
    await equip(indicators)
    good = await approved(indicators, tidy("jena,2024,bevoelkerung,,1000"))
    open_ = (await deliver(indicators, tidy("jena,2024,bevoelkerung,,2000"))).json()["key"]
    for deliveries, status, pointer in (
        ([good, open_], 409, "/deliveries/1"),
        ([good, "delivery-99"], 422, "/deliveries/1"),
        ([good, good], 422, "/deliveries/1"),
    ):
        refused = await indicators.post("/releases", {**TITLE, "deliveries": deliveries})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (status, pointer)
    assert (await indicators.get("/releases")).json()["items"] == []
    assert (await indicators.get(f"/deliveries/{good}")).json()["state"] == "approved"
    planner = await indicators.as_("planner").post("/releases", {**TITLE, "deliveries": [good]})
    assert planner.status_code == 403


async def test_releases_at_once_are_numbered_one_after_the_other(indicators: Door) -> None:
    await equip(indicators)
    keys = [
        await approved(indicators, tidy(f"jena,{y},bevoelkerung,,9")) for y in range(2020, 2025)
    ]
    answers = await asyncio.gather(
        *(indicators.post("/releases", {**TITLE, "deliveries": [key]}) for key in keys),
        *(indicators.post("/releases", {**TITLE, "deliveries": [key]}) for key in keys),
    )
    assert sorted(a.status_code for a in answers) == [201] * 5 + [409] * 5
    numbers = [a.json()["number"] for a in answers if a.status_code == 201]
    assert sorted(numbers) == [1, 2, 3, 4, 5]
    listed = (await indicators.as_().get("/releases?limit=2")).json()
    assert [item["number"] for item in listed["items"]] == [5, 4]
    assert (await indicators.get(listed["next"])).json()["items"][0]["number"] == 3


async def test_a_release_and_a_change_of_the_catalogue_wait_for_each_other_in_one_order(
    indicators: Door, database_url: str
) -> None:
    await equip(indicators)
    key = await approved(indicators, tidy("jena,2024,bevoelkerung,,9"))
    town = indicators.municipality.id
    change = await asyncpg.connect(database_url, server_settings={"search_path": "indicators"})
    waits = """SELECT count(*) FROM pg_stat_activity
               WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"""
    try:
        async with change.transaction(), asyncio.timeout(20):
            await change.execute("UPDATE edition SET changes = 9 WHERE municipality_id = $1", town)
            release = asyncio.create_task(
                indicators.post("/releases", {**TITLE, "deliveries": [key]})
            )
            while not release.done() and not await change.fetchval(waits):
                await asyncio.wait({release}, timeout=0.02)
            await change.execute("SET LOCAL lock_timeout = '5s'")
            await change.execute(
                "SELECT FROM journal_head WHERE municipality_id = $1 FOR UPDATE", town
            )
        assert (await release).status_code == 201
    finally:
        await change.close()


@pytest.mark.parametrize(
    ("change", "status"), [({"note": "Neu"}, 200), ({"deliveries": ["delivery-9"]}, 422)]
)
async def test_the_words_of_a_release_change_and_its_figures_do_not(
    indicators: Door, change: dict[str, Any], status: int
) -> None:
    await equip(indicators)
    await released(indicators, tidy("jena,2024,bevoelkerung,,1000"))
    answer = await indicators.patch("/releases/release-1", change, 1)
    assert answer.status_code == status, answer.text
    history = (await indicators.get("/releases/release-1/history")).json()
    assert len(history) == (2 if status == 200 else 1)


async def test_another_town_sees_nothing_of_it(indicators: Door, doors: Any) -> None:
    from tests.support.towns import new_town

    await equip(indicators)
    await released(indicators, tidy("jena,2024,bevoelkerung,,1000"))
    elsewhere = doors("indicators", new_town())
    await equip(elsewhere)
    assert await columns(elsewhere, "indicator=bevoelkerung") == []
    assert await columns(elsewhere, "indicator=bevoelkerung", "/observations/raw") == []
    for address in ("/deliveries/delivery-1", "/releases/release-1"):
        assert (await elsewhere.get(address)).status_code == 404
