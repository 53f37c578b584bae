"""The kept answers: bounded, tagged, and never older than the last change."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.cache import AnswerCache, Entry, Key

JENA, WARTBURG = (160530000000, "boards"), (160630000000, "boards")
FIGURES = (160530000000, "indicators")


def key(name: str) -> Key:
    return (name.encode(), b"", b"", b"", b"")


def answer(size: int = 100) -> Entry:
    return Entry([], b"x" * size, b'"r1"')


def test_a_change_in_one_town_leaves_the_other_towns_answers() -> None:
    cache = AnswerCache(1_000_000)
    for tag in (JENA, WARTBURG, FIGURES):
        assert cache.store(key(str(tag)), tag, cache.generation(tag), answer())
    cache.ring(f"boards {JENA[0]}")
    assert cache.find(key(str(JENA))) is None
    assert cache.find(key(str(WARTBURG))) is not None
    assert cache.find(key(str(FIGURES))) is not None
    cache.ring("")
    assert len(cache) == 0
    assert cache.size == 0


@pytest.mark.parametrize("told", ["", f"boards {JENA[0]}", "something else"])
def test_an_answer_computed_before_a_change_is_not_stored_after_it(told: str) -> None:
    cache = AnswerCache(1_000_000)
    before = cache.generation(JENA)
    cache.ring(told)
    assert not cache.store(key("old"), JENA, before, answer())
    assert cache.find(key("old")) is None
    assert cache.store(key("new"), JENA, cache.generation(JENA), answer())


def test_two_changes_do_not_look_like_none() -> None:
    cache = AnswerCache(1_000_000)
    cache.drop(JENA)
    before = cache.generation(JENA)
    cache.drop_everything()
    cache.drop(JENA)
    assert not cache.store(key("old"), JENA, before, answer())


def test_an_answer_is_kept_for_a_minute_at_most() -> None:
    cache = AnswerCache(1_000_000, lifetime=-1.0)
    cache.store(key("a"), JENA, cache.generation(JENA), answer())
    assert cache.find(key("a")) is None
    assert cache.size == 0


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-03-11T22:59:59.5+00:00", 0.5),
        ("2026-03-11T22:59:30+00:00", 30.0),
        ("2026-03-11T22:00:00+00:00", 60.0),
        ("2026-03-28T22:59:30+00:00", 30.0),  # the day that follows has 23 hours
        ("2026-03-29T21:59:30+00:00", 30.0),  # so this one had
        ("2026-07-11T21:59:30+00:00", 30.0),
    ],
)
def test_no_answer_is_kept_beyond_midnight(
    monkeypatch: pytest.MonkeyPatch, now: str, left: float
) -> None:
    """A consent that ends today is no longer told tomorrow."""
    monkeypatch.setattr("time.monotonic", lambda: 1000.0)
    cache = AnswerCache(1_000_000, now=lambda: datetime.fromisoformat(now))
    assert cache.store(key("a"), JENA, cache.generation(JENA), answer())
    found = cache.find(key("a"))
    assert found is not None
    assert found.until == pytest.approx(1000.0 + left, abs=1e-6)
    monkeypatch.setattr("time.monotonic", lambda: found.until)
    assert cache.find(key("a")) is None


def test_an_answer_computed_before_midnight_is_not_stored_after_it() -> None:
    moments = [datetime(2026, 3, 11, 22, 59, 59, tzinfo=UTC), datetime(2026, 3, 11, 23, tzinfo=UTC)]
    cache = AnswerCache(1_000_000, now=lambda: moments[0])
    before = cache.generation(JENA)
    moments.pop(0)
    assert not cache.store(key("old"), JENA, before, answer())
    assert cache.store(key("new"), JENA, cache.generation(JENA), answer())


def test_the_answer_used_longest_ago_makes_room() -> None:
    cache = AnswerCache(20_000)
    for name in ("a", "b", "c", "d", "e", "f", "g", "h", "i"):
        cache.store(key(name), JENA, cache.generation(JENA), answer(1500))
        cache.find(key("a"))
    assert cache.find(key("a")) is not None
    assert cache.find(key("b")) is not None
    cache.store(key("j"), JENA, cache.generation(JENA), answer(1500))
    assert cache.find(key("c")) is None


def test_one_huge_answer_does_not_push_out_all_others() -> None:
    cache = AnswerCache(80_000)
    assert not cache.store(key("atlas"), JENA, cache.generation(JENA), answer(20_000))


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("store"),
            st.integers(0, 9),
            st.sampled_from([JENA, WARTBURG, FIGURES]),
            st.integers(0, 3000),
        ),
        st.tuples(st.just("drop"), st.sampled_from([JENA, WARTBURG, FIGURES])),
        st.tuples(st.just("all")),
    ),
    max_size=60,
)


@given(STEPS)
def test_it_never_holds_more_than_it_may_and_never_what_was_dropped(
    steps: list[tuple[object, ...]],
) -> None:
    cache = AnswerCache(10_000)
    for step in steps:
        if step[0] == "store":
            _, number, tag, size = step
            cache.store(key(f"{number}{tag}"), tag, cache.generation(tag), answer(size))
        elif step[0] == "drop":
            cache.drop(step[1])
            assert all(cache.find(key(f"{number}{step[1]}")) is None for number in range(10))
        else:
            cache.drop_everything()
        kept = list(cache._entries.values())
        assert cache.size == sum(entry.size for entry in kept) <= 10_000
        assert {k for keys in cache._tagged.values() for k in keys} == set(cache._entries)
