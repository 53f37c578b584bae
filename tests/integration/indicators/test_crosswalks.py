"""Changes of the territory: Eisenach joins the Wartburgkreis, a district is divided."""

from typing import Any

import pytest

from tests.integration.indicators.territory import area, settle
from tests.support.towns import Door

DAY = "2021-07-01"
EISENACH: dict[str, Any] = {
    "key": "eisenach-2021",
    "title": {"de": "Eingliederung der Stadt Eisenach in den Wartburgkreis"},
    "valid_from": DAY,
    "source": "Statistisches Bundesamt, Gebietsänderungen 2021",
    "moves": [{"from_area": "eisenach", "to_area": "wartburgkreis"}],
}


def move(here: str, there: str, share: str | None = None, **more: Any) -> dict[str, Any]:
    shares = {"shares": {"population": share}} if share else {}
    return {"from_area": here, "to_area": there, **shares, **more}


async def divide(door: Door) -> None:
    """Winzerla ends on the day; north and south begin."""
    await settle(door)
    changed = await door.patch("/areas/winzerla", {"valid_to": DAY}, 1)
    assert changed.status_code == 200, changed.text
    for key in ("winzerla-nord", "winzerla-sued"):
        await door.made("/areas", area(key, "statistischer-bezirk", "jena", valid_from=DAY))


def division(*moves: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**EISENACH, "key": "winzerla-2021", "moves": list(moves), **more}


async def test_eisenach_joins_the_wartburgkreis(indicators: Door) -> None:
    await settle(indicators)
    made = await indicators.made("/crosswalks", EISENACH)
    assert [(c["from_area"], c["to_area"], c["kind"]) for c in made["crossings"]] == [
        ("eisenach", "wartburgkreis", "merge"),
        ("wartburgkreis", "wartburgkreis", "merge"),
    ]
    assert [c["shares"] for c in made["crossings"]] == [{"population": "1"}] * 2
    assert [c["back"] for c in made["crossings"]] == [{}] * 2
    read = await indicators.as_().get("/crosswalks/eisenach-2021")
    assert read.json() == made
    listed = await indicators.as_().get("/crosswalks?area=wartburgkreis")
    assert [one["key"] for one in listed.json()["items"]] == ["eisenach-2021"]
    assert (await indicators.get("/crosswalks?area=jena")).json()["items"] == []


@pytest.mark.parametrize(
    ("moves", "pointer", "code"),
    [
        ([move("nowhere", "wartburgkreis")], "/moves/0/from_area", "not_valid"),
        ([move("eisenach", "nowhere")], "/moves/0/to_area", "not_valid"),
        ([move("eisenach", "eisenach")], "/moves/0/to_area", "not_valid"),
        ([move("eisenach", "lobeda-west")], "/moves/0/to_area", "level"),
        ([move("eisenach", "wartburgkreis")] * 2, "/moves/1", "repeated"),
        ([move("jena", "wartburgkreis")], "/moves", "goes_nowhere"),
        (
            [move("eisenach", "wartburgkreis"), move("jena", "wartburgkreis")],
            "/moves/1/from_area",
            "stays",
        ),
        ([move("eisenach", "wartburgkreis", "0.9")], "/moves/0/shares/population", "sum"),
        (
            [move("eisenach", "wartburgkreis", shares={"area": "1"})],
            "/moves/0/shares/area",
            "unlisted",
        ),
        ([move("eisenach", "wartburgkreis", "1.1")], "/moves/0/shares/population", None),
        (
            [move("eisenach", "wartburgkreis"), move("eisenach", "jena")],
            "/moves/0/shares/population",
            "lacking",
        ),
        (
            [move("eisenach", "wartburgkreis", "0.5"), move("eisenach", "jena")],
            "/moves/1/shares/population",
            "lacking",
        ),
        ([], "/moves", None),
    ],
)
async def test_a_change_that_contradicts_the_areas_is_pointed_at(
    indicators: Door, moves: list[Any], pointer: str, code: str | None
) -> None:
    await settle(indicators)
    refused = await indicators.post("/crosswalks", {**EISENACH, "moves": moves})
    assert refused.status_code == 422, refused.text
    found = {(e["pointer"], e["code"]) for e in refused.json()["errors"]}
    assert pointer in {at for at, _ in found}, refused.text
    assert code is None or (pointer, code) in found, refused.text
    assert (await indicators.get("/crosswalks")).json()["items"] == []


async def test_a_division_needs_its_shares_or_a_way_to_find_them(indicators: Door) -> None:
    await divide(indicators)
    north, south = move("winzerla", "winzerla-nord"), move("winzerla", "winzerla-sued")
    refused = await indicators.post("/crosswalks", division(north, south))
    assert refused.json()["errors"][0]["code"] == "lacking"
    equal = [{"kind": "population", "method": "equal", "note": "Noch nicht ausgezählt"}]
    made = await indicators.made("/crosswalks", division(north, south, weighting=equal))
    assert [c["shares"]["population"] for c in made["crossings"]] == ["0.5", "0.5"]
    assert [c["kind"] for c in made["crossings"]] == ["split", "split"]
    assert [c["back"]["population"] for c in made["crossings"]] == ["1", "1"]
    counted = [
        {**north, "shares": {"population": "0.62"}},
        {**south, "shares": {"population": "0.38"}},
    ]
    changed = await indicators.patch("/crosswalks/winzerla-2021", {"moves": counted}, 1)
    assert [c["shares"]["population"] for c in changed.json()["crossings"]] == ["0.62", "0.38"]
    assert len((await indicators.get("/crosswalks/winzerla-2021/history")).json()) == 2


async def test_a_part_that_goes_to_an_area_with_others_is_a_transfer(indicators: Door) -> None:
    await divide(indicators)
    made = await indicators.made(
        "/crosswalks",
        division(
            move("winzerla", "winzerla-nord", "0.5"),
            move("winzerla", "winzerla-sued", "0.3"),
            move("winzerla", "lobeda-west", "0.2"),
        ),
    )
    kinds = {(c["from_area"], c["to_area"]): c["kind"] for c in made["crossings"]}
    assert kinds == {
        ("winzerla", "winzerla-nord"): "transfer",
        ("winzerla", "winzerla-sued"): "transfer",
        ("winzerla", "lobeda-west"): "transfer",
        ("lobeda-west", "lobeda-west"): "merge",
    }


async def test_an_area_is_moved_by_one_crosswalk_of_a_day(indicators: Door) -> None:
    await settle(indicators)
    await indicators.made("/crosswalks", EISENACH)
    again = await indicators.post("/crosswalks", {**EISENACH, "key": "again"})
    assert again.status_code == 409
    assert again.json()["errors"][0]["pointer"] == "/moves/0"


async def test_an_area_that_begins_without_origin_is_told(indicators: Door) -> None:
    await divide(indicators)
    await indicators.made(
        "/areas", area("beutenberg", "statistischer-bezirk", "jena", valid_from=DAY)
    )
    made = await indicators.made(
        "/crosswalks",
        division(
            move("winzerla", "winzerla-nord", "0.5"), move("winzerla", "winzerla-sued", "0.5")
        ),
    )
    assert made["without_origin"] == ["beutenberg"]


def square(west: float, east: float) -> dict[str, Any]:
    ring = [[west, 50.9], [east, 50.9], [east, 50.91], [west, 50.91], [west, 50.9]]
    return {"type": "Polygon", "coordinates": [ring]}


async def test_shapes_tell_the_shares_of_the_surface(indicators: Door) -> None:
    await divide(indicators)
    for key, west, east in (
        ("winzerla", 11.5, 11.54),
        ("winzerla-nord", 11.5, 11.53),
        ("winzerla-sued", 11.53, 11.56),
    ):
        row = (await indicators.get(f"/areas/{key}")).json()
        on = "2020-01-01" if key == "winzerla" else DAY
        changed = await indicators.patch(
            f"/areas/{key}?on={on}", {"geometry": square(west, east)}, row["revision"]
        )
        assert changed.status_code == 200, changed.text
    by_surface = [{"kind": "area", "method": "geometry"}]
    made = await indicators.made(
        "/crosswalks",
        division(
            move("winzerla", "winzerla-nord"),
            move("winzerla", "winzerla-sued"),
            weighting=by_surface,
        ),
    )
    north, south = (float(c["shares"]["area"]) for c in made["crossings"])
    assert (round(north, 9), round(south, 9)) == (0.75, 0.25)


async def test_without_real_shapes_nothing_is_measured(indicators: Door) -> None:
    await divide(indicators)
    refused = await indicators.post(
        "/crosswalks",
        division(
            move("winzerla", "winzerla-nord"),
            move("winzerla", "winzerla-sued"),
            weighting=[{"kind": "area", "method": "geometry"}],
        ),
    )
    assert refused.status_code == 422
    assert {e["code"] for e in refused.json()["errors"]} == {"shape"}


async def test_the_public_reads_and_planners_write(indicators: Door) -> None:
    await settle(indicators)
    assert (await indicators.as_().post("/crosswalks", EISENACH)).status_code == 401
    assert (await indicators.as_("member").post("/crosswalks", EISENACH)).status_code == 403
    made = await indicators.as_("planner").post("/crosswalks", EISENACH)
    assert made.status_code == 201, made.text
