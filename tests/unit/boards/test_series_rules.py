"""On which days a series meets."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.boards.series.rules import days, times
from services.contracts.boards.series import NewMeetingSeries, Rhythm
from services.kit.days import HERE


def test_each_second_thursday_of_a_quarter() -> None:
    assert days(date(2026, 3, 12), Rhythm.monthly_weekday, 3, 4) == [
        date(2026, 3, 12),
        date(2026, 6, 11),
        date(2026, 9, 10),
        date(2026, 12, 10),
    ]


def test_every_other_week() -> None:
    assert days(date(2026, 12, 24), Rhythm.weekly, 2, 2) == [date(2026, 12, 24), date(2027, 1, 7)]


def test_months_without_the_day_are_left_out() -> None:
    assert days(date(2026, 1, 31), Rhythm.monthly_day, 1, 3) == [
        date(2026, 1, 31),
        date(2026, 3, 31),
        date(2026, 5, 31),
    ]
    fifth = days(date(2026, 1, 29), Rhythm.monthly_weekday, 1, 3)  # a fifth Thursday
    assert fifth == [date(2026, 1, 29), date(2026, 4, 30), date(2026, 7, 30)]


def test_summer_and_winter_it_is_the_same_time_of_day() -> None:
    new = NewMeetingSeries.model_validate(
        {
            "key": "beirat-2026",
            "body": "beirat",
            "name": {"de": "Sitzung"},
            "starts_at": "2026-03-12T17:00:00+01:00",
            "ends_at": "2026-03-12T19:30:00+01:00",
            "rhythm": "monthly_weekday",
            "count": 6,
        }
    )
    found = times(new)
    assert len(found) == 6
    without = times(new.model_copy(update={"ends_at": None}))
    assert without == [(starts_at, None) for starts_at, _ in found]
    for starts_at, ends_at in found:
        assert starts_at.astimezone(HERE).hour == 17
        assert ends_at is not None
        assert (ends_at.astimezone(HERE).hour, ends_at.minute) == (19, 30)


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    rhythm=st.sampled_from(list(Rhythm)),
    interval=st.integers(1, 24),
    number=st.integers(1, 20),
)
def test_a_series_keeps_its_rhythm(first: date, rhythm: Rhythm, interval: int, number: int) -> None:
    found = days(first, rhythm, interval, number)
    assert found[0] == first
    assert len(found) == number
    assert found == sorted(set(found))
    if rhythm == Rhythm.monthly_day:
        assert {day.day for day in found} == {first.day}
    else:
        assert {day.weekday() for day in found} == {first.weekday()}
    if rhythm == Rhythm.monthly_weekday:
        assert {(day.day - 1) // 7 for day in found} == {(first.day - 1) // 7}
