"""What a question for figures means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.breakdowns import attributes_of, canonical_breakdown
from services.indicators.observations import rules
from services.kit.problems import Invalid

CODES = st.from_regex(r"[A-Za-z0-9_.\-]{1,40}", fullmatch=True)


@given(st.lists(st.dictionaries(CODES, CODES, max_size=4), min_size=1, max_size=4))
def test_every_stored_breakdown_can_be_asked_for(asked: list[dict[str, str]]) -> None:
    text = ",".join(
        ";".join(f"{code}:{attribute}" for code, attribute in one.items()) or "total"
        for one in asked
    )
    stored = rules.breakdowns(text)
    assert [attributes_of(one) for one in stored] == asked
    assert rules.breakdowns(",".join(stored)) == stored


def test_parts_of_a_breakdown_come_in_any_order() -> None:
    assert rules.breakdowns("GES:GESM;AGE=A05") == (
        canonical_breakdown({"AGE": "A05", "GES": "GESM"}),
    )


@pytest.mark.parametrize("text", ["GES", "GES:", ":GESM", "GES:a b", "GES:A;GES:B", "a:b:c", "ä:b"])
def test_what_is_no_breakdown_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.breakdowns(text)
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
