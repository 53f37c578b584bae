"""Beginning a report by its template: pure functions."""

import re
from collections.abc import Iterator, Mapping
from string import Template

from services.boards.report_markup.rules import MOST_DRAWN
from services.contracts.boards.coordinated_reports import NewCoordinatedReport, ReportChapter
from services.contracts.boards.report_templates import ReportTemplate, TemplateChapter
from services.contracts.shared.base import Texts
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

_DRAWING = re.compile(r"\{\{(?:chart|map):[^{}]*\}\}\n*")
_GLANCE = 8
"""So many indicators stand side by side in a table."""


def chapters(
    template: ReportTemplate, report: NewCoordinatedReport, names: Mapping[str, Texts]
) -> list[ReportChapter]:
    """The chapters that the report begins with; `names` are those of its indicators.

    Refuses (422, a pointer each) a report that lacks what its template needs.
    """
    faults = [
        Fault(pointer=f"/{name}", code="missing", detail=f"A {report.kind} begins with it.")
        for name in template.needs
        if not getattr(report, name)
    ]
    if faults:
        raise Invalid("The template needs more; or write chapters yourself.", faults=faults)
    return list(_filled(template, report, names))


def _filled(
    template: ReportTemplate, report: NewCoordinatedReport, names: Mapping[str, Texts]
) -> Iterator[ReportChapter]:
    about = {
        "body": report.body,
        "strategy": report.strategy,
        "recommendation": report.recommendation,
        "level": report.level,
        "overview": ",".join(report.indicators[:_GLANCE]),
    }
    known, drawn = {name: value for name, value in about.items() if value}, 0
    for chapter in template.chapters:
        if not _named(chapter) <= known.keys() | {"indicator", "name"}:
            continue
        for indicator in report.indicators if chapter.each else [""]:
            drawn += _drawings(chapter)
            begun = chapter if drawn <= MOST_DRAWN else _undrawn(chapter)
            yield _written(begun, known | {"indicator": indicator}, names.get(indicator, {}))


def _drawings(chapter: TemplateChapter) -> int:
    return len(_DRAWING.findall(chapter.text["de"]))


def _undrawn(chapter: TemplateChapter) -> TemplateChapter:
    """The chapter without drawings: a report has so many and no more."""
    text = {lang: _DRAWING.sub("", said).strip() for lang, said in chapter.text.items()}
    return chapter.model_copy(update={"text": text})


def _named(chapter: TemplateChapter) -> set[str]:
    texts = [*chapter.title.values(), *chapter.text.values()]
    return {name for text in texts for name in Template(text).get_identifiers()}


def _written(chapter: TemplateChapter, known: Mapping[str, str], name: Texts) -> ReportChapter:
    title, text = (
        {
            lang: Template(said).substitute(known, name=name.get(lang) or name.get("de", ""))
            for lang, said in texts.items()
        }
        for texts in (chapter.title, chapter.text)
    )
    return ReportChapter.model_validate({"title": title, "text": text})
