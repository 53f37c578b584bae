"""How many places there are for those who need them."""

import csv
import io
from typing import Any

import pytest

from services.contracts.indicators.coverage import Coverage
from tests.integration.indicators.figures import released, tidy
from tests.integration.indicators.territory import area
from tests.integration.indicators.town_with_facilities import at, equip_districts, facility, tile
from tests.support.towns import Door

ASK = "/coverage?kind=kita&level=bezirk"


async def ask(door: Door, query: str = "") -> dict[str, Any]:
    answer = await door.get(f"{ASK}{query}")
    assert answer.status_code == 200, answer.text
    Coverage.model_validate_json(answer.content)
    body: dict[str, Any] = answer.json()
    return body


def of(body: dict[str, Any], area: str) -> dict[str, Any]:
    """The entries of one area."""
    n = body["columns"]["area"].index(area)
    return {name: column[n] for name, column in body["columns"].items()}


async def enter(door: Door, *facilities: dict[str, Any]) -> None:
    for one in facilities:
        await door.made("/facilities", one)


async def figures(door: Door, **counts: object) -> None:
    """Release the number of children of districts a and b."""
    rows = [f"bezirk-{key},2024-12-31,kinder,,{count}" for key, count in counts.items()]
    await released(door, tidy(*rows))


async def test_places_are_set_against_the_target_group(indicators: Door) -> None:
    await equip_districts(indicators)
    await enter(
        indicators,
        facility("kita-1", 60, location=at(11.51, 50.91)),
        facility("kita-2", 30, location=at(11.515, 50.91)),
        facility("kita-3", 40, location=at(11.53, 50.91)),
        facility("kita-4", 20),
        facility("juz", 10, kind="jugendzentrum", location=at(11.51, 50.91)),
    )
    await figures(indicators, a=450, b=160)
    body = await ask(indicators.as_())
    a, b = of(body, "bezirk-a"), of(body, "bezirk-b")
    assert (a["facilities"], a["places"], a["need"], a["places_per_100"]) == (2, 90, 450, 20)
    assert (b["facilities"], b["places"], b["need"], b["places_per_100"]) == (1, 40, 160, 25)
    assert (a["rank"], b["rank"]) == (2, 1)
    assert (body["release"], body["need_period"]) == (1, "2024-12-31")
    assert body["unassigned"] == {
        "facilities": [{"facility": "kita-4", "reason": "no_location"}],
        "places": 20,
        "places_known": 20,
    }
    total = body["total"]
    assert (total["facilities"], total["places"], total["need"]) == (4, 150, 610)
    assert total["places_per_100"] == 25  # of 610 people no tenth is shown
    assert a["nearest"] == 0
    assert a["nearest_facility"] == "kita-1"
    assert a["nearest_outside"] == pytest.approx(1402, abs=2)


async def test_a_hidden_target_group_stays_hidden_in_the_rate(indicators: Door) -> None:
    await equip_districts(indicators)
    await enter(indicators, facility("kita-1", 60, location=at(11.51, 50.91)))
    await figures(indicators, a=2, b=160)
    for door in (indicators.as_(), indicators.as_("statistician")):
        body = await ask(door)
        a = of(body, "bezirk-a")
        assert (a["need"], a["need_status"]) == (None, "confidential")
        assert (a["places_per_100"], a["reason"], a["rank"]) == (None, "need_hidden", None)
        assert (body["total"]["need"], body["total"]["places_per_100"]) == (None, None)
        table = await door.get(f"{ASK}&format=csv")
        rows = {row["area"]: row for row in csv.DictReader(io.StringIO(table.text))}
        assert (rows["bezirk-a"]["need"], rows["bezirk-a"]["places_per_100"]) == ("*", "")


async def test_what_is_not_known_is_not_zero(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/areas", area("bezirk-c", "bezirk", "winzerla"))
    await enter(
        indicators,
        facility("kita-1", 60, location=at(11.51, 50.91)),
        facility("kita-2", None, location=at(11.51, 50.91)),
        facility("kita-3", 5),
    )
    await figures(indicators, a=450)
    body = await ask(indicators)
    a, b, c = (of(body, f"bezirk-{key}") for key in "abc")
    assert (a["facilities"], a["places"], a["places_known"]) == (2, None, 60)
    assert (a["places_per_100"], a["reason"]) == (None, "places_unknown")
    assert (b["facilities"], b["places"], b["reason"]) == (0, 0, "need_missing")
    assert (c["facilities"], c["places"], c["nearest"]) == (None, None, None)
    await indicators.patch("/facilities/kita-3", {"area": "bezirk-c"}, 1)
    c = of(await ask(indicators), "bezirk-c")
    assert (c["facilities"], c["places"]) == (1, 5)


async def test_a_kind_without_a_target_group_has_places_and_distances(indicators: Door) -> None:
    await equip_districts(indicators)
    await enter(indicators, facility("juz", 10, kind="jugendzentrum", location=at(11.51, 50.91)))
    body = (await indicators.get("/coverage?kind=jugendzentrum&level=bezirk")).json()
    b = of(body, "bezirk-b")
    assert (b["places"], b["reason"]) == (0, "no_need_group")
    assert b["nearest"] == b["nearest_outside"]


async def test_a_later_day_shows_what_is_planned(indicators: Door) -> None:
    await equip_districts(indicators)
    planned = {"valid_from": "2190-08-01", "places": 80, "forecast": True}
    grows = facility("kita-1", 60, location=at(11.51, 50.91))
    grows["capacity"].append(planned)
    new = facility("kita-neu", location=at(11.53, 50.91), state="planned", starts_on="2190-08-01")
    new["capacity"] = [{"valid_from": "2190-08-01", "places": 40, "forecast": True}]
    closes = facility("kita-alt", 30, location=at(11.53, 50.91), ends_on="2190-07-31")
    await enter(indicators, grows, new, closes)
    now, then = await ask(indicators), await ask(indicators, "&on=2190-08-01")
    assert [of(now, f"bezirk-{k}")["places"] for k in "ab"] == [60, 30]
    assert [of(then, f"bezirk-{k}")["places"] for k in "ab"] == [80, 40]
    assert of(now, "bezirk-a")["forecast"] is False
    assert of(then, "bezirk-a")["forecast"] is of(then, "bezirk-b")["forecast"] is True
    assert [of(await ask(indicators, "&on=2019-12-31"), "bezirk-a")["places"]] == [None]


async def test_only_what_one_may_see_is_counted(indicators: Door) -> None:
    await equip_districts(indicators)
    await enter(
        indicators,
        facility("kita-1", 60, location=at(11.51, 50.91)),
        facility("kita-2", 30, location=at(11.51, 50.91), visibility="administration"),
    )
    await figures(indicators, a=450, b=160)
    await indicators.patch("/indicators/kinder", {"visibility": "members"}, 1)
    public, clerk = (
        of(await ask(indicators.as_()), "bezirk-a"),
        of(await ask(indicators), "bezirk-a"),
    )
    assert (public["places"], public["need"], public["reason"]) == (60, None, "need_missing")
    assert (clerk["places"], clerk["need"]) == (90, 450)


async def test_tiles_are_said_to_be_no_real_shapes(indicators: Door) -> None:
    await equip_districts(indicators)
    drawn = area("bezirk-d", "bezirk", "winzerla", geometry=tile(11.6, 50.9))
    await indicators.made("/areas", {**drawn, "geometry_is_schematic": True})
    body = await ask(indicators)
    assert of(body, "bezirk-d")["schematic"] is True
    assert of(body, "bezirk-a")["schematic"] is False


async def test_the_table_has_a_line_for_each_area_and_the_rest(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.patch("/areas/bezirk-b", {"name": {"de": "=Nord", "en": "North"}}, 1)
    await enter(
        indicators, facility("kita-1", 60, location=at(11.51, 50.91)), facility("kita-2", 5)
    )
    await figures(indicators, a=450, b=160)
    table = await indicators.as_().get(ASK, headers={"Accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["area_name"] for row in rows] == ["Bezirk-A", "'=Nord", "unassigned", "total"]
    assert [row["places"] for row in rows] == ["60", "0", "5", "65"]
    assert [row["places_per_100"] for row in rows] == ["13", "0", "", "11"]
    spoken = {"Accept": "text/csv", "Accept-Language": "en-GB"}
    english = await indicators.as_().get(ASK, headers=spoken)
    assert "North" in english.text
    assert english.headers["vary"] == table.headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    ("query", "parameter"), [("kind=nowhere&level=bezirk", "kind"), ("kind=kita&level=no", "level")]
)
async def test_an_unknown_kind_or_level_is_refused(
    indicators: Door, query: str, parameter: str
) -> None:
    await equip_districts(indicators)
    refused = await indicators.get(f"/coverage?{query}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == parameter


async def test_coverage_costs_eight_statements(indicators: Door, statements: list[str]) -> None:
    await equip_districts(indicators)
    await enter(indicators, facility("kita-1", 60, location=at(11.51, 50.91)))
    await ask(indicators)
    statements.clear()
    await ask(indicators)
    assert len(statements) == 9
