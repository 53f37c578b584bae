"""What a question for figures means."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.breakdowns import attributes_of, canonical_breakdown
from services.indicators.observations import filters, rules
from services.kit.problems import Invalid

CODES = st.from_regex(r"[A-Za-z0-9_.\-]{1,40}", fullmatch=True)


@given(st.lists(st.dictionaries(CODES, CODES, max_size=4), min_size=1, max_size=4))
def test_every_stored_breakdown_can_be_asked_for(asked: list[dict[str, str]]) -> None:
    text = ",".join(
        ";".join(f"{code}:{attribute}" for code, attribute in one.items()) or "total"
        for one in asked
    )
    stored = filters.breakdowns(text)
    assert [attributes_of(one) for one in stored] == asked
    assert filters.breakdowns(",".join(stored)) == stored


def test_parts_of_a_breakdown_come_in_any_order() -> None:
    assert filters.breakdowns("GES:GESM;AGE=A05") == (
        canonical_breakdown({"AGE": "A05", "GES": "GESM"}),
    )


@pytest.mark.parametrize("text", ["GES", "GES:", ":GESM", "GES:a b", "GES:A;GES:B", "a:b:c", "ä:b"])
def test_what_is_no_breakdown_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        filters.breakdowns(text)
    assert refused.value.faults[0].parameter == "breakdown"


def test_a_period_is_asked_for_from_its_first_to_its_last_day() -> None:
    assert rules.first_day("2024-Q2") == date(2024, 4, 1)
    assert rules.last_day("2024-02") == date(2024, 2, 29)
    with pytest.raises(Invalid):
        rules.last_day("2024-02-30")


@given(st.text(max_size=60))
def test_any_text_gives_keys_or_a_refusal(text: str) -> None:
    try:
        found = rules.keys("area", text)
    except Invalid:
        return
    assert [key for key in found if key != key.strip() or not key] == []


FILTERED = st.dictionaries(
    CODES, st.lists(CODES | st.sampled_from(["*", "total"]), min_size=1, max_size=3), max_size=3
)


@given(st.dictionaries(CODES, CODES, max_size=4), FILTERED)
def test_a_pattern_fits_what_its_filters_name(
    stored: dict[str, str], asked: dict[str, list[str]]
) -> None:
    given = [(f"c[{code}]", ",".join(words)) for code, words in asked.items()]
    pattern = filters.pattern(filters.by_dimension(given))
    assert (pattern is None) is (not asked)
    fits = all(
        "total" in words if code not in stored else "*" in words or stored[code] in words
        for code, words in asked.items()
        if stored.get(code) != "total" and "_T" not in (*words, stored.get(code))
    )
    unusual = any(
        stored.get(code) == "total" or "_T" in (*words, stored.get(code))
        for code, words in asked.items()
    )
    if pattern is not None and not unusual:
        assert (re.search(pattern, canonical_breakdown(stored)) is not None) is fits


def test_periods_are_named_or_relative() -> None:
    named = rules.periods("2024, 2024-12-31,2024", None)
    assert named.names == ("2024", "2024-12-31")
    assert named.ends == (date(2024, 12, 31),)
    assert rules.periods("latest", None) == rules.periods(None, 1)
    assert rules.periods("previous-year", None).newest is None
    assert rules.periods("latest,previous-year", 3) == (None, None, 3, True)
    assert rules.periods(None, None) == rules.Periods()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-12-31", datetime(2024, 12, 31, 22, 59, 59, 999999, UTC)),
        ("2024-07-01", datetime(2024, 7, 1, 21, 59, 59, 999999, UTC)),
        ("2024-07-01T12:00:00Z", datetime(2024, 7, 1, 12, tzinfo=UTC)),
        ("2024-07-01T12:00:00 02:00", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        ("2024-07-01T12:00", datetime(2024, 7, 1, 10, tzinfo=UTC)),
    ],
)
def test_a_day_ends_in_germany(text: str, moment: datetime) -> None:
    assert rules.state("as_of", text) == (None, moment)


def test_a_release_is_a_number() -> None:
    assert rules.state("as_of", "2024") == (2024, None)
    assert rules.state("updated_after", "0") == (0, None)
    for text in ("0", "9999999999", "-1", "1.5", "", "9999-12-31", "NaN"):
        with pytest.raises(Invalid):
            rules.state("as_of", text)


@given(st.text(max_size=40))
def test_any_text_is_a_state_or_a_refusal(text: str) -> None:
    try:
        release, moment = rules.state("as_of", text)
    except Invalid:
        return
    assert (release is None) is not (moment is None)
