"""Identifiers sort by the moment they were made."""

import time
from uuid import RFC_4122

import pytest

from services.kit.ids import uuid7


def test_it_is_a_valid_uuid_of_version_seven() -> None:
    for _ in range(200):
        made = uuid7()
        assert made.version == 7
        assert made.variant == RFC_4122


def test_it_holds_the_millisecond_it_was_made_in() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7().int >> 80
    assert before <= made <= time.time_ns() // 1_000_000


def test_later_sorts_later_as_number_and_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for moment in range(1_763_000_000_000, 1_763_000_000_100):
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment * 1_000_000)
        made.append(uuid7())
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_ten_thousand_of_one_moment_are_all_different(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_763_000_000_000_000_000)
    assert len({uuid7() for _ in range(10_000)}) == 10_000
