"""What the word of a body was worth on a day, and what a change of its mandates keeps."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.boards.bodies.rules import from_today, mandates_on
from services.contracts.boards.bodies import NewBody

TODAY = date(2026, 5, 2)
BEFORE = [
    {"until": "2020-12-31", "mandates": ["advises"]},
    {"until": "2024-06-30", "mandates": ["advises", "steers"]},
]


def a_body(**more: Any) -> NewBody:
    said = {"key": "gremium", "name": {"de": "Gremium"}, "kind": "committee", **more}
    return NewBody.model_validate({"mandates": ["decides"], **said})


@pytest.mark.parametrize(
    ("day", "mandates"),
    [
        (date(2000, 1, 1), ["advises"]),
        (date(2020, 12, 31), ["advises"]),
        (date(2021, 1, 1), ["advises", "steers"]),
        (date(2024, 7, 1), ["decides"]),
    ],
)
def test_each_day_has_the_mandates_of_its_time(day: date, mandates: list[str]) -> None:
    assert mandates_on(a_body(earlier_mandates=BEFORE), day) == mandates


def test_other_mandates_count_from_today_and_a_second_change_of_the_day_keeps_yesterday() -> None:
    once = from_today(a_body(mandates=["advises"]), ["decides"], TODAY)
    assert mandates_on(once, date(2026, 5, 1)) == ["decides"]
    assert mandates_on(once, TODAY) == ["advises"]
    again = from_today(once.model_copy(update={"mandates": ["steers"]}), once.mandates, TODAY)
    assert mandates_on(again, date(2026, 5, 1)) == ["decides"]
    assert from_today(once, ["advises"], date(2027, 1, 1)) == once


def test_earlier_mandates_follow_one_another() -> None:
    with pytest.raises(ValidationError, match="each lasts longer"):
        a_body(earlier_mandates=BEFORE[::-1])
