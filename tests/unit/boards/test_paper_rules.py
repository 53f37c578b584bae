"""How papers go on and what they are called."""

import itertools

import pytest

from services.boards.papers import rules
from services.contracts.boards.papers import NewPaper, PaperState
from services.kit.problems import Conflict, Invalid

STEPS = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "closed"),
    ("submitted", "withdrawn"),
    ("closed", "submitted"),
    ("withdrawn", "submitted"),
}


@pytest.mark.parametrize(("now", "then"), list(itertools.permutations(PaperState, 2)))
def test_a_paper_goes_only_these_ways(now: PaperState, then: PaperState) -> None:
    if (now, then) in STEPS:
        rules.check_step(now, then)
    else:
        with pytest.raises(Conflict):
            rules.check_step(now, then)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("0017/2026", "ds-0017-2026"),
        ("AF-0215/2016", "ds-af-0215-2016"),
        ("Größe 7 Ä", "ds-groesse-7-ae"),
        ("///", None),
        ("x" * 78, None),
        ("x" * 77, "ds-" + "x" * 77),
    ],
)
def test_a_key_says_the_reference_number(reference: str, key: str | None) -> None:
    assert rules.key_of(reference) == key


def test_reference_numbers_count_within_a_year() -> None:
    assert rules.reference(rules.series(rules.NUMBERS, 2026), 17) == "0017/2026"
    assert rules.reference(rules.series("DS {number}", 2027), 12345) == "DS 12345"


def paper(**more: object) -> NewPaper:
    return NewPaper.model_validate({"title": {"de": "Vorlage"}, "kind": "report", **more})


def test_every_key_a_paper_names_is_looked_up() -> None:
    new = paper(originator_bodies=["beirat"], related=["a1", "b1"], superordinate=["a1"])
    assert rules.named(new)["papers"] == {"a1", "b1"}
    with pytest.raises(Invalid) as refused:
        rules.check_named("x1", new, {"papers": {"a1"}, "bodies": {"beirat"}})
    assert [fault.pointer for fault in refused.value.faults] == ["/related/1"]


def test_a_paper_does_not_belong_to_itself() -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_named("a1", paper(superordinate=["a1"]), {"papers": {"a1"}})
    assert refused.value.faults[0].pointer == "/superordinate/0"


def test_what_the_reader_may_not_see_is_not_named() -> None:
    new = paper(originator_persons=["p-1", "p-2"], under_direction_of=["amt"])
    shown = rules.shown({**new.model_dump(), "funded": {}}, {"persons": {"p-2"}})
    assert (shown["originator_persons"], shown["under_direction_of"]) == (["p-2"], [])
