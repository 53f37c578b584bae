"""Whoever asks often waits; whoever waited is let in."""

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.limits import WINDOW, Limits


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = 1_000.0

    def __call__(self) -> float:
        return self.time


def test_a_caller_has_a_quota_and_others_have_their_own() -> None:
    limits = Limits(3, Clock())
    assert [limits.hit("office").allowed for _ in range(4)] == [True, True, True, False]
    assert limits.hit("school").allowed
    assert [limits.hit("library").left for _ in range(4)] == [2, 1, 0, 0]


def test_looking_costs_nothing() -> None:
    limits = Limits(1, Clock())
    assert all(limits.look("office").allowed for _ in range(5))
    assert limits.hit("office").allowed
    assert not limits.look("office").allowed


def test_a_new_minute_does_not_give_twice_the_quota() -> None:
    clock = Clock()
    limits = Limits(100, clock)
    clock.time = 59.0 + WINDOW
    assert sum(limits.hit("office").allowed for _ in range(200)) == 100
    clock.time += 2
    assert sum(limits.hit("office").allowed for _ in range(200)) <= 2


def test_after_a_quiet_while_everything_is_forgotten() -> None:
    clock = Clock()
    limits = Limits(5, clock)
    for _ in range(10):
        limits.hit("office")
    clock.time += 3 * WINDOW
    assert limits.look("office").left == 5


@given(st.integers(1, 50), st.lists(st.floats(0, 30), min_size=1, max_size=80))
def test_whoever_waits_as_long_as_told_is_let_in(quota: int, pauses: list[float]) -> None:
    clock = Clock()
    limits = Limits(quota, clock)
    for pause in pauses:
        clock.time += pause
        standing = limits.hit("office")
        assert 0 <= standing.left < quota
        if not standing.allowed:
            clock.time += standing.seconds
            assert limits.hit("office").allowed
