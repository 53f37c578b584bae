"""Need, measures and money of areas side by side."""

from datetime import date
from decimal import Decimal

import pytest

from services.contracts.projects.area_views import AreaViews
from services.contracts.projects.portfolio import Portfolio
from services.projects.area_views.rules import Found, Planned, views

DAY = date(2024, 6, 30)
NOTHING = Portfolio.model_construct(groups=[])


def line(source: str, amount: str | None, year: int = 2024) -> dict[str, object]:
    return {"year": year, "source": source, "amount": amount}


def a_measure(
    key: str, *areas: str, findings: tuple[str, ...] = (), **money: str | None
) -> Planned:
    return Planned(key, areas, [line(kind, amount) for kind, amount in money.items()], findings)


def seen(measures: list[Planned], found: list[Found] | None = None) -> AreaViews:
    return views(measures, found or [], NOTHING, 2024, DAY)


def test_a_measure_for_two_areas_counts_in_each_and_once_in_the_total() -> None:
    told = seen([a_measure("m", "lobeda", "winzerla", municipal="100.00")])
    assert [one.area for one in told.areas] == ["lobeda", "winzerla"]
    assert {one.municipal.amount for one in told.areas} == {Decimal("100.00")}
    assert (told.several, told.total.municipal.amount) == (1, Decimal("100.00"))


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("own", "municipal"),
        ("municipal", "municipal"),
        ("eu", "granted_budget"),
        ("federal", "granted_budget"),
        ("state", "granted_budget"),
        ("third_party", "other"),
        ("other", "other"),
    ],
)
def test_money_is_told_by_whose_it_is(source: str, where: str) -> None:
    (area,) = seen([a_measure("m", "lobeda", **{source: "7.50"})]).areas
    sums = {name: getattr(area, name).amount for name in ("municipal", "granted_budget", "other")}
    assert sums == {**dict.fromkeys(sums), where: Decimal("7.50")}


def test_what_nobody_knows_is_counted_and_no_zero() -> None:
    known, unknown = a_measure("a", "lobeda", eu="5.00"), a_measure("b", "lobeda", eu=None)
    (area,) = seen([known, unknown]).areas
    assert (area.granted_budget.amount, area.granted_budget.unknown) == (Decimal("5.00"), 1)
    (alone,) = seen([unknown]).areas
    assert (alone.granted_budget.amount, alone.granted_budget.unknown) == (None, 1)
    assert (alone.municipal.amount, alone.municipal.unknown) == (None, 0)


def test_only_the_budgets_of_the_year_count() -> None:
    (area,) = seen([Planned("m", ("lobeda",), [line("own", "9.00", 2025)], ())]).areas
    assert area.municipal.amount is None


def test_a_need_is_answered_by_any_measure_that_names_it() -> None:
    needs = [Found("armut", "lobeda"), Found("kita", "lobeda"), Found("kita-2", "winzerla")]
    told = seen([a_measure("m", "nord", findings=("armut",))], needs)
    need = {one.area: one.need for one in told.areas}
    assert (need["lobeda"].answered, need["lobeda"].unanswered) == (["armut"], ["kita"])
    assert need["winzerla"].unanswered == ["kita-2"]
    assert need["nord"].open == []


def test_what_names_no_area_is_the_last() -> None:
    told = seen([a_measure("m", own="1.00"), a_measure("n", "winzerla")])
    assert [one.area for one in told.areas] == ["winzerla", None]
