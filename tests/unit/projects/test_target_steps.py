"""Whose word counts, when a period is closed, and what a period may be: pure functions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.projects.target_updates import NewTargetUpdate, UpdateState
from services.contracts.projects.targets import (
    AimDirection,
    Counting,
    MeasureKind,
    NewTargetPeriod,
    TargetDimension,
)
from services.kit.problems import Forbidden, Problem
from services.projects.target_periods import rules as periods
from services.projects.target_periods.rules import Span
from services.projects.target_updates import rules as updates

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
ONE = timedelta(days=1)
D = Decimal


def code_of(step: Any, *said: Any) -> str | None:
    """The code of the refusal; None where there is none."""
    try:
        step(*said)
    except Problem as refused:
        return refused.faults[0].code if refused.faults else "refused"
    return None


@pytest.mark.parametrize(
    ("reported", "today", "code"),
    [
        (FIRST, LAST, None),
        (LAST, LAST, None),
        (FIRST - ONE, LAST, "outside_the_period"),
        (LAST + ONE, LAST + ONE, "outside_the_period"),
        (date(2024, 6, 1), date(2024, 6, 1), None),
        (date(2024, 6, 2), date(2024, 6, 1), "future"),
    ],
)
def test_an_update_tells_of_a_day_of_its_period_that_has_come(
    reported: date, today: date, code: str | None
) -> None:
    assert code_of(updates.check_day, reported, FIRST, LAST, today) == code


def test_whoever_submitted_does_not_approve() -> None:
    with pytest.raises(Forbidden):
        updates.check_second("anna", "anna")
    updates.check_second("anna", "ben")
    updates.check_second(None, "ben")


@pytest.mark.parametrize("now", UpdateState)
@pytest.mark.parametrize("then", UpdateState)
def test_only_these_steps_are_taken(now: UpdateState, then: UpdateState) -> None:
    may = {
        ("draft", "submitted"),
        ("submitted", "approved"),
        ("submitted", "returned"),
        ("returned", "draft"),
    }
    assert (code_of(updates.check_turn, now.value, then) is None) == ((now, then) in may)
    assert (code_of(updates.check_changeable, now) is None) == (now in ("draft", "returned"))


SEX = TargetDimension.model_validate(
    {
        "key": "sex",
        "title": {"de": "Geschlecht"},
        "values": [{"key": key, "title": {"de": key}} for key in ("women", "men")],
    }
)


@pytest.mark.parametrize(
    ("value", "parts", "measure", "expected"),
    [
        ("10", [], "number", "10"),
        (None, [], "number", "missing"),
        ("0", [], "number", "0"),
        (None, ["4", "6"], "number", "10"),
        ("10", ["4", "6"], "number", "10"),
        ("10.01", ["4", "6"], "number", "sum"),
        ("10", ["4"], "number", "10"),
        (None, ["4"], "number", "missing"),
        (None, ["0", "0"], "number", "0"),
        ("10", ["4", "6.5"], "percentage", "10"),
        (None, ["4", "6"], "percentage", "missing"),
    ],
)
def test_the_value_is_said_or_the_sum_of_all_parts_and_shares_do_not_add_up(
    value: str | None, parts: list[str], measure: str, expected: str
) -> None:
    told = [
        {"dimension": "sex", "value": key, "amount": amount}
        for key, amount in zip(("women", "men"), parts, strict=False)
    ]
    new = NewTargetUpdate.model_validate(
        {"key": "stand", "period": "jahr", "reported_on": LAST, "value": value, "parts": told}
    )
    try:
        found = str(updates.submitted(new, [SEX], MeasureKind(measure)))
    except Problem as refused:
        found = refused.faults[0].code
    assert found == expected


def period(**more: Any) -> NewTargetPeriod:
    told = {"key": "jahr", "indicator": "beratene", "starts_on": FIRST, "ends_on": LAST}
    return NewTargetPeriod.model_validate({**told, "kind": "report", "target": "10", **more})


UP, DOWN = AimDirection.increase, AimDirection.decrease
EARLIER = Span("vorher", date(2023, 1, 1), FIRST - ONE)
LATER = Span("nachher", LAST + ONE, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("more", "direction", "counting", "baseline", "others", "code"),
    [
        ({}, UP, "per_period", "0", [EARLIER, LATER], None),
        ({}, UP, "per_period", "0", [EARLIER._replace(ends_on=FIRST)], "overlaps"),
        ({}, UP, "per_period", "0", [LATER._replace(starts_on=LAST)], "overlaps"),
        ({}, UP, "cumulative", "0", [EARLIER._replace(ends_on=FIRST)], None),
        ({}, UP, "cumulative", "0", [EARLIER._replace(ends_on=LAST)], "taken"),
        ({}, UP, "cumulative", "10", [], None),
        ({}, UP, "cumulative", "10.01", [], "against_direction"),
        ({}, DOWN, "cumulative", "9.99", [], "against_direction"),
        ({}, DOWN, "cumulative", "10", [], None),
        ({}, DOWN, "cumulative", None, [], None),
        ({"target": None}, UP, "cumulative", "0", [], None),
        ({"target": None, "kind": "milestone"}, UP, "cumulative", "0", [], "missing"),
        ({"target": "0", "kind": "milestone"}, UP, "cumulative", None, [], None),
    ],
)
def test_a_period_has_its_own_end_and_a_target_on_the_right_side(
    more: dict[str, Any],
    direction: AimDirection,
    counting: str,
    baseline: str | None,
    others: list[Span],
    code: str | None,
) -> None:
    base = None if baseline is None else D(baseline)
    said = (period(**more), direction, Counting(counting), base, others)
    assert code_of(periods.check, *said) == code


def test_what_is_locked_is_closed_and_no_update_falls_out_of_its_period() -> None:
    assert code_of(periods.check_open, True) == "locked"
    assert code_of(periods.check_open, False) is None
    locked = {
        (a, b): code_of(periods.check_lock, a, b) for a in (True, False) for b in (True, False)
    }
    assert {pair for pair, code in locked.items() if code} == {(True, True), (False, False)}
    assert code_of(periods.check_span, period(), [FIRST, LAST]) is None
    assert code_of(periods.check_span, period(), [FIRST, LAST + ONE]) == "in_use"
    assert code_of(periods.check_span, period(), [FIRST - ONE]) == "in_use"
