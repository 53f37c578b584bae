"""The real editions of Berlin's monitoring, from delivery to the official class of every area."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.indicators.figures import COUNT, released, second
from tests.integration.indicators.territory import area
from tests.support.towns import Door
from tests.unit.indicators.mss import LATER_SMALL, OUTLIER, Edition

OPEN = {
    "protection": {"kind": "none", "reason": "Open data, protected by the publisher."},
    "source": {"publisher": "Senatsverwaltung für Stadtentwicklung und Wohnen Berlin"},
}
PEOPLE = {**COUNT, **OPEN, "key": "einwohner", "name": {"de": "Einwohnerinnen und Einwohner"}}


@pytest.fixture(params=["2017", "2019"])
def edition(request: pytest.FixtureRequest, shared_data: Path) -> Edition:
    return Edition(shared_data / "indicators" / "mss", request.param)


async def settle(door: Door, edition: Edition) -> None:
    """Berlin with its planning areas, as a statistics office imports them."""
    for key, position in (("land", 1), ("planungsraum", 4)):
        await door.made("/area-levels", {"key": key, "name": {"de": key}, "position": position})
    await door.made("/areas", area("berlin", "land"))
    features = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {"key": key, "name": row["name"], "parent": "berlin"},
        }
        for key, row in edition.inputs.items()
    ]
    address = "/areas/import?level=planungsraum&valid_from=1990-01-01"
    answer = await door.post(address, {"type": "FeatureCollection", "features": features})
    assert answer.status_code == 200, answer.text


async def define(door: Door, edition: Edition) -> dict[str, Any]:
    await door.made("/indicators", PEOPLE)
    asked = edition.preset()
    for key in asked["components"] + asked["changes"]:
        rate = {"key": key, "name": {"de": key}, "unit": {"de": "Prozent"}, "kind": "index"}
        await door.made("/indicators", {**PEOPLE, **rate, "decimals": 2})
    made = await door.made("/indices/presets/mss-berlin", asked)
    out = {
        "kind": "areas",
        "areas": [OUTLIER, *LATER_SMALL[edition.year]],
        "reason": "Left out by the publisher.",
    }
    answer = await door.patch(f"/indices/{made['key']}", {"exclusions": [*made["exclusions"], out]})
    assert answer.status_code == 200, answer.text
    index: dict[str, Any] = answer.json()
    return index


def delivery(edition: Edition) -> bytes:
    """The inputs of the edition as a tidy CSV."""
    rows = [
        f"{area},{period},einwohner,{int(float(number))}"
        for period, numbers in edition.inhabitants.items()
        for area, number in numbers.items()
    ]
    for area_key, row in edition.inputs.items():
        for name in edition.status_columns + edition.change_columns:
            key = f"{name.partition('_')[0]}-{edition.year}"
            rows.append(f"{area_key},{edition.period},{key},{row[name]}")
    return "\n".join(["area,period,indicator,value", *rows, ""]).encode()


async def test_every_area_gets_its_official_class(indicators: Door, edition: Edition) -> None:
    await settle(indicators, edition)
    index = await define(indicators, edition)
    await released(indicators, delivery(edition))
    public = indicators.as_()

    answer = await public.get(f"/indices/{index['key']}/results")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["release"], body["revision"]) == (1, 2)
    names = ("area", "class_code", "dynamics_class", "group", "excluded")
    rows = list(zip(*(body["columns"][name] for name in names), strict=True))
    found = {row[0]: row[1:4] for row in rows if row[4] is None}
    assert len(found) == 436
    assert found == edition.classes()
    assert {row[0] for row in rows if row[4]} == edition.inputs.keys() - edition.official.keys()

    matrix = (await public.get(f"/indices/{index['key']}/matrix")).json()
    groups = [group for _, _, group in edition.classes().values()]
    assert len(matrix["cells"]) == 12
    assert {cell["group"]: cell["count"] for cell in matrix["cells"]} == {
        cell["group"]: groups.count(cell["group"]) for cell in matrix["cells"]
    }
    assert matrix["not_classified"] == 11

    figure = f"indicator={index['key']}-status&area=12302212"
    shown = (await public.get(f"/observations?{figure}")).json()
    value = body["columns"]["value"][body["columns"]["area"].index("12302212")]
    assert shown["columns"]["value"] == [value]
    raw = (
        await second(indicators).get(f"/observations/raw?indicator={index['key']}-dynamics")
    ).json()
    assert len(raw["columns"]["value"]) == 447

    explained = (await public.get(f"/indices/{index['key']}/areas/12302212/explanation")).json()
    assert explained["group"] == edition.classes()["12302212"][2]
    assert explained["status"]["areas"] == 436
    total = sum(one["contribution"] for one in explained["status"]["components"])
    assert abs(total - explained["status"]["sum"]) < 0.05
