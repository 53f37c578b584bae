"""Shares and sources against the rates of the programme."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import FigureStatus, Reason
from services.projects.allocation.rules import CENT
from services.projects.financing.rules import (
    cofinancing,
    not_too_large,
    not_too_small,
    own_share,
    share,
    uncovered,
)
from tests.unit.projects.rulebook import rule, said

D = Decimal
MONEY = st.decimals(0, 10**8, places=2)


@pytest.mark.parametrize(
    ("granted", "eligible", "limit", "expected"),
    [
        ("108016.32", "135020.40", "80", ("80", "ok", None)),
        ("117471.80", "146839.75", "80", ("80", "ok", None)),
        ("84560.78", "105700.97", "80", ("80", "ok", None)),
        ("84560.79", "105700.97", "80", ("80", "breach", None)),
        ("60", "100", "60", ("60", "ok", None)),
        ("60.01", "100", "60", ("60.01", "breach", None)),
        ("0", "100", "60", ("0", "ok", None)),
        ("60", "100", None, ("60", "unknown", None)),
        ("60", "0", "60", (None, "unknown", "nothing_to_divide")),
        (None, "100", "60", (None, "unknown", "no_amount")),
        ("60", None, "60", (None, "unknown", "no_amount")),
    ],
)
def test_the_share_of_a_source_is_held_against_its_highest_rate(
    granted: str | None, eligible: str | None, limit: str | None, expected: tuple[str, str, str]
) -> None:
    found = share(
        "eu",
        None if granted is None else D(granted),
        None if eligible is None else D(eligible),
        None if limit is None else rule("max_rate", limit, scope="eu"),
    )
    assert said(found) == expected
    assert found.scope == "eu"
    assert len(found.clauses) == (limit is not None)


@pytest.mark.parametrize(
    ("granted", "limit", "usual", "expected"),
    [
        ("20", "80", "20", "ok"),
        ("20.01", "80", "20", "review"),
        ("80", "80", "20", "review"),
        ("80.01", "80", "20", "breach"),
        ("80.01", "80", "90", "breach"),
        ("20", None, "20", "ok"),
        ("20.01", None, "20", "review"),
        ("20", "", "", "unknown"),
        ("20", "80", "", "ok"),
    ],
)
def test_more_than_is_paid_as_a_rule_is_for_review_and_above_the_highest_rate_it_stays_a_breach(
    granted: str, limit: str | None, usual: str, expected: str
) -> None:
    highest = None if limit is None else rule("max_rate", limit or None, scope="land")
    found = share("land", D(granted), D(100), highest, rule("regular_rate", usual or None))
    assert found.status == expected
    names = [given.name for given in found.inputs]
    limits = ["regular_rate"] if limit is None else ["max_rate", "regular_rate"]
    assert names == ["granted", "eligible_cost", *limits]
    assert found.formula == " <= ".join(["granted / eligible_cost", *reversed(limits)])
    alone = share("land", D(granted), D(100), highest)
    assert "regular_rate" not in {given.name for given in alone.inputs}


@pytest.mark.parametrize("figure", ["cofinancing", "own_share"])
@pytest.mark.parametrize(
    ("own", "of", "rate", "expected"),
    [
        ("30", "100", "30", ("30", "ok", None)),
        ("29.99", "100", "30", ("29.99", "breach", None)),
        ("30.01", "100", "30", ("30.01", "ok", None)),
        ("3.33", "11.12", "30", ("29.946", "ok", None)),
        ("3.32", "11.12", "30", ("29.8561", "breach", None)),
        ("0.30", "1", "30", ("30", "ok", None)),
        ("0", "1", "30", ("0", "breach", None)),
        ("30", "0", "30", (None, "unknown", "nothing_to_divide")),
        (None, "100", "30", (None, "unknown", "no_amount")),
        ("30", None, "30", (None, "unknown", "no_amount")),
        ("30", "100", None, (None, "unknown", "no_amount")),
    ],
)
def test_what_must_be_added_may_lack_less_than_a_cent(
    figure: str, own: str | None, of: str | None, rate: str | None, expected: tuple[str, str, str]
) -> None:
    added, whole = (None if amount is None else D(amount) for amount in (own, of))
    if figure == "own_share":
        found = own_share(added, whole, rule("own_share", rate))
    else:
        found = cofinancing("municipality", added, whole, rule("cofinancing_rate", rate))
    assert said(found) == expected


@pytest.mark.parametrize(
    ("amount", "limit", "small", "large"),
    [
        ("7500", "7500", "ok", "ok"),
        ("7499.99", "7500", "breach", "ok"),
        ("7500.01", "7500", "ok", "breach"),
        (None, "7500", "unknown", "unknown"),
        ("7500", None, "unknown", "unknown"),
    ],
)
def test_the_least_and_the_most_that_a_programme_pays_are_in_order_themselves(
    amount: str | None, limit: str | None, small: str, large: str
) -> None:
    given = None if amount is None else D(amount)
    least = not_too_small(given, rule("minimum_amount", limit))
    most = not_too_large(given, rule("maximum_amount", limit))
    assert (least.status, most.status) == (small, large)
    assert {least.reason, most.reason} == {Reason.no_amount if small == "unknown" else None}
    named = not_too_small(given, rule("minimum_amount", limit, scope="eligible_cost"))
    assert [one.inputs[0].name for one in (least, named)] == ["granted", "eligible_cost"]


@given(st.lists(MONEY, min_size=1, max_size=6), MONEY)
def test_sources_that_miss_the_total_by_a_cent_are_found(amounts: list[D], other: D) -> None:
    total = sum(amounts, D(0))
    assert uncovered(total, amounts).status is FigureStatus.ok
    assert said(uncovered(total + CENT, amounts))[:2] == ("0.01", "breach")
    found = uncovered(other, amounts)
    assert found.value == other - total
    assert (found.status is FigureStatus.ok) == (other == total)
    assert uncovered(total, [*amounts, None]).reason is Reason.no_amount
    assert uncovered(None, amounts).reason is Reason.no_amount
