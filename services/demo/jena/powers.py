"""What bodies of Jena may do beyond giving advice (Befugnisse)."""

from services.contracts.boards.powers import NewPower, PowerKind
from services.demo.texts import texts

_STEERING_GROUP = "lenkungsgruppe-armutspraevention"
_GUIDELINE = ["Armutspräventionsrichtlinie, Punkt 2.1"]


def _of_the_steering_group(key: str, kind: PowerKind, german: str, english: str) -> NewPower:
    return NewPower(
        key=f"lenkungsgruppe-{key}",
        body=_STEERING_GROUP,
        kind=kind,
        subject=texts(german, english),
        legal_basis=_GUIDELINE,
    )


POWERS = [
    _of_the_steering_group(
        "ausrichtung",
        PowerKind.directs_pilots,
        "Inhaltliche und fachliche Ausrichtung der Pilotprojekte und Themen",
        "Content and direction of pilot projects and topics",
    ),
    _of_the_steering_group(
        "indikatoren",
        PowerKind.sets_indicators,
        "Festlegung der Indikatoren für den Armutsbericht",
        "Setting the indicators of the poverty report",
    ),
    _of_the_steering_group(
        "projektfortschritt",
        PowerKind.judges_progress,
        "Bewertung des Projektfortschritts",
        "Judging the progress of the project",
    ),
    _of_the_steering_group(
        "themen",
        PowerKind.realigns_topics,
        "Neuausrichtung bei Themenstellungen",
        "Realigning topics",
    ),
    _of_the_steering_group(
        "handlungsempfehlungen",
        PowerKind.sets_recommendations,
        "Festlegung der Handlungsempfehlungen aus dem Armutsbericht",
        "Setting the recommendations that follow from the poverty report",
    ),
    _of_the_steering_group(
        "massnahmen",
        PowerKind.sets_measures,
        "Festlegung der Maßnahmen aus dem Armutsbericht",
        "Setting the measures that follow from the poverty report",
    ),
    _of_the_steering_group(
        "strategie",
        PowerKind.agrees_strategy,
        "Abstimmung zu den Schwerpunkten der Armutspräventionsstrategie",
        "Agreeing on the focus of the poverty prevention strategy",
    ),
    NewPower(
        key="sozialausschuss-lsz",
        body="sozialausschuss",
        kind=PowerKind.decides_offers,
        subject=texts(
            "Umsetzung von Projekten, Maßnahmen, Einrichtungen und Diensten des Landesprogramms",
            "Which projects, measures, facilities and services of the state programme there are",
        ),
        legal_basis=["Landesprogramm Solidarisches Zusammenleben der Generationen"],
    ),
    NewPower(
        key="stadtrat-armutsstrategie",
        body="stadtrat",
        kind=PowerKind.legitimises_strategy,
        subject=texts(
            "Beschluss über das Konzept der kommunalen Armutsstrategie",
            "Resolution on the concept of the municipal poverty strategy",
        ),
    ),
]
