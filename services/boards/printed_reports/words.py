"""The fixed words of reports in German and English, and how figures are written in them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.contracts.shared.base import GermanOrEnglish
from services.kit import writing

WORDS: Mapping[GermanOrEnglish, Mapping[str, str]] = {
    "de": {
        "contents": "Inhalt",
        "kind.poverty_report": "Armutsbericht",
        "kind.living_conditions": "Lebenslagenbericht",
        "kind.newsletter": "Newsletter",
        "kind.progress": "Fortschrittsnachweis",
        "kind.decision_paper": "Beschlussvorlage mit Belegen",
        "stand": "Stand {day}, Veröffentlichung {release}, Ausfertigung {number}",
        "stand.draft": "Stand {day}, Veröffentlichung {release}, Entwurf",
        "stand.in_review": "{stand} (zur Prüfung)",
        "stand.returned": "{stand} (zurückgegeben)",
        "area": "Gebiet",
        "indicator": "Indikator",
        "period": "Zeitraum",
        "value": "Wert",
        "release": "Veröffentlichung",
        "number": "Nummer",
        "figures": "Indikatoren im Vergleich",
        "evidence": "Belege",
        "title": "Titel",
        "body": "Gremium",
        "day": "Datum",
        "begins": "Beginn",
        "state": "Stand",
        "reference": "Aktenzeichen",
        "gaps": "Was noch fehlt",
        "missing": "Was fehlt",
        "in_charge": "Zuständig",
        "since": "Seit",
        "findings": "Befunde",
        "recommendations": "Empfehlungen",
        "resolutions": "Beschlüsse",
        "measures": "Maßnahmen",
        "releases": "Veröffentlichungen",
        "targets": "Was Maßnahmen ändern sollen",
        "effects": "Was sich nach Maßnahmen geändert hat",
        "statements": "Stellungnahmen",
        "organisation": "Organisation",
        "received": "Eingegangen",
        "position": "Haltung",
        "none.statements": "Keine Stellungnahmen.",
        "state.supports": "dafür",
        "state.supports_partly": "teilweise dafür",
        "state.opposes": "dagegen",
        "state.neutral": "neutral",
        "measure": "Maßnahme",
        "figure": "Kennzahl",
        "baseline": "Ausgangswert",
        "target": "Ziel",
        "due": "Bis",
        "before": "Vorher",
        "after": "Nachher",
        "change": "Änderung",
        "outcome": "Richtung",
        "aim.increase": "steigern",
        "aim.decrease": "senken",
        "aim.maintain": "halten",
        "outcome.as_wanted": "wie gewollt",
        "outcome.unchanged": "unverändert",
        "outcome.against": "entgegen dem Ziel",
        "outcome.no_start": "unbekannt: Beginn der Maßnahme unbekannt",
        "outcome.not_published": "unbekannt: nicht veröffentlicht",
        "outcome.before_missing": "unbekannt: Ausgangswert fehlt",
        "outcome.before_hidden": "unbekannt: Ausgangswert geheim",
        "outcome.too_early": "noch kein Wert danach",
        "outcome.after_missing": "unbekannt: Wert danach fehlt",
        "outcome.after_hidden": "unbekannt: Wert danach geheim",
        "caveat": (
            "Was sich nach einer Maßnahme geändert hat, muss nicht durch sie geändert worden sein."
        ),
        "none.targets": "Keine Ziele.",
        "none.effects": "Keine Ziele, an denen sich eine Wirkung zeigen könnte.",
        "none.evidence": "Keine Zahlen als Belege.",
        "none.findings": "Keine Befunde.",
        "none.gaps": "Nichts fehlt.",
        "none.recommendations": "Keine Empfehlungen.",
        "none.resolutions": "Keine Beschlüsse.",
        "none.measures": "Keine Maßnahmen.",
        "none.releases": "Keine Veröffentlichungen.",
        "no_value": "keine Angabe ({reason})",
        "limited": "{value} ({reason})",
        "provisional": "{value} (vorläufig)",
        "sources": "Daten und Quellen",
        "sources.release": (
            "Alle Zahlen sind die der Veröffentlichung {release} vom {day}, soweit nichts anderes "
            "gesagt ist. Geheim gehaltene Zahlen sind gekennzeichnet und nie durch null ersetzt."
        ),
        "sources.only": (
            "Alle Zahlen sind die der Veröffentlichung {release}, soweit nichts anderes gesagt ist."
        ),
        "sources.from": "Quellen: {names}.",
        "sources.states": (
            "Der Stand von Empfehlungen und Beschlüssen ist der am {day}, der von Maßnahmen, "
            "Zielen und Befunden ist so, wie er am {looked_up_on} erfasst war."
        ),
        "state.open": "offen",
        "state.finding_unanswered": "Befund ohne Antwort",
        "state.recommendation_undecided": "Empfehlung ohne Beschluss",
        "state.resolution_without_measure": "Beschluss ohne Maßnahme",
        "state.measure_without_money": "Maßnahme ohne Geld",
        "state.money_without_effect": "Geld ohne bekannte Wirkung",
        "state.beyond_mandate": "Beschluss ohne Mandat",
        "state.mandate_fallen": "Beschluss gilt nicht mehr",
        "state.confirmed": "bestätigt",
        "state.dismissed": "verworfen",
        "state.resolved": "behoben",
        "state.followed": "gefolgt",
        "state.amended": "geändert beschlossen",
        "state.rejected": "abgelehnt",
        "state.void": "nichtig",
        "state.valid": "gültig",
        "state.repealed": "aufgehoben",
        "state.replaced": "ersetzt",
        "state.proposed": "vorgeschlagen",
        "state.planned": "geplant",
        "state.decided": "beschlossen",
        "state.running": "läuft",
        "state.suspended": "ausgesetzt",
        "state.completed": "abgeschlossen",
        "state.withdrawn": "zurückgezogen",
    },
    "en": {
        "contents": "Contents",
        "kind.poverty_report": "Poverty report",
        "kind.living_conditions": "Report on living conditions",
        "kind.newsletter": "Newsletter",
        "kind.progress": "Proof of progress",
        "kind.decision_paper": "Decision paper with evidence",
        "stand": "As of {day}, release {release}, edition {number}",
        "stand.draft": "As of {day}, release {release}, draft",
        "stand.in_review": "{stand} (for review)",
        "stand.returned": "{stand} (returned)",
        "area": "Area",
        "indicator": "Indicator",
        "period": "Period",
        "value": "Value",
        "release": "Release",
        "number": "Number",
        "figures": "Indicators compared",
        "evidence": "Evidence",
        "title": "Title",
        "body": "Body",
        "day": "Date",
        "begins": "Begins",
        "state": "State",
        "reference": "Reference",
        "gaps": "What is still missing",
        "missing": "What is missing",
        "in_charge": "In charge",
        "since": "Since",
        "findings": "Findings",
        "recommendations": "Recommendations",
        "resolutions": "Resolutions",
        "measures": "Measures",
        "releases": "Releases",
        "targets": "What measures are to change",
        "effects": "What changed after measures",
        "statements": "Statements",
        "organisation": "Organisation",
        "received": "Received",
        "position": "Position",
        "none.statements": "No statements.",
        "state.supports": "supports",
        "state.supports_partly": "supports partly",
        "state.opposes": "opposes",
        "state.neutral": "neutral",
        "measure": "Measure",
        "figure": "Figure",
        "baseline": "Baseline",
        "target": "Target",
        "due": "By",
        "before": "Before",
        "after": "After",
        "change": "Change",
        "outcome": "Direction",
        "aim.increase": "increase",
        "aim.decrease": "decrease",
        "aim.maintain": "maintain",
        "outcome.as_wanted": "as wanted",
        "outcome.unchanged": "unchanged",
        "outcome.against": "against the target",
        "outcome.no_start": "unknown: begin of the measure not known",
        "outcome.not_published": "unknown: not published",
        "outcome.before_missing": "unknown: value before is missing",
        "outcome.before_hidden": "unknown: value before is hidden",
        "outcome.too_early": "no value afterwards yet",
        "outcome.after_missing": "unknown: value afterwards is missing",
        "outcome.after_hidden": "unknown: value afterwards is hidden",
        "caveat": "What changed after a measure need not have been changed by it.",
        "none.targets": "No targets.",
        "none.effects": "No targets on which an effect could show.",
        "none.evidence": "No figures as evidence.",
        "none.findings": "No findings.",
        "none.gaps": "Nothing is missing.",
        "none.recommendations": "No recommendations.",
        "none.resolutions": "No resolutions.",
        "none.measures": "No measures.",
        "none.releases": "No releases.",
        "no_value": "no figure ({reason})",
        "limited": "{value} ({reason})",
        "provisional": "{value} (provisional)",
        "sources": "Data and sources",
        "sources.release": (
            "All figures are those of release {release} of {day} unless said otherwise. Hidden "
            "figures are marked and never replaced by zero."
        ),
        "sources.only": "All figures are those of release {release} unless said otherwise.",
        "sources.from": "Sources: {names}.",
        "sources.states": (
            "States of recommendations and resolutions are those of {day}; those of measures, "
            "targets and findings are as they were known on {looked_up_on}."
        ),
        "state.open": "open",
        "state.finding_unanswered": "finding without answer",
        "state.recommendation_undecided": "recommendation without decision",
        "state.resolution_without_measure": "resolution without measure",
        "state.measure_without_money": "measure without money",
        "state.money_without_effect": "money without known effect",
        "state.beyond_mandate": "decided without mandate",
        "state.mandate_fallen": "resolution holds no more",
        "state.confirmed": "confirmed",
        "state.dismissed": "dismissed",
        "state.resolved": "resolved",
        "state.followed": "followed",
        "state.amended": "decided otherwise",
        "state.rejected": "rejected",
        "state.void": "void",
        "state.valid": "valid",
        "state.repealed": "repealed",
        "state.replaced": "replaced",
        "state.proposed": "proposed",
        "state.planned": "planned",
        "state.decided": "decided",
        "state.running": "running",
        "state.suspended": "suspended",
        "state.completed": "completed",
        "state.withdrawn": "withdrawn",
    },
}
_PARTS: Mapping[GermanOrEnglish, Mapping[str, str]] = {
    "de": {
        "S": "{n}. Halbjahr {y}",
        "T": "{n}. Jahresdrittel {y}",
        "Q": "{n}. Quartal {y}",
        "W": "{n}. KW {y}",
    },
    "en": {
        "S": "half {n} of {y}",
        "T": "third {n} of {y}",
        "Q": "Q{n} {y}",
        "W": "week {n} of {y}",
    },
}
_PART = re.compile(r"([0-9]{4})-([STQW])0?([0-9]+)")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SCHOOL_YEAR = re.compile(r"([0-9]{4})-08-01/P1Y")
_PERCENT = frozenset({"prozent", "per cent", "percent", "%"})


def amount(value: Decimal, decimals: int, unit: Mapping[Any, str], lang: GermanOrEnglish) -> str:
    """A number with its unit, on one line."""
    said = writing.text(unit, lang)
    sign = "%" if said.strip().lower() in _PERCENT else said
    return f"{writing.number(value, decimals, lang)}\u00a0{sign}"


def period(written: str, lang: GermanOrEnglish) -> str:
    """A period as people write it: 31.12.2024, 1. Quartal 2024, März 2024, 2023/24."""
    if _DAY.fullmatch(written):
        return writing.day_on_paper(date.fromisoformat(written), lang)
    if found := _PART.fullmatch(written):
        year, part, count = found.groups()
        return _PARTS[lang][part].format(n=count, y=year)
    if found := _MONTH.fullmatch(written):
        return f"{writing.month(date(int(found[1]), int(found[2]), 1), lang)} {found[1]}"
    if found := _SCHOOL_YEAR.fullmatch(written):
        return f"{found[1]}/{(int(found[1]) + 1) % 100:02d}"
    return written
