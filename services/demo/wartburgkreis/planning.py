"""What the planning coordination of the Wartburgkreis does (Planungsfelder, Aufgaben)."""

from services.contracts.projects.planning_fields import NewPlanningField
from services.contracts.projects.planning_tasks import (
    NewPlanningTask,
    PlanningStep,
    PlanningTaskState,
)
from services.contracts.projects.strategies import NewStrategy, StrategyKind
from services.demo.texts import texts

_COORDINATION = "planungskoordination"

FIELDS = [
    NewPlanningField(
        key="integrierte-sozialplanung",
        name=texts("Integrierte Sozialplanung", "Integrated social planning"),
        responsible=_COORDINATION,
        description=texts(
            "Klammer zwischen den Sichtweisen der Ressorts für übergreifende Fragen.",
            "Joins the views of the departments on questions that concern all of them.",
        ),
    ),
    *(
        NewPlanningField(key=key, name=texts(de, en), responsible="fachaemter")
        for key, de, en in (
            ("gesundheit", "Gesundheit", "Health"),
            ("soziales", "Soziales", "Social affairs"),
            ("integration", "Integration", "Integration"),
            ("inklusion", "Inklusion", "Inclusion"),
            ("jugend", "Jugend", "Youth"),
            ("alter", "Alter", "Old age"),
            ("arbeitsmarkt", "Arbeitsmarkt", "Labour market"),
        )
    ),
]

TASKS = [
    NewPlanningTask(
        key=key,
        title=texts(de, en),
        coordination=_COORDINATION,
        field="integrierte-sozialplanung",
        position=position,
        step=step,
        state=PlanningTaskState.running,
    )
    for position, (key, step, de, en) in enumerate(
        (
            (
                "bestandsanalyse",
                PlanningStep.stocktaking,
                "Bestandsanalyse: bestehende Fachplanungen, Datensammlungen und Analysen",
                "Stocktaking: existing specialist plans, data collections and analyses",
            ),
            (
                "sozialstrukturatlas",
                PlanningStep.needs_analysis,
                "Bedarfsanalyse: Sozialstrukturatlas zur sozialen Lage der Bevölkerung",
                "Needs analysis: atlas of the social situation of the population",
            ),
            (
                "massnahmen",
                PlanningStep.action_planning,
                "Entwicklung konkreter Maßnahmen",
                "Development of concrete measures",
            ),
            (
                "legitimation",
                PlanningStep.legitimation,
                "Legitimation einer fachvernetzten Strategie durch den Kreistag",
                "Legitimation of a joint strategy by the district council",
            ),
            (
                "controlling",
                PlanningStep.controlling,
                "Controlling und Evaluation der Instrumente und Maßnahmen",
                "Controlling and evaluation of instruments and measures",
            ),
            (
                "vernetzungstreffen",
                PlanningStep.networking,
                "Vernetzungstreffen der Fachplanenden",
                "Network meetings of the planners",
            ),
            (
                "fachplanungskonferenzen",
                PlanningStep.conferences,
                "Fachplanungskonferenzen",
                "Specialist planning conferences",
            ),
            (
                "qualitaetssicherung",
                PlanningStep.quality,
                "Koordination und Qualitätssicherung der Fachplanungen",
                "Coordination and quality assurance of the specialist plans",
            ),
            (
                "berichtswesen",
                PlanningStep.reporting,
                "Aufeinander abgestimmtes Berichtswesen",
                "Coordinated reporting",
            ),
        ),
        start=1,
    )
]

STRATEGIES = [
    NewStrategy(
        key="fachvernetzte-strategie",
        title=texts("Fachvernetzte Strategie", "Strategy that joins the specialist fields"),
        kind=StrategyKind.strategy,
        prepared_by=_COORDINATION,
        deciding_body="kreistag",
        planning_fields=[field.key for field in FIELDS],
        areas=["wartburgkreis"],
    )
]
