"""Counts that tell nothing about small groups, whoever looks at them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.boards.feedback import words
from services.boards.feedback.rules import check_published, protect, table, total
from services.contracts.boards.contributions import Decision
from services.contracts.boards.participation import ParticipationState
from services.kit.problems import Conflict

Counts = tuple[int, ...]


def numbers(counts: Sequence[int], smallest: int) -> tuple[int | None, ...]:
    return tuple(count for count, _ in protect(counts, smallest))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((), ()),
        ((0, 0), (0, 0)),
        ((5, 6, 0), (5, 6, 0)),
        ((30, 2, 25, 12), (30, None, 25, None)),
        ((30, 25, 12, 2), (30, 25, None, None)),
        ((30, 0, 1, 1), (None, 0, None, None)),
        ((30, 2, 5, 5), (None, None, None, None)),
        ((9, 8, 2), (9, None, None)),  # no more is hidden than it takes
        ((9, 7, 2), (None, None, None)),
        ((4,), (None,)),
        ((2, 1, 0), (None, None, None)),
        ((5, 1), (None, None)),
        ((1, 1, 1, 1, 1, 0), (None,) * 6),
    ],
)
def test_small_groups_are_hidden_and_others_with_them(
    counts: Counts, shown: tuple[int | None, ...]
) -> None:
    assert numbers(counts, 5) == shown


def wholes(groups: int, whole: int) -> Iterator[Counts]:
    """Every way in which so many can be divided."""
    return (one for one in product(range(whole + 1), repeat=groups) if sum(one) == whole)


@cache
def possible(shown: tuple[int | None, ...], whole: int, smallest: int) -> tuple[set[int], ...]:
    """What an outsider holds for possible of each group: one who knows the total and, word by
    word, how the office hides, and who tries every way in which it can have been."""
    seen: dict[tuple[int | None, ...], list[Counts]] = defaultdict(list)
    for one in wholes(len(shown), whole):
        seen[numbers(one, smallest)].append(one)
    return tuple(set(values) for values in zip(*seen[shown], strict=True))


@settings(max_examples=150, deadline=None)
@given(
    counts=st.lists(st.integers(0, 9), min_size=1, max_size=3).map(tuple),
    smallest=st.integers(3, 5),
)
def test_an_outsider_who_knows_the_procedure_learns_nothing_of_a_small_group(
    counts: Counts, smallest: int
) -> None:
    whole, shown = sum(counts), numbers(counts, smallest)
    if whole < smallest:
        assert set(shown) <= {None} if whole else set(shown) == {0}
        return
    for count, told, held in zip(counts, shown, possible(shown, whole, smallest), strict=True):
        if told is not None:
            assert told == count
            assert not 0 < told < smallest
        else:
            assert set(range(1, smallest)) <= held or (count >= smallest and len(held) > 1)


@pytest.mark.parametrize("smallest", [3, 4])
@pytest.mark.parametrize("whole", range(3, 13))
def test_of_four_groups_none_is_told_however_they_are_divided(whole: int, smallest: int) -> None:
    if whole < smallest:
        return
    held: dict[tuple[int | None, ...], list[Counts]] = defaultdict(list)
    for one in wholes(4, whole):
        held[numbers(one, smallest)].append(one)
    for shown, ways in held.items():
        for told, values in zip(shown, zip(*ways, strict=True), strict=True):
            if told is None:
                assert len(set(values)) > 1
                if any(0 < value < smallest for value in values):
                    assert set(range(1, smallest)) <= set(values)


@given(st.lists(st.integers(0, 60), max_size=12).map(tuple), st.integers(3, 10))
def test_what_is_shown_is_true_and_nothing_is_hidden_alone(counts: Counts, smallest: int) -> None:
    shown = numbers(counts, smallest)
    hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
    assert all(told in (count, None) for count, told in zip(counts, shown, strict=True))
    assert not any(told is not None and 0 < told < smallest for told in shown)
    if sum(counts) >= smallest:
        assert len(hidden) != 1
    if all(count >= smallest or count == 0 for count in counts):
        assert shown == counts


def test_the_total_of_few_is_hidden_like_a_group() -> None:
    assert [total(count, 5)[0] for count in (0, 4, 5)] == [0, None, 5]


def test_a_table_has_a_line_for_those_who_chose_nothing() -> None:
    chosen = ["wohnen"] * 6 + [None] * 7
    offered = {"wohnen": {"de": "Wohnen"}, "bildung": {"de": "Bildung"}}
    assert [(key, count) for key, count, _ in table(chosen, offered, 5)] == [
        ("wohnen", 6),
        ("bildung", 0),
        (None, 7),
    ]


@pytest.mark.parametrize("state", list(ParticipationState))
def test_a_report_is_published_once_and_when_nobody_hands_in_any_more(
    state: ParticipationState,
) -> None:
    if state in ("evaluation", "report", "closure"):
        check_published(state, published=False)
    else:
        with pytest.raises(Conflict):
            check_published(state, published=False)
    with pytest.raises(Conflict):
        check_published(state, published=True)


def test_every_decision_has_words() -> None:
    assert set(words.DECISIONS) == set(Decision)
    for texts in (*words.DECISIONS.values(), *words.NOTHING.values()):
        assert set(texts) == {"de", "en", "it"}
