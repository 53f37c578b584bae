"""Dimensions have code lists; what there is of an indicator is told without its figures."""

from typing import Any

import pytest

from services.contracts.shared.access import Actor
from services.indicators.dimensions import queries, rules
from tests.integration.indicators.figures import columns, equip, released, tidy
from tests.support.towns import Door, actor

AGE: dict[str, Any] = {
    "key": "alter",
    "code": "ALT",
    "name": {"de": "Altersgruppe", "en": "Age group"},
    "role": "age",
    "attributes": [
        {"code": "U18", "name": {"de": "unter 18 Jahre", "en": "under 18"}},
        {"code": "U03", "name": {"de": "unter 3 Jahre"}, "parent": "U18"},
    ],
}


async def test_a_dimension_is_entered_read_and_changed(indicators: Door) -> None:
    made = await indicators.made("/dimensions", AGE)
    assert made["total"]["de"] == "Insgesamt"
    assert made["attributes"][1]["parent"] == "U18"
    found = (await indicators.as_().get("/dimensions?code=ALT")).json()["items"]
    assert [one["key"] for one in found] == ["alter"]
    assert (await indicators.get("/dimensions?role=sex")).json()["items"] == []
    answer = await indicators.patch("/dimensions/alter", {"name": {"de": "Alter"}})
    assert answer.json()["name"] == {"de": "Alter", "en": "Age group"}
    kept = await indicators.patch("/dimensions/alter", {"code": "AGE"}, 2)
    assert (kept.status_code, kept.json()["errors"][0]["pointer"]) == (409, "/code")
    history = (await indicators.get("/dimensions/alter/history")).json()
    assert [one["revision"] for one in history] == [2, 1]
    taken = await indicators.post("/dimensions", {**AGE, "key": "altersgruppe"})
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (409, "/code")
    assert (await indicators.as_("member").post("/dimensions", AGE)).status_code == 403


@pytest.mark.parametrize(
    "attributes",
    [
        [{"code": "A", "name": {"de": "a"}}, {"code": "A", "name": {"de": "b"}}],
        [{"code": "A", "name": {"de": "a"}, "parent": "B"}],
        [{"code": "A", "name": {"de": "a"}, "parent": "A"}],
        [
            {"code": "A", "name": {"de": "a"}, "parent": "B"},
            {"code": "B", "name": {"de": "b"}, "parent": "A"},
        ],
    ],
    ids=["twice", "no parent", "itself", "circle"],
)
async def test_a_code_list_is_a_forest(indicators: Door, attributes: list[dict[str, Any]]) -> None:
    refused = await indicators.post("/dimensions", {**AGE, "attributes": attributes})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/attributes"


async def test_codes_are_read_by_whoever_may_see_them(
    indicators: Door, apps: dict[str, Any]
) -> None:
    await indicators.made("/dimensions", AGE)
    hidden = {**AGE, "key": "intern", "code": "INT", "visibility": "administration"}
    await indicators.made("/dimensions", hidden)
    database = apps["indicators"].state.database

    async def labels(who: Actor) -> Any:
        async with database.writing(who) as session:
            return await queries.labels(session)

    town = indicators.municipality
    assert list(await labels(actor(town, ["administrator"]))) == ["ALT", "INT"]
    known = await labels(actor(town, []))
    assert list(known) == ["ALT"]
    assert rules.attribute_name(known, "GES", "GESM") == "GESM", "it has no name"
    assert rules.attribute_name(known, "ALT", "U18", "en") == "under 18"
    assert rules.attribute_name(known, "ALT", "U03", "en") == "unter 3 Jahre"
    assert (rules.dimension_name(known, "GES"), rules.total_name(known, "GES")) == (
        "GES",
        "Insgesamt",
    )


async def test_new_words_show_at_once(indicators: Door) -> None:
    await equip(indicators)
    await released(
        indicators, tidy("jena,2024,bevoelkerung,U18,9", header="area,period,indicator,ALT,value")
    )
    address = "/observations?indicator=bevoelkerung&format=jsonstat"
    before = await indicators.get(address)
    assert before.json()["dimension"]["ALT"]["label"] == "ALT"
    await indicators.made("/dimensions", AGE)
    known = {"If-None-Match": before.headers["etag"]}
    after = (await indicators.get(address, headers=known)).json()
    assert after["dimension"]["ALT"]["category"]["label"]["U18"] == "unter 18 Jahre"
    await released(
        indicators, tidy("jena,2024,bevoelkerung,U03,4", header="area,period,indicator,ALT,value")
    )
    category = (await indicators.get(address)).json()["dimension"]["ALT"]["category"]
    assert (category["index"], category["child"]) == (["_T", "U18", "U03"], {"U18": ["U03"]})


async def test_what_there_is_of_an_indicator_is_told(indicators: Door) -> None:
    await equip(indicators)
    address = "/indicators/bevoelkerung/availability"
    nothing = (await indicators.as_().get(address)).json()
    assert nothing == {
        "indicator": "bevoelkerung",
        "release": None,
        "levels": [],
        "first": None,
        "last": None,
        "breakdowns": [],
    }
    await released(
        indicators,
        tidy(
            "jena,2015,bevoelkerung,,100",
            "jena,2024-12-31,bevoelkerung,,103",
            "jena,2024-12-31,bevoelkerung,GESM,50",
            "winzerla,2025,bevoelkerung,GESW,7",
            "eisenach,2015,bevoelkerung,,9",
        ),
    )
    answer = await indicators.as_().get(address)
    assert answer.json() == {
        "indicator": "bevoelkerung",
        "release": 1,
        "levels": [
            {"level": "kreis", "areas": 2},
            {"level": "statistischer-bezirk", "areas": 1},
        ],
        "first": "2015",
        "last": "2025",
        "breakdowns": [
            {"breakdown": "", "periods": ["2015", "2024-12-31"]},
            {"breakdown": "GES=GESM", "periods": ["2024-12-31"]},
            {"breakdown": "GES=GESW", "periods": ["2025"]},
        ],
    }
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await indicators.as_().get(address, headers=known)).status_code == 304
    await indicators.patch("/areas/winzerla", {"visibility": "administration"})
    public = (await indicators.as_().get(address, headers=known)).json()
    assert (public["last"], len(public["breakdowns"]), len(public["levels"])) == (
        "2024-12-31",
        2,
        1,
    )
    assert (await indicators.get(address)).json()["last"] == "2025"
    for key in ("nothing", "quote/x"):
        assert (await indicators.get(f"/indicators/{key}/availability")).status_code == 404
    await indicators.patch("/indicators/bevoelkerung", {"visibility": "members"})
    assert (await indicators.as_().get(address)).status_code == 404
    assert len(await columns(indicators, "indicator=bevoelkerung")) == 5
