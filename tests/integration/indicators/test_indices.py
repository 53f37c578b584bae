"""Indices over HTTP: computed with releases, read as printed, explained, tried out."""

from typing import Any

import pytest

from tests.integration.indicators.figures import COUNT, columns, released, second, tidy
from tests.integration.indicators.territory import area, settle
from tests.support.towns import Door

OPEN = {"kind": "none", "reason": "Openly published by the office."}
QUARTERS = ["ammerbach", "burgau", "lichtenhain", "lobeda-west", "winzerla", "zwaetzen"]
CLASSES = [
    {"code": "1", "label": {"de": "günstig"}, "up_to": "-1", "including": False},
    {"code": "2", "label": {"de": "mittel"}, "up_to": "1", "including": True},
    {"code": "3", "label": {"de": "ungünstig"}, "up_to": None, "including": True},
]
INDEX: dict[str, Any] = {
    "key": "soziale-lage",
    "name": {"de": "Index soziale Lage", "en": "Social situation"},
    "source": {"publisher": "Sozialplanung"},
    "level": "statistischer-bezirk",
    "components": [{"indicator": "arbeitslose"}, {"indicator": "kinderarmut", "weight": "2"}],
    "classes": CLASSES,
}


async def equip(door: Door, **more: Any) -> dict[str, Any]:
    """Six quarters, two components, an index."""
    await settle(door)
    for key in QUARTERS:
        if key not in ("lobeda-west", "winzerla"):
            await door.made("/areas", area(key, "statistischer-bezirk", "jena"))
    for key in ("arbeitslose", "kinderarmut"):
        named = {"key": key, "name": {"de": key.title()}}
        await door.made("/indicators", {**COUNT, **named, "protection": OPEN})
    return await door.made("/indices", {**INDEX, **more})


def file(*rows: tuple[int, int], year: int = 2024) -> bytes:
    lines = []
    for key, (a, b) in zip(QUARTERS, rows, strict=False):
        lines += [f"{key},{year},arbeitslose,,{a}", f"{key},{year},kinderarmut,,{b}"]
    return tidy(*lines)


USUAL = file((1, 2), (2, 4), (3, 6), (4, 8), (9, 9), (5, 1))


async def found(door: Door, query: str = "") -> dict[str, tuple[Any, Any, Any]]:
    answer = await door.get(f"/indices/soziale-lage/results?{query}")
    assert answer.status_code == 200, answer.text
    read = answer.json()["columns"]
    names = ("area", "value", "class_code", "excluded")
    return {row[0]: row[1:] for row in zip(*(read[name] for name in names), strict=True)}


async def test_an_index_is_computed_with_the_release_and_read_like_any_figure(
    indicators: Door,
) -> None:
    made = await equip(indicators.as_("planner"))
    assert (made["revision"], made["dynamics"]) == (1, None)
    assert await found(indicators.as_()) == {}
    await released(indicators, USUAL)
    read = await found(indicators.as_())
    assert list(read) == QUARTERS
    assert read["winzerla"][1:] == ("3", None)
    assert sum(value for value, _, _ in read.values()) == pytest.approx(0, abs=0.005)
    shown = await columns(indicators.as_(), "indicator=soziale-lage-status&area=winzerla")
    assert shown == [("winzerla", "2024", "", read["winzerla"][0], "normal")]
    indicator = (await indicators.get("/indicators/soziale-lage-status")).json()
    assert indicator["name"] == {
        "de": "Index soziale Lage: Status",
        "en": "Social situation: status",
    }
    assert (indicator["kind"], indicator["computed"]) == ("index", True)
    lineage = (await indicators.as_().get("/indicators/kinderarmut/lineage")).json()
    assert lineage["indices"] == ["soziale-lage"]


async def test_a_quarter_with_a_hidden_component_is_left_out_before_standardising(
    indicators: Door,
) -> None:
    await equip(indicators)
    threshold = {"protection": {"kind": "threshold", "minimum": 3}}
    await indicators.patch("/indicators/kinderarmut", threshold)
    await released(indicators, USUAL)
    read = await found(indicators.as_())
    assert {key: row[2] for key, row in read.items() if row[2]} == {
        "ammerbach": "hidden",
        "zwaetzen": "hidden",
    }
    values = [value for value, _, _ in read.values() if value is not None]
    assert sum(values) == pytest.approx(0, abs=0.005)
    shown = await columns(indicators.as_(), "indicator=soziale-lage-status&area=ammerbach")
    assert shown == [("ammerbach", "2024", "", None, "confidential")]


async def test_what_is_hidden_later_is_no_longer_told_by_earlier_indices(
    indicators: Door,
) -> None:
    await equip(indicators)
    await released(indicators, USUAL)
    assert (await found(indicators.as_(), "as_of=1"))["ammerbach"][0] is not None
    await indicators.patch("/indicators/kinderarmut", {"protection": {"kind": "threshold"}})
    await released(indicators, tidy("jena,2030,arbeitslose,,5"))
    for query in ("", "as_of=1", "as_of=2"):
        assert (await found(indicators.as_(), query))["ammerbach"] == (None, None, "hidden")
    ask = "indicator=soziale-lage-status&area=ammerbach"
    for query in ("", "&as_of=1"):
        assert [row[3] for row in await columns(indicators.as_(), ask + query)] == [None]


async def test_results_are_read_as_they_were_printed(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, USUAL)
    first = await found(indicators.as_())
    patch = {"components": [{"indicator": "arbeitslose"}]}
    changed = await indicators.patch("/indices/soziale-lage", patch)
    assert changed.status_code == 200, changed.text
    assert await found(indicators.as_()) == first
    await released(indicators, tidy("jena,2030,arbeitslose,,5"))
    second_ = await found(indicators.as_())
    assert second_ != first
    assert await found(indicators.as_(), "as_of=1") == first
    body = (await indicators.as_().get("/indices/soziale-lage/results?as_of=1")).json()
    assert (body["release"], body["revision"]) == (1, 1)
    later = await indicators.as_().get("/indices/soziale-lage/results?as_of=9")
    assert later.json()["errors"][0]["parameter"] == "as_of"
    history = (await indicators.get("/indices/soziale-lage/history")).json()
    assert [entry["revision"] for entry in history] == [2, 1]


async def test_an_index_rests_while_its_components_do(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, USUAL)
    await indicators.made("/indicators", {**COUNT, "key": "sonstiges", "name": {"de": "Sonstiges"}})
    await released(indicators, tidy("jena,2024,sonstiges,,5"))
    body = (await indicators.as_().get("/indices/soziale-lage/results")).json()
    assert body["release"] == 1


async def test_the_explanation_tells_what_would_put_a_quarter_into_another_class(
    indicators: Door,
) -> None:
    await equip(indicators)
    await released(indicators, USUAL)
    address = "/indices/soziale-lage/areas/zwaetzen/explanation"
    told = (await indicators.as_().get(address)).json()
    status = told["status"]
    assert (told["period"], status["areas"], told["dynamics"]) == ("2024", 6, None)
    assert [one["figure"] for one in status["components"]] == ["5", "1"]
    assert status["components"][1]["name"] == {"de": "Kinderarmut"}
    total = sum(one["contribution"] for one in status["components"])
    assert total == pytest.approx(status["sum"], abs=0.02)
    assert status["components"][0]["class_without"] == "1"
    flip = status["components"][1]["flip"]
    weights = {
        "kinderarmut": str(round(flip["weight"] + (0.01 if flip["change"] > 0 else -0.01), 4))
    }
    preview = await indicators.post("/indices/soziale-lage/previews", {"weights": weights})
    assert preview.status_code == 200, preview.text
    read = preview.json()
    at = read["columns"]["area"].index("zwaetzen")
    assert "zwaetzen" in read["moved"]
    assert read["columns"]["class_now"][at] == status["class_code"]
    assert read["columns"]["class_code"][at] == flip["class_code"]
    assert read["columns"]["value_now"][at] == status["value"]
    assert (await found(indicators.as_()))["zwaetzen"][0] == status["value"]
    for missing in ("jena", "nirgends"):
        answer = await indicators.as_().get(f"/indices/soziale-lage/areas/{missing}/explanation")
        assert answer.status_code == 404


RECIPIENTS = (9, 11, 22, 26, 34, 51)


async def equip_with_rates(door: Door) -> None:
    """Six quarters of 400 inhabitants: their rates are shown without decimals."""
    await equip(door)
    rate = {"kind": "rate", "numerator": "empfaenger", "denominator": "bevoelkerung"}
    for new in (
        {**COUNT, "key": "bevoelkerung", "name": {"de": "Bevölkerung"}, "protection": OPEN},
        {**COUNT, "key": "empfaenger", "name": {"de": "Empfänger"}, "protection": OPEN},
        {**COUNT, **rate, "key": "quote", "name": {"de": "Quote"}, "factor": 100, "computed": True},
    ):
        await door.made(
            "/indicators",
            {**new, "unit": {"de": "Personen"}}
            if "factor" not in new
            else {**new, "unit": {"de": "Prozent"}, "decimals": 2},
        )
    patch = {"components": [{"indicator": "quote"}, {"indicator": "kinderarmut"}]}
    answer = await door.patch("/indices/soziale-lage", patch)
    assert answer.status_code == 200, answer.text
    lines = [f"{key},2024,bevoelkerung,,400" for key in QUARTERS]
    lines += [f"{key},2024,empfaenger,,{n}" for key, n in zip(QUARTERS, RECIPIENTS, strict=True)]
    await released(door, tidy(*lines), USUAL)


async def test_a_preview_starts_from_what_is_released(indicators: Door) -> None:
    await equip_with_rates(indicators)
    rates = [row[3] for row in await columns(indicators.as_(), "indicator=quote")]
    assert rates == [2, 3, 6, 6, 8, 13], "lichtenhain and lobeda-west look alike"
    read = await found(indicators.as_())
    address = "/indices/soziale-lage/previews"
    same = (await indicators.post(address, {"weights": {"quote": "1"}})).json()
    told = same["columns"]
    now = zip(told["value_now"], told["class_now"], strict=True)
    assert dict(zip(told["area"], now, strict=True)) == {k: row[:2] for k, row in read.items()}
    assert (told["value"], told["class_code"]) == (told["value_now"], told["class_now"])
    assert same["moved"] == []
    other = (await indicators.post(address, {"weights": {"kinderarmut": "0"}})).json()
    assert other["columns"]["value_now"] == told["value_now"]
    assert other["moved"] == ["winzerla", "zwaetzen"]
    assert await found(indicators.as_()) == read, "nothing is stored"
    assert (await indicators.get("/indices/soziale-lage")).json()["components"][1]["weight"] == "1"


async def test_a_matrix_of_state_and_dynamics(indicators: Door) -> None:
    dynamics = {
        "periods": 1,
        "classes": [
            {"code": "+", "label": {"de": "positiv"}, "up_to": "0", "including": True},
            {"code": "-", "label": {"de": "negativ"}},
        ],
    }
    await equip(indicators, dynamics=dynamics)
    await released(
        indicators, USUAL, file((1, 2), (2, 4), (3, 6), (4, 8), (30, 30), (5, 1), year=2025)
    )
    matrix = (await indicators.as_().get("/indices/soziale-lage/matrix")).json()
    assert (matrix["period"], matrix["not_classified"]) == ("2025", 0)
    cells = {cell["group"]: cell["areas"] for cell in matrix["cells"] if cell["areas"]}
    assert cells["3-"] == ["winzerla"]
    assert sum(map(len, cells.values())) == 6
    first = (await indicators.as_().get("/indices/soziale-lage/matrix?period=2024")).json()
    assert first["not_classified"] == 6
    shown = await columns(indicators.as_(), "indicator=soziale-lage-dynamics&area=winzerla")
    assert [(row[1], row[4]) for row in shown] == [("2024", "missing"), ("2025", "normal")]


async def test_a_quarter_that_not_everybody_may_see_is_compared_but_not_shown(
    indicators: Door,
) -> None:
    await equip(indicators)
    answer = await indicators.patch("/areas/winzerla", {"visibility": "administration"})
    assert answer.status_code == 200, answer.text
    await released(indicators, USUAL)
    everybody, staff = await found(indicators.as_()), await found(indicators.as_("planner"))
    assert set(staff) - set(everybody) == {"winzerla"}
    assert everybody.items() <= staff.items()
    address = "/indices/soziale-lage/areas/winzerla/explanation"
    assert (await indicators.as_().get(address)).status_code == 404
    preview = {"weights": {"kinderarmut": "1"}}
    everybodys = await indicators.as_().post("/indices/soziale-lage/previews", preview)
    assert everybodys.status_code == 401
    tried = await indicators.as_("planner").post("/indices/soziale-lage/previews", preview)
    assert "winzerla" in tried.json()["columns"]["area"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"components": [{"indicator": "niemand"}]}, "/components/0/indicator"),
        (
            {"components": [{"indicator": "arbeitslose", "change": "niemand"}]},
            "/components/0/change",
        ),
        (
            {"components": [{"indicator": "arbeitslose", "breakdown": "B=1&A=1"}]},
            "/components/0/breakdown",
        ),
        ({"level": "planungsraum"}, "/level"),
        ({"first_period": "2024-13"}, "/first_period"),
        ({"aggregation": {"levels": ["land"], "weight": "niemand"}}, "/aggregation/weight"),
        (
            {"level": "land", "aggregation": {"levels": ["kreis"], "weight": "arbeitslose"}},
            "/aggregation/levels/0",
        ),
        ({"key": "presets"}, "/key"),
        ({"components": [{"indicator": "soziale-lage-status"}]}, "/components/0/indicator"),
        ({"components": [{"indicator": "geheim"}]}, "/components/0/indicator"),
        ({"classes": CLASSES[:2]}, "/classes"),
    ],
)
async def test_a_recipe_that_makes_no_sense_is_refused(
    indicators: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await equip(indicators)
    hidden = {"key": "geheim", "name": {"de": "Geheim"}, "visibility": "administration"}
    await indicators.made("/indicators", {**COUNT, **hidden})
    answer = await indicators.post("/indices", {**INDEX, "key": "andere-lage", **wrong})
    assert answer.status_code == 422, answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_an_indicator_of_the_same_name_is_not_taken_over(indicators: Door) -> None:
    await settle(indicators)
    for key in ("arbeitslose", "kinderarmut", "soziale-lage-status"):
        await indicators.made("/indicators", {**COUNT, "key": key, "name": {"de": key}})
    answer = await indicators.post("/indices", INDEX)
    assert answer.status_code == 409
    assert (await indicators.get("/indices/soziale-lage")).status_code == 404


async def test_presets_are_listed_and_adopted_by_those_who_plan(indicators: Door) -> None:
    await equip(indicators)
    listed = (await indicators.as_().get("/indices/presets")).json()
    assert [one["key"] for one in listed] == [
        "mss-berlin",
        "sozialmonitoring-hamburg",
        "z-index",
        "min-max-fifths",
        "gisd-2022",
    ]
    assert [one["verified"] for one in listed] == [True, False, None, False, False]
    assert "nicht die Gewichte des GISD" in listed[3]["note"]["de"]
    assert "angenommen" in listed[1]["note"]["de"]
    assert sum(float(one["weight"]) for one in listed[4]["components"]) == pytest.approx(99.9)
    asked = {
        "key": "z-lage",
        "level": "statistischer-bezirk",
        "source": {"publisher": "Sozialplanung"},
        "components": ["arbeitslose", "kinderarmut"],
    }
    made = await indicators.as_("planner").post("/indices/presets/z-index", asked)
    assert made.status_code == 201, made.text
    assert made.headers["location"].endswith("/indices/z-lage")
    assert made.json()["name"]["de"] == "Einfacher z-Index"
    hamburg = await indicators.made(
        "/indices/presets/sozialmonitoring-hamburg", {**asked, "key": "hamburger-art"}
    )
    assert "Nicht geprüft" in hamburg["description"]["de"]
    assert (await indicators.as_().post("/indices/presets/z-index", asked)).status_code == 401
    assert (await indicators.post("/indices/presets/niemand", asked)).status_code == 404
    assert [one["key"] for one in (await indicators.get("/indices")).json()["items"]] == [
        "hamburger-art",
        "soziale-lage",
        "z-lage",
    ]


async def test_raw_readers_have_the_figures_of_an_index_too(indicators: Door) -> None:
    await equip(indicators)
    await released(indicators, USUAL)
    raw = await columns(second(indicators), "indicator=soziale-lage-status", "/observations/raw")
    assert len(raw) == 6
