"""Comparing two wordings: nothing is lost, nothing is run, and it does not take long."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.boards.differences import rules
from services.contracts.boards.versions import Difference, Piece, PieceKind

WORDS = st.lists(st.sampled_from(["Der", "Ausschuss", " ", "\n", "fördert", "drei", "<b>", "."]))


def joined(some: list[Piece], without: PieceKind) -> str:
    return "".join(piece.text for piece in some if piece.kind != without)


@given(WORDS.map("".join), WORDS.map("".join))
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    found = rules.pieces(before, after)
    assert joined(found, PieceKind.inserted) == before
    assert joined(found, PieceKind.deleted) == after
    assert all(piece.text for piece in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


def test_only_what_changed_is_marked() -> None:
    found = rules.pieces("Der Ausschuss fördert Zentren.", "Der Ausschuss fördert drei Zentren.")
    assert [(str(piece.kind), piece.text) for piece in found] == [
        ("same", "Der Ausschuss fördert "),
        ("inserted", "drei "),
        ("same", "Zentren."),
    ]


def test_a_paragraph_that_stays_is_not_compared_word_by_word() -> None:
    found = rules.pieces("Erstens.\nZweitens.\n", "Erstens.\nNeu.\nZweitens.\n")
    assert [piece.text for piece in found if piece.kind == PieceKind.inserted] == ["Neu.\n"]


def difference(before: str, after: str) -> Difference:
    return Difference(
        paper="vorlage-1",
        before=1,
        after=2,
        amendment=None,
        title={"de": rules.pieces("Titel", "Titel & mehr")},
        text={"de": rules.pieces(before, after)},
        inserted=0,
        deleted=0,
    )


def test_a_page_shows_what_was_written_and_runs_nothing() -> None:
    page = rules.page(difference("eins", "<script>alert(1)</script> eins"), "de")
    assert "<script" not in page
    assert "<ins>&lt;script&gt;alert(1)&lt;/script&gt; </ins>eins" in page
    assert "Titel<ins> &amp; mehr</ins>" in page


@given(WORDS.map("".join), WORDS.map("".join))
def test_every_mark_of_a_page_is_closed_where_its_paragraph_ends(before: str, after: str) -> None:
    page = rules.page(difference(before, after), "de")
    for paragraph in re.findall(r"<p>(.*?)</p>", page, re.DOTALL):
        for tag in ("ins", "del"):
            assert paragraph.count(f"<{tag}>") == paragraph.count(f"</{tag}>")
        assert not set(re.findall(r"</?(\w+)>", paragraph)) - {"ins", "del"}


def test_two_long_texts_with_nothing_in_common_but_spaces_are_compared() -> None:
    before, after = "a " * 10_000, "b " * 10_000
    found = rules.pieces(before, after)
    assert joined(found, PieceKind.inserted) == before
    assert joined(found, PieceKind.deleted) == after


def test_another_language_is_another_text() -> None:
    both = rules.by_language({"de": "eins"}, {"de": "eins", "en": "one"})
    assert [piece.kind for piece in both["en"]] == [PieceKind.inserted]
    assert rules.words(both, PieceKind.inserted) == 1
    assert rules.by_language(None, None) == {}
