"""A coordinated report of Jena, made of what the demo states (Koordinierter Bericht).

An example of the demo: nobody in Jena has written or approved it. Its figures, measures and
findings are bound in, with their sources; its words say no more than they do.
"""

from datetime import date

from services.contracts.boards.coordinated_reports import (
    NewCoordinatedReport,
    ReportChapter,
    ReportTemplateKind,
)
from services.demo.jena.analyses import SHARE
from services.demo.texts import texts

_LEVEL, _TOWN = "statistischer-bezirk", "deutschland,thueringen,jena"
_HOUSEHOLDS = (
    f"{{{{table:privathaushalte,einpersonenhaushalte,{SHARE}@release; level={_LEVEL}}}}}\n\n"
    f"{{{{map:{SHARE}@release; level={_LEVEL}}}}}"
)
_SGB2 = (
    f"{{{{table:sgb2-personen-je-100/{_TOWN}@release}}}}\n\n"
    "{{chart:sgb2-kinder/jena@release}}\n\n"
    f"{{{{table:sgb2-personen,sgb2-kinder,grundsicherung/{_TOWN}@release}}}}"
)
_FINDINGS = f"{{{{findings:level={_LEVEL}}}}}"
_STRATEGY = "armutspraeventionsstrategie"
_MEASURES = f"{{{{measures:strategy={_STRATEGY}}}}}", "{{measures:project=biwaq}}"


def _chapter(title: str, english: str, text: str, in_english: str) -> ReportChapter:
    return ReportChapter(title=texts(title, english), text=texts(text, in_english))


REPORTS = [
    NewCoordinatedReport(
        key="beispielbericht",
        kind=ReportTemplateKind.poverty_report,
        title=texts(
            "Wie Menschen in Jena leben: Beispielbericht der Demo",
            "How people live in Jena: example report of the demo",
        ),
        body="lenkungsgruppe-armutspraevention",
        strategy=_STRATEGY,
        level=_LEVEL,
        indicators=["privathaushalte", SHARE, "sgb2-personen-je-100", "sgb2-kinder"],
        release=1,
        on=date(2026, 1, 1),
        chapters=[
            _chapter(
                "Zu diesem Bericht",
                "About this report",
                "Dieser Bericht ist ein **Beispiel der Demo**, kein Bericht der Stadt Jena: Er "
                "zeigt, wie Text und Daten zusammenkommen. Jede Zahl, Karte und Liste darin ist "
                "mit einer Bindung eingefügt und einer Veröffentlichung der Daten entnommen.\n\n"
                "Die Zahlen sind Einzelwerte aus veröffentlichten Tabellen; woher sie stammen, "
                "steht im letzten Kapitel. Karten der Demo zeigen Kacheln.",
                "This report is an **example of the demo**, no report of the city of Jena: it "
                "shows how words and data come together. Each figure, map and list in it stands "
                "there by a binding and is taken from a release of the data.\n\n"
                "The figures are single ones of published tables; the last chapter says where "
                "they come from. Maps of the demo show tiles.",
            ),
            _chapter(
                "Haushalte",
                "Households",
                "In Jena gibt es {{indicator:privathaushalte/jena@release}}; in "
                f"{{{{indicator:{SHARE}/jena@release}}}} von ihnen lebt eine Person allein.\n\n"
                + _HOUSEHOLDS,
                "There are {{indicator:privathaushalte/jena@release}} in Jena; "
                f"in {{{{indicator:{SHARE}/jena@release}}}} of them one person lives alone.\n\n"
                + _HOUSEHOLDS,
            ),
            _chapter(
                "Grundsicherung",
                "Basic income support",
                "In Bedarfsgemeinschaften leben {{indicator:sgb2-personen/jena@release}}, unter "
                "ihnen {{indicator:sgb2-kinder/jena@release}} unter 15 Jahren.\n\n" + _SGB2,
                "{{indicator:sgb2-personen/jena@release}} live in benefit communities, among them "
                "{{indicator:sgb2-kinder/jena@release}} under 15.\n\n" + _SGB2,
            ),
            _chapter(
                "Problemlagen",
                "Problem situations",
                "Die Befunde folgen aus einer Regel der Demo: Der Anteil der Einpersonenhaushalte "
                "liegt um ein Zehntel oder mehr über dem der Stadt.\n\n" + _FINDINGS,
                "The findings follow from a rule of the demo: the share of one-person households "
                "is a tenth or more above that of the city.\n\n" + _FINDINGS,
            ),
            _chapter(
                "Strategie und Maßnahmen",
                "Strategy and measures",
                "## Armutspräventionsstrategie\n\n"
                f"{_MEASURES[0]}\n\n## Bildung, Wirtschaft, Arbeit im Quartier\n\n{_MEASURES[1]}",
                "## Poverty prevention strategy\n\n"
                f"{_MEASURES[0]}\n\n## Education, Business, Work in the Neighbourhood\n\n"
                f"{_MEASURES[1]}",
            ),
            _chapter("Was noch offen ist", "What is still open", "{{gaps}}", "{{gaps}}"),
        ],
    )
]
"""Made of the release that ends the loading, as of its day."""
