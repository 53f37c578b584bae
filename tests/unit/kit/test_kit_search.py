"""How questions and texts are read by the search."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.problems import Invalid
from services.kit.search.asking import MOST, corrected, understood
from services.kit.search.folding import fold, folded
from services.kit.search.searched import starts, vector
from services.kit.search.snippets import LENGTH, snippet


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prävention", "Praevention"),
        ("Prävention", "PRAVENTION"),
        ("Größe", "Groesse"),
        ("Büro", "Buero"),
        ("Häuser", "haeuser"),
        ("povertà", "poverta"),
        ("Straße", "STRASSE"),
        ("Pra\u0308vention", "Prävention"),
    ],
)
def test_a_word_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize("word", ["frauen", "neue", "quelle", "steuer", "bauer", "treue"])
def test_an_ue_after_a_vowel_or_q_is_no_umlaut(word: str) -> None:
    assert fold(word) == word


def test_a_question_has_words_phrases_and_what_must_not_be() -> None:
    asked = understood('armut „Bildung integriert“ -schule -"im Amt" VO/12 armut')
    assert asked.words == ("armut",)
    assert asked.phrases == (("bildung", "integriert"), ("vo", "12"))
    assert asked.without == (("schule",), ("im", "amt"))
    assert asked.exactly == (
        "('=bildung' <-> '=integriert') & ('=vo' <-> '=12') & !('=schule') & !('=im' <-> '=amt')"
    )


@pytest.mark.parametrize("quotes", ['""', "„“", "“”", "«»", "»«", "″″", "‟”"])
def test_a_phrase_is_one_in_whatever_quotes_somebody_types(quotes: str) -> None:
    asked = understood(f"{quotes[0]}Bildung integriert{quotes[1]} jena")
    assert (asked.phrases, asked.words) == ((("bildung", "integriert"),), ("jena",))


@given(st.text(max_size=200))
def test_nothing_in_a_question_reaches_the_language_of_the_database(text: str) -> None:
    try:
        asked = understood(text)
    except Invalid:
        return
    assert len(asked.words) <= MOST
    for made in (*asked.beginnings, asked.exactly, asked.ranked):
        bare = re.sub(r"'=\w+'(:\*)?", "", made)
        assert set(bare) <= set("()&|!<-> ")


@given(st.text(max_size=600), st.text(min_size=1, max_size=20))
def test_a_snippet_is_a_piece_of_the_text_and_marks_only(text: str, question: str) -> None:
    try:
        asked = understood(question)
    except Invalid:
        return
    piece, marked = snippet(asked, [], {"de": text}, "de")
    assert marked == ("<mark>" in piece)
    bare = piece.replace("<mark>", "").replace("</mark>", "")
    assert not set("<>") & set(bare)
    assert len(unescape(bare)) <= LENGTH + 120


def test_a_correction_leaves_the_rest_as_it_was() -> None:
    asked = '"Beirat Armutspräventon" -Stadtrat'
    assert corrected(asked, {"armutspraventon": "Armutsprävention"}) == (
        '"Beirat Armutsprävention" -Stadtrat'
    )


def test_a_phrase_does_not_go_on_from_one_field_to_the_next() -> None:
    assert vector([["bildung"]], [], [["integriert"]]) == "'=bildung':1A '=integriert':3D"


def test_a_name_may_be_begun_at_each_word() -> None:
    assert starts(["beirat armut"]) == [
        {"place": 0, "start": "beirat armut"},
        {"place": 1, "start": "armut"},
    ]


def test_a_snippet_says_where_the_text_goes_on_and_marks_a_phrase_only_where_it_stands() -> None:
    asked = understood('"Bildung integriert"')
    short = {"de": "Bildung: Bildung integriert <in> Jena"}
    assert snippet(asked, [], short, "de") == (
        "Bildung: <mark>Bildung</mark> <mark>integriert</mark> &lt;in&gt; Jena",
        True,
    )
    around = "davor " * 60, "danach " * 60
    piece, _ = snippet(asked, [], {"de": f"{around[0]}Bildung integriert {around[1]}"}, "de")
    assert piece.startswith("… davor ")
    assert piece.endswith(" danach …")
    assert "davor <mark>Bildung</mark> <mark>integriert</mark> danach" in piece
