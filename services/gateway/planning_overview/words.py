"""How the steps of planning are called, and why somebody must act."""

from collections.abc import Mapping

from services.contracts.gateway.planning_overview import ActRule
from services.contracts.projects.planning_tasks import PlanningStep
from services.contracts.shared.base import Language, Texts

STEPS: Mapping[PlanningStep, Texts] = {
    PlanningStep.stocktaking: {
        "de": "Bestandsanalyse",
        "en": "Stocktaking",
        "it": "Analisi dell'esistente",
    },
    PlanningStep.needs_analysis: {
        "de": "Bedarfsanalyse",
        "en": "Needs analysis",
        "it": "Analisi dei bisogni",
    },
    PlanningStep.action_planning: {
        "de": "Maßnahmeplanung",
        "en": "Action planning",
        "it": "Pianificazione delle azioni",
    },
    PlanningStep.legitimation: {
        "de": "Legitimation",
        "en": "Legitimation",
        "it": "Legittimazione",
    },
    PlanningStep.controlling: {
        "de": "Controlling und Evaluation",
        "en": "Controlling and evaluation",
        "it": "Controllo e valutazione",
    },
    PlanningStep.networking: {
        "de": "Vernetzungstreffen",
        "en": "Network meetings",
        "it": "Incontri di rete",
    },
    PlanningStep.conferences: {
        "de": "Fachplanungskonferenzen",
        "en": "Planning conferences",
        "it": "Conferenze di pianificazione",
    },
    PlanningStep.quality: {
        "de": "Koordination und Qualität",
        "en": "Coordination and quality",
        "it": "Coordinamento e qualità",
    },
    PlanningStep.reporting: {
        "de": "Abgestimmtes Berichtswesen",
        "en": "Coordinated reporting",
        "it": "Rapporti coordinati",
    },
    PlanningStep.other: {"de": "Sonstiges", "en": "Other", "it": "Altro"},
}
ACTS: Mapping[ActRule, Mapping[Language, str]] = {
    ActRule.overdue: {
        "de": "Überfällig seit dem {day}: {title}",
        "en": "Overdue since {day}: {title}",
        "it": "Scaduto dal {day}: {title}",
    },
    ActRule.stands_still: {
        "de": "Seit dem {day} kam nichts: {title}",
        "en": "Nothing has come since {day}: {title}",
        "it": "Nulla dal {day}: {title}",
    },
    ActRule.follow_up: {
        "de": "Noch nichts gefolgt auf {before} vom {day}: {title}",
        "en": "Nothing has followed on {before} of {day}: {title}",
        "it": "Nulla è seguito a {before} del {day}: {title}",
    },
    ActRule.due_soon: {
        "de": "Fällig am {day}: {title}",
        "en": "Due on {day}: {title}",
        "it": "In scadenza il {day}: {title}",
    },
    ActRule.nothing_yet: {
        "de": "Noch kein Ergebnis: {title}",
        "en": "Nothing was produced yet: {title}",
        "it": "Ancora nessun risultato: {title}",
    },
}
