"""The profile of a quarter tells everything that is published of it."""

from typing import Any

from services.contracts.indicators.profiles import AreaProfile
from tests.integration.indicators.figures import COUNT, released, tidy
from tests.integration.indicators.maps import prepared
from tests.integration.indicators.territory import area
from tests.integration.indicators.town_with_facilities import at, equip_districts, facility
from tests.support.towns import Door


async def ask(door: Door, key: str, query: str = "") -> dict[str, Any]:
    """A profile that is answered."""
    answer = await door.get(f"/areas/{key}/profile?{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    AreaProfile.model_validate(told)
    return told


def lines(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {line["key"]: line for topic in told["topics"] for line in topic["indicators"]}


async def test_a_profile_has_every_topic_with_rank_trend_and_reference(indicators: Door) -> None:
    await prepared(indicators)
    told = await ask(indicators.as_(), "bezirk-03")
    assert [(topic["topic"], topic["name"]) for topic in told["topics"]] == [
        ("bevoelkerung", "Bevölkerung"),
        ("mindestsicherung", "Mindestsicherung"),
        (None, None),
    ]
    assert (told["release"], told["area"]["level_name"]["de"]) == (1, "Stadtbezirk")
    rate = lines(told)["quote"]
    assert (rate["value"], rate["period"], rate["verdict"]) == (16.0, "2024", "worse")
    assert (rate["rank"], rate["percentile"], rate["fifth"]) == ({"rank": 10, "of": 10}, 95, 5)
    assert [(one["role"], one["value"]) for one in rate["references"]] == [
        ("municipality", 9.0),
        ("above", 7.3),
    ]
    assert rate["difference"] == 7.0
    assert rate["interval"]["lower"] > 9
    assert [point["value"] for point in rate["series"]] == [15.9, 15.9, 16.0, 16.0, 16.0]
    assert rate["text"] == "Quote, 2024: 16,0\u00a0%; Musterstadt 9,0\u00a0%; Rang 10 von 10."
    people = lines(told)["bevoelkerung"]
    assert (people["verdict"], people["difference"]) == (None, None)
    assert people["trend"]["direction"] == "steady"


async def test_a_profile_says_why_a_figure_is_hidden(indicators: Door) -> None:
    await prepared(indicators)
    hidden = lines(await ask(indicators.as_(), "bezirk-04"))["quote"]
    assert (hidden["value"], hidden["status"], hidden["label"]) == (None, "confidential", "*")
    assert (hidden["rank"], hidden["verdict"], hidden["interval"]) == (None, None, None)
    assert "Geheimhaltung" in hidden["text"]
    assert lines(await ask(indicators, "bezirk-04"))["quote"]["value"] is None


async def test_a_profile_can_be_that_of_an_earlier_day_or_release(indicators: Door) -> None:
    await prepared(indicators)
    first = await ask(indicators.as_(), "bezirk-03")
    await released(
        indicators, tidy("bezirk-03,2024,quote,,17.5", "bezirk-03,2025,bevoelkerung,,8200")
    )
    now = lines(await ask(indicators.as_(), "bezirk-03"))
    assert (now["quote"]["period"], now["bevoelkerung"]["period"]) == ("2024", "2025")
    assert now["bevoelkerung"]["rank"] == {"rank": 1, "of": 1}
    earlier = lines(await ask(indicators.as_(), "bezirk-03", "period=2024"))
    assert earlier["quote"]["value"] == 17.5
    assert await ask(indicators.as_(), "bezirk-03", "as_of=1") == first


async def test_the_references_are_the_nearest_area_the_municipality_and_those_above(
    indicators: Door,
) -> None:
    await prepared(indicators)
    town = indicators.municipality.key
    new = {"key": "viertel", "name": {"de": "Viertel"}, "position": 5}
    await indicators.made("/area-levels", new)
    await indicators.made("/areas", area("altstadt", "viertel", "bezirk-03"))
    open_to_all = {"kind": "none", "reason": "Computed from what is published."}
    index = {"key": "lage", "name": {"de": "Lage"}, "kind": "index", "protection": open_to_all}
    await indicators.made("/indicators", {**COUNT, **index, "decimals": 1})
    await released(indicators, tidy("altstadt,2024,lage,,12"))
    told = lines(await ask(indicators.as_(), "altstadt"))["lage"]
    assert [one["role"] for one in told["references"]] == ["municipality", "above", "above"]
    await indicators.made("/area-levels", {**new, "key": "kommune", "position": 3})
    await indicators.made("/areas", area(town, "kommune", "stadt"))
    changed = await indicators.patch("/areas/bezirk-03", {"parent": town}, 1)
    assert changed.status_code == 200, changed.text
    await released(indicators, tidy(f"{town},2024,lage,,9.5"))
    told = lines(await ask(indicators.as_(), "altstadt"))["lage"]
    assert [(one["role"], one["area"]) for one in told["references"]] == [
        ("parent", "bezirk-03"),
        ("municipality", town),
        ("above", "stadt"),
        ("above", "thueringen"),
    ]
    assert told["difference"] == 2.5
    own = lines(await ask(indicators.as_(), town))["lage"]
    assert [(one["role"], one["area"]) for one in own["references"]] == [
        ("parent", "stadt"),
        ("above", "thueringen"),
    ]
    assert own["text"] == "Lage, 2024: 9,5."


async def test_a_profile_holds_only_what_one_may_see(indicators: Door) -> None:
    await prepared(indicators)
    await indicators.patch("/indicators/empfaenger", {"visibility": "administration"}, 1)
    public = lines(await ask(indicators.as_(), "bezirk-03"))
    assert "empfaenger" not in public
    assert (public["quote"]["interval"], public["quote"]["interval_missing"]) == (
        None,
        "no_counts",
    )
    assert "empfaenger" in lines(await ask(indicators, "bezirk-03"))
    await indicators.patch("/areas/bezirk-03", {"visibility": "administration"}, 1)
    assert (await indicators.as_().get("/areas/bezirk-03/profile")).status_code == 404
    assert (await indicators.as_().get("/areas/nowhere/profile")).status_code == 404


async def test_an_area_is_found_by_its_uuid_and_without_figures(indicators: Door) -> None:
    await prepared(indicators)
    identifier = (await indicators.get("/areas/bezirk-03")).json()["id"]
    assert await ask(indicators, identifier) == await ask(indicators, "bezirk-03")
    await indicators.made("/areas", area("leer", "bezirk", "stadt"))
    assert (await ask(indicators, "leer"))["topics"] == []


async def test_a_profile_costs_three_statements_however_many_indicators(
    indicators: Door, statements: list[str]
) -> None:
    await prepared(indicators)
    more = [f"kennzahl-{n}" for n in range(12)]
    for key in more:
        await indicators.made("/indicators", {**COUNT, "key": key, "name": {"de": key}})
    await released(
        indicators, tidy(*(f"bezirk-03,2024,{key},,{n * 5}" for n, key in enumerate(more)))
    )
    statements.clear()
    answer = await indicators.as_().get("/areas/bezirk-03/profile")
    assert len(lines(answer.json())) == 15
    assert len(statements) == 3
    statements.clear()
    known = await indicators.as_().get(
        "/areas/bezirk-03/profile", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert known.status_code == 304
    assert len(statements) == 3
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"


async def test_a_profile_counts_the_facilities_of_the_area(indicators: Door) -> None:
    await equip_districts(indicators)
    for new in (
        facility("am-park", 90, location=at(11.505, 50.905)),
        facility("am-bach", 40, location=at(11.515, 50.915)),
        facility("nebenan", 30, location=at(11.53, 50.91)),
        facility("irgendwo", 20),
        facility("zu", 20, location=at(11.505, 50.905), state="closed"),
        facility("intern", 20, location=at(11.505, 50.905), visibility="administration"),
    ):
        await indicators.made("/facilities", new)
    told = (await ask(indicators.as_(), "bezirk-a"))["facilities"]
    assert told == [
        {
            "kind": "jugendzentrum",
            "name": "Jugendzentrum",
            "facilities": 0,
            "places": 0,
            "places_known": 0,
            "forecast": False,
            "unassigned": 0,
            "schematic": False,
        },
        {
            "kind": "kita",
            "name": "Kindertageseinrichtung",
            "facilities": 2,
            "places": 130,
            "places_known": 130,
            "forecast": False,
            "unassigned": 1,
            "schematic": False,
        },
    ]
    (_, kitas) = (await ask(indicators, "bezirk-a"))["facilities"]
    assert kitas["facilities"] == 3, "the administration sees one more"
    (_, kitas) = (await ask(indicators.as_(), "bezirk-a", "period=2019"))["facilities"]
    assert (kitas["facilities"], kitas["places"]) == (2, None), "nobody says how many places then"


async def test_nobody_counts_facilities_of_an_area_without_a_shape(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.made("/areas", area("bezirk-c", "bezirk", "winzerla"))
    await indicators.made("/facilities", facility("da", 10, area="bezirk-c"))
    (_, kitas) = (await ask(indicators.as_(), "bezirk-c"))["facilities"]
    assert (kitas["facilities"], kitas["places"], kitas["unassigned"]) == (1, 10, 0)
    await indicators.made("/facilities", facility("irgendwo", 20))
    (_, kitas) = (await ask(indicators.as_(), "bezirk-c"))["facilities"]
    assert (kitas["facilities"], kitas["places"], kitas["unassigned"]) == (None, None, 1)


async def test_a_new_facility_is_another_state_of_the_profile(indicators: Door) -> None:
    await equip_districts(indicators)
    await indicators.patch("/areas/bezirk-a", {"geometry_is_schematic": True}, 1)
    path = "/areas/bezirk-a/profile"
    tag = (await indicators.as_().get(path)).headers["etag"]
    known = {"If-None-Match": tag}
    assert (await indicators.as_()("GET", path, headers=known)).status_code == 304
    await indicators.made("/facilities", facility("neu", 90, location=at(11.505, 50.905)))
    answer = await indicators.as_()("GET", path, headers=known)
    assert answer.status_code == 200
    (_, kitas) = answer.json()["facilities"]
    assert (kitas["facilities"], kitas["schematic"]) == (1, True)
