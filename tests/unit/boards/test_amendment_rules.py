"""What may become of an amendment, and how the paper then reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from services.boards.amendments.rules import (
    check_base,
    check_named,
    check_open,
    check_paper,
    check_proposed,
    check_vote,
    named,
    shown,
    standing,
    start,
)
from services.contracts.boards.papers import PaperState
from services.contracts.boards.versions import AmendmentState, NewAmendment
from services.kit.problems import Conflict, Invalid


@dataclass
class AVersion:
    number: int
    amendment: str | None = None
    instead_of: str | None = None
    text: dict[str, str] | None = None
    title: dict[str, str] = field(default_factory=lambda: {"de": "Vorlage"})


def saying(number: int, words: str) -> AVersion:
    return AVersion(number, text={"de": words})


def test_words_that_were_overtaken_are_not_adopted() -> None:
    check_base(saying(1, "Zwei"), saying(3, "Zwei"))
    with pytest.raises(Conflict):
        check_base(saying(1, "Zwei"), saying(2, "Drei"))


@pytest.mark.parametrize("state", list(PaperState))
def test_only_a_submitted_paper_is_amended(state: PaperState) -> None:
    if state == PaperState.submitted:
        check_paper(state)
    else:
        with pytest.raises(Conflict):
            check_paper(state)


@pytest.mark.parametrize("state", list(AmendmentState))
def test_what_is_decided_stays_unless_its_vote_has_fallen(state: AmendmentState) -> None:
    if state == AmendmentState.proposed:
        check_proposed(state)
    else:
        with pytest.raises(Conflict):
            check_proposed(state)
    if state in (AmendmentState.proposed, AmendmentState.void):
        check_open(state)
    else:
        with pytest.raises(Conflict):
            check_open(state)


@pytest.mark.parametrize("voted_on", ["vorlage-2", None])
def test_it_is_adopted_by_a_vote_on_its_paper(voted_on: str | None) -> None:
    check_vote("vorlage-1", "vorlage-1")
    with pytest.raises(Invalid):
        check_vote("vorlage-1", voted_on)


WRITTEN = AVersion(1)
FIRST, SECOND = AVersion(2, "am-1"), AVersion(3, "am-2")
WITHOUT_SECOND = AVersion(4, instead_of="am-2")
AGAIN, AND_BACK = AVersion(4, "am-1"), AVersion(5, instead_of="am-1")


@pytest.mark.parametrize(
    ("versions", "void", "begins", "stands"),
    [
        ([WRITTEN], [], None, None),
        ([WRITTEN, FIRST], [], 2, 2),
        ([WRITTEN, FIRST], ["am-1"], 2, 1),
        ([WRITTEN, FIRST, SECOND], ["am-1"], 3, 3),
        ([WRITTEN, FIRST, SECOND], ["am-2"], 3, 2),
        ([WRITTEN, FIRST, SECOND], ["am-1", "am-2"], 3, 1),
        ([WRITTEN, FIRST, SECOND, WITHOUT_SECOND], [], 3, 3),
        ([WRITTEN, FIRST, SECOND, WITHOUT_SECOND], ["am-2"], 3, 2),
        ([WRITTEN, FIRST, AVersion(3)], ["am-1"], None, None),
        ([AVersion(4, instead_of="am-2")], [], None, None),
        ([WRITTEN, FIRST, AVersion(3, instead_of="am-1"), AGAIN, AND_BACK], [], 4, 4),
    ],
)
def test_a_paper_reads_as_without_what_is_void(
    versions: Sequence[AVersion], void: Sequence[str], begins: int | None, stands: int | None
) -> None:
    first, then = start(versions), standing(versions, void)
    assert (first.number if first else None) == begins
    assert (then.number if then else None) == stands


def amendment(**more: list[str]) -> NewAmendment:
    return NewAmendment.model_validate(
        {"paper": "vorlage-1", "text": {"de": "Drei Zentren."}, **more}
    )


@pytest.mark.parametrize(
    ("field", "collection"),
    [
        ("originator_organisations", "organisations"),
        ("originator_bodies", "bodies"),
        ("originator_persons", "persons"),
    ],
)
def test_those_it_comes_from_are_there_and_named_to_who_may_see_them(
    field: str, collection: str
) -> None:
    new = amendment(**{field: ["there", "gone"]})
    assert named(new)[collection] == {"there", "gone"}
    check_named(new, {collection: {"there", "gone"}})
    with pytest.raises(Invalid) as refused:
        check_named(new, {collection: {"there"}})
    assert [one.pointer for one in refused.value.faults] == [f"/{field}/1"]
    told = shown(new.model_dump(), {collection: {"there"}})
    assert told[field] == ["there"]
    assert shown(new.model_dump(), {})[field] == []
