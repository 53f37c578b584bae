"""How deadlines of the boards are called, in the languages of the platform."""

from collections.abc import Mapping

from services.contracts.boards.participation import ParticipationStepKind
from services.contracts.shared.base import Language

PLAIN: Mapping[Language, str] = dict.fromkeys(("de", "en", "it"), "{body}: {name}")
INVITATION: Mapping[Language, str] = {
    "de": "Einladung muss da sein: {body}, {name}",
    "en": "Invitation must have arrived: {body}, {name}",
    "it": "Convocazione da ricevere: {body}, {name}",
}
NOTICE: Mapping[Language, str] = {
    "de": "{days} volle Kalendertage zwischen Zugang und Sitzung",
    "en": "{days} full calendar days between receipt and meeting",
    "it": "{days} giorni interi fra ricezione e seduta",
}
TASK: Mapping[Language, str] = dict.fromkeys(("de", "en", "it"), "{task}")
RESOLUTION: Mapping[Language, str] = {
    "de": "Beschluss {reference}",
    "en": "Resolution {reference}",
    "it": "Delibera {reference}",
}
ANSWERS: Mapping[Language, str] = {
    "de": "Antwort auf Beiträge ({count}): {name}",
    "en": "Answers to contributions ({count}): {name}",
    "it": "Risposte ai contributi ({count}): {name}",
}
PROMISED: Mapping[Language, str] = {
    "de": "Zugesagt binnen {days} Tagen",
    "en": "Promised within {days} days",
    "it": "Promessa entro {days} giorni",
}
OF: Mapping[Language, str] = dict.fromkeys(("de", "en", "it"), "{body}")
STEP: Mapping[Language, str] = dict.fromkeys(("de", "en", "it"), "{name}: {step}")
TERM: Mapping[Language, str] = {
    "de": "Amtszeit endet: {place}",
    "en": "Term ends: {place}",
    "it": "Fine del mandato: {place}",
}
LEGISLATIVE: Mapping[Language, str] = {
    "de": "Wahlperiode endet: {name}",
    "en": "Legislative term ends: {name}",
    "it": "Fine della legislatura: {name}",
}
STEPS: Mapping[ParticipationStepKind, Mapping[Language, str]] = {
    ParticipationStepKind.preparation: {
        "de": "Vorbereitung beginnt",
        "en": "preparation begins",
        "it": "inizia la preparazione",
    },
    ParticipationStepKind.publication: {
        "de": "Bekanntmachung",
        "en": "publication",
        "it": "pubblicazione",
    },
    ParticipationStepKind.submission: {
        "de": "letzter Tag für Beiträge",
        "en": "last day for contributions",
        "it": "ultimo giorno per i contributi",
    },
    ParticipationStepKind.evaluation: {
        "de": "Auswertung beginnt",
        "en": "evaluation begins",
        "it": "inizia la valutazione",
    },
    ParticipationStepKind.report: {
        "de": "Rückmeldung ist zu veröffentlichen",
        "en": "the feedback report is to be published",
        "it": "va pubblicato il riscontro",
    },
    ParticipationStepKind.closure: {"de": "Abschluss", "en": "closure", "it": "chiusura"},
}
