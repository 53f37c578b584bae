"""What is made of figures follows them: with a release, and with a withdrawal."""

from typing import Any

from tests.integration.indicators.figures import columns, released, tidy
from tests.integration.indicators.territory import area
from tests.integration.indicators.test_derivations import derived, equip
from tests.integration.indicators.test_indices import CLASSES, INDEX
from tests.support.towns import Door

QUARTERS = ("ammerbach", "burgau", "lobeda-west", "winzerla")
RULE: dict[str, Any] = {
    "key": "hohe-quote",
    "title": {"de": "Hohe Quote"},
    "level": "statistischer-bezirk",
    "conditions": [
        {"kind": "threshold", "indicator": "quote", "comparison": "above", "value": "10"},
        {
            "kind": "index_class",
            "index": "soziale-lage",
            "part": "status",
            "index_classes": ["3"],
        },
    ],
    "combining": "all",
    "visibility": "public",
}


def year(number: int, *recipients: int) -> bytes:
    rows = []
    for key, count in zip(QUARTERS, recipients, strict=True):
        rows += [f"{key},{number},empfaenger,,{count}", f"{key},{number},bevoelkerung,,1000"]
    return tidy(*rows)


async def prepare(door: Door) -> None:
    """Four quarters, a share, an index of it, and a rule on both."""
    await equip(door, derived("quote", "share({empfaenger}, {bevoelkerung})"))
    for key in QUARTERS[:2]:
        await door.made("/areas", area(key, "statistischer-bezirk", "jena"))
    components = [{"indicator": "quote"}, {"indicator": "empfaenger"}]
    await door.made("/indices", {**INDEX, "components": components, "classes": CLASSES})
    await door.made("/needs-rules", RULE)


async def findings(door: Door) -> list[tuple[str, str]]:
    items = (await door.get("/findings")).json()["items"]
    return [(item["area"], item["state"]) for item in items]


async def profiled(door: Door) -> tuple[str, Any]:
    """The newest share of a quarter in its profile."""
    found = (await door.get("/areas/winzerla/profile")).json()
    (one,) = [i for topic in found["topics"] for i in topic["indicators"] if i["key"] == "quote"]
    return one["period"], one["value"]


async def mapped(door: Door, query: str = "") -> str:
    answer = await door.get(f"/maps/soziale-lage-status?geometry=none{query}")
    assert answer.status_code == 200, answer.text
    period: str = answer.json()["period"]
    return period


async def test_everything_computed_follows_a_release_and_its_withdrawal(indicators: Door) -> None:
    await prepare(indicators)
    public = indicators.as_()
    await released(indicators, year(2023, 40, 50, 60, 70))
    assert await findings(public) == []
    await released(indicators, year(2024, 40, 50, 60, 200))
    assert await columns(public, "indicator=quote&period=2024&area=winzerla") == [
        ("winzerla", "2024", "", 20, "normal")
    ]
    assert await findings(public) == [("winzerla", "open")]
    assert await profiled(public) == ("2024", 20)
    assert await mapped(public) == "2024"
    report = {"key": "atlas", "kind": "atlas", "title": {"de": "Atlas"}, "release": 2}
    await indicators.made("/reports", {**report, "level": "statistischer-bezirk"})
    printed = (await public.get("/reports/atlas/document")).text
    assert "20" in printed

    withdrawn = await indicators.as_("statistician", subject="test:third-person").post(
        "/deliveries/delivery-2/withdrawal", {"reason": "Die Zahlen waren die eines anderen Amts."}
    )
    assert withdrawn.status_code == 200, withdrawn.text
    assert await columns(public, "indicator=quote&period=2024") == []
    assert await columns(public, "indicator=soziale-lage-status&period=2024") == []
    assert await findings(public) == [("winzerla", "resolved")]
    assert await profiled(public) == ("2023", 7)
    assert await mapped(public) == "2023"

    assert await mapped(public, "&as_of=2") == "2024"
    as_printed = await columns(public, "indicator=quote&period=2024&area=winzerla&as_of=2")
    assert as_printed == [("winzerla", "2024", "", 20, "normal")]
    assert (await public.get("/reports/atlas/document")).text == printed
