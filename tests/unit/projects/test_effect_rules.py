"""Before and after a measure: what changed, against others, and what nobody can say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.indicators.observations import IndicatorInBrief
from services.contracts.indicators.values import ValueStatus
from services.contracts.projects.effects import CrosswalkRead, TargetEffect
from services.contracts.projects.measure_targets import MeasureTarget
from services.projects.before_and_after.rules import effect
from services.projects.effects.rules import place_of
from services.projects.indicator_reading.rules import Figure, Place
from services.projects.periods import Span, span

START = date(2024, 7, 1)
HIDDEN = Figure(None, ValueStatus.confidential, "threshold:3")


def target(**more: Any) -> MeasureTarget:
    body = {"indicator": "sgb2-quote", "area": "lobeda", "direction": "decrease", **more}
    return MeasureTarget.model_validate(body)


def brief(kind: str = "rate", decimals: int = 1) -> IndicatorInBrief:
    return IndicatorInBrief.model_validate(
        {
            "name": {"de": "SGB-II-Quote"},
            "short_name": None,
            "unit": {"de": "Prozent"},
            "kind": kind,
            "decimals": decimals,
            "polarity": "lower_is_better",
            "source": {"publisher": "BA", "table": None, "licence": "dl-de/by-2-0"},
        }
    )


def figures(**by_period: Any) -> dict[str, Figure]:
    return {
        name.strip("_").replace("_", "-"): value
        if isinstance(value, Figure)
        else Figure(Decimal(str(value)), ValueStatus.normal)
        for name, value in by_period.items()
    }


def found(
    asked: MeasureTarget,
    own: dict[str, Figure],
    others: dict[str, dict[str, Figure]] | None = None,
    parent: str | None = None,
    **more: Any,
) -> TargetEffect:
    areas = {"lobeda": own, **(others or {})}
    start = more.get("start", START)
    return effect(
        asked, start, more.get("brief", brief()), lambda a: areas.get(a, {}), Place(parent)
    )


def test_the_last_period_before_and_the_newest_after_are_compared() -> None:
    own = figures(_2022=19, _2023=18, _2024=5, _2025=17, _2026=16.2)
    seen = found(target(), own)
    assert seen.before
    assert seen.after
    assert (seen.before.period, seen.after.period) == ("2023", "2026")
    assert (seen.change, seen.change_percent) == (Decimal("-1.8"), Decimal("-10.0"))
    assert (seen.outcome, seen.unknown) == ("as_wanted", None)


def test_the_difference_of_the_differences_is_against_the_area_above_and_the_chosen_ones() -> None:
    own, city = figures(_2023=20, _2025=17), figures(_2023=10, _2025=9)
    winzerla = figures(_2023=20, _2025=HIDDEN)
    asked = target(compared_with=["winzerla", "jena"])
    seen = found(asked, own, {"jena": city, "winzerla": winzerla}, "jena")
    above, chosen = seen.compared
    assert (above.area, above.kind, above.change) == ("jena", "parent", Decimal(-1))
    assert (above.difference, above.difference_percent) == (Decimal(-2), Decimal("-5.0"))
    assert (chosen.area, chosen.kind, chosen.change, chosen.difference) == (
        "winzerla",
        "chosen",
        None,
        None,
    )
    assert chosen.after
    assert (chosen.after.status, chosen.after.reason) == (
        "confidential",
        "threshold:3",
    )


@pytest.mark.parametrize(
    ("own", "start", "why"),
    [
        ({}, START, "not_published"),
        (figures(_2023=18, _2025=HIDDEN), START, "after_hidden"),
        (figures(_2023=HIDDEN, _2025=17), START, "before_hidden"),
        (figures(_2023=Figure(None, ValueStatus.nothing), _2025=1), START, "before_missing"),
        (figures(_2025=17), START, "before_missing"),
        (figures(_2022=18, _2023=17), START, "too_early"),
        (figures(_2023=18, _2024=17), START, "too_early"),
        (figures(_2023=18, **{"2025_12_31": 3}), START, "too_early"),
        (figures(_2023=18, _2025=17), None, "no_start"),
    ],
)
def test_what_is_hidden_or_missing_is_unknown_and_never_zero(
    own: dict[str, Figure], start: date | None, why: str
) -> None:
    seen = found(target(target_value="16"), own, start=start)
    assert (seen.change, seen.change_percent, seen.progress_percent) == (None, None, None)
    assert (seen.outcome, seen.unknown) == ("unknown", why)
    known = seen.after is not None and seen.after.value is not None
    assert (seen.target_state == "unknown") is not known


def test_zero_is_a_figure() -> None:
    seen = found(target(), figures(_2023=0, _2025=0))
    assert (seen.change, seen.change_percent, seen.outcome) == (Decimal(0), None, "unchanged")
    fallen = found(target(), figures(_2023=4, _2025=0))
    assert (fallen.change_percent, fallen.unknown) == (Decimal("-100.0"), None)


def test_a_share_of_a_figure_below_zero_has_the_sign_of_its_change() -> None:
    """Net migration of -10 that becomes -8 has risen by a fifth."""
    seen = found(target(direction="increase"), figures(_2023=-10, _2025=-8))
    assert (seen.change, seen.change_percent) == (Decimal(2), Decimal("20.0"))
    assert seen.outcome == "as_wanted"


def test_a_change_too_small_to_be_told_is_zero_and_has_no_sign() -> None:
    seen = found(target(), figures(_2023=1000, _2025="999.9"))
    assert (seen.change, str(seen.change_percent)) == (Decimal("-0.1"), "0.0")


@pytest.mark.parametrize(
    ("start", "before", "after"),
    [
        (date(2023, 12, 31), "2022", "2025"),
        (date(2024, 1, 1), "2023", "2025"),
        (date(2025, 1, 1), "2024", "2025"),
        (date(2025, 1, 2), "2024", None),
    ],
)
def test_a_period_in_which_the_measure_began_is_neither_before_nor_after(
    start: date, before: str, after: str | None
) -> None:
    seen = found(target(), figures(_2022=20, _2023=19, _2024=18, _2025=17), start=start)
    assert seen.before
    assert seen.before.period == before
    assert (seen.after and seen.after.period) == after


def test_the_last_period_before_is_the_one_that_ended_last_and_not_the_last_by_name() -> None:
    own = figures(**{"2023": 19, "2023_Q1": 12, "2025": 17, "2025_Q1": 11})
    seen = found(target(), own)
    assert seen.before
    assert seen.after
    assert (seen.before.period, seen.after.period) == ("2023", "2025")


@pytest.mark.parametrize("order", [1, -1])
def test_of_periods_that_end_on_one_day_the_longest_is_the_baseline(order: int) -> None:
    values = {"2023": 19, "2023_Q4": 12, "2023_12": 4, "2025": 17, "2025_Q4": 11, "2025_12": 3}
    seen = found(target(), figures(**dict(list(values.items())[::order])))
    assert seen.before
    assert seen.after
    assert (seen.before.period, seen.after.period) == ("2023", "2025")


def test_a_baseline_alone_has_not_changed_it_is_too_early() -> None:
    seen = found(target(baseline_period="2023"), figures(_2023=18), start=None)
    assert (seen.after, seen.change, seen.unknown) == (None, None, "too_early")


@pytest.mark.parametrize("status", ["confidential", "unknown", "unreliable"])
def test_what_was_kept_back_is_told_apart_from_what_was_never_delivered(status: str) -> None:
    gone = Figure(None, ValueStatus(status))
    assert found(target(), figures(_2023=18, _2025=gone)).unknown == "after_hidden"
    assert found(target(), figures(_2023=gone, _2025=18)).unknown == "before_hidden"


def test_what_is_found_keeps_its_territory_what_led_there_and_the_area_above() -> None:
    led = (CrosswalkRead(crosswalk="eisenach-2021", revision=3),)
    place = Place("jena", date(2021, 7, 1), led)
    own = figures(_2023=18, _2025=17)
    asked = target(compared_with=["winzerla"])
    seen = effect(asked, START, brief(), lambda _: own, place)
    assert (seen.territory, seen.crosswalks) == (date(2021, 7, 1), list(led))
    assert place_of(seen) == place
    alone = effect(asked, START, brief(), lambda _: own, Place())
    assert place_of(alone).parent is None, "an area that was chosen is not the one above"


def test_a_named_baseline_needs_no_first_day() -> None:
    own = figures(_2020=20, _2021=19, _2022=18)
    seen = found(target(baseline_period="2020"), own, start=None)
    assert (seen.change, seen.unknown) == (Decimal(-2), None)
    lost = found(target(baseline_period="2019"), own, start=None)
    assert (lost.change, lost.unknown) == (None, "before_missing")


@pytest.mark.parametrize(
    ("direction", "after", "outcome"),
    [
        ("decrease", 17, "as_wanted"),
        ("decrease", 19, "against"),
        ("increase", 19, "as_wanted"),
        ("increase", 17, "against"),
        ("maintain", 18, "as_wanted"),
        ("maintain", 17, "against"),
        ("increase", 18, "unchanged"),
    ],
)
def test_a_change_is_seen_from_where_the_figure_was_to_go(
    direction: str, after: int, outcome: str
) -> None:
    seen = found(target(direction=direction), figures(_2023=18, _2025=after))
    assert seen.outcome == outcome


@pytest.mark.parametrize(
    ("direction", "goal", "after", "due", "progress", "state"),
    [
        ("decrease", "16", 17, "2027-12-31", "50.0", "not_yet"),
        ("decrease", "16", 17, "2025-12-31", "50.0", "missed"),
        ("decrease", "16", 15, "2025-12-31", "150.0", "reached"),
        ("decrease", "16", 19, None, "-50.0", "not_yet"),
        ("decrease", "0", 0, None, "100.0", "reached"),
        ("increase", "20", 20, None, "100.0", "reached"),
        ("increase", "20", 19, "2025-06-30", "50.0", "missed"),
        ("maintain", "18", 18, None, None, "reached"),
        ("maintain", "18.04", "18.01", None, "25.0", "reached"),
        ("maintain", "18", 17, None, None, "not_yet"),
    ],
)
def test_a_target_is_reached_missed_or_not_yet_due(
    direction: str, goal: str, after: Any, due: str | None, progress: str | None, state: str
) -> None:
    asked = target(direction=direction, target_value=goal, due_on=due)
    seen = found(asked, figures(_2023=18, _2025=after))
    assert seen.target_state == state
    assert seen.progress_percent == (None if progress is None else Decimal(progress))
    assert found(target(), figures(_2023=18, _2025=17)).target_state is None


def test_progress_counts_from_the_baseline_that_was_set_and_says_when_it_was_revised() -> None:
    asked = target(baseline_period="2023", baseline_value="20", target_value="16")
    seen = found(asked, figures(_2023=18, _2025=17))
    assert (seen.progress_percent, seen.notes) == (Decimal("75.0"), ["baseline_revised"])
    hidden = found(asked, figures(_2023=HIDDEN, _2025=17))
    assert (hidden.progress_percent, hidden.notes) == (Decimal("75.0"), [])


def test_small_counts_and_figures_that_are_not_final_are_noted() -> None:
    late = Figure(Decimal(40), ValueStatus.normal, provisional=True)
    seen = found(target(), figures(_2023=29, _2025=late), brief=brief("count", 0))
    assert seen.notes == ["small_numbers", "provisional"]
    divided = Figure(Decimal(40), ValueStatus.normal, estimated=True)
    assert found(target(), figures(_2023=divided, _2025=41)).notes == ["estimated"]
    assert found(target(), figures(_2023=29, _2025=40)).notes == []
    count = brief("count", 0)
    assert found(target(), figures(_2023=30, _2025=40), brief=count).notes == []
    assert found(target(), figures(_2023=-30, _2025=-40), brief=count).notes == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", ("2024-01-01", "2024-12-31", "year")),
        ("2024-S2", ("2024-07-01", "2024-12-31", "S")),
        ("2024-T3", ("2024-09-01", "2024-12-31", "T")),
        ("2024-Q1", ("2024-01-01", "2024-03-31", "Q")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("2024-W01", ("2024-01-01", "2024-01-07", "week")),
        ("2024-12-31", ("2024-12-31", "2024-12-31", "day")),
        ("2023-08-01/P1Y", ("2023-08-01", "2024-07-31", "school")),
    ],
)
def test_periods_have_a_first_and_a_last_day(text: str, expected: tuple[str, str, str]) -> None:
    first, last, kind = expected
    assert span(text) == Span(date.fromisoformat(first), date.fromisoformat(last), kind)


@pytest.mark.parametrize(
    "text", ["2024-Q5", "2024-13", "2024-02-30", "0000", "latest", "", "2024-S3"]
)
def test_what_is_no_period_has_no_days(text: str) -> None:
    assert span(text) is None
