"""What was probably meant, put together from what several services know."""

import pytest

from services.contracts.shared.search import (
    SERVICES,
    Category,
    Found,
    MeantWord,
    PlacedSuggestion,
    SearchHit,
    SearchSort,
)
from services.gateway.search import rules
from services.kit.problems import Invalid


def meant(word: str, meant: str, likeness: float, documents: int) -> MeantWord:
    return MeantWord(
        word=word, meant=meant, likeness=likeness, documents=documents, written=meant.title()
    )


def found(**counts: int) -> Found:
    return Found(counts={Category(name): n for name, n in counts.items()}, hits=[], current=True)


@pytest.mark.parametrize(
    ("words", "better"),
    [
        # Nobody knows the word: what is most like it, however rare.
        ([meant("armt", "armut", 0.6, 1), meant("armt", "arm", 0.5, 90)], {"armt": "Armut"}),
        # One service knows it well.
        ([meant("armut", "armut", 1, 9), meant("armut", "arm", 0.7, 40)], {}),
        # It stands in few documents, something much like it in five times as many.
        ([meant("armt", "armt", 1, 1), meant("armt", "armut", 0.6, 5)], {"armt": "Armut"}),
        ([meant("armt", "armt", 1, 1), meant("armt", "armut", 0.6, 4)], {}),
        ([meant("armt", "armt", 1, 1), meant("armt", "armut", 0.59, 99)], {}),
        # What several services have counts together, on either side.
        (
            [
                meant("armt", "armt", 1, 1),
                meant("armt", "armut", 0.6, 3),
                meant("armt", "armut", 0.6, 2),
            ],
            {"armt": "Armut"},
        ),
        (
            [
                meant("armt", "armt", 1, 1),
                meant("armt", "armt", 1, 1),
                meant("armt", "armut", 0.6, 9),
            ],
            {},
        ),
        # A word that no document has any more was not meant.
        ([meant("armt", "armut", 0.9, 0), meant("armt", "arm", 0.5, 1)], {"armt": "Arm"}),
    ],
)
def test_another_word_was_meant_when_it_is_known_much_better(
    words: list[MeantWord], better: dict[str, str]
) -> None:
    assert rules.better(words) == better
    assert rules.better(reversed(words)) == better


def test_numbers_and_very_short_words_are_not_doubted() -> None:
    assert rules.doubted(["armt", "00815", "bv", "2a", "öpnv"]) == ["armt", "öpnv"]


def test_little_is_what_all_services_found_together() -> None:
    assert rules.poor([found(papers=1), found(topics=1), found()])
    assert not rules.poor([found(papers=1), found(topics=1, areas=1)])


def test_the_other_question_has_to_find_more() -> None:
    assert rules.finds_more([found(papers=2)], [found(papers=1)])
    assert not rules.finds_more([found(papers=1)], [found(topics=1)])


def test_what_is_missing_is_named_by_category() -> None:
    assert rules.categories_of(["projects"]) == [*SERVICES["projects"]]
    assert rules.categories_of([]) == []
    stale = found().model_copy(update={"current": False})
    assert rules.in_preparation({"boards": found(), "projects": stale}) == [*SERVICES["projects"]]


def a_hit(key: str, score: float, dated_on: str | None = None) -> SearchHit:
    told = {"key": key, "score": score, "dated_on": dated_on, "category": "papers"}
    more = {"kind": "paper", "address": f"/{key}", "title": {"de": "Papier"}, "snippet": ""}
    return SearchHit.model_validate({**told, **more})


def test_of_two_that_fit_as_well_the_newer_comes_first_and_what_has_no_day_last() -> None:
    hits = [
        a_hit("a", 1),
        a_hit("b", 1, "2025-01-31"),
        a_hit("c", 1, "2026-01-31"),
        a_hit("d", 2, "2020-01-31"),
    ]
    by_rank, by_date = (
        [one.key for one in rules.merged(hits, sort)]
        for sort in (SearchSort.relevance, SearchSort.date)
    )
    assert by_rank == ["d", "c", "b", "a"]
    assert by_date == ["c", "b", "d", "a"]


def test_pages_reach_five_hundred_hits_and_no_more() -> None:
    assert rules.reach(25, 20) == rules.reach(5, 100) == 500
    with pytest.raises(Invalid):
        rules.reach(6, 100)


def test_a_name_is_suggested_once_and_where_it_fits_best() -> None:
    def placed(key: str, title: str, place: int, start: str) -> PlacedSuggestion:
        told = {"category": "papers", "kind": "paper", "key": key, "address": f"/{key}"}
        more = {"title": {"de": title}, "place": place, "start": start}
        return PlacedSuggestion.model_validate({**told, **more})

    found = [
        placed("weiter", "Beirat Armut", 1, "armut"),
        placed("zweit", "Armut", 0, "armut"),
        placed("erst", "Armut", 0, "armut"),
        placed("lang", "Armutsbericht", 0, "armutsbericht"),
    ]
    assert [one.key for one in rules.listed(found, 10)] == ["erst", "lang", "weiter"]
    assert [one.key for one in rules.listed(found, 2)] == ["erst", "lang"]
