"""Pages go on where the page before ended, and from nowhere else."""

import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.paging import Paging, decode, encode
from services.kit.problems import Invalid

POSITIONS = st.lists(st.text() | st.integers(), max_size=4)


def cursor(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@given(POSITIONS)
def test_a_cursor_leads_back_to_its_place(position: list[str | int]) -> None:
    assert decode(encode(position)) == position


@given(st.text(max_size=80))
def test_garbage_is_no_cursor(garbage: str) -> None:
    with suppress(Invalid):
        assert all(isinstance(part, str | int) for part in decode(garbage))


@pytest.mark.parametrize(
    "wrong", ["{}", "W", "~~~~", cursor({"a": 1}), cursor([None]), cursor([[1]]), cursor([1.5])]
)
def test_what_is_not_ours_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decode(wrong)
    assert refusal.value.faults[0].parameter == "cursor"


def paging(after: list[object] | None, query: list[tuple[str, str]] | None = None) -> Paging:
    return Paging("/v1/jena/meetings", query or [], 100, after)


@pytest.mark.parametrize(
    "after", [[], ["2024-05-01"], ["not a day", "x"], ["2024-05-01", 3], ["2024-05-01", "x", "y"]]
)
def test_the_cursor_of_another_list_is_refused(after: list[object]) -> None:
    for kind in (datetime, date):
        with pytest.raises(Invalid):
            paging(after).place(kind, str)


def test_a_truth_value_is_no_number() -> None:
    with pytest.raises(Invalid):
        paging([True, "x"]).place(int, str)


def test_a_place_comes_back_as_what_it_was() -> None:
    moment = datetime(2024, 5, 1, 17, 30, tzinfo=UTC)
    after = decode(encode([moment.isoformat(), "beirat-2024-2"]))
    assert paging(after).place(datetime, str) == [moment, "beirat-2024-2"]
    assert paging(None).place(datetime, str) is None
    after = decode(encode([date(2024, 5, 1), "ds-1"]))
    assert paging(after).place(date, str) == [date(2024, 5, 1), "ds-1"]


def test_the_address_of_the_next_page_keeps_the_filters() -> None:
    asked = [("kind", "council"), ("on", "2024-05-01"), ("cursor", "old"), ("q", "Löbstedt & co")]
    address = urlsplit(paging(None, asked).address(["stadtrat"]))
    assert address.path == "/v1/jena/meetings"
    assert parse_qs(address.query) == {
        "kind": ["council"],
        "on": ["2024-05-01"],
        "q": ["Löbstedt & co"],
        "cursor": [encode(["stadtrat"])],
    }
    assert "cursor" not in paging(None, asked).address(None)
    assert paging(None).address(None) == "/v1/jena/meetings"
