"""Periods are read as SDMX writes them, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.periods import (
    Frequency,
    PeriodRefused,
    parse_period,
    parse_written,
    previous,
)


@pytest.mark.parametrize(
    ("text", "start", "end", "frequency"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "A"),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31), "S"),
        ("2024-T1", date(2024, 1, 1), date(2024, 4, 30), "T"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "Q"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "M"),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "W"),
        ("2024-12-31", date(2024, 12, 31), date(2024, 12, 31), "D"),
    ],
)
def test_a_period_knows_its_days(text: str, start: date, end: date, frequency: str) -> None:
    period = parse_period(text)
    assert (period.text, period.start, period.end) == (text, start, end)
    assert period.frequency is Frequency(frequency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024 ",
        "2024\n",
        "2024-13",
        "2024-00",
        "2024-Q5",
        "2024-S3",
        "2024-T4",
        "2024-H1",
        "2023-W53",
        "2024-W00",
        "2023-02-29",
        "2024-1-1",
        "2024/25",
        "31.12.2024",
        "0204",
        "9999",
        "٢٠٢٤",
        "2024-12-31T00:00",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodRefused):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024", "2023"),
        ("2024-S1", "2023-S2"),
        ("2024-T1", "2023-T3"),
        ("2024-Q1", "2023-Q4"),
        ("2024-01", "2023-12"),
        ("2021-W01", "2020-W53"),
        ("2024-12-31", "2023-12-31"),
        ("2024-02-29", "2023-02-28"),
    ],
)
def test_every_period_has_one_before_it(text: str, before: str) -> None:
    assert previous(parse_period(text)).text == before


@pytest.mark.parametrize("text", ["1800", "1800-Q1", "1800-01", "1800-W01", "1800-06-30"])
def test_before_the_first_year_there_is_nothing(text: str) -> None:
    with pytest.raises(PeriodRefused):
        previous(parse_period(text))


def test_figures_of_a_year_are_later_than_those_of_its_march() -> None:
    texts = ["2024", "2023-12-31", "2024-03", "2024-Q4", "2024-12-31", "2023"]
    assert sorted(texts, key=parse_period) == [
        "2023",
        "2023-12-31",
        "2024-03",
        "2024",
        "2024-Q4",
        "2024-12-31",
    ]


@given(
    st.dates(date(1801, 2, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y", "%Y-%m", "%G-W%V", "%Y-%m-%d"]),
)
def test_the_period_before_ends_earlier_and_is_readable(day: date, form: str) -> None:
    period = parse_period(day.strftime(form))
    before = previous(period)
    assert before < period
    assert before.frequency is period.frequency
    assert parse_period(before.text) == before


def test_a_school_year_begins_on_the_first_of_august() -> None:
    year = parse_written("2023/24")
    assert (year.text, year.frequency) == ("2023-08-01/P1Y", Frequency.school_year)
    assert (year.start, year.end) == (date(2023, 8, 1), date(2024, 7, 31))
    assert parse_period(year.text) == year
    assert previous(year).text == "2022-08-01/P1Y"
    with pytest.raises(PeriodRefused):
        previous(parse_period("1800-08-01/P1Y"))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("31.12.2024", "2024-12-31"),
        ("1.2.2024", "2024-02-01"),
        ("2024-12-31T00:00:00", "2024-12-31"),
        ("2023/2024", "2023-08-01/P1Y"),
        ("Schuljahr 1999/00", "1999-08-01/P1Y"),
        ("1. Quartal 2024", "2024-Q1"),
        ("Q3 2024", "2024-Q3"),
        ("2024Q4", "2024-Q4"),
        ("März 2024", "2024-03"),
        ("Dez. 2024", "2024-12"),
        ("03/2024", "2024-03"),
        (" 2024 ", "2024"),
        ("2024-S2", "2024-S2"),
    ],
)
def test_a_period_is_read_as_tables_write_it(written: str, text: str) -> None:
    assert parse_written(written).text == text


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2023/25",
        "2023/23",
        "32.12.2024",
        "29.2.2023",
        "13/2024",
        "5. Quartal 2024",
        "J 2024",
        "Ma 2024",
        "2023-09-01/P1Y",
        "2023-08-01/P2Y",
        "24",
        "12345",
        "soon",
    ],
)
def test_what_names_no_period_is_refused_however_it_is_written(written: str) -> None:
    with pytest.raises(PeriodRefused):
        parse_written(written)
