"""How the steps of planning are called, and why somebody must act."""

from collections.abc import Mapping

from services.contracts.gateway.planning_overview import ActRule
from services.contracts.projects.planning_tasks import PlanningStep
from services.contracts.shared.base import Language, Texts
from services.contracts.shared.threads import ThreadGapKind

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
    ActRule.gap: {
        "de": "{before} ({count}), die erste Lücke seit {day}: {title}",
        "en": "{before} ({count}), the first since {day}: {title}",
        "it": "{before} ({count}), la prima dal {day}: {title}",
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
GAPS: Mapping[ThreadGapKind, Texts] = {
    ThreadGapKind.finding_unanswered: {
        "de": "Befund ohne Antwort",
        "en": "Finding without answer",
        "it": "Riscontro senza risposta",
    },
    ThreadGapKind.recommendation_undecided: {
        "de": "Empfehlung ohne Entscheidung",
        "en": "Recommendation without decision",
        "it": "Raccomandazione senza decisione",
    },
    ThreadGapKind.resolution_without_measure: {
        "de": "Beschluss ohne Maßnahme",
        "en": "Resolution without measure",
        "it": "Delibera senza azione",
    },
    ThreadGapKind.measure_without_money: {
        "de": "Maßnahme ohne Geld",
        "en": "Measure without money",
        "it": "Azione senza finanziamento",
    },
    ThreadGapKind.money_without_effect: {
        "de": "Geld ohne bekannte Wirkung",
        "en": "Money without known effect",
        "it": "Finanziamento senza effetto noto",
    },
    ThreadGapKind.beyond_mandate: {
        "de": "Beschluss außerhalb der Befugnis",
        "en": "Decision beyond the mandate",
        "it": "Decisione oltre il mandato",
    },
    ThreadGapKind.mandate_fallen: {
        "de": "Beschluss gilt nicht mehr",
        "en": "Mandate holds no more",
        "it": "Delibera non più valida",
    },
}
UNKNOWN: Texts = {"de": "unbekanntem Tag", "en": "an unknown day", "it": "giorno ignoto"}
