"""What can be said of boards, before anybody is asked."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from services.contracts.boards.meetings import Moment, NewAgendaItem
from services.contracts.boards.seats import NewSeat, Rule, places
from services.contracts.shared.base import Key
from services.kit.keys import opaque


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ({"kind": "exactly", "organisation": "awo", "count": 3}, 3),
        ({"kind": "ex_officio", "office": {"de": "Leitung"}}, 1),
        ({"kind": "one_per", "organisation_kind": "council_group"}, None),
        ({"kind": "category", "organisation_kind": "science"}, None),
        ({"kind": "category", "organisation_kind": "science", "maximum": 2}, 2),
        ({"kind": "open"}, None),
        ({"kind": "open", "maximum": 1}, 1),
    ],
)
def test_places_are_known_or_not_and_the_chair_has_one(
    rule: dict[str, Any], number: int | None
) -> None:
    known: Rule = TypeAdapter(Rule).validate_python(rule)
    assert places(known) == number
    seat = {"key": "vorsitz", "body": "beirat", "name": {"de": "Vorsitz"}, "rule": rule}
    if number == 1:
        assert NewSeat.model_validate({**seat, "chair": True}).chair
    else:
        with pytest.raises(ValidationError):
            NewSeat.model_validate({**seat, "chair": True})


@pytest.mark.parametrize("number", ["1", "3.1", "12.", "4a", "I", "Ö1", "2-3"])
def test_numbers_of_items_as_they_are_printed(number: str) -> None:
    assert NewAgendaItem(number=number, title={"de": "Begrüßung"}).number == number


@pytest.mark.parametrize("number", ["", ".1", "3..1", "3 1", "<b>", "1" * 21])
def test_no_other_numbers(number: str) -> None:
    with pytest.raises(ValidationError):
        NewAgendaItem(number=number, title={"de": "Begrüßung"})


def test_an_opaque_key_is_a_key_and_never_the_same() -> None:
    keys = {opaque("p") for _ in range(100)}
    assert len(keys) == 100
    for key in keys:
        assert re.fullmatch(r"p-[a-z2-7]{10}", TypeAdapter(Key).validate_python(key))


@pytest.mark.parametrize(
    "said",
    [
        20260312,
        20260312.5,
        "20260312",
        "-20260312",
        "1773316800.0",
        "2026-03-12T17:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:30:00Z",
    ],
)
def test_a_moment_is_written_out_and_lies_in_the_calendar(said: Any) -> None:
    moment: TypeAdapter[datetime] = TypeAdapter(Moment)
    with pytest.raises(ValidationError):
        moment.validate_python(said)
    then = datetime(2026, 3, 12, 16, tzinfo=UTC)
    assert moment.validate_python("2026-03-12T17:00:00+01:00") == then
    assert moment.validate_python(then) == then


@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_that_is_stored_is_told_whatever_nobody_may_write_today(year: int) -> None:
    """One of them would make a list of all meetings fail."""
    stored = datetime(year, 12, 31, 23, 30, tzinfo=UTC)
    assert TypeAdapter[datetime](Moment).validate_python(stored) == stored
