"""Places against people: what may be said, and what is not known."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.coverage import NoRate
from services.contracts.indicators.values import ValueStatus
from services.indicators.coverage.rules import Need, Offer, Site, nearest, offer_on, ranks, rate
from services.indicators.coverage.spreading import Basis, cover

TODAY = date(2026, 1, 15)
HERE = (11.6, 50.9)


def site(key: str = "kita", **more: Any) -> Site:
    fields = {"state": "open", "starts_on": None, "ends_on": None, "capacity": [], "position": HERE}
    return Site(key, **{**fields, **more})


def places(valid_from: str, number: int | None, forecast: bool = False) -> dict[str, Any]:
    return {"valid_from": valid_from, "places": number, "forecast": forecast}


@pytest.mark.parametrize(
    ("facility", "on", "offer"),
    [
        (site(capacity=[places("2020-01-01", 60)]), TODAY, Offer(60, False)),
        (site(), TODAY, Offer(None, False)),
        (site(capacity=[places("2027-01-01", 60, True)]), TODAY, Offer(None, False)),
        (
            site(capacity=[places("2020-01-01", 60), places("2027-01-01", 90, True)]),
            date(2027, 1, 1),
            Offer(90, True),
        ),
        (site(starts_on=date(2026, 1, 16)), TODAY, None),
        (site(ends_on=TODAY), TODAY, Offer(None, False)),
        (site(ends_on=date(2026, 1, 14)), TODAY, None),
        (site(state="paused"), TODAY, None),
        (site(state="closed"), TODAY, None),
        (site(state="closed", ends_on=date(2025, 7, 31)), date(2025, 7, 31), Offer(None, False)),
        (site(state="planned"), date(2030, 1, 1), None),
        (site(state="planned", starts_on=date(2027, 8, 1)), TODAY, None),
        (site(state="planned", starts_on=date(2025, 8, 1)), TODAY, None),
        (site(state="planned", starts_on=date(2027, 8, 1)), date(2027, 8, 1), Offer(None, True)),
    ],
)
def test_a_facility_counts_while_it_is_open(facility: Site, on: date, offer: Offer | None) -> None:
    assert offer_on(facility, on, TODAY) == offer


@pytest.mark.parametrize(
    ("number", "need", "expected"),
    [
        (90, "450", "20"),
        (1, "7", None),
        (90, "45", "200"),
        (3, "1300", "0.2"),
        (1, "123456", "0.01"),
        (0, "450", "0"),
        (333, "1000", "33.3"),
    ],
)
def test_a_rate_has_no_more_digits_than_the_group_has_people(
    number: int, need: str, expected: str | None
) -> None:
    value, reason = rate(number, Need(Decimal(need), ValueStatus.normal))
    assert (None if value is None else f"{value:f}") == expected
    assert (reason is None) == (expected is not None)


@pytest.mark.parametrize(
    ("number", "need", "reason"),
    [
        (5, None, NoRate.need_missing),
        (5, Need(None, ValueStatus.confidential), NoRate.need_hidden),
        (5, Need(None, ValueStatus.unknown), NoRate.need_hidden),
        (5, Need(None, ValueStatus.pending), NoRate.need_missing),
        (5, Need(Decimal(0), ValueStatus.normal), NoRate.nobody_in_need),
        (None, Need(Decimal(50), ValueStatus.normal), NoRate.places_unknown),
        (5, Need(Decimal(9), ValueStatus.normal), NoRate.too_few_in_need),
    ],
)
def test_where_there_is_no_rate_a_reason_stands(
    number: int | None, need: Need | None, reason: NoRate
) -> None:
    assert rate(number, need) == (None, reason)


@given(st.integers(0, 100_000), st.sampled_from(ValueStatus))
def test_no_rate_is_told_of_a_figure_that_is_not_there(number: int, status: ValueStatus) -> None:
    assert rate(number, Need(None, status)).value is None


@given(st.integers(1, 10_000), st.integers(10, 1_000_000))
def test_one_step_of_a_rate_is_one_person_at_least(number: int, people: int) -> None:
    value, _ = rate(number, Need(Decimal(people), ValueStatus.normal))
    assert value is not None
    assert value > 0
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    step = max(Decimal(1).scaleb(exponent), Decimal(10) if people < 100 else Decimal(0))
    assert step * people / 100 >= 1
    assert abs(value - Decimal(100 * number) / people) <= step


def test_the_best_covered_is_first_and_ties_share() -> None:
    rates = [Decimal(20), None, Decimal(30), Decimal(20), Decimal(5)]
    assert ranks(rates) == [2, None, 1, 2, 4]


def test_the_nearest_may_be_outside() -> None:
    sites = [
        site("a", position=(11.6, 50.9)),
        site("b", position=(11.7, 50.9)),
        site("c", position=None),
    ]
    near, none = nearest([(11.61, 50.9), None], sites, [["a"], []])
    assert (near.facility, near.metres) == ("a", pytest.approx(701, abs=1))
    assert near.outside == pytest.approx(6312, abs=3)
    assert none == (None, None, None)
    assert nearest([(0, 0)], [], [[]])[0] == (None, None, None)


def basis(needs: dict[str, Need], **more: Any) -> Basis:
    areas = [
        SimpleNamespace(area=key, name={"de": key}, schematic=False, longitude=x, latitude=y)
        for key, x, y in (("a", 11.6, 50.9), ("b", 11.7, 50.9), ("c", None, None))
    ]
    sites = [
        site("one", capacity=[places("2020-01-01", 60)]),
        site("two", capacity=[places("2020-01-01", 30)], position=None),
    ]
    fields = {"area_of": {"one": "a"}, "indicator": "kinder", "breakdown": "", "period": "2024"}
    return Basis(
        areas=areas, sites=sites, needs=needs, provisional=False, release=1, **{**fields, **more}
    )


def need(value: int | None) -> Need:
    status = ValueStatus.normal if value is not None else ValueStatus.confidential
    return Need(None if value is None else Decimal(value), status)


def test_areas_without_a_shape_are_counted_only_when_nothing_is_unassigned() -> None:
    needs = {key: need(200) for key in "abc"}
    open_ = cover(basis(needs), TODAY, TODAY)
    assert [one.sum.facilities if one.sum else None for one in open_.areas] == [1, 0, None]
    assert open_.areas[2].rate.reason is NoRate.areas_unknown
    assert [s.key for s, _ in open_.unassigned] == ["two"]
    closed = cover(basis(needs, area_of={"one": "a", "two": "c"}), TODAY, TODAY)
    assert [one.sum.facilities if one.sum else None for one in closed.areas] == [1, 0, 1]
    assert closed.unassigned == []


@given(st.lists(st.one_of(st.none(), st.integers(3, 10_000)), min_size=3, max_size=3))
def test_a_hidden_group_hides_its_rate_and_the_total(values: list[int | None]) -> None:
    needs = dict(zip("abc", map(need, values), strict=True))
    made = cover(basis(needs, area_of={"one": "a", "two": "c"}), TODAY, TODAY)
    for one, value in zip(made.areas, values, strict=True):
        assert value is not None or one.rate == (None, NoRate.need_hidden)
    if None in values:
        assert made.need is None
        assert made.rate == (None, NoRate.need_hidden)
    else:
        assert made.need == sum(v for v in values if v is not None)
