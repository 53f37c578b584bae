"""The picture of the funding cliff can be drawn and read, and draws nothing that is not known."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import vl_convert

from services.contracts.projects.portfolio import PortfolioSum
from services.contracts.projects.portfolio_cliff import CliffPoint, CliffStep, GrantEnd
from services.contracts.shared.base import Language
from services.projects.portfolio_cliff.rules import spans
from services.projects.portfolio_cliff_chart.rules import chart

ON = date(2024, 11, 15)
MONEY = (("120345.67", 0), ("98000", 2), (None, 1), ("9076.94", 0))


def points(last: date, by: CliffStep) -> list[CliffPoint]:
    return [
        CliffPoint(
            starts_on=first,
            ends_on=end,
            money=PortfolioSum(amount=amount and Decimal(amount), unknown=unknown),
            fte=Decimal("3.5"),
            grants=3,
        )
        for (first, end), (amount, unknown) in zip(spans(ON, last, by), MONEY * 20, strict=False)
    ]


def end(day: date, *, followed: bool) -> GrantEnd:
    return GrantEnd(
        grant="g",
        project="p",
        programme="x",
        ends_on=day,
        amount=None,
        fte=Decimal(1),
        granted=[],
        applied=[],
        successor_programmes=[],
        follows_on=day + timedelta(1) if followed else None,
        gap_days=0 if followed else None,
        successor_known=followed,
    )


def texts(spec: dict[str, Any]) -> list[str]:
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4", allowed_base_urls=[])
    shown = re.findall(r"<text([^>]*)>([^<>]+)</text>", svg)
    return [text for how, text in shown if 'opacity="0"' not in how]


def columns(spec: dict[str, Any]) -> dict[str, float]:
    """Where each text stands from left to right."""
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4", allowed_base_urls=[])
    placed = re.findall(r"<text[^>]*translate\(([-\d.]+),[^>]*>([^<>]+)</text>", svg)
    return {text: float(x) for x, text in placed}


def test_what_is_not_known_stands_above_its_own_step() -> None:
    spec = chart(points(date(2025, 9, 30), CliffStep.quarter), [], ON, CliffStep.quarter, "de")
    at = columns(spec)
    together = {
        "IV/2024": "120.346",
        "I/2025": "98.000",
        "II/2025": "+ 1 unbekannt",
        "III/2025": "9.077",
        "IV/2025": "0",
    }
    first, second = at["IV/2024"], at["I/2025"]
    for number, (step, said) in enumerate(together.items()):
        assert at[step] == pytest.approx(first + number * (second - first))
        assert said == "0" or at[said] == pytest.approx(at[step], abs=1)


def test_steps_amounts_and_what_is_not_known_stand_in_the_picture() -> None:
    ends = [end(date(2025, 3, 31), followed=False), end(date(2025, 3, 1), followed=True)]
    spec = chart(points(date(2025, 9, 30), CliffStep.quarter), ends, ON, CliffStep.quarter, "de")
    said = texts(spec)
    assert {"IV/2024", "I/2025", "II/2025", "III/2025", "IV/2025"} <= set(said)
    assert {"120.346", "98.000", "9.077", "+ 2 unbekannt", "+ 1 unbekannt", "▼ 1"} <= set(said)
    assert not any(re.search(r"\d{4}-\d\d-\d\d", text) for text in said)


def test_the_picture_goes_on_to_the_first_step_without_money() -> None:
    values = chart(points(date(2025, 9, 30), CliffStep.quarter), [], ON, CliffStep.quarter, "de")[
        "data"
    ]["values"]
    assert [value["money"] for value in values] == [120345.67, 98000, None, 9076.94, 0]
    assert values[-1]["from"] == "2025-10-01"


@pytest.mark.parametrize(("lang", "amount"), [("de", "120.346"), ("en", "120,346")])
def test_it_speaks_the_language_of_who_reads_it(lang: Language, amount: str) -> None:
    spec = chart(points(date(2026, 12, 31), CliffStep.year), [], ON, CliffStep.year, lang)
    assert amount in texts(spec)
    assert amount in spec["description"]


def test_texts_of_many_months_do_not_touch() -> None:
    spec = chart(points(date(2027, 12, 31), CliffStep.month), [], ON, CliffStep.month, "it")
    said = texts(spec)
    assert "120.346" not in said
    assert said.count("?") == 19, "what is not known is marked all the same"
    assert 10 <= sum(bool(re.fullmatch(r"\d\d/\d{4}", text)) for text in said) < 39


def test_nothing_granted_is_said_in_words() -> None:
    assert "Am Stichtag läuft keine Bewilligung." in texts(chart([], [], ON, CliffStep.year, "de"))
