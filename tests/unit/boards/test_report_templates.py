"""Reports begin with the chapters of their template."""

from typing import Any

import pytest

from services.boards.report_markup.rules import drawings, places
from services.boards.report_templates.rules import chapters
from services.boards.report_templates.templates import TEMPLATES
from services.contracts.boards.coordinated_reports import NewCoordinatedReport, ReportTemplateKind
from services.kit.problems import Invalid

NAMES = {"quote": {"de": "SGB-II-Quote", "en": "Rate"}, "kinder": {"de": "Kinder"}}
ALL = {
    "body": "beirat",
    "strategy": "armut",
    "recommendation": "r-1",
    "level": "bezirk",
    "indicators": ["quote", "kinder"],
    "since": "2025-06-30",
}


def a_report(kind: str, **about: Any) -> NewCoordinatedReport:
    fixed = {"key": "bericht", "kind": kind, "title": {"de": "Bericht"}, "release": 1}
    return NewCoordinatedReport.model_validate({**fixed, "on": "2026-06-30", **about})


@pytest.mark.parametrize("kind", list(ReportTemplateKind))
def test_every_template_can_be_read_and_is_whole(kind: ReportTemplateKind) -> None:
    found = chapters(TEMPLATES[kind], a_report(kind, **ALL), NAMES)
    assert places(found)
    assert all(set(one.text) == {"de", "en"} for one in found)
    assert "$" not in str(found)


def test_a_poverty_report_has_a_chapter_for_each_indicator() -> None:
    kind = ReportTemplateKind.poverty_report
    found = chapters(TEMPLATES[kind], a_report(kind, **ALL), NAMES)
    assert [one.title["de"] for one in found] == [
        "Anlass und Vorgehen",
        "Indikatoren im Überblick",
        "SGB-II-Quote",
        "Kinder",
        "Problemlagen",
        "Handlungsempfehlungen",
        "Maßnahmenkatalog",
        "Was noch offen ist",
    ]
    assert "{{table:quote,kinder@release; level=bezirk}}" in found[1].text["de"]
    assert (found[2].title["en"], found[3].title["en"]) == ("Rate", "Kinder")
    assert "{{map:kinder@release; level=bezirk}}" in found[3].text["en"]


@pytest.mark.parametrize("kind", ["poverty_report", "living_conditions"])
def test_a_report_of_as_many_indicators_as_can_be_named_is_whole(kind: str) -> None:
    keys = [f"i-{number}" for number in range(60)]
    about = {**ALL, "indicators": keys}
    found = chapters(
        TEMPLATES[ReportTemplateKind(kind)],
        a_report(kind, **about),
        {key: {"de": key} for key in keys},
    )
    bound = {place.binding for place in places(found)}
    assert {key for one in bound if one.kind == "table" for key in one.indicators} == set(keys)
    assert drawings(bound) == 60


def test_a_chapter_about_something_that_the_report_does_not_have_is_left_out() -> None:
    kind = ReportTemplateKind.progress
    found = chapters(TEMPLATES[kind], a_report(kind, body="beirat", strategy="armut"), {})
    assert "Woran es sich zeigt" not in [one.title["de"] for one in found]
    assert len(found) == 5
    assert "{{effects:strategy=armut}}" in found[3].text["de"]


def test_a_report_says_what_its_template_is_about() -> None:
    kind = ReportTemplateKind.poverty_report
    with pytest.raises(Invalid) as refused:
        chapters(TEMPLATES[kind], a_report(kind, body="beirat"), {})
    assert [one.pointer for one in refused.value.faults] == ["/strategy", "/level", "/indicators"]


def test_a_newsletter_tells_only_what_is_new_since_the_last_one() -> None:
    kind = ReportTemplateKind.newsletter
    found = chapters(TEMPLATES[kind], a_report(kind, since="2025-06-30"), {})
    titles = [one.title["en"] for one in found]
    assert titles == ["New figures", "Recommended", "Decided", "Started"]
    assert all("since=last" in text for one in found for text in one.text.values())
