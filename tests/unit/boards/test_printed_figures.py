"""What a report prints of a figure in a sentence, and of the state that it shows."""

from typing import Any

import pytest

from services.boards.printed_reports.rules import document, figure
from services.contracts.boards.report_editions import EditionStage, ShownFigure
from services.contracts.shared.base import GermanOrEnglish
from tests.unit.boards.reports import FIGURE
from tests.unit.boards.test_report_bytes import CONTENT

PEOPLE = {"unit": {"de": "Personen", "en": "people"}, "decimals": 0, "value": 4105}
HIDDEN = {"value": None, "status": "confidential"}


@pytest.mark.parametrize(
    ("more", "lang", "said"),
    [
        ({}, "de", "18,2 %"),
        ({}, "en", "18.2 %"),
        (PEOPLE, "de", "4.105 Personen"),
        (PEOPLE, "en", "4,105 people"),
        ({"value": 0}, "de", "0,0 %"),
        ({"value": -0.04}, "de", "0,0 %"),
        ({"provisional": True}, "de", "18,2 % (vorläufig)"),
        ({"status": "limited"}, "de", "18,2 % (Aussagewert eingeschränkt)"),
        (
            HIDDEN,
            "de",
            "keine Angabe (aus Gründen der statistischen Geheimhaltung nicht ausgewiesen)",
        ),
        ({"value": None, "status": "nothing"}, "de", "keine Angabe (nichts vorhanden)"),
        ({**HIDDEN, "provisional": True}, "en", "no figure (hidden to protect individuals)"),
    ],
)
def test_a_figure_in_a_sentence_says_what_it_is_or_why_there_is_none(
    more: dict[str, Any], lang: GermanOrEnglish, said: str
) -> None:
    told = figure(ShownFigure.model_validate({**FIGURE, **more}), lang)
    assert told.replace("\xa0", " ") == said


def test_what_is_approved_is_printed_as_what_is_published_and_nothing_else_is() -> None:
    given = {
        (number, stage): document(CONTENT, "de", number, stage).stand
        for number, stage in [(None, None), *((1, stage) for stage in EditionStage)]
    }
    approved = given.pop((1, EditionStage.approved))
    assert given.pop((1, EditionStage.published)) == approved
    assert len({*given.values(), approved}) == len(given) + 1
    assert all("30.06.2026" in one for one in (*given.values(), approved))
