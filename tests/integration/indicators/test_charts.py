"""Charts are negotiated, complete, and made of published figures alone."""

import pytest

from services.contracts.indicators.charts import VegaLite
from tests.integration.indicators.figures import released, tidy
from tests.integration.indicators.maps import districts, prepared
from tests.integration.indicators.test_indices import QUARTERS, USUAL, equip, file
from tests.support.towns import Door

KINDS = ("time-series", "ranking", "map", "index-matrix")
MEDIA = {
    "vega-lite": "application/vnd.vegalite.v6+json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
BOTH = "indicator=quote&second=bevoelkerung"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_chart_comes_in_the_form_that_is_asked_for(indicators: Door, kind: str) -> None:
    await prepared(indicators)
    public = indicators.as_()
    address = f"/charts/{kind}?{BOTH}"
    for form, media in MEDIA.items():
        asked = await public.get(f"{address}&format={form}")
        accepted = await public.get(address, headers={"Accept": media})
        for answer in (asked, accepted):
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"].startswith(media)
            assert answer.headers["vary"] == "Accept, Accept-Language"
        assert asked.content == accepted.content
    told = (await public.get(address)).json()
    VegaLite.model_validate(told)
    assert told["usermeta"]["planraum"]["indicator"] == "quote"
    assert told["usermeta"]["planraum"]["release"] == 1
    assert told["description"].startswith("Quote")


async def test_an_svg_runs_nothing(indicators: Door) -> None:
    await prepared(indicators)
    answer = await indicators.get("/charts/ranking?indicator=quote&format=svg")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_a_chart_is_known_by_its_tag_and_changes_with_the_release(indicators: Door) -> None:
    await prepared(indicators)
    public, address = indicators.as_(), "/charts/ranking?indicator=quote&format=png"
    first = await public.get(address)
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    known = await public.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    await released(indicators, tidy("bezirk-03,2024,quote,,17.5"))
    newer = await public.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert newer.status_code == 200
    assert newer.content != first.content
    printed = await public.get(f"{address}&as_of=1")
    assert printed.content == first.content


async def test_a_time_series_is_of_the_areas_that_are_named(indicators: Door) -> None:
    await prepared(indicators)
    query = "indicator=quote&area=bezirk-03,stadt&periods=3"
    told = (await indicators.get(f"/charts/time-series?{query}")).json()
    panels = told["vconcat"][0]["concat"]
    assert [panel["title"]["text"] for panel in panels] == ["Bezirk 03", "Musterstadt"]
    assert told["title"]["subtitle"] == ["Prozent · 2022 – 2024"]
    assert "Musterstadt: 2022" in told["description"]


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("pie?indicator=quote", 422, "kind"),
        ("ranking", 422, "indicator"),
        ("ranking?indicator=nothing-at-all", 422, "indicator"),
        ("ranking?indicator=quote&format=gif", 422, "format"),
        ("ranking?indicator=quote&area=nowhere", 404, None),
        ("ranking?indicator=quote&area=bezirk-01,nowhere", 422, "area"),
        ("index-matrix?indicator=quote", 422, "second"),
        ("index-matrix?indicator=quote&second=nothing-at-all", 422, "second"),
        ("index-matrix?indicator=quote&second=bevoelkerung&second_limits=b", 422, "second_limits"),
        ("map?indicator=quote&level=stadt", 404, None),
        ("time-series?indicator=quote&periods=99", 422, "periods"),
    ],
)
async def test_a_wrong_question_is_pointed_at(
    indicators: Door, address: str, status: int, parameter: str | None
) -> None:
    await prepared(indicators)
    refused = await indicators.get(f"/charts/{address}")
    assert refused.status_code == status, refused.text
    if parameter:
        assert refused.json()["errors"][0]["parameter"] == parameter


async def test_an_index_matrix_crosses_two_classifications(indicators: Door) -> None:
    await prepared(indicators)
    query = "indicator=quote&second=bevoelkerung&limits=5,10&second_limits=1000"
    told = (await indicators.get(f"/charts/index-matrix?{query}")).json()
    cells = [
        cell
        for layer in told["vconcat"][0]["layer"]
        if layer["mark"]["type"] == "rect"
        for cell in layer["data"]["values"]
    ]
    assert len(cells) == 6
    assert sum(cell["count"] for cell in cells) == len(districts()) - 2
    assert told["title"]["text"] == ["Quote – Bevölkerung"]
    assert "ohne Zuordnung" in str(told["vconcat"][1])


async def test_the_matrix_of_an_index_has_the_classes_of_its_recipe(indicators: Door) -> None:
    classes = [
        {"code": "+", "label": {"de": "positiv"}, "up_to": "0", "including": True},
        {"code": "-", "label": {"de": "negativ"}, "up_to": None, "including": True},
    ]
    await equip(indicators, dynamics={"periods": 1, "classes": classes})
    before = file((1, 2), (2, 4), (3, 6), (4, 8), (9, 9), (5, 1), year=2023)
    now = file((2, 2), (2, 3), (3, 7), (1, 8), (9, 12), (5, 0))
    await released(indicators, before, now)
    told = (await indicators.as_().get("/charts/index-matrix?index=soziale-lage")).json()
    cells = [
        cell
        for layer in told["vconcat"][0]["layer"]
        if layer["mark"]["type"] == "rect"
        for cell in layer["data"]["values"]
    ]
    matrix = (await indicators.get("/indices/soziale-lage/matrix")).json()
    assert [cell["count"] for cell in cells] == [cell["count"] for cell in matrix["cells"]]
    assert sum(cell["count"] for cell in cells) == len(QUARTERS)
    assert {cell["row"] for cell in cells} == {"günstig", "mittel", "ungünstig"}
    assert told["title"]["subtitle"] == ["Statistischer Bezirk · 2024"]
    png = await indicators.get("/charts/index-matrix?index=soziale-lage&format=png")
    assert png.content.startswith(b"\x89PNG")
    shown = await indicators.get("/maps/soziale-lage-status?method=standard_deviation")
    assert shown.json()["classification"]["palette"] == "BrBG"


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("index-matrix", 422, "indicator"),
        ("index-matrix?index=soziale-lage&indicator=quote", 422, "indicator"),
        ("ranking?index=soziale-lage", 422, "index"),
        ("index-matrix?index=nothing-at-all", 422, "indicator"),
        ("index-matrix?index=soziale-lage", 422, "index"),
    ],
)
async def test_only_an_index_with_dynamics_has_a_matrix(
    indicators: Door, address: str, status: int, parameter: str
) -> None:
    await equip(indicators)
    await released(indicators, USUAL)
    refused = await indicators.get(f"/charts/{address}")
    assert refused.status_code == status, refused.text
    assert refused.json()["errors"][0]["parameter"] == parameter
