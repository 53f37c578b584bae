"""What everybody reads of a target that counts people is what anybody could add up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.projects.targets import NewTargetIndicator, NewTargetPeriod
from services.projects.attainments.rules import Held, as_published, of_indicator
from services.projects.protected_actuals.rules import Published, actual

PUBLISHED = date(2026, 1, 31)
TODAY = date(2026, 6, 1)
Y24, Y25 = ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")
FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
Row = Mapping[str, Any]


def indicator(**more: Any) -> NewTargetIndicator:
    body = {
        "key": "teilnehmende",
        "result": "ergebnis",
        "title": {"de": "Teilnehmende"},
        "unit": {"de": "Personen"},
        "direction": "increase",
        "counting": "cumulative",
        "baseline": 0,
        "esf_code": "EECO12",
    }
    return NewTargetIndicator.model_validate(body | more)


def row(span: tuple[str, str] | None, total: int | None, state: str = "shown") -> Row:
    begins, ends = span or (None, None)
    cell = {"value": total, "state": state}
    return {"code": "EECO12", "starts_on": begins, "ends_on": ends, "total": cell}


def told(*rows: Row, on: date = PUBLISHED, asked: date = TODAY, **more: Any) -> tuple[Any, ...]:
    return actual(indicator(**more), Published(on, rows), FIRST, LAST, asked)


def test_spans_of_the_period_add_up() -> None:
    other = {**row(Y25, 99), "code": "EECO13"}
    assert told(row(Y24, 20), row(Y25, 12), row(None, 32), other) == (32, date(2025, 12, 31), None)


def test_a_total_may_be_told_though_a_span_is_not() -> None:
    rows = (row(Y24, None, "hidden"), row(Y25, None, "hidden"), row(None, 32))
    assert told(*rows) == (32, date(2025, 12, 31), None)


def test_a_hidden_span_is_not_left_out_of_the_sum() -> None:
    later = row(("2026-01-01", "2026-12-31"), 7)
    rows = (row(Y24, 20), row(Y25, None, "hidden"), later, row(None, 30))
    assert told(*rows) == (None, None, "protected")


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (row(Y25, 12), row(None, 12)),
        (row(("2024-01-01", "2026-03-31"), 12), row(None, 12)),
        (row(("2023-07-01", "2024-06-30"), 12), row(None, 12)),
        (row(Y24, None, "unknown"), row(None, None, "unknown")),
    ],
    ids=["nothing", "a gap before", "longer", "begins before", "unknown"],
)
def test_what_cannot_be_compared_is_not_published(rows: tuple[Row, ...]) -> None:
    assert told(*rows) == (None, None, "not_published")


def test_an_edition_tells_up_to_its_own_day_and_of_no_share() -> None:
    early = date(2025, 7, 1)
    assert told(row(Y24, 20), row(Y25, 12), row(None, 32), on=early) == (32, early, None)
    assert told(row(Y24, 20), row(None, 20), measure="percentage")[2] == "not_published"
    assert actual(indicator(), None, FIRST, LAST, TODAY)[2] == "not_published"


def test_of_an_earlier_day_what_had_ended_then_is_told() -> None:
    rows = (row(Y24, 20), row(Y25, 12), row(None, 32))
    assert told(*rows, asked=date(2025, 6, 1)) == (20, date(2024, 12, 31), None)


def test_cumulative_figures_count_from_the_beginning_whenever_the_first_period_begins() -> None:
    spring = NewTargetPeriod.model_validate(
        {
            "key": "bis-2025",
            "indicator": "teilnehmende",
            "starts_on": "2024-04-01",
            "ends_on": "2025-12-31",
            "kind": "target",
            "target": Decimal(30),
        }
    )
    rows = (row(Y24, 20), row(Y25, 12), row(None, 32))
    held = [Held(spring, locked=False, update=None)]
    for counting, value in (("cumulative", 32), ("per_period", None)):
        one = indicator(counting=counting)
        seen = as_published(one, held, Published(PUBLISHED, rows), TODAY)
        assert of_indicator(one, seen, TODAY).actual == value


def test_numbers_per_period_make_no_sum_while_one_is_hidden() -> None:
    per_period = indicator(counting="per_period")
    held = [
        Held(
            NewTargetPeriod.model_validate(
                {
                    "key": f"jahr-{year}",
                    "indicator": "teilnehmende",
                    "starts_on": f"{year}-01-01",
                    "ends_on": f"{year}-12-31",
                    "kind": "target",
                    "target": Decimal(20),
                }
            ),
            locked=False,
            update=None,
        )
        for year in (2024, 2025)
    ]
    rows = (row(Y24, 25), row(Y25, None, "hidden"), row(None, 28))
    seen = as_published(per_period, held, Published(PUBLISHED, rows), TODAY)
    found = of_indicator(per_period, seen, TODAY)
    assert (found.actual, found.no_achievement, found.state) == (None, "protected", "hidden")
    assert [one.actual for one in found.periods] == [25, None], "28 in all would tell the rest"
    assert found.missing_periods == []
