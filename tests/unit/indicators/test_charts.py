"""Charts draw one mark for each area and say in words what they show."""

import os
import re
import struct
from dataclasses import replace
from typing import Any

import pytest
import shapely

from services.contracts.indicators.charts import VEGA_LITE, VegaLite
from services.contracts.indicators.maps import Pattern
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Language
from services.indicators.analyses import texts
from services.indicators.analyses.pictures import Picture
from services.indicators.analyses.rules import Figure
from services.indicators.charts import canvas
from services.indicators.charts.choropleth import choropleth, readable_on
from services.indicators.charts.matrix import Side, described, matrix
from services.indicators.charts.queries import framed
from services.indicators.charts.ranking import ranking
from services.indicators.charts.series import description, every_period, series, short
from services.indicators.maps import rules
from services.indicators.maps.palettes import PALETTES
from services.indicators.maps.rules import Look
from services.indicators.maps.shapes import Memory, simplified
from services.kit.drawing import pictures
from services.kit.problems import Unavailable
from tests.integration.indicators.maps import square
from tests.unit.indicators.pictures import NAMES, picture


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every view with marks, at any depth."""
    if "mark" in spec:
        return [spec]
    parts = [
        part for name in ("vconcat", "hconcat", "concat", "layer") for part in spec.get(name, ())
    ]
    return [found for part in parts for found in layers(part)]


def marks(spec: dict[str, Any], kind: str) -> list[Any]:
    """The data of all marks of a kind."""
    return [
        value
        for layer in layers(spec)
        if layer["mark"]["type"] == kind
        for value in layer["data"]["values"]
    ]


def shapes(town: Picture) -> dict[str, bytes]:
    """A tile for each area."""
    entered = {
        area.version: shapely.to_geojson(shapely.geometry.shape(square(n % 4, n // 4)))
        for n, area in enumerate(town.areas)
    }
    return dict(simplified(entered))


def drawn(kind: str, lang: Language = "de", town: Picture | None = None) -> dict[str, Any]:
    """A chart of the town."""
    town = town or picture()
    if kind == "map":
        look = rules.drawing(town, Look(), lang)
        parts = choropleth(town, look, shapes(town), lang)
        return framed(town, parts, lang, texts.schematic(town, lang))
    parts = ranking(town, lang) if kind == "ranking" else series(town, lang)
    return framed(town, parts, lang)


KINDS = ("ranking", "time-series", "map")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["de", "en", "it"])
def test_a_chart_has_title_words_source_and_release(kind: str, lang: Language) -> None:
    spec = drawn(kind, lang)
    VegaLite.model_validate(spec)
    assert spec["$schema"] == VEGA_LITE
    assert spec["title"]["text"] == [
        {"de": "SGB-II-Quote", "en": "SGB II rate"}.get(lang, "Quota SGB II")
    ]
    assert "Lobeda-West" in spec["description"]
    assert {"de": "16,0", "en": "16.0", "it": "16,0"}[lang] in spec["description"]
    told = spec["usermeta"]["planraum"]
    assert (told["release"], told["lang"]) == (3, lang)
    assert "22811-01-01-4 (dl-de/by-2-0)" in told["source"]
    foot = spec["vconcat"][-1]["mark"]["text"]
    assert " ".join(foot) == told["source"]
    decimal = spec["config"]["locale"]["number"]["decimal"]
    assert decimal == ("." if lang == "en" else ",")


@pytest.mark.parametrize(
    ("tiles", "said"),
    [
        (0, None),
        (12, "Schematische Karte: Kacheln statt der wirklichen Grenzen."),
        (3, "3 von 12 Gebieten sind schematisch gezeichnet, nicht in ihren wirklichen Grenzen."),
    ],
)
def test_a_map_of_tiles_says_that_it_is_schematic(tiles: int, said: str | None) -> None:
    town = picture()
    areas = [
        replace(area, has_geometry=True, schematic=n < tiles) for n, area in enumerate(town.areas)
    ]
    spec = drawn("map", town=replace(town, areas=areas))
    VegaLite.model_validate(spec)
    foot = " ".join(spec["vconcat"][-1]["mark"]["text"])
    assert spec["usermeta"]["planraum"]["note"] == said
    assert foot.startswith(said or "Quelle:")
    assert spec["description"].endswith(said or "Geheimhaltung nicht ausgewiesen.")


def test_a_ranking_has_a_bar_for_each_value_and_hatching_for_each_hidden_one() -> None:
    spec = drawn("ranking")
    bars = [bar for bar in marks(spec, "rect") if "area" in bar]
    assert len(bars) == 10
    named = layers(spec)
    rows = next(v for v in named if v["encoding"].get("text", {}).get("field") == "name")
    assert len(rows["data"]["values"]) == 12
    assert [row["name"] for row in rows["data"]["values"]][-2:] == [
        "–  Jägersdorf",
        "–  Isserstedt",
    ]
    hidden = [row for row in rows["data"]["values"] if row["status"] == "confidential"]
    assert {row["label"] for row in hidden} == {"*"}
    assert all("value" not in row for row in hidden)
    assert marks(spec, "rule")
    assert [bar["row"] for bar in sorted(bars, key=lambda bar: bar["value"])] == list(range(10))


def test_few_cases_stand_in_brackets_and_are_explained() -> None:
    town = picture()
    few = {("empfaenger", "bezirk-08"): Figure(5, ValueStatus.normal)}
    rate = {("bezirk-08", "2024"): Figure(0.8, ValueStatus.normal)}
    town = replace(town, counts={**town.counts, **few}, figures={**town.figures, **rate})
    spec = drawn("ranking", town=town)
    labels = [bar["label"] for bar in marks(spec, "rect") if "area" in bar]
    assert "(0,8\u00a0%)" in labels
    assert "wenige Fälle" in str(marks(spec, "text"))


def test_a_time_series_has_a_panel_for_each_area_and_no_line_over_a_gap() -> None:
    spec = drawn("time-series")
    panels = spec["vconcat"][0]["concat"]
    assert len(panels) == 12
    eighth = next(panel for panel in panels if panel["title"]["text"].startswith("Wenigenjena"))
    points = marks(eighth, "point")
    assert [(point["at"], point["run"]) for point in points] == [(0, 0), (1, 0), (3, 1), (4, 1)]
    assert marks(eighth, "rule")
    hidden = next(panel for panel in panels if panel["title"]["text"] == "Isserstedt")
    assert marks(hidden, "point") == []
    assert marks(hidden, "rule")
    assert "Geheimhaltung" in str(marks(spec, "text"))


def test_a_map_has_a_shape_for_each_area() -> None:
    spec = drawn("map")
    shown = [one for one in marks(spec, "geoshape") if "id" in one]
    assert len(shown) == 12
    hatched = [one for one in marks(spec, "geoshape") if "id" not in one]
    assert len(hatched) == 2
    assert all("LineString" in one["geometry"]["type"] for one in hatched)
    hidden = [one for one in shown if one["properties"]["value"] is None]
    assert {one["properties"]["colour"] for one in hidden} == {"#ffffff"}
    rings = [one["geometry"]["coordinates"][0] for one in shown]
    assert all(shapely.LinearRing(ring).is_ccw is False for ring in rings)
    said = [tuple(v["label"]) for v in marks(spec, "text") if isinstance(v.get("label"), list)]
    named = {lines for lines in said if lines[0] in NAMES}
    assert len(named) == 11
    assert {("Lobeda-West", "16,0"), ("Isserstedt", "*")} <= named
    assert ("14,7",) in said, "the value alone where the name is too long"
    legend = [lines for lines in said if "(2)" in lines[-1]]
    assert len(legend) == 6


def test_many_small_areas_have_the_numbers_of_their_classes() -> None:
    town = picture([float(n % 40) for n in range(400)], counted=False)
    entered = {
        area.version: shapely.to_geojson(shapely.geometry.shape(square(n % 20, n // 20)))
        for n, area in enumerate(town.areas)
    }
    look = rules.drawing(town, Look(), "de")
    spec = framed(town, choropleth(town, look, dict(simplified(entered)), "de"), "de")
    said = [tuple(v["label"]) for v in marks(spec, "text") if isinstance(v.get("label"), list)]
    legend = [" ".join(lines) for lines in said if len(lines[0]) > 1]
    assert [line[:4] for line in legend] == [f"{n} = " for n in range(1, 6)]
    numbers = [lines for lines in said if len(lines[0]) == 1]
    assert len(numbers) == 400
    assert set(numbers) == {("1",), ("2",), ("3",), ("4",), ("5",)}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_stands_on_a_colour_can_be_read() -> None:
    """At least 4.5 to 1 on every colour of every palette (WCAG 2.2, 1.4.3)."""
    for palette in PALETTES.values():
        for colour in palette.colours(palette.most):
            lights = sorted((luminance(colour), luminance(readable_on(colour))))
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, colour


@pytest.mark.parametrize("kind", KINDS)
def test_a_town_in_which_everything_is_hidden_can_be_drawn(kind: str) -> None:
    town = picture()
    hidden = {place: Figure(None, ValueStatus.confidential) for place in town.figures}
    spec = drawn(kind, town=replace(town, figures=hidden, counts={}))
    assert "Für kein Gebiet ist ein Wert ausgewiesen" in spec["description"]
    assert pictures.svg(spec).startswith("<svg")


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_say_what_they_show_and_are_the_same_every_time(kind: str) -> None:
    spec = drawn(kind)
    svg, png = pictures.svg(spec), pictures.png(spec)
    assert pictures.svg(spec) == svg
    assert pictures.png(spec) == png
    title = re.search(r'<title id="([^"]+)">SGB-II-Quote</title>', svg)
    described = re.search(r'<desc id="([^"]+)">SGB-II-Quote \(Prozent\)', svg)
    assert title
    assert described
    assert f'role="img" aria-labelledby="{title[1]} {described[1]}"' in svg
    assert "Quelle: Statistik der Bundesagentur" in svg
    assert "<script" not in svg
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png[33 + 4 : 33 + 8] == b"iTXt"
    width, height = struct.unpack(">II", png[16:24])
    assert width > 1200
    assert height > 600
    assert b"Lobeda-West" in png


def test_pictures_in_one_page_name_nothing_alike() -> None:
    """A browser takes the first of a name: a chart would be clipped, and told, as another."""
    drawings = [pictures.svg(drawn(kind)) for kind in KINDS]
    names = [re.findall(r' id="([^"]+)"', one) for one in drawings]
    assert all(len(set(own)) == len(own) >= 2 for own in names)
    assert len({name for own in names for name in own}) == sum(map(len, names))
    assert any("clip" in name for own in names for name in own)
    for one, own in zip(drawings, names, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", one)) <= set(own)


def test_names_that_look_like_a_program_are_only_text() -> None:
    town = picture()
    evil = "<script>alert('1')</script>\"]}"
    first = replace(town.areas[0], name={"de": evil})
    town = replace(town, areas=[first, *town.areas[1:]])
    for kind in KINDS:
        svg = pictures.svg(drawn(kind, town=town))
        assert "<script" not in svg


def test_counts_are_neither_compared_nor_given_intervals() -> None:
    town = picture([3.0, 4.0, 5.0, None] * 3, kind="count", decimals=0, unit={"de": "Personen"})
    spec = drawn("ranking", town=town)
    assert "Jena: 7,1" not in str(marks(spec, "text"))
    assert next(bar["label"] for bar in marks(spec, "rect") if "area" in bar) == "3"


def test_negative_values_reach_to_the_left_of_zero() -> None:
    town = picture([-4.0, 2.0, 5.0], counted=False, decimals=1)
    bars = [bar for bar in marks(drawn("ranking", town=town), "rect") if "area" in bar]
    assert {bar["zero"] for bar in bars} == {0}
    assert min(bar["value"] for bar in bars) == -4.0
    assert marks(drawn("time-series", town=town), "point")


def test_an_index_matrix_names_every_area_once() -> None:
    areas: list[tuple[str, int | None, int | None]] = [
        (f"Bezirk {n}", 1 + n % 4, 1 + n % 3) for n in range(20)
    ]
    areas += [("Ohne Wert", None, 2)]
    rows = Side("Status", ["hoch", "mittel", "niedrig", "sehr niedrig"], ["#ffffff"] * 4)
    columns = Side("Dynamik", ["positiv", "stabil", "negativ"])
    parts = {"vconcat": matrix(rows, columns, areas, "de")}
    cells = [cell for cell in marks(parts, "rect") if "count" in cell]
    assert len(cells) == 12
    assert sum(cell["count"] for cell in cells) == 20
    assert "ohne Zuordnung, weil ein Wert fehlt: Ohne Wert" in " ".join(
        word
        for text in marks(parts, "text")
        for word in text["label"]
        if isinstance(text["label"], list)
    )
    assert "hoch / positiv: 2" in described(rows, columns, areas)


@pytest.mark.parametrize(
    ("known", "every"),
    [
        (["2020", "2023"], ["2020", "2021", "2022", "2023"]),
        (["2023-Q3", "2024-Q1"], ["2023-Q3", "2023-Q4", "2024-Q1"]),
        (["2021-12-31", "2023-12-31"], ["2021-12-31", "2022-12-31", "2023-12-31"]),
        (["2023-03-31", "2023-06-30"], ["2023-03-31", "2023-06-30"]),
        ([], []),
    ],
)
def test_a_gap_in_time_is_one_in_the_chart(known: list[str], every: list[str]) -> None:
    assert every_period(known) == every


def test_an_axis_says_the_day_once_if_it_is_always_the_same() -> None:
    assert short(["2022-12-31", "2023-12-31"], "de") == (["2022", "2023"], "jeweils am 31.12.")
    assert short(["2023-Q4", "2024-Q1"], "en")[0] == ["Q4/23", "Q1/24"]


def test_a_time_series_tells_first_and_last_values() -> None:
    told = description(picture(), "de")
    assert told.startswith("SGB-II-Quote (Prozent), 2020 – 2024. Altstadt: 2020 ")
    assert "2024 10,0\u00a0%" in told


@pytest.mark.parametrize("pattern", [Pattern.diagonal, Pattern.cross, Pattern.dots])
def test_hatching_stays_inside(pattern: Pattern) -> None:
    for line in canvas.hatching(10, 20, 33, 17, pattern):
        for x, y in ((line.x, line.y), (line.x2, line.y2)):
            assert 10 - 0.02 <= x <= 43.02
            assert 20 - 0.02 <= y <= 37.02


def test_long_words_are_cut_and_wrapped_to_the_width() -> None:
    assert canvas.shortened("Lichtenhain, Ammerbach und Burgau", 80).endswith("…")
    assert len(canvas.wrapped("Statistik der Bundesagentur für Arbeit " * 5, 200)) > 2
    assert canvas.shortened("Zwätzen", 80) == "Zwätzen"


def test_simplified_shapes_still_meet() -> None:
    entered = {
        str(n): shapely.to_geojson(shapely.geometry.shape(square(n % 4, n // 4))) for n in range(12)
    }
    lighter = simplified(entered)
    drawn_ = shapely.from_geojson([shape.decode() for shape in lighter.values()])
    assert shapely.coverage_is_valid(drawn_)
    assert shapely.union_all(drawn_).interiors.__len__() == 0
    assert sum(map(len, lighter.values())) < sum(map(len, entered.values())) / 10


def test_points_are_left_as_they_are() -> None:
    assert simplified({"a": '{"type":"Point","coordinates":[11.5,50.9]}'}) == {
        "a": b'{"type":"Point","coordinates":[11.5,50.9]}'
    }


def test_the_memory_of_shapes_is_bounded() -> None:
    memory = Memory(1000)
    for n in range(10):
        memory.keep(n, {"a": b"x" * 250})
    assert memory.size <= 1000
    assert memory.find(0) is None
    assert memory.find(9) == {"a": b"x" * 250}
    memory.keep(99, {"a": b"x" * 2000})
    assert memory.find(99) is None


def test_a_rate_that_was_rounded_to_protect_shows_no_more_decimals() -> None:
    rounded = Figure(15, ValueStatus.normal, "precision:0")
    assert texts.label(picture().indicator, rounded, "de") == "15\u00a0%"
    assert texts.label(picture().indicator, replace(rounded, rule=""), "de") == "15,0\u00a0%"


def test_ctrl_c_in_the_terminal_is_not_for_the_program_that_draws() -> None:
    """It ended with a traceback in the face of whoever stopped the platform."""
    pictures.svg(drawn("ranking"))
    program = pictures.PAINTER._program
    assert program is not None
    assert os.getpgid(program.pid) != os.getpgrp()


def test_drawing_goes_on_after_the_program_has_ended() -> None:
    spec = drawn("ranking")
    before = pictures.svg(spec)
    program = pictures.PAINTER._program
    assert program is not None
    program.kill()
    program.wait()
    assert pictures.svg(spec) == before


def test_a_specification_that_is_none_is_refused_and_the_next_one_drawn() -> None:
    with pytest.raises(RuntimeError, match="refused"):
        pictures.PAINTER.ask(b"s", '{"mark": 1')
    assert pictures.svg(drawn("ranking")).startswith("<svg")


def test_a_chart_fetches_nothing() -> None:
    spec = {**drawn("ranking"), "data": {"url": "http://127.0.0.1:9/data.json"}}
    spec["vconcat"] = [{"mark": "point", "encoding": {"x": {"field": "a", "type": "nominal"}}}]
    try:
        shown = pictures.svg(spec)
    except RuntimeError:
        return
    assert "data.json" not in shown


async def test_too_many_who_wait_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_waiting", pictures.MOST_WAITING)
    with pytest.raises(Unavailable):
        await pictures.made(drawn("ranking"), "svg")
    assert await pictures.made(drawn("ranking"), "vega-lite")
