"""Nobody is recognised in a figure: small cells stay hidden, however they are asked for."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.contracts.indicators.disclosure import reason_text
from services.contracts.indicators.protection import ProtectionRule
from services.contracts.indicators.values import (
    STATUS_TEXTS,
    IndicatorKind,
    ValueStatus,
    has_value,
    marker_of,
)
from services.indicators.disclosure.rules import (
    Figure,
    RawCell,
    protect,
    protection_needed,
)

THREE = ProtectionRule()
STRICT = ProtectionRule(zero_is_safe=False)
OPEN = ProtectionRule(kind="none", reason="Amtliche Einwohnerzahl, veröffentlicht")
PER_CENT = Decimal(100)
KINDS: tuple[IndicatorKind, ...] = ("count", "rate", "ratio", "mean", "index")


def figure(value: str | int | None, status: ValueStatus = ValueStatus.normal) -> Figure:
    return Figure(None if value is None else Decimal(value), status)


def rate(value: str | int, numerator: int | None, denominator: int | None) -> RawCell:
    return RawCell(
        figure(value),
        None if numerator is None else figure(numerator),
        None if denominator is None else figure(denominator),
        PER_CENT,
    )


@pytest.mark.parametrize(
    ("count", "rule", "shown"),
    [
        ("0", THREE, True),
        ("0", STRICT, False),
        ("1", THREE, False),
        ("2", THREE, False),
        ("2.5", THREE, False),
        ("-2", THREE, False),
        ("3", THREE, True),
        ("9", ProtectionRule(minimum=10), False),
        ("1", OPEN, True),
    ],
)
def test_small_counts_are_hidden(count: str, rule: ProtectionRule, shown: bool) -> None:
    result = protect(RawCell(figure(count)), "count", rule)
    if shown:
        assert (result.value, result.status, result.rule) == (Decimal(count), "normal", "")
    else:
        assert (result.value, result.status) == (None, ValueStatus.confidential)
        assert result.rule == f"threshold:{rule.minimum}"


def test_two_thousand_people_are_no_small_cell() -> None:
    assert protect(RawCell(figure(2), cases_per_unit=1000), "count", THREE).value == 2


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (10, 1000, True),
        (0, 1000, True),
        (2, 1000, False),
        (998, 1000, False),
        (1000, 1000, True),
        (1, 2, False),
        (4, 9, False),
        (None, 1000, True),
        (10, None, False),
        (None, None, False),
    ],
)
def test_a_rate_is_hidden_with_the_cases_behind_it(
    numerator: int | None, denominator: int | None, shown: bool
) -> None:
    value = Decimal(10 if numerator is None else numerator) / (denominator or 1000) * 100
    result = protect(rate(str(value), numerator, denominator), "rate", THREE)
    assert (result.value is not None) == shown
    assert shown or result.status is ValueStatus.confidential


@pytest.mark.parametrize("status", [ValueStatus.unknown, ValueStatus.confidential])
def test_a_secret_part_hides_the_rate(status: ValueStatus) -> None:
    secret = Figure(None, status)
    for parts in ((secret, figure(1000)), (figure(100), secret)):
        hidden = protect(RawCell(figure(10), *parts, factor=PER_CENT), "rate", THREE)
        assert hidden.status is ValueStatus.confidential


def test_a_rate_does_not_tell_a_numerator_that_was_not_delivered() -> None:
    assert protect(rate("0.2", None, 1000), "rate", THREE).value is None
    assert protect(rate("0.01", None, 1000), "rate", THREE).value is None
    assert protect(rate("99.9", None, 1000), "rate", THREE).value is None


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "shown", "rule"),
    [
        ("18.84328", 101, 536, "19", "precision:0"),
        ("12.34567", 123, 1000, "12.3", "precision:1"),
        ("12.34567", 13546, 109725, "12.346", "precision:3"),
        ("0.30303", 3, 990, "1", "precision:0"),
        ("99.69697", 987, 990, "99", "precision:0"),
        ("42", 21, 50, "40", "precision:-1"),
        ("100", 50, 50, "100", ""),
        ("12.3", 123, 1000, "12.3", ""),
    ],
)
def test_a_rate_is_no_more_exact_than_its_denominator_allows(
    value: str, numerator: int, denominator: int, shown: str, rule: str
) -> None:
    result = protect(rate(value, numerator, denominator), "rate", THREE)
    assert (str(result.value), result.rule) == (shown, rule)


def test_a_rate_of_nobody_means_nothing() -> None:
    assert protect(rate(0, 0, 0), "rate", THREE).status is ValueStatus.not_meaningful


def test_a_mean_needs_to_know_how_many_it_speaks_of() -> None:
    assert protect(RawCell(figure(900)), "mean", THREE).value is None
    assert protect(RawCell(figure(900), denominator=figure(2)), "mean", THREE).value is None
    assert protect(RawCell(figure(900), denominator=figure(3)), "mean", THREE).value == 900


def test_an_index_is_no_count() -> None:
    assert protect(RawCell(figure("1.5")), "index", THREE).value == Decimal("1.5")
    assert protect(RawCell(figure("1.5"), denominator=figure(2)), "index", THREE).value is None


@pytest.mark.parametrize("status", [s for s in ValueStatus if not has_value(s)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_figure_keeps_its_reason(status: ValueStatus, kind: IndicatorKind) -> None:
    result = protect(RawCell(Figure(None, status)), kind, THREE)
    assert (result.value, result.status) == (None, status)


FIGURES = st.builds(
    Figure,
    st.none() | st.decimals(-(10**6), 10**6, places=2) | st.integers(-5, 5).map(Decimal),
    st.sampled_from(ValueStatus),
)
CELLS = st.builds(
    RawCell,
    FIGURES,
    st.none() | FIGURES,
    st.none() | FIGURES,
    st.sampled_from([Decimal(1), Decimal(100), Decimal(1000)]),
    st.just(1),
)
RULES = st.builds(
    ProtectionRule, minimum=st.integers(2, 30), zero_is_safe=st.booleans(), reason=st.just("law")
)


@given(CELLS, st.sampled_from(KINDS), RULES)
def test_no_cell_below_the_minimum_ever_leaves(
    cell: RawCell, kind: IndicatorKind, rule: ProtectionRule
) -> None:
    result = protect(cell, kind, rule)
    assert (result.value is not None) == has_value(result.status)
    if result.value is None:
        return
    behind = [cell.figure] if kind == "count" else [cell.numerator, cell.denominator]
    for part in behind:
        if part is not None and part.value is not None:
            assert part.value == 0 or abs(part.value) >= rule.minimum
            assert part.value != 0 or rule.zero_is_safe


@given(st.integers(3, 10**6), st.integers(0, 10**6))
def test_a_shown_rate_never_lies_about_none_and_all(denominator: int, numerator: int) -> None:
    assume(numerator <= denominator)
    value = Decimal(numerator) / denominator * 100
    result = protect(rate(str(value), numerator, denominator), "rate", THREE)
    if result.value is not None:
        assert (result.value == 0) == (numerator == 0)
        assert (result.value == 100) == (numerator == denominator)
        assert abs(result.value - value) * denominator / 100 <= 10


@given(st.integers(10, 3000), st.integers(3, 3000))
def test_one_digit_of_a_shown_rate_is_at_least_one_case(denominator: int, numerator: int) -> None:
    assume(numerator <= denominator - 3)
    value = Decimal(numerator) / denominator * 100
    shown = protect(rate(str(value), numerator, denominator), "rate", THREE).value
    if shown is not None and shown != value:
        exponent = int(shown.as_tuple().exponent)
        assert Decimal(1).scaleb(exponent) * denominator / 100 >= 1 or shown == shown.to_integral()


def test_openness_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="need a reason"):
        ProtectionRule(kind="none")
    with pytest.raises(ValidationError):
        ProtectionRule(minimum=1)


def test_every_status_has_a_label_in_both_languages() -> None:
    for status in ValueStatus:
        text = STATUS_TEXTS[status]
        assert text.label["de"]
        assert text.label["en"]
        assert (text.marker, text.has_value) == (marker_of(status), has_value(status))
    reasons = [marker_of(s) for s in ValueStatus if not has_value(s)]
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize(
    ("value", "base", "shown"),
    [(0, 5, 0), (1, 5, 5), (2, 3, 3), (4, 3, 3), (5, 3, 6), (12, 5, 10), (13, 5, 15), (15, 10, 20)],
)
def test_rounded_counts_are_multiples_and_zero_only_where_nobody_is(
    value: int, base: int, shown: int
) -> None:
    rule = ProtectionRule.model_validate({"kind": "rounding", "base": base})
    result = protect(RawCell(figure(value)), "count", rule)
    assert (result.value, result.rule) == (shown, f"rounded:{base}")


def test_a_rate_is_no_more_exact_than_its_rounded_counts() -> None:
    exact = rate("14.2857", 500, 3500)
    assert protect(exact, "rate", THREE).value == Decimal("14.3")
    assert protect(replace(exact, base=10), "rate", THREE).value == Decimal("14")


@pytest.mark.parametrize(
    ("rule", "largest", "needed"),
    [
        ({"kind": "dominance", "contributors": 1, "percent": 80}, (90,), "12.5"),
        ({"kind": "dominance", "contributors": 1, "percent": 80}, (80,), None),
        ({"kind": "dominance", "contributors": 2, "percent": 90}, (70, 25), "5.56"),
        ({"kind": "p-percent", "percent": 10}, (60, 38), "4"),
        ({"kind": "p-percent", "percent": 10}, (60, 30), None),
        ({"kind": "p-percent", "percent": 10}, (60, None), "100"),
    ],
)
def test_dominated_amounts_are_hidden_and_so_are_those_nobody_knows_about(
    rule: dict[str, object], largest: tuple[int | None, ...], needed: str | None
) -> None:
    names = dict(zip(("largest", "second_largest"), ("erste", "zweite"), strict=True))
    if rule.get("contributors") == 1:
        del names["second_largest"]
    made = ProtectionRule.model_validate({**rule, **names})
    known = tuple(None if amount is None else Decimal(amount) for amount in largest)
    found = protection_needed(made, Decimal(100), known)
    assert (None if found is None else f"{found:.2f}") == (needed and f"{Decimal(needed):.2f}")
    shown = protect(RawCell(figure(100), largest=known), "count", made)
    assert (shown.value is None) == (needed is not None)
    assert shown.value is not None or shown.rule.startswith(f"{made.kind}:")


@pytest.mark.parametrize(
    ("reason", "confidentiality", "words"),
    [
        ("threshold:3", "C", "fewer than 3 cases"),
        ("secondary", "D", "a secret figure could be calculated from it otherwise"),
        ("retracted:7", "D", "taken back with release 7"),
        ("p-percent:10", "C", "the largest contribution could be estimated to within 10 %"),
    ],
)
def test_every_reason_has_words_and_a_code_of_sdmx(
    reason: str, confidentiality: str, words: str
) -> None:
    found = reason_text(reason)
    assert found is not None
    assert (found.confidentiality, found.label["en"]) == (confidentiality, words)
    assert reason_text("rounded:5") is None
    assert reason_text("") is None
