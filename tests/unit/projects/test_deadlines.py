"""Every deadline against an independent day-by-day simulation."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.figures import Rule, Unit
from services.projects.deadlines import rules
from services.projects.drawdowns.rules import spend_by
from tests.unit.projects.rulebook import rule, said

DAYS = st.dates(date(2014, 1, 1), date(2040, 12, 31))
PERIODS = st.tuples(
    st.sampled_from([Unit.days, Unit.weeks, Unit.months, Unit.years]), st.integers(0, 40)
)
TH = 160530000000
ONE = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday after Gauss, as extended by Lichtenberg."""
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    s = 2 - (3 * k + 3) // 4
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + s) % 7
    return date(year, 3, 1) + timedelta(days=og + (7 - (og - sz) % 7) - 1)


def thuringian_holidays(year: int) -> set[date]:
    """By the Thuringian law on holidays, without the library."""
    fixed = [(1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26)]
    fixed += [(9, 20)] if year >= 2019 else []
    return {date(year, month, day) for month, day in fixed} | {
        easter(year) + timedelta(days=n) for n in (-2, 1, 39, 50)
    }


def off(day: date) -> bool:
    return day.strftime("%a") in ("Sat", "Sun") or day in thuringian_holidays(day.year)


def walked(start: date, unit: Unit, count: int) -> date:
    """The end of a period, found by walking from day to day."""
    day = start
    if unit in (Unit.days, Unit.weeks):
        for _ in range(count * (7 if unit is Unit.weeks else 1)):
            day += ONE
        return day
    months = count * (12 if unit is Unit.years else 1)
    while months:
        day += ONE
        if day.day == 1:
            months -= 1
            if not months:
                break
    if count == 0:
        return start
    while day.day < start.day and (day + ONE).day != 1:
        day += ONE
    return day


def working(day: date) -> date:
    while off(day):
        day += ONE
    return day


def period(unit: Unit, count: int) -> Rule:
    return rule("proof_due", count, unit)


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, PERIODS)
def test_a_period_ends_where_walking_day_by_day_ends(start: date, of: tuple[Unit, int]) -> None:
    assert rules.after(start, period(*of)) == walked(start, *of)


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, PERIODS)
def test_what_begins_a_day_later_ends_no_earlier(start: date, of: tuple[Unit, int]) -> None:
    """So that the day after the last one tells of all that follow."""
    assert walked(start, *of) <= walked(start + ONE, *of)


@settings(deadline=None)  # the first look at a calendar loads it
@given(st.dates(date(2005, 1, 1), date(2060, 12, 31)))
def test_days_off_in_thuringia_are_those_of_its_law(day: date) -> None:
    if day != date(2017, 10, 31):
        assert rules.is_day_off(day, "TH") == off(day)


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, PERIODS, DAYS, st.booleans())
def test_a_deadline_agrees_with_the_simulation(
    event: date, of: tuple[Unit, int], today: date, done: bool
) -> None:
    found = rules.due("proof_due", event, period(*of), "TH", today=today, done=done)
    raw = walked(event, *of)
    assert found.value == working(raw)
    assert {given.name: given.value for given in found.inputs}["raw_due"] == raw
    late = today > working(raw) and not done
    assert found.status.value == ("breach" if late else "ok")


@settings(deadline=None)  # the first look at a calendar loads it
@given(st.none() | DAYS, st.none() | DAYS, st.integers(1, 24))
def test_the_proof_of_use_is_due_after_the_earlier_of_both_events(
    fulfilled: date | None, ends: date | None, months: int
) -> None:
    found = rules.proof_of_use_due(fulfilled, ends, period(Unit.months, months), "TH")
    events = sorted(day for day in (fulfilled, ends) if day)
    if events:
        assert found.value == working(walked(events[0], Unit.months, months))
    else:
        assert said(found) == (None, "unknown", "no_date")


@settings(deadline=None)  # the first look at a calendar loads it
@given(st.integers(2014, 2040), st.integers(1, 12))
def test_the_interim_proof_is_due_after_the_fiscal_year(year: int, months: int) -> None:
    found = rules.interim_proof_due(year, period(Unit.months, months), "TH")
    assert found.value == working(walked(date(year, 12, 31), Unit.months, months))


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, DAYS, st.integers(1, 12), st.integers(1, 12))
def test_documents_are_kept_until_the_latest_of_all_rules(
    handed_in: date, paid: date, first: int, second: int
) -> None:
    one = rule("retention", first, Unit.years)
    other = rule("retention", second, Unit.years, scope="eu")
    mine = walked(handed_in, Unit.years, first)
    unions = walked(date(paid.year, 12, 31), Unit.years, second)
    assert rules.keep_until(handed_in, one, paid, other).value == max(mine, unions)
    assert rules.keep_until(handed_in, one, paid, None).value == mine
    assert rules.keep_until(None, None, paid, other).value == unions


@settings(deadline=None)  # the first look at a calendar loads it
@given(
    st.dates(date(2031, 1, 1), date(2060, 12, 31)),
    PERIODS.filter(lambda of: of[1] <= 15 or of[0] != Unit.years),
)
def test_so_long_before_a_day_is_the_last_from_which_the_period_ends_by_then(
    event: date, of: tuple[Unit, int]
) -> None:
    """The period, walked on from there, has ended by the day; from the day after it has not."""
    found = rules.before(event, period(*of))
    assert found is not None
    assert walked(found, *of) <= event < walked(found + ONE, *of)
    day = found
    while off(day):
        day -= ONE
    assert rules.last_working_day(found, "TH") == day


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, st.sampled_from(["03-31", "06-30", "09-30", "12-31", "01-01"]))
def test_what_begins_on_a_day_is_applied_for_by_the_last_such_day_before_it(
    begins: date, text: str
) -> None:
    day = begins - ONE
    while f"{day:%m-%d}" != text:
        day -= ONE
    named = rule("application_due", unit=Unit.day, text=text)
    assert rules.apply_by(begins, named, "TH") == (day, working(day))


@settings(deadline=None)  # the first look at a calendar loads it
@given(st.dates(date(2031, 1, 1), date(2060, 12, 31)), st.integers(0, 60), st.booleans())
def test_what_begins_on_a_day_is_applied_for_so_long_before_it_and_on_a_working_day(
    begins: date, count: int, weeks: bool
) -> None:
    unit = Unit.weeks if weeks else Unit.months
    last = begins
    while walked(last, unit, count) > begins:
        last -= ONE
    counts = last
    while off(counts):
        counts -= ONE
    period = rule("application_due", count, unit)
    assert rules.apply_by(begins, period, "TH") == (last, counts)
    assert rules.apply_by(begins, rule("application_due", unit=unit), "TH") is None


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, PERIODS)
def test_money_is_to_be_used_by_the_day_that_walking_finds(
    paid_out: date, of: tuple[Unit, int]
) -> None:
    assert spend_by(paid_out, rule("spend_within", of[1], of[0]), "TH") == working(
        walked(paid_out, *of)
    )


def test_documents_have_no_end_while_an_event_is_open() -> None:
    five = rule("retention", 5, Unit.years)
    assert said(rules.keep_until(None, five, date(2025, 1, 1), five))[2] == "no_date"
    assert said(rules.keep_until(date(2025, 1, 1), five, None, five))[2] == "no_date"
    assert said(rules.keep_until(date(2025, 1, 1), None, None, None))[2] == "no_rule"


@settings(deadline=None)  # the first look at a calendar loads it
@given(st.integers(2021, 2031))
def test_the_calendar_of_the_union_is_shifted_to_working_days(year: int) -> None:
    days = "01-31 04-30 07-31 09-30 11-30"
    of_year = rule("reporting", unit=Unit.text, scope="financial", text=days)
    found = rules.reporting_days(of_year, year, "TH")
    assert [figure.value for figure in found] == [
        working(date(year, int(text[:2]), int(text[3:]))) for text in days.split()
    ]


def test_the_final_report_is_due_once() -> None:
    final = rule("reporting", unit=Unit.text, scope="final", text="2031-02-15")
    (found,) = rules.reporting_days(final, 2031, "TH")
    assert said(found)[0] == "2031-02-17"
    assert found.scope == "final.2031-02-15"
    assert rules.reporting_days(final, 2030, "TH") == []
    assert said(rules.reporting_days(None, 2030, "TH")[0])[2] == "no_rule"


@pytest.mark.parametrize(
    ("ends", "months", "raw", "shifted"),
    [
        (date(2025, 12, 31), 6, "2026-06-30", "2026-06-30"),
        (date(2018, 12, 31), 6, "2019-06-30", "2019-07-01"),
        (date(2017, 12, 31), 6, "2018-06-30", "2018-07-02"),
        (date(2025, 12, 31), 12, "2026-12-31", "2026-12-31"),
        (date(2025, 12, 31), 2, "2026-02-28", "2026-03-02"),
        (date(2025, 4, 30), 6, "2025-10-30", "2025-10-30"),
        (date(2025, 4, 20), 5, "2025-09-20", "2025-09-22"),
        (date(2026, 3, 3), 1, "2026-04-03", "2026-04-07"),
    ],
)
def test_both_days_are_shown_the_one_by_the_rule_and_the_one_that_counts(
    ends: date, months: int, raw: str, shifted: str
) -> None:
    found = rules.proof_of_use_due(None, ends, period(Unit.months, months), "TH")
    assert str(found.value) == shifted
    assert str({given.name: given.value for given in found.inputs}["raw_due"]) == raw


@pytest.mark.parametrize(
    ("key", "land"),
    [
        (TH, "TH"),
        (160630000000, "TH"),
        (10010000000, "SH"),
        (20000000000, "HH"),
        (91620000000, "BY"),
        (110000000000, "BE"),
        (990000000000, None),
        (0, None),
    ],
)
def test_the_land_is_told_by_the_regional_key(key: int, land: str | None) -> None:
    assert rules.land_of(key) == land


@pytest.mark.parametrize(
    ("day", "lands"),
    [
        (date(2025, 10, 31), {"TH", "SN", "BB", "MV", "ST", "NI", "SH", "HB", "HH"}),
        (date(2025, 11, 1 + 18), {"SN"}),
        (date(2025, 6, 19), {"BW", "BY", "HE", "NW", "RP", "SL"}),
        (date(2024, 9, 20), {"TH"}),
        (date(2025, 1, 6), {"BW", "BY", "ST"}),
        (date(2025, 5, 1), None),
    ],
)
def test_each_land_has_its_own_holidays(day: date, lands: set[str] | None) -> None:
    every = {rules.land_of(n * 10**10) for n in range(1, 17)}
    assert len(every) == 16
    assert {land for land in every if rules.is_day_off(day, land)} == (lands or every)


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, st.sampled_from(["03-31", "06-30", "12-31", "01-01"]))
def test_a_named_day_is_the_next_such_day_after_the_event(event: date, text: str) -> None:
    day = event + ONE
    while f"{day:%m-%d}" != text:
        day += ONE
    named = rule("proof_due", unit=Unit.day, text=text)
    assert rules.after(event, named) == day
    assert rules.due("proof_due", event, named, "TH").value == working(day)
    whole = rule("proof_due", unit=Unit.day, text=str(day))
    assert rules.after(event, whole) == day


def test_nothing_is_due_without_event_or_period() -> None:
    assert said(rules.due("x", None, period(Unit.months, 1), "TH"))[2] == "no_date"
    assert said(rules.due("x", date(2025, 1, 1), None, "TH"))[2] == "no_rule"
    unsaid = rule("proof_due", unit=Unit.months)
    assert said(rules.due("x", date(2025, 1, 1), unsaid, "TH"))[2] == "no_rule"
    assert rules.before(date(2025, 1, 1), unsaid) is None


@pytest.mark.parametrize(
    ("event", "months", "raw", "counts"),
    [
        (date(2026, 3, 6), 1, "2026-04-06", "2026-04-07"),  # Easter Monday
        (date(2025, 9, 30), 1, "2025-10-30", "2025-10-30"),
        (date(2024, 8, 31), 2, "2024-10-31", "2024-11-01"),  # Reformation Day, a Thursday
        (date(2024, 7, 20), 2, "2024-09-20", "2024-09-23"),  # Weltkindertag, a Friday
        (date(2018, 7, 20), 2, "2018-09-20", "2018-09-20"),  # before it was a holiday
        (date(2024, 2, 29), 12, "2025-02-28", "2025-02-28"),
        (date(2023, 2, 28), 12, "2024-02-28", "2024-02-28"),
        (date(2023, 8, 31), 6, "2024-02-29", "2024-02-29"),
        (date(2025, 8, 31), 6, "2026-02-28", "2026-03-02"),
    ],
)
def test_feasts_of_thuringia_and_leap_days_move_a_deadline_and_the_day_after_it_is_late(
    event: date, months: int, raw: str, counts: str
) -> None:
    last = date.fromisoformat(counts)
    found = [
        rules.due("proof_due", event, period(Unit.months, months), "TH", today=last + n * ONE)
        for n in (0, 1)
    ]
    assert [said(one)[:2] for one in found] == [(counts, "ok"), (counts, "breach")]
    assert {given.name: given.value for given in found[0].inputs}["raw_due"] == date.fromisoformat(
        raw
    )


def test_the_end_of_time_is_no_failure() -> None:
    for unit in (Unit.days, Unit.weeks, Unit.months, Unit.years):
        found = rules.due("x", date(9999, 12, 25), period(unit, 40), "TH")
        assert found.value == date.max


@settings(deadline=None)  # the first look at a calendar loads it
@given(DAYS, PERIODS)
def test_computing_again_gives_the_same_deadline(event: date, of: tuple[Unit, int]) -> None:
    first = rules.due("proof_due", event, period(*of), "TH")
    assert rules.due("proof_due", event, period(*of), "TH") == first
    assert isinstance(first.value, date)
    again = rules.next_working_day(first.value, "TH")
    assert again == first.value
