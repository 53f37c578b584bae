"""The templates: chapters with the words and bindings that reports begin with.

Their parts follow what municipalities report: a poverty report has indicators that a steering group
agreed on, problem situations, recommendations and a catalogue of measures.
"""

from collections.abc import Mapping

from services.contracts.boards.coordinated_reports import ReportTemplateKind
from services.contracts.boards.report_templates import ReportTemplate, TemplateChapter


def _chapter(
    german: str, english: str, text: str, in_english: str | None = None, *, each: bool = False
) -> TemplateChapter:
    return TemplateChapter(
        title={"de": german, "en": english},
        text={"de": text, "en": text if in_english is None else in_english},
        each=each,
    )


def _template(
    kind: ReportTemplateKind,
    names: tuple[str, str],
    descriptions: tuple[str, str],
    needs: tuple[str, ...],
    *chapters: TemplateChapter,
) -> ReportTemplate:
    return ReportTemplate(
        kind=kind,
        name={"de": names[0], "en": names[1]},
        description={"de": descriptions[0], "en": descriptions[1]},
        needs=needs,
        chapters=chapters,
    )


_OVERVIEW = "{{table:$overview@release; level=$level}}"
_POVERTY = _template(
    ReportTemplateKind.poverty_report,
    ("Armutsbericht", "Poverty report"),
    (
        "Indikatoren der Lenkungsgruppe, Problemlagen, Empfehlungen und Maßnahmenkatalog.",
        "Indicators of the steering group, problem situations, recommendations and measures.",
    ),
    ("body", "strategy", "level", "indicators"),
    _chapter(
        "Anlass und Vorgehen",
        "Occasion and method",
        "Dieser Bericht zeigt, wie sich Armut in den Gebieten unterscheidet und entwickelt, welche "
        "Problemlagen daraus folgen und was dagegen empfohlen und getan wird.\n\n"
        "Er beruht auf Indikatoren, die mit Verwaltung, Politik, Verbänden und Wissenschaft "
        "vereinbart wurden. Zahlen, die Rückschlüsse auf einzelne Menschen erlauben, werden nicht "
        "ausgewiesen.",
        "This report shows how poverty differs between areas and over time, which problem "
        "situations follow from it, and what is recommended and done about them.\n\n"
        "It rests on indicators that administration, politics, associations and science agreed on. "
        "Figures that would tell of single persons are not shown.",
    ),
    _chapter("Indikatoren im Überblick", "Indicators at a glance", _OVERVIEW),
    _chapter(
        "$name",
        "$name",
        "{{table:$indicator@release; level=$level; last=3}}\n\n"
        "{{map:$indicator@release; level=$level}}",
        each=True,
    ),
    _chapter(
        "Problemlagen",
        "Problem situations",
        "Die folgenden Befunde ergeben sich aus den Regeln der Bedarfsanalyse.\n\n"
        "{{findings:level=$level}}",
        "The following findings result from the rules of needs analysis.\n\n"
        "{{findings:level=$level}}",
    ),
    _chapter(
        "Handlungsempfehlungen", "Recommendations for action", "{{recommendations:body=$body}}"
    ),
    _chapter("Maßnahmenkatalog", "Catalogue of measures", "{{measures:strategy=$strategy}}"),
    _chapter("Was noch offen ist", "What is still open", "{{gaps}}"),
)
_LIVING = _template(
    ReportTemplateKind.living_conditions,
    ("Lebenslagenbericht", "Report on living conditions"),
    (
        "Lebenslagen der Bevölkerung nach Gebieten, mit Verlauf und Rangfolge.",
        "How people live, by area, over time and in order.",
    ),
    ("level", "indicators"),
    _chapter(
        "Zu diesem Bericht",
        "About this report",
        "Der Bericht beschreibt die Lebenslagen der Bevölkerung kleinräumig. Er ist Grundlage für "
        "die Planung von Angeboten und Einrichtungen.",
        "The report describes how people live in each area. It is a basis for planning services "
        "and facilities.",
    ),
    _chapter("Gebiete im Vergleich", "Areas compared", _OVERVIEW),
    _chapter(
        "$name",
        "$name",
        "{{chart:$indicator@release; kind=ranking; level=$level}}\n\n"
        "{{table:$indicator@release; level=$level; last=5}}\n\n"
        "{{map:$indicator@release; level=$level}}",
        each=True,
    ),
    _chapter("Befunde", "Findings", "{{findings:level=$level}}"),
    _chapter(
        "Was die Gremien dazu beschlossen haben",
        "What bodies have decided about it",
        "{{resolutions:state=valid}}",
    ),
)
_NEWSLETTER = _template(
    ReportTemplateKind.newsletter,
    ("Newsletter", "Newsletter"),
    (
        "Was seit der letzten Ausgabe veröffentlicht, empfohlen, beschlossen und begonnen wurde.",
        "What was released, recommended, decided and started since the last issue.",
    ),
    ("since",),
    _chapter("Neue Zahlen", "New figures", "{{releases:since=last}}"),
    _chapter("Empfohlen", "Recommended", "{{recommendations:since=last}}"),
    _chapter("Beschlossen", "Decided", "{{resolutions:since=last}}"),
    _chapter("Begonnen", "Started", "{{measures:since=last}}"),
)
_PROGRESS = _template(
    ReportTemplateKind.progress,
    ("Fortschrittsnachweis", "Proof of progress"),
    (
        "Was aus den Empfehlungen eines Beirats wurde und wie weit die Maßnahmen sind.",
        "What became of the recommendations of an advisory board, and how far measures are.",
    ),
    ("body", "strategy"),
    _chapter(
        "Was aus den Empfehlungen wurde",
        "What became of the recommendations",
        "{{recommendations:body=$body}}",
    ),
    _chapter("Was beschlossen wurde", "What was decided", "{{resolutions:strategy=$strategy}}"),
    _chapter(
        "Wie weit die Maßnahmen sind",
        "How far measures are",
        "## Laufend\n\n{{measures:strategy=$strategy; state=running}}\n\n"
        "## Abgeschlossen\n\n{{measures:strategy=$strategy; state=completed}}\n\n"
        "## Beschlossen, noch nicht begonnen\n\n{{measures:strategy=$strategy; state=decided}}",
        "## Running\n\n{{measures:strategy=$strategy; state=running}}\n\n"
        "## Completed\n\n{{measures:strategy=$strategy; state=completed}}\n\n"
        "## Decided and not begun\n\n{{measures:strategy=$strategy; state=decided}}",
    ),
    _chapter(
        "Was die Maßnahmen ändern sollen und was sich geändert hat",
        "What measures are to change and what has changed",
        "{{targets:strategy=$strategy}}\n\n{{effects:strategy=$strategy}}",
    ),
    _chapter("Was noch offen ist", "What is still open", "{{gaps}}"),
    _chapter("Woran es sich zeigt", "What shows it", _OVERVIEW),
)
_DECISION = _template(
    ReportTemplateKind.decision_paper,
    ("Beschlussvorlage mit Belegen", "Decision paper with evidence"),
    (
        "Eine Empfehlung für das Gremium, das entscheidet, mit den Zahlen, auf denen sie beruht.",
        "A recommendation for the body that decides, with the figures that it rests on.",
    ),
    ("body", "recommendation"),
    _chapter(
        "Worüber zu entscheiden ist",
        "What is to be decided",
        "{{recommendations:key=$recommendation}}",
    ),
    _chapter("Belege", "Evidence", "{{evidence:recommendation=$recommendation}}"),
    _chapter(
        "Was das Gremium bisher beschlossen hat",
        "What the body has decided so far",
        "{{resolutions:body=$body}}",
    ),
    _chapter(
        "Was dazu läuft",
        "What is being done",
        "{{measures:strategy=$strategy}}",
    ),
)
TEMPLATES: Mapping[ReportTemplateKind, ReportTemplate] = {
    one.kind: one for one in (_POVERTY, _LIVING, _NEWSLETTER, _PROGRESS, _DECISION)
}
