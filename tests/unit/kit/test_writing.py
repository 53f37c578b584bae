"""Numbers, days and texts are written as people of the country do."""

from datetime import date
from decimal import Decimal

import pytest

from services.contracts.shared.base import Language
from services.kit import writing

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("lang", "written"), [("de", "−1.234.567,50"), ("en", "−1,234,567.50"), ("it", "−1.234.567,50")]
)
def test_numbers_have_the_signs_of_the_country(lang: Language, written: str) -> None:
    assert writing.number(-1234567.5, 2, lang) == written
    assert writing.number(Decimal("0.125"), 2, lang)[-2:] == "12"
    assert writing.number(-0.001, 1, lang)[:1] == "0"
    assert writing.number(1234, -1, lang).translate({ord("."): None, ord(","): None}) == "1230"


@pytest.mark.parametrize(
    ("lang", "figures", "paper", "words"),
    [
        ("de", "01.03.2026", "01.03.2026", "1. März 2026"),
        ("en", "2026-03-01", "1 March 2026", "1 March 2026"),
        ("it", "01/03/2026", "1 marzo 2026", "1 marzo 2026"),
    ],
)
def test_a_day_is_written_for_a_chart_a_paper_and_a_sentence(
    lang: Language, figures: str, paper: str, words: str
) -> None:
    assert writing.day(DAY, lang) == figures
    assert writing.day_on_paper(DAY, lang) == paper
    assert writing.day_in_words(DAY, lang) == words


def test_a_text_that_is_not_translated_is_told_in_german() -> None:
    assert writing.text({"de": "Gebiet", "en": "area"}, "en") == "area"
    assert writing.text({"de": "Gebiet", "en": ""}, "en") == "Gebiet"
    assert writing.text({"de": "Gebiet"}, "it") == "Gebiet"
    assert writing.text(None, "de") == ""
