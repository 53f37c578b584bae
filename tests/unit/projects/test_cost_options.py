"""Simplified cost options: order, mutual exclusion, decimal rates."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.figures import Figure, Rule, Unit
from services.kit.problems import Invalid
from services.projects.allocation.rules import cents
from services.projects.cost_options.rules import (
    FlatRates,
    RealCost,
    amounts_on,
    covered,
    flat_costs,
    flats_on,
    simplified_required,
    within_limit,
)
from tests.unit.projects.rulebook import rule, said

D = Decimal
MONEY = st.decimals(0, 10**7, places=2)
RATES = st.decimals(0, 100, places=3)


def rate(value: str | D) -> Rule:
    return rule("indirect_rate", str(value))


def amounts(found: list[Figure]) -> dict[str | None, str | None]:
    return {figure.scope: said(figure)[0] for figure in found}


def test_staff_then_travel_then_office_rest_on_each_other_in_that_order() -> None:
    real = RealCost(external=D(1000), equipment=D(500), infrastructure=D(500))
    rates = FlatRates(staff=rate("20"), travel=rate("10"), office_on_staff=rate("15"))
    found = flat_costs(real, rates)
    assert [figure.scope for figure in found] == ["staff", "travel", "office"]
    assert amounts(found) == {"staff": "400.00", "travel": "40.00", "office": "60.00"}


def test_staff_rests_on_real_travel_but_not_on_flat_travel() -> None:
    real = RealCost(travel=D(100), external=D(1000))
    assert amounts(flat_costs(real, FlatRates(staff=rate("20")))) == {"staff": "220.00"}
    flat = FlatRates(staff=rate("20"), travel=rate("5"))
    assert amounts(flat_costs(RealCost(external=D(1000)), flat)) == {
        "staff": "200.00",
        "travel": "10.00",
    }


def test_office_rests_on_staff_or_on_all_direct_cost() -> None:
    real = RealCost(staff=D(1000), travel=D(100), external=D(200), equipment=D(300))
    assert amounts(flat_costs(real, FlatRates(office_on_staff=rate("15")))) == {"office": "150.00"}
    assert amounts(flat_costs(real, FlatRates(office_on_direct=rate("7")))) == {"office": "112.00"}


def test_remaining_cost_is_forty_per_cent_of_direct_staff() -> None:
    found = flat_costs(RealCost(staff=D("98765.43")), FlatRates(other=rate("40")))
    assert amounts(found) == {"other": "39506.17"}


@pytest.mark.parametrize(
    ("real", "used", "refused"),
    [
        ({}, ["office_on_staff", "office_on_direct"], ["/office_on_direct"]),
        ({}, ["other", "travel"], ["/other"]),
        ({}, ["other", "staff"], ["/other"]),
        ({}, ["other", "office_on_staff"], ["/other"]),
        ({"staff": 1}, ["staff"], ["/staff"]),
        ({"travel": 1}, ["travel"], ["/travel"]),
        ({"office": 1}, ["office_on_staff"], ["/office"]),
        ({"office": 1}, ["office_on_direct"], ["/office"]),
        ({"travel": 1, "external": 1}, ["other"], ["/external", "/travel"]),
        ({"equipment": None}, ["other"], ["/equipment"]),
    ],
)
def test_rates_that_exclude_each_other_and_cost_that_is_covered_are_refused(
    real: dict[str, int | None], used: list[str], refused: list[str]
) -> None:
    cost = RealCost(**{name: None if v is None else D(v) for name, v in real.items()})
    with pytest.raises(Invalid) as problem:
        flat_costs(cost, FlatRates(**dict.fromkeys(used, rate("10"))))
    assert [fault.pointer for fault in problem.value.faults] == refused


def test_a_rate_of_19_975_per_cent_is_not_rounded_down_as_whole_numbers_would_be() -> None:
    """Jems keeps whole rates and rounds down at each step."""
    found = flat_costs(RealCost(staff=D("100000")), FlatRates(travel=rate("19.975")))
    assert amounts(found) == {"travel": "19975.00"}
    by_steps = flat_costs(
        RealCost(external=D("1234.56")), FlatRates(staff=rate("19.975"), travel=rate("19.975"))
    )
    assert amounts(by_steps) == {"staff": "246.60", "travel": "49.26"}


@given(MONEY, RATES)
def test_a_flat_amount_is_off_by_half_a_cent_at_most(base: D, percent: D) -> None:
    (found,) = flat_costs(RealCost(staff=base), FlatRates(other=rate(percent)))
    exact = Fraction(base) * Fraction(percent) / 100
    assert abs(Fraction(found.known) - exact) <= Fraction(1, 200)
    assert found.value == cents(exact)


@given(MONEY, MONEY, MONEY, MONEY, RATES, RATES, RATES)
def test_flat_costs_agree_with_the_sentences_of_the_regulation(
    travel: D, external: D, equipment: D, infrastructure: D, first: D, second: D, third: D
) -> None:
    real = RealCost(
        travel=travel, external=external, equipment=equipment, infrastructure=infrastructure
    )
    found = flat_costs(real, FlatRates(staff=rate(first), office_on_direct=rate(third)))
    direct = travel + external + equipment + infrastructure
    staff = cents(Fraction(direct) * Fraction(first) / 100)
    office = cents(Fraction(staff + direct) * Fraction(third) / 100)
    assert [figure.value for figure in found] == [staff, office]


@given(
    st.lists(st.tuples(st.sampled_from(list(CostCategory)), MONEY), max_size=8),
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("staff", "travel", "office_on_direct"), RATES)
    ),
)
def test_amounts_without_their_explanation_are_the_same_amounts(
    cost: list[tuple[CostCategory, D]], used: dict[str, D]
) -> None:
    rates = FlatRates(**{name: rate(percent) for name, percent in used.items()})
    real = dict.fromkeys(set(CostCategory) - covered(rates), D(0))
    for category, amount in cost:
        if category in real:
            real[category] += amount
    told = {figure.scope: figure.value for figure in flats_on(cost, rates)}
    assert amounts_on({str(name): amount for name, amount in real.items()}, rates) == told


def test_an_amount_whose_rate_is_not_known_is_none() -> None:
    rates = FlatRates(staff=rate("20"), other=None, travel=rule("indirect_rate"))
    assert amounts_on({"external": D(100)}, rates) == {"staff": D("20.00")}
    assert [said(flat)[:3] for flat in flats_on([("external", D(100))], rates)] == [
        ("20.00", "ok", None),
        (None, "unknown", "no_rule"),
    ]


def test_what_rests_on_unknown_cost_is_not_known() -> None:
    found = flat_costs(RealCost(external=None), FlatRates(staff=rate("20"), travel=rate("5")))
    assert [said(figure) for figure in found] == [(None, "unknown", "no_amount")] * 2


@pytest.mark.parametrize(
    ("kind", "used", "limit", "status"),
    [
        ("direct", "7", "7", "ok"),
        ("direct", "7.001", "7", "breach"),
        ("staff", "15", "15", "ok"),
        ("staff", "15.01", "15", "breach"),
        ("calculated", "25", "25", "ok"),
        ("calculated", "25.5", "25", "breach"),
        ("remaining", "40", "40", "ok"),
        ("remaining", "41", "40", "breach"),
        ("direct", "7", None, "unknown"),
        ("direct", None, "7", "unknown"),
        ("direct", None, None, "unknown"),
    ],
)
def test_a_flat_rate_keeps_to_the_limit_of_its_article(
    kind: str, used: str | None, limit: str | None, status: str
) -> None:
    most = None if limit is None else rule("indirect_rate", limit, scope=kind)
    found = within_limit(kind, rule("indirect_rate", used, scope=kind), most)
    assert found.status.value == status


@pytest.mark.parametrize(
    ("cost", "limit", "expected"),
    [
        ("200000", "200000", ("yes", "review", None)),
        ("200000.01", "200000", ("no", "ok", None)),
        (None, "200000", (None, "unknown", "no_amount")),
        ("1", None, (None, "unknown", "no_rule")),
    ],
)
def test_small_operations_must_use_simplified_cost(
    cost: str | None, limit: str | None, expected: tuple[str, str, str]
) -> None:
    most = None if limit is None else rule("simplified_below", limit, Unit.euro)
    assert said(simplified_required(None if cost is None else D(cost), most)) == expected
