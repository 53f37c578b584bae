"""What was reached of what was wanted: the arithmetic, and the mistakes of other systems."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.contracts.projects.progress import Light, MilestoneState, NoFigure, RollUpState
from services.contracts.projects.target_updates import NewTargetUpdate
from services.contracts.projects.targets import (
    AimDirection,
    MeasureKind,
    NewTargetIndicator,
    NewTargetPeriod,
    Part,
    TargetDimension,
)
from services.projects.attainments.rules import Held, of_indicator
from services.projects.progress import rules

UP, DOWN, KEEP = AimDirection.increase, AimDirection.decrease, AimDirection.maintain
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
DIRECTIONS = st.sampled_from(list(AimDirection))


def dec(number: float | str | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "actual", "expected"),
    [
        (UP, 0, 100, 50, "50"),
        (UP, 0, 100, 100, "100"),
        (UP, 0, 100, 150, "150"),
        (UP, 0, 100, 0, "0"),
        (UP, 40, 80, 60, "50"),
        (UP, 40, 80, 40, "0"),
        (UP, 40, 80, 30, "-25"),
        (UP, -10, 10, 0, "50"),
        (UP, "0.1", "0.3", "0.2", "50"),
        (UP, 0, 3, 1, "33.33"),
        (UP, 0, 3, 2, "66.67"),
        (DOWN, 200, 100, 150, "50"),
        (DOWN, 200, 100, 100, "100"),
        (DOWN, 200, 100, 50, "150"),
        (DOWN, 200, 100, 250, "-50"),
        (DOWN, 12, 0, 3, "75"),
    ],
)
def test_achievement_starts_at_the_baseline_and_goes_both_ways(
    direction: AimDirection, baseline: Any, target: Any, actual: Any, expected: str
) -> None:
    share = rules.achievement(direction, dec(baseline), dec(target), dec(actual))
    assert rules.per_cent(share) == Decimal(expected)


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "actual", "why"),
    [
        (UP, 0, None, 5, NoFigure.no_target),
        (DOWN, None, None, None, NoFigure.no_target),
        (UP, None, 10, 5, NoFigure.no_baseline),
        (UP, 10, 10, 10, NoFigure.target_is_baseline),
        (DOWN, 0, 0, 5, NoFigure.target_is_baseline),
        (UP, 10, 5, 7, NoFigure.against_direction),
        (DOWN, 5, 10, 7, NoFigure.against_direction),
        (UP, 0, 10, None, NoFigure.no_actual),
        (KEEP, 10, 10, None, NoFigure.no_actual),
        (KEEP, 10, 10, 10, NoFigure.to_be_kept),
        (KEEP, None, 10, 12, NoFigure.to_be_kept),
    ],
)
def test_what_cannot_be_said_has_a_reason(
    direction: AimDirection, baseline: Any, target: Any, actual: Any, why: NoFigure
) -> None:
    share = rules.achievement(direction, dec(baseline), dec(target), dec(actual))
    assert share is why
    assert rules.per_cent(share) is None


def test_more_than_reached_is_not_cut_off_and_less_is_not_raised_to_100() -> None:
    """Akvo RSR takes max(percent, 100) where min was meant: half of a target reads as all of it."""
    assert rules.per_cent(rules.achievement(UP, dec(0), dec(200), dec(100))) == 50
    assert rules.per_cent(rules.achievement(UP, dec(0), dec(200), dec(300))) == 150


def test_a_percentage_counts_from_the_baseline() -> None:
    """Akvo RSR divides by the target alone: who starts at 80 of 100 has reached 80 per cent."""
    assert rules.per_cent(rules.achievement(UP, dec(80), dec(100), dec(80))) == 0
    assert rules.per_cent(rules.achievement(UP, dec(80), dec(100), dec(90))) == 50


def test_what_is_to_fall_is_reached_when_it_falls() -> None:
    """Akvo RSR ignores that an indicator is not ascending: 150 of at most 100 reads as reached."""
    share = rules.achievement(DOWN, dec(200), dec(100), dec(250))
    assert isinstance(share, Decimal)
    assert share < 0
    state = rules.milestone(
        DOWN,
        dec(100),
        dec(150),
        Decimal(10),
        ends_on=date(2024, 12, 31),
        actual_on=date(2024, 12, 31),
        on=date(2025, 1, 1),
    )
    assert state is MilestoneState.missed


@pytest.mark.parametrize("wrong", ["viele", "", "12,5", "1 200", "NaN", "Infinity", True, [1]])
def test_a_target_is_a_number_never_a_text(wrong: Any) -> None:
    """Akvo RSR keeps targets and actual values as texts of 50 characters."""
    with pytest.raises(ValueError, match="amount"):
        Part.model_validate({"dimension": "feld", "value": "jugend", "amount": wrong})


def test_no_plan_is_not_nought_per_cent() -> None:
    """Jems answers 0 where there is no plan, and the ratio where a difference was asked for."""
    assert rules.achievement(UP, dec(0), None, dec(50)) is NoFigure.no_target
    assert rules.achievement(UP, dec(0), dec(0), dec(0)) is NoFigure.target_is_baseline
    assert rules.per_cent(rules.achievement(UP, dec(0), dec(80), dec(0))) == 0


@given(DIRECTIONS, NUMBERS, NUMBERS, NUMBERS)
def test_achievement_is_exact_and_the_same_mirrored(
    direction: AimDirection, baseline: Decimal, target: Decimal, actual: Decimal
) -> None:
    share = rules.achievement(direction, baseline, target, actual)
    mirrored = {UP: DOWN, DOWN: UP, KEEP: KEEP}[direction]
    other = rules.achievement(mirrored, -baseline, -target, -actual)
    assert share == other
    if isinstance(share, Decimal):
        exact = (Fraction(actual) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
        assert abs(Fraction(share) - exact) <= abs(exact) / 10**40


@given(DIRECTIONS.filter(lambda d: d is not KEEP), NUMBERS, NUMBERS, NUMBERS)
def test_full_achievement_and_a_reached_target_are_the_same(
    direction: AimDirection, baseline: Decimal, target: Decimal, actual: Decimal
) -> None:
    share = rules.achievement(direction, baseline, target, actual)
    assume(isinstance(share, Decimal))
    assert isinstance(share, Decimal)
    reached = rules.is_reached(direction, target, actual, Decimal(0), over=False)
    assert reached is (share >= 1)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 3000), st.integers(-500, 4000))
def test_elapsed_time_agrees_with_counting_days(starts_on: date, days: int, after: int) -> None:
    ends_on, on = starts_on + timedelta(days), starts_on + timedelta(after)
    every = [starts_on + timedelta(n) for n in range(days + 1)]
    share = rules.elapsed(starts_on, ends_on, on)
    assert abs(share * len(every) - sum(day <= on for day in every)) < Decimal("1e-40")


@given(NUMBERS, NUMBERS, st.decimals(min_value=0, max_value=1, places=4))
def test_who_is_where_expected_has_the_pace_one(
    baseline: Decimal, target: Decimal, share: Decimal
) -> None:
    assume(baseline != target and share != 0)
    direction = UP if target > baseline else DOWN
    there = rules.expected(direction, baseline, target, share)
    speed = rules.pace(rules.achievement(direction, baseline, target, there), share)
    assert isinstance(speed, Decimal)
    assert abs(speed - 1) < Decimal("1e-30")


def test_before_the_first_day_there_is_no_pace() -> None:
    assert rules.pace(Decimal(0), Decimal(0)) is NoFigure.not_begun
    assert rules.pace(NoFigure.no_baseline, Decimal(1)) is NoFigure.no_baseline


@pytest.mark.parametrize(
    ("direction", "target", "actual", "actual_on", "on", "state"),
    [
        (UP, None, 5, 31, 31, "none"),
        (UP, 10, None, None, 15, "open"),
        (UP, 10, None, None, 31, "open"),
        (UP, 10, None, None, 32, "unreported"),
        (UP, 10, 9, 31, 31, "open"),
        (UP, 10, 9, 31, 32, "missed"),
        (UP, 10, 9, 20, 32, "unreported"),
        (UP, 10, 10, 15, 15, "reached"),
        (UP, 10, 11, 15, 32, "reached"),
        (DOWN, 10, 11, 31, 32, "missed"),
        (DOWN, 10, 10, 31, 15, "reached"),
        (KEEP, 10, 10, 15, 15, "open"),
        (KEEP, 10, 10, 31, 31, "reached"),
        (KEEP, 10, 11, 31, 32, "reached"),
        (KEEP, 10, "11.1", 31, 32, "missed"),
        (KEEP, 0, 0, 31, 32, "reached"),
        (KEEP, 0, "0.1", 31, 32, "missed"),
    ],
)
def test_a_milestone_is_missed_only_when_its_end_was_told(
    direction: AimDirection,
    target: Any,
    actual: Any,
    actual_on: int | None,
    on: int,
    state: str,
) -> None:
    first = date(2024, 1, 1)
    found = rules.milestone(
        direction,
        dec(target),
        dec(actual),
        Decimal(10),
        ends_on=first + timedelta(30),
        actual_on=None if actual_on is None else first + timedelta(actual_on - 1),
        on=first + timedelta(on - 1),
    )
    assert found == state


@pytest.mark.parametrize(
    ("state", "speed", "light"),
    [
        ("open", "1", "green"),
        ("open", "1.4", "green"),
        ("open", "0.9", "green"),
        ("open", "0.89", "amber"),
        ("open", "0.7", "amber"),
        ("open", "0.69", "red"),
        ("open", "-2", "red"),
        ("open", None, "grey"),
        ("reached", None, "green"),
        ("missed", "0.99", "red"),
        ("unreported", "1", "grey"),
        ("none", "1", "grey"),
    ],
)
def test_the_light_follows_pace_and_tolerance(state: str, speed: str | None, light: str) -> None:
    shown = rules.light(
        UP,
        MilestoneState(state),
        Decimal(10),
        Decimal(5),
        NoFigure.no_baseline if speed is None else Decimal(speed),
        Decimal(10),
    )
    assert shown == light


@pytest.mark.parametrize(
    ("actual", "light"),
    [(100, "green"), (110, "green"), (90, "green"), (111, "amber"), (70, "amber"), (69, "red")],
)
def test_what_is_to_stay_is_judged_by_how_far_it_is_off(actual: int, light: str) -> None:
    shown = rules.light(
        KEEP,
        MilestoneState.open,
        Decimal(100),
        Decimal(actual),
        NoFigure.to_be_kept,
        Decimal(10),
    )
    assert shown == light
    assert (
        rules.light(KEEP, MilestoneState.open, Decimal(100), None, NoFigure.no_actual, Decimal(10))
        is Light.grey
    )


FIELD = TargetDimension.model_validate(
    {
        "key": "feld",
        "title": {"de": "Feld"},
        "values": [{"key": k, "title": {"de": k}} for k in ("jugend", "alter", "bildung")],
    }
)
AMOUNTS = st.lists(
    st.one_of(st.none(), st.decimals(min_value=-1000, max_value=1000, places=2)),
    min_size=3,
    max_size=3,
)


def parts(amounts: list[Decimal | None]) -> list[Part]:
    named = zip(("jugend", "alter", "bildung"), amounts, strict=True)
    return [Part(dimension="feld", value=value, amount=amount) for value, amount in named]


@given(AMOUNTS, NUMBERS)
def test_parts_that_are_missing_are_named_and_never_nought(
    amounts: list[Decimal | None], total: Decimal
) -> None:
    found = rules.roll_up(FIELD, [], parts(amounts), total, MeasureKind.number)
    lacking = [p.value for p in parts(amounts) if p.amount is None]
    assert found.missing == lacking
    assert found.sum == rules.rolled_up(FIELD, parts(amounts))
    if lacking:
        assert found.sum is None
        assert found.difference is None
        assert found.state is RollUpState.incomplete
    else:
        assert found.sum == sum(a for a in amounts if a is not None)
        assert found.difference == (found.sum or 0) - total
        agrees = RollUpState.agrees if found.difference == 0 else RollUpState.differs
        assert found.state is agrees


def test_a_part_that_nobody_mentions_is_missing_too() -> None:
    found = rules.roll_up(FIELD, [], parts([dec(1), dec(2), None])[:2], dec(3), MeasureKind.number)
    assert found.missing == ["bildung"]
    assert found.sum is None


def test_shares_are_not_added() -> None:
    found = rules.roll_up(
        FIELD,
        [],
        parts([dec(40), dec(50), dec(60)]),
        dec(50),
        MeasureKind.percentage,
    )
    assert found.sum is None
    assert found.difference is None
    assert found.state is RollUpState.not_additive


def test_a_part_has_its_own_target() -> None:
    found = rules.roll_up(
        FIELD,
        parts([dec(5), None, None]),
        parts([dec(2), dec(0), None]),
        dec(2),
        MeasureKind.number,
    )
    assert [(p.target, p.actual) for p in found.parts] == [(5, 2), (None, 0), (None, None)]


def indicator(**more: Any) -> NewTargetIndicator:
    base = {
        "key": "plaene",
        "result": "abgestimmt",
        "title": {"de": "Pläne"},
        "unit": {"de": "Pläne"},
        "direction": "increase",
        "counting": "cumulative",
        "baseline": 0,
    }
    return NewTargetIndicator.model_validate({**base, **more})


def year(y: int, target: Any, value: Any, **more: Any) -> Held:
    period = NewTargetPeriod.model_validate(
        {
            "key": f"jahr-{y}",
            "indicator": "plaene",
            "starts_on": f"{y}-01-01",
            "ends_on": f"{y}-12-31",
            "target": target,
            **more,
        }
    )
    update = {"key": f"u-{y}", "period": period.key, "value": value, "reported_on": period.ends_on}
    told = None if value is None else NewTargetUpdate.model_validate(update)
    return Held(period, False, told)


def test_of_cumulative_figures_the_latest_counts_against_the_last_target() -> None:
    held = [year(2023, 2, 3), year(2024, 4, 5), year(2025, 10, None, kind="target")]
    found = of_indicator(indicator(), held, date(2025, 6, 30))
    assert (found.target, found.actual, found.achievement) == (10, 5, 50)
    assert found.actual_on == date(2024, 12, 31)
    assert found.missing_periods == []
    assert [p.state for p in found.periods] == ["reached", "reached", "open"]
    assert found.periods[1].achievement == 125


def test_numbers_per_period_add_up_against_all_that_is_wanted() -> None:
    held = [year(2023, 10, 12), year(2024, 10, 6), year(2025, 20, None)]
    found = of_indicator(indicator(counting="per_period"), held, date(2025, 1, 15))
    assert (found.target, found.actual, found.achievement) == (40, 18, 45)


def test_a_period_without_a_report_is_missing_and_not_nought() -> None:
    held = [year(2023, 10, None), year(2024, 10, 6), year(2025, 20, None)]
    found = of_indicator(indicator(counting="per_period"), held, date(2025, 1, 15))
    assert found.actual is None
    assert found.achievement is None
    assert found.no_achievement is NoFigure.missing_periods
    assert found.missing_periods == ["jahr-2023"]
    assert found.light is Light.grey


def test_where_less_is_wanted_per_period_only_what_is_over_is_compared() -> None:
    falls = indicator(counting="per_period", direction="decrease", baseline=100)
    held = [year(2023, 80, 90), year(2024, 60, 60), year(2025, 50, None)]
    found = of_indicator(falls, held, date(2025, 6, 30))
    assert (found.baseline, found.target, found.actual) == (200, 140, 150)
    assert found.achievement == Decimal("83.33")
    assert found.pace == Decimal("0.83")


def test_the_latest_share_counts_and_shares_are_not_added() -> None:
    share = indicator(counting="per_period", measure="percentage", baseline=20)
    held = [year(2023, 30, 25), year(2024, 40, 35)]
    found = of_indicator(share, held, date(2024, 12, 31))
    assert (found.target, found.actual, found.achievement) == (40, 35, 75)


def test_an_indicator_without_periods_says_so() -> None:
    found = of_indicator(indicator(), [], date(2025, 1, 1))
    assert found.no_achievement is NoFigure.no_target
    assert found.elapsed is None
    assert found.expected is None
    assert found.no_pace is NoFigure.no_target
    assert found.light is Light.grey


def test_without_a_baseline_there_is_no_achievement_but_the_milestone_stands() -> None:
    found = of_indicator(indicator(baseline=None), [year(2024, 4, 5)], date(2025, 1, 1))
    assert found.achievement is None
    assert found.no_achievement is NoFigure.no_baseline
    assert found.state is MilestoneState.reached
    assert found.light is Light.green


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=1, max_size=6),
    st.integers(2020, 2027),
)
def test_a_sum_is_given_only_when_every_ended_period_was_reported(
    values: list[int | None], y: int
) -> None:
    held = [year(2020 + n, 10, value) for n, value in enumerate(values)]
    on = date(y, 6, 30)
    shown = [
        Held(one.period, False, one.update)
        for one in held
        if one.update is None or one.update.reported_on <= on
    ]
    found = of_indicator(indicator(counting="per_period"), shown, on)
    lacking = [o.period.key for o in shown if o.update is None and o.period.ends_on < on]
    assert found.missing_periods == lacking
    known = [o.actual for o in shown if o.actual is not None]
    assert found.actual == (None if lacking or not known else sum(known))
