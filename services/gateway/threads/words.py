"""What threads say to people, in German and English."""

from collections.abc import Mapping

from services.contracts.shared.base import GermanOrEnglish
from services.contracts.shared.threads import EdgeKind, NodeType, ThreadGapKind

Said = Mapping[GermanOrEnglish, str]


def _said(german: str, english: str) -> Said:
    return {"de": german, "en": english}


TYPES: Mapping[NodeType, Said] = {
    NodeType.indicator: _said("Indikator", "Indicator"),
    NodeType.observation: _said("Zahl", "Figure"),
    NodeType.finding: _said("Befund", "Finding"),
    NodeType.publication: _said("Veröffentlichung", "Publication"),
    NodeType.paper: _said("Drucksache", "Paper"),
    NodeType.recommendation: _said("Empfehlung", "Recommendation"),
    NodeType.resolution: _said("Beschluss", "Resolution"),
    NodeType.strategy: _said("Strategie", "Strategy"),
    NodeType.measure: _said("Maßnahme", "Measure"),
    NodeType.project: _said("Vorhaben", "Project"),
    NodeType.grant: _said("Zuwendung", "Grant"),
    NodeType.position: _said("Stelle", "Position"),
    NodeType.expenditure: _said("Ausgabe", "Expenditure"),
    NodeType.claim: _said("Mittelabruf", "Claim"),
    NodeType.result: _said("Ergebnis", "Result"),
    NodeType.target: _said("Ziel", "Target"),
    NodeType.effect: _said("Wirkung", "Effect"),
    NodeType.chapter: _said("Berichtskapitel", "Chapter of a report"),
}
EDGES: Mapping[EdgeKind, Said] = {
    EdgeKind.of: _said("in einem Gebiet", "in one area"),
    EdgeKind.shows: _said("zeigt", "shows"),
    EdgeKind.evidence: _said("belegt", "is evidence for"),
    EdgeKind.cited_in: _said("zitiert in", "cited in"),
    EdgeKind.answered_by: _said("beantwortet durch", "answered by"),
    EdgeKind.advised_on: _said("beraten in", "advised on in"),
    EdgeKind.follows: _said("gefolgt von", "followed by"),
    EdgeKind.amends: _said("abgewandelt durch", "amended by"),
    EdgeKind.rejects: _said("abgelehnt durch", "rejected by"),
    EdgeKind.repeals: _said("aufgehoben durch", "repealed by"),
    EdgeKind.replaces: _said("ersetzt durch", "replaced by"),
    EdgeKind.legitimises: _said("legitimiert", "legitimises"),
    EdgeKind.mandates: _said("beauftragt", "mandates"),
    EdgeKind.names: _said("nennt", "names"),
    EdgeKind.contains: _said("enthält", "contains"),
    EdgeKind.carried_out_in: _said("umgesetzt in", "carried out in"),
    EdgeKind.funded_by: _said("finanziert aus", "funded by"),
    EdgeKind.pays_for: _said("bezahlt", "pays for"),
    EdgeKind.claimed_by: _said("abgerufen mit", "claimed by"),
    EdgeKind.aims_at: _said("zielt auf", "aims at"),
    EdgeKind.measured_by: _said("gemessen an", "measured by"),
    EdgeKind.followed_by: _said("danach", "then"),
    EdgeKind.seen_in: _said("zeigt sich in", "seen in"),
}
GAPS: Mapping[ThreadGapKind, Said] = {
    ThreadGapKind.finding_unanswered: _said("Befund ohne Antwort", "Nobody answered"),
    ThreadGapKind.recommendation_undecided: _said("Ohne Entscheidung", "No decision"),
    ThreadGapKind.resolution_without_measure: _said("Beschluss ohne Maßnahme", "No measure"),
    ThreadGapKind.measure_without_money: _said("Maßnahme ohne Geld", "No money"),
    ThreadGapKind.money_without_effect: _said("Geld ohne bekannte Wirkung", "No known effect"),
    ThreadGapKind.beyond_mandate: _said("Außerhalb der Befugnis", "Beyond the mandate"),
    ThreadGapKind.mandate_fallen: _said("Beschluss gilt nicht mehr", "Mandate holds no more"),
}
STATES: Mapping[str, Said] = {
    "open": _said("offen", "open"),
    "confirmed": _said("bestätigt", "confirmed"),
    "dismissed": _said("verworfen", "dismissed"),
    "resolved": _said("erledigt", "resolved"),
    "draft": _said("Entwurf", "draft"),
    "submitted": _said("eingereicht", "submitted"),
    "decided": _said("beschlossen", "decided"),
    "closed": _said("abgeschlossen", "closed"),
    "withdrawn": _said("zurückgezogen", "withdrawn"),
    "followed": _said("gefolgt", "followed"),
    "amended": _said("abgewandelt", "amended"),
    "rejected": _said("abgelehnt", "rejected"),
    "void": _said("nichtig", "void"),
    "valid": _said("gültig", "valid"),
    "repealed": _said("aufgehoben", "repealed"),
    "replaced": _said("ersetzt", "replaced"),
    "adopted": _said("verabschiedet", "adopted"),
    "superseded": _said("abgelöst", "superseded"),
    "proposed": _said("vorgeschlagen", "proposed"),
    "planned": _said("geplant", "planned"),
    "running": _said("läuft", "running"),
    "suspended": _said("ruht", "suspended"),
    "completed": _said("abgeschlossen", "completed"),
    "cancelled": _said("abgebrochen", "cancelled"),
    "applied": _said("beantragt", "applied for"),
    "granted": _said("bewilligt", "granted"),
    "refused": _said("abgelehnt", "refused"),
    "filled": _said("besetzt", "filled"),
    "vacant": _said("unbesetzt", "vacant"),
    "increase": _said("soll steigen", "to increase"),
    "decrease": _said("soll sinken", "to decrease"),
    "keep": _said("soll bleiben", "to keep"),
    "maintain": _said("soll bleiben", "to maintain"),
    "as_wanted": _said("wie gewollt", "as wanted"),
    "unchanged": _said("unverändert", "unchanged"),
    "against": _said("entgegen dem Ziel", "against the target"),
    "unknown": _said("unbekannt", "unknown"),
}
"""Of the states that resources say of themselves; another is told as it is."""
THREAD = _said("Roter Faden", "Red thread")
AS_OF = _said("Stand", "As of")
CAUSES = _said("Woher es kommt", "Where it comes from")
CONSEQUENCES = _said("Was daraus wurde", "What became of it")
MISSING = _said("Was fehlt", "What is missing")
NOTHING = _said("nichts bekannt", "nothing is known")
SINCE = _said("seit", "since")
DAYS = _said("Tage", "days")
HIDDEN = _said("Nicht für Sie sichtbar", "Not for you to see")
LEFT_OUT = _said("Nicht dargestellt", "Left out")
ABOVE = _said("siehe oben", "see above")
MORE = _said("weitere", "more")
ACTS = _said("zuständig", "to act")


def state(value: str | None, lang: GermanOrEnglish) -> str | None:
    """The state in words."""
    if value is None:
        return None
    return STATES[value][lang] if value in STATES else value.replace("_", " ")


def counted(kinds: Mapping[NodeType, int], lang: GermanOrEnglish) -> str:
    """How many of which type."""
    return ", ".join(f"{TYPES[kind][lang]} {count}" for kind, count in kinds.items())
