"""What becomes of findings at a release, and how they are called."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.findings import FindingState
from services.indicators.findings.rules import check_step, key_of, turn
from services.kit.problems import Conflict

places = st.frozensets(st.tuples(st.sampled_from("rs"), st.sampled_from("abcd")))
parts = st.lists(st.sampled_from(["a", "b7", "kinder", "lobeda"]), min_size=2, max_size=11)
keys = parts.map("-".join)


@pytest.mark.parametrize("now", FindingState)
@pytest.mark.parametrize("then", FindingState)
def test_people_confirm_and_dismiss_and_figures_resolve(
    now: FindingState, then: FindingState
) -> None:
    allowed = {("open", "confirmed"), ("open", "dismissed")}
    allowed |= {("confirmed", "dismissed"), ("dismissed", "confirmed")}
    if (now, then) in allowed:
        check_step(now, then)
    else:
        with pytest.raises(Conflict):
            check_step(now, then)


@given(places, places, places)
def test_every_finding_has_exactly_one_turn(
    found: frozenset[tuple[str, str]],
    perhaps: frozenset[tuple[str, str]],
    standing: frozenset[tuple[str, str]],
) -> None:
    unknown = perhaps - found
    areas = {"r": set("abc"), "s": set("abc")}
    made = turn(found, unknown, standing, areas)
    of_standing = made.continuing + made.unsure + made.gone + made.ended
    assert sorted(of_standing) == sorted(standing)
    assert set(made.opened) == found - standing
    assert set(made.continuing) == found & standing
    assert set(made.unsure) == unknown & standing
    assert all(area == "d" for _, area in made.ended)


@given(keys, keys, st.integers(1, 2**31 - 1))
def test_a_key_is_a_key_and_is_not_used_twice(rule: str, area: str, release: int) -> None:
    first = key_of(rule, area, release, ())
    second = key_of(rule, area, release, {first})
    for key in (first, second):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
        assert len(key) <= 80
    assert first != second


def test_a_key_can_be_read() -> None:
    assert key_of("kinderarmut", "lobeda-west", 3, ()) == "kinderarmut-lobeda-west-r3"
    taken = {key_of("a-b", "c", 1, ())}
    assert key_of("a", "b-c", 1, taken) == "a-b-c-r1-2"
