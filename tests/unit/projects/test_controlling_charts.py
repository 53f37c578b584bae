"""Charts of controlling can be read without colour, and draw nothing that is not known."""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import vl_convert
from lxml import etree

from services.contracts.projects.area_views import AreaNeed, AreaView, AreaViews
from services.contracts.projects.portfolio import (
    Portfolio,
    PortfolioAxis,
    PortfolioFigures,
    PortfolioGroup,
    PortfolioRate,
    PortfolioSum,
    PortfolioYear,
)
from services.contracts.shared.base import Language
from services.kit.drawing import looks, pictures
from services.projects.area_views_chart.rules import MOST as MOST_AREAS
from services.projects.area_views_chart.rules import areas
from services.projects.chart_style import rules as style
from services.projects.portfolio_shares_chart.rules import MOST as MOST_GROUPS
from services.projects.portfolio_shares_chart.rules import shares
from services.projects.portfolio_years_chart.rules import MOST as MOST_YEARS
from services.projects.portfolio_years_chart.rules import years

ON = date(2024, 11, 15)
CALLED = {"esf": {"de": "Sozialstrategierichtlinie", "en": "Social strategy"}}


def money(amount: str | None, unknown: int = 0) -> PortfolioSum:
    return PortfolioSum(amount=None if amount is None else Decimal(amount), unknown=unknown)


def year(number: int, forecast: PortfolioSum) -> PortfolioYear:
    return PortfolioYear(
        year=number,
        planned=money("45006.80"),
        spent=money("31400"),
        allotted=money("36005.44"),
        paid_out=money("30300.75"),
        forecast=forecast,
        lapse=money(None, 1),
    )


def figures(granted: PortfolioSum, *every: PortfolioYear) -> dict[str, Any]:
    amounts = dict.fromkeys(PortfolioFigures.model_fields, money("0"))
    return amounts | {
        "grants": 3,
        "projects": [],
        "absorption": PortfolioRate(percent=None, unknown=3),
        "granted": granted,
        "years": every,
    }


def of_years(*numbers: int) -> PortfolioFigures:
    every = [
        year(number, money("34000") if number < 2025 else money(None, 2)) for number in numbers
    ]
    return PortfolioFigures(**figures(money("1"), *every))


def grouped(*granted: tuple[str | None, str | None, int], several: int = 0) -> Portfolio:
    groups = [PortfolioGroup(key=key, **figures(money(amount, n))) for key, amount, n in granted]
    total = sum(Decimal(amount) for _, amount, _ in granted if amount)
    return Portfolio(
        on=ON,
        by=PortfolioAxis.programme,
        currency="EUR",
        several=several,
        groups=groups,
        total=PortfolioFigures(**figures(money(str(total)))),
    )


def area(key: str | None, municipal: PortfolioSum, *needs: str, answered: int = 0) -> AreaView:
    return AreaView(
        area=key,
        measures=[],
        municipal=municipal,
        granted_budget=money(None, 1),
        other=money(None),
        granted=money("108016.32"),
        spent=money("0"),
        need=AreaNeed(open=needs, answered=needs[:answered], unanswered=needs[answered:]),
    )


def seen(*every: AreaView) -> AreaViews:
    total = every[0].model_dump(include={"measures", "municipal", "granted_budget", "other"})
    return AreaViews(on=ON, year=2024, currency="EUR", several=1, areas=every, total=total)


def drawn(spec: dict[str, Any]) -> list[str]:
    """Texts of the picture that can be seen."""
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4", allowed_base_urls=[])
    shown = re.findall(r"<text([^>]*)>(.*?)</text>", svg)
    lines = [
        line for how, text in shown if 'opacity="0"' not in how for line in text.split("</tspan>")
    ]
    return [re.sub("<[^>]*>", "", line) for line in lines]


def marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = []
    if isinstance(spec, dict):
        if isinstance(spec.get("mark"), dict) and spec["mark"]["type"] == kind:
            found.append(spec)
        for part in [*spec.get("vconcat", ()), *spec.get("hconcat", ()), *spec.get("layer", ())]:
            found += marks(part, kind)
    return found


def test_plan_actual_and_forecast_of_each_year_stand_in_the_picture() -> None:
    spec = years(of_years(2023, 2024, 2025), ON, "Alle Zuwendungen", "de")
    said = drawn(spec)
    assert {"Plan", "Ist", "Prognose", "2023", "2024", "2025"} <= set(said)
    assert {"36.005", "30.301", "34.000", "45.007", "31.400"} <= set(said)
    assert said.count("?") == 1, "of one year the forecast is not known"
    values = spec["vconcat"][0]["data"]["values"]
    assert [one["money"] for one in values if one["kind"] == "Prognose"] == [34000, 34000, None]
    assert "2025, Geld der Zuwendungen, Euro: Plan 36.005 €, Ist 30.301 €" in spec["description"]
    assert "Prognose nicht bekannt" in spec["description"]


def test_plan_actual_and_forecast_differ_without_colour() -> None:
    (bars, *_) = marks(years(of_years(2024), ON, "Alle", "de"), "bar")
    fill, edge = bars["encoding"]["fill"]["scale"], bars["encoding"]["strokeDash"]["scale"]
    looks = list(zip(map(light, fill["range"]), map(str, edge["range"]), strict=True))
    assert len(looks) == len(fill["domain"]) == 3
    plan, actual, forecast = looks
    assert plan[0] - actual[0] > 0.5
    assert forecast[0] - actual[0] > 0.4
    assert forecast[1] != plan[1], "both are pale, so their edges differ"


def test_many_years_are_no_thicket() -> None:
    spec = years(of_years(*range(1990, 2040)), ON, "All grants", "en")
    said = drawn(spec)
    assert len({text for text in said if re.fullmatch(r"[12]\d{3}", text)}) == MOST_YEARS
    assert "2024" in said
    assert f"Years not drawn: {50 - MOST_YEARS}" in said
    assert {one["mark"]["angle"] for one in marks(spec, "text") if "angle" in one["mark"]} == {270}


def test_groups_stand_by_size_with_their_share() -> None:
    found = grouped(("biwaq", "25000", 1), ("esf", "75000", 0), (None, None, 2), several=1)
    spec = shares(found, CALLED, "de")
    said = drawn(spec)
    order = [text for text in said if text in ("biwaq", "Sozialstrategierichtlinie", "(ohne)")]
    assert order == ["Sozialstrategierichtlinie", "biwaq", "(ohne)"]
    assert {"75.000 € · 75,0 %", "25.000 € + 1 unbekannt · 25,0 %", "nicht bekannt"} <= set(said)
    assert any("die Anteile ergeben darum über 100 %" in text for text in said)
    assert "Sozialstrategierichtlinie: 75.000 € · 75,0 %" in spec["description"]
    assert [one["money"] for one in spec["vconcat"][0]["data"]["values"]] == [75000, 25000, None]


def test_groups_of_one_name_are_two_bars() -> None:
    called = {"a": {"de": "Gleich"}, "b": {"de": "Gleich"}}
    said = drawn(shares(grouped(("a", "10", 0), ("b", "5", 0)), called, "de"))
    assert {"Gleich (a)", "Gleich (b)"} <= set(said)


def test_a_name_is_text_in_the_picture_and_nothing_that_runs() -> None:
    name = '</text><script>alert(1)</script>&"'
    spec = shares(grouped(("a", "10", 0)), {"a": {"de": name}}, "de")
    document = etree.fromstring(pictures.svg(spec).encode())
    assert not document.xpath("//*[local-name()='script']")
    assert name in document.xpath("string()")


def test_small_groups_beyond_the_largest_are_counted() -> None:
    many = [(f"g{n:03}", str(n + 1), 0) for n in range(MOST_GROUPS + 7)]
    said = drawn(shares(grouped(*many), {}, "it"))
    assert "Gruppi minori non disegnati: 7" in said
    assert "g000" not in said


def test_money_and_need_of_an_area_stand_in_one_row() -> None:
    spec = areas(
        seen(
            area("winzerla", money("500.50", 2), "a"),
            area("lobeda", money("42000"), "a", "b", "c", answered=1),
            area(None, money(None)),
        ),
        {"lobeda": {"de": "Lobeda-West"}},
        "de",
    )
    said = drawn(spec)
    assert [text for text in said if text in ("Lobeda-West", "winzerla", "(ohne)")] == [
        "Lobeda-West",
        "winzerla",
        "(ohne)",
    ]
    assert {"42.000 €", "500,50 € + 2 unbekannt", "3, davon 2 ohne Maßnahme"} <= set(said)
    assert said.count("nicht bekannt") == 3, "money of grants is known of no area"
    assert said.count("–") == 2, "nothing is planned and nothing found where no area is named"
    assert "Lobeda-West: Kommunale Mittel 42.000 €" in spec["description"]


def test_what_is_not_known_stands_in_the_row_of_its_area() -> None:
    known = area("winzerla", money("20000"), "b")
    spec = areas(seen(area("lobeda", money(None, 1), "a", "c"), known), {}, "de")
    rows = [view["encoding"]["y"]["scale"]["domain"] for view in spec["vconcat"][0]["hconcat"]]
    assert rows == [["lobeda", "winzerla"]] * 4
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4", allowed_base_urls=[])
    placed = re.findall(r"<text[^>]*translate\([-\d.]+,([-\d.]+)\)[^>]*>([^<>]+)</text>", svg)
    at = {text: float(y) for y, text in placed}
    assert at["lobeda"] < at["winzerla"]
    assert at["lobeda"] < at["20.000 €"] < at["winzerla"] + 30
    assert abs(at["20.000 €"] - at["1, davon 1 ohne Maßnahme"]) < 1


def test_areas_without_need_and_money_are_drawn_all_the_same() -> None:
    many = [area(f"a{n:03}", money(None)) for n in range(MOST_AREAS + 2)]
    said = drawn(areas(seen(*many), {}, "en"))
    assert "Areas not drawn: 2" in said
    assert sum(bool(re.fullmatch(r"a\d\d\d", text)) for text in said) == MOST_AREAS


@pytest.mark.parametrize(("lang", "amount"), [("de", "1.234.568"), ("en", "1,234,568")])
def test_amounts_are_written_as_the_language_does(lang: Language, amount: str) -> None:
    assert style.number(Decimal("1234567.89"), lang) == amount
    assert amount in " ".join(drawn(shares(grouped(("x", "1234567.89", 0)), {}, lang)))


def light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [looks.INK, looks.MUTED, style.ALARM])
def test_texts_can_be_read_on_white(colour: str) -> None:
    assert 1.05 / (light(colour) + 0.05) >= 4.5


def test_texts_beside_bars_stay_inside_the_picture() -> None:
    spec = shares(grouped(("esf", "123456789.12", 120), ("biwaq", "99", 0)), CALLED, "de")
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4", allowed_base_urls=[])
    width = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
    scale = spec["vconcat"][0]["layer"][0]["encoding"]["x"]["scale"]["domain"]
    longest = max(len(one["said"]) for one in spec["vconcat"][0]["data"]["values"])
    room = spec["vconcat"][0]["width"] * (1 - 123456789.12 / scale[1])
    assert longest * 6 <= room < width


def test_the_largest_is_first_and_its_bar_the_longest() -> None:
    values = shares(grouped(("a", "1", 0), ("b", "3", 0), ("c", "2", 0)), {}, "de")["vconcat"][0][
        "data"
    ]["values"]
    assert all(one["top"] >= other["top"] for one, other in pairwise(values))
