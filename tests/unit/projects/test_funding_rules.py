"""Money to the cent, shares over time, periods and successors: the rules of funding."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.grants import NewGrant
from services.contracts.projects.positions import NewPosition, PositionFunding
from services.contracts.projects.programmes import FundingPeriod
from services.kit.problems import Invalid
from services.projects.grants.rules import CENT, check_grant
from services.projects.positions.rules import check_funding, first_day_above
from services.projects.programmes.rules import check_periods, check_successor

START = date(2023, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(n))
MONEY = st.decimals(0, 10**9, places=2)
RATES = st.decimals(0, 100, places=4)


def grant(**fields: Any) -> NewGrant:
    plain = {"key": "g1", "project": "p1", "programme": "r1", "grantee": "jena"}
    days = {"starts_on": START, "ends_on": START}
    return NewGrant.model_validate(plain | days | {"eligible_cost": "100"} | fields)


def pointers(refused: pytest.ExceptionInfo[Invalid]) -> list[str | None]:
    return [fault.pointer for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("cost", "amount", "rate"),
    [
        ("135020.40", "108016.32", "80"),
        ("146839.75", "117471.80", "80"),
        ("105700.97", "84560.77", "80"),
        ("105700.97", "84560.78", "80"),
        ("0", "0", "80"),
        ("100", "33.33", "33.3333"),
        ("100", None, "80"),
        ("100", "99.99", None),
    ],
)
def test_a_rate_gives_the_amount_to_the_cent(
    cost: str, amount: str | None, rate: str | None
) -> None:
    check_grant(grant(eligible_cost=cost, amount=amount, rate=rate))


@given(MONEY, RATES)
def test_an_amount_rounded_in_any_way_fits_and_another_cent_does_not(
    cost: Decimal, rate: Decimal
) -> None:
    exact = cost * rate / 100
    for rounding in (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_UP):
        amount = exact.quantize(CENT, rounding)
        check_grant(grant(eligible_cost=cost, amount=amount, rate=rate))
    below = exact.quantize(CENT, ROUND_FLOOR) - CENT
    if below >= 0:
        with pytest.raises(Invalid) as refused:
            check_grant(grant(eligible_cost=cost, amount=below, rate=rate))
        assert pointers(refused) == ["/amount"]


@given(st.lists(st.none() | MONEY, max_size=8), MONEY)
def test_known_sources_never_exceed_the_cost_and_unknown_ones_count_nothing(
    amounts: list[Decimal | None], cost: Decimal
) -> None:
    new = grant(eligible_cost=cost, sources=[{"kind": "own", "amount": a} for a in amounts])
    if sum(filter(None, amounts)) <= cost:
        check_grant(new)
    else:
        with pytest.raises(Invalid) as refused:
            check_grant(new)
        assert pointers(refused) == ["/sources"]


@st.composite
def shares(draw: st.DrawFn) -> PositionFunding:
    starts_on = draw(DAYS)
    ends_on = draw(st.none() | st.integers(0, 30).map(lambda n: starts_on + timedelta(n)))
    share = draw(st.integers(0, 60))
    return PositionFunding(grant="g1", share=Decimal(share), starts_on=starts_on, ends_on=ends_on)


@given(st.lists(shares(), max_size=6))
def test_the_sweep_finds_the_first_day_above_the_whole(funding: list[PositionFunding]) -> None:
    def together(day: date) -> Decimal:
        lasting = (p for p in funding if p.starts_on <= day <= (p.ends_on or date.max))
        return sum((part.share for part in lasting), Decimal(0))

    days = (START + timedelta(n) for n in range(100))
    expected = next((day for day in days if together(day) > 100), None)
    assert first_day_above(funding, Decimal(100)) == expected


def test_one_grant_may_pay_all_until_a_day_and_another_all_from_the_next() -> None:
    def part(first: int, last: int | None, share: int = 100) -> PositionFunding:
        ends_on = None if last is None else START + timedelta(last)
        return PositionFunding(
            grant=f"g{first}",
            share=Decimal(share),
            starts_on=START + timedelta(first),
            ends_on=ends_on,
        )

    assert first_day_above([part(10, None), part(0, 9)], Decimal(100)) is None
    assert first_day_above([part(9, None), part(0, 9)], Decimal(100)) == START + timedelta(9)


def test_a_share_may_last_until_the_end_of_the_calendar() -> None:
    part = {"grant": "g1", "share": 100, "starts_on": date.min, "ends_on": date.max}
    body = {"key": "s1", "title": {"de": "Stelle"}, "employer": "jena", "starts_on": date.min}
    check_funding(NewPosition.model_validate(body | {"funding": [part]}))
    with pytest.raises(Invalid) as refused:
        check_funding(NewPosition.model_validate(body | {"funding": [part, part]}))
    assert pointers(refused) == ["/funding"]


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 20)), max_size=5))
def test_periods_are_refused_exactly_when_two_share_a_day(
    spans: list[tuple[date, int | None]],
) -> None:
    periods = [
        FundingPeriod(starts_on=s, ends_on=None if n is None else s + timedelta(n))
        for s, n in spans
    ]
    overlap = any(
        a.starts_on <= (b.ends_on or date.max) and b.starts_on <= (a.ends_on or date.max)
        for i, a in enumerate(periods)
        for b in periods[:i]
    )
    if overlap:
        with pytest.raises(Invalid):
            check_periods(periods)
    else:
        check_periods(periods)


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef") | st.none()))
def test_a_chain_of_programmes_is_refused_exactly_when_it_comes_back(
    before: dict[str, str | None],
) -> None:
    """Whatever is stored, also a circle that should not be there, the check ends."""
    reached, at = [], before.get("a")
    while at is not None and at not in reached:
        reached.append(at)
        at = before.get(at)
    circle = "a" in reached or at is not None
    if circle:
        with pytest.raises(Invalid) as refused:
            check_successor("a", before.get("a"), before)
        assert pointers(refused) == ["/successor_of"]
    else:
        check_successor("a", before.get("a"), before)
