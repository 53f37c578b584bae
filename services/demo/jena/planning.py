"""What is planned in Jena, by which law, step by step (Planungsfelder, Aufgaben, Strategien)."""

from services.contracts.projects.fields_of_action import NewFieldOfAction
from services.contracts.projects.goals import NewGoal
from services.contracts.projects.planning_fields import NewPlanningField
from services.contracts.projects.planning_tasks import (
    NewPlanningTask,
    PlanningProduct,
    PlanningStep,
    PlanningTaskState,
    ProductKind,
)
from services.contracts.projects.strategies import NewStrategy, StrategyKind, StrategyState
from services.contracts.projects.target_groups import NewTargetGroup
from services.contracts.shared.base import Language
from services.demo.texts import texts

_TEAM = "integrierte-sozialplanung"
Name = dict[Language, str]


def _field(
    key: str, name: Name, *tasks: Name, by: str = _TEAM, law: str | None = None
) -> NewPlanningField:
    return NewPlanningField(
        key=key,
        name=name,
        legal_basis=[law] if law else [],
        responsible=by,
        tasks=list(tasks),
    )


FIELDS = [
    _field(
        "sozialplanung",
        texts("Sozialplanung", "Social planning", "Pianificazione sociale"),
        texts(
            "Strategische, datengestützte Ziele und Konzepte der kommunalen Daseinsvorsorge",
            "Strategic, data-based goals and concepts of municipal services",
        ),
        texts(
            "Steuerung und Koordination von Beteiligung und Zusammenarbeit",
            "Management and coordination of participation and cooperation",
        ),
    ),
    _field(
        "planungskoordination-armutspraevention",
        texts("Planungskoordination Armutsprävention", "Coordination of poverty prevention"),
        texts(
            "Strategien und Instrumente der Armutsprävention aus der Sozialberichterstattung",
            "Strategies and instruments of poverty prevention based on social reporting",
        ),
        by="planungskoordination-armutspraevention",
    ),
    _field(
        "jugendhilfeplanung",
        texts("Jugendhilfeplanung", "Youth welfare planning", "Assistenza ai giovani"),
        texts(
            "Qualitative und quantitative Planung der Kinder- und Jugendhilfe",
            "Qualitative and quantitative planning of child and youth welfare",
        ),
        law="§ 80 SGB VIII",
    ),
    _field(
        "menschen-mit-behinderungen",
        texts("Belange von Menschen mit Behinderungen", "Concerns of people with disabilities"),
        texts("Vertretung der Interessen und Beratung", "Representation of interests and advice"),
        texts(
            "Zusammenarbeit mit dem Beirat, Vereinen und Selbsthilfegruppen",
            "Cooperation with the advisory council, associations and self-help groups",
        ),
        by="buero-menschen-mit-behinderungen",
    ),
    _field(
        "altenhilfeplanung",
        texts("Altenhilfeplanung", "Elderly care planning", "Assistenza agli anziani"),
        texts(
            "Teilhabe und Selbsthilfe älterer Menschen in der Gemeinschaft",
            "Participation and self-help of older people in the community",
        ),
        law="§ 71 SGB XII",
    ),
    _field(
        "bildungsmanagement",
        texts("Bildungsmanagement", "Education management"),
        texts(
            "Strategische Ziele und Steuerungsstrukturen der Bildungslandschaft",
            "Strategic goals and management structures of the educational landscape",
        ),
    ),
    _field(
        "bildungsmonitoring",
        texts("Bildungsmonitoring", "Education monitoring"),
        texts(
            "Datengestützte Beobachtung der Bildungslandschaft",
            "Data-based observation of the educational landscape",
        ),
    ),
    _field(
        "gebietskoordination-biwaq",
        texts("Gebietskoordination BIWAQ", "Area coordination BIWAQ"),
        texts("Koordination des Projektteams", "Coordination of the project team"),
        by="gebietskoordination-biwaq",
    ),
    _field(
        "controlling",
        texts("Dezentrales Controlling", "Decentralised controlling"),
        texts(
            "Betriebswirtschaftliche Beratung der Leitungen von Dezernat, Fachdiensten und Teams",
            "Advice to the heads of department, services and teams on business management",
        ),
        texts("Schnittstelle zum zentralen Controlling", "Interface to central controlling"),
        by="controlling-dezernat",
    ),
]

_POVERTY = "planungskoordination-armutspraevention"

_PRODUCTS = {
    "partizipation": [
        PlanningProduct(kind=ProductKind.measure, key="pilotprojekte-armutspraevention")
    ]
}
"""Known without the day."""

TASKS = [
    NewPlanningTask(
        key=key,
        title=title,
        coordination=by,
        field=field,
        position=position,
        step=step,
        state=state,
        products=_PRODUCTS.get(key, []),
    )
    for position, (key, by, field, step, state, title) in enumerate(
        (
            (
                "bestandsaufnahme",
                _TEAM,
                "sozialplanung",
                PlanningStep.stocktaking,
                PlanningTaskState.running,
                texts("Bestandsaufnahme der sozialen Infrastruktur", "Stocktaking"),
            ),
            (
                "bedarfsermittlung",
                _TEAM,
                "sozialplanung",
                PlanningStep.needs_analysis,
                PlanningTaskState.running,
                texts("Bedarfsermittlung", "Needs analysis", "Analisi dei bisogni"),
            ),
            (
                "massnahmeplanung",
                _TEAM,
                "sozialplanung",
                PlanningStep.action_planning,
                PlanningTaskState.running,
                texts("Maßnahmeplanung", "Action planning", "Pianificazione delle azioni"),
            ),
            (
                "oeffentlichkeitsarbeit",
                _POVERTY,
                _POVERTY,
                PlanningStep.networking,
                PlanningTaskState.done,
                texts("Armutsprävention in die Stadtgesellschaft tragen", "Public relations"),
            ),
            (
                "problemlagen",
                _POVERTY,
                _POVERTY,
                PlanningStep.needs_analysis,
                PlanningTaskState.done,
                texts("Problemlagen und Lösungsvorschläge", "Problem situations and solutions"),
            ),
            (
                "armutsbericht",
                _POVERTY,
                _POVERTY,
                PlanningStep.reporting,
                PlanningTaskState.done,
                texts("Armutsbericht als Grundlage der Strategie", "Poverty report"),
            ),
            (
                "partizipation",
                _POVERTY,
                _POVERTY,
                PlanningStep.action_planning,
                PlanningTaskState.done,
                texts("Beteiligung Betroffener in Pilotprojekten", "Participation"),
            ),
        ),
        start=1,
    )
]

_PLAN = "armutspraeventionsstrategie"

TARGET_GROUPS = [
    NewTargetGroup(key=key, name=name, position=position)
    for position, (key, name) in enumerate(
        (
            (
                "von-armut-betroffene",
                texts("Von Armut Betroffene", "People affected by poverty"),
            ),
            (
                "von-ausgrenzung-bedrohte",
                texts(
                    "Durch Ausgrenzung bedrohte Bevölkerungsgruppen",
                    "Groups of the population threatened by exclusion",
                ),
            ),
            (
                "arbeitsuchende-im-stadtteil",
                texts("Arbeitsuchende im Stadtteil", "People looking for work"),
            ),
            ("familien", texts("Familien", "Families")),
            ("aeltere-menschen", texts("Ältere Menschen", "Older people")),
            (
                "menschen-mit-behinderungen",
                texts("Menschen mit Behinderungen", "People with disabilities"),
            ),
        ),
        start=1,
    )
]

FIELDS_OF_ACTION = [
    NewFieldOfAction(key=key, title=title, strategy=_PLAN, position=position)
    for position, (key, title) in enumerate(
        (
            (
                "individuelle-armutspraevention",
                texts("Individuelle Armutsprävention", "Prevention of individual poverty"),
            ),
            (
                "strukturelle-armutspraevention",
                texts("Strukturelle Armutsprävention", "Prevention of structural poverty"),
            ),
        ),
        start=1,
    )
]

GOALS = [
    NewGoal(key=key, title=title, strategy=_PLAN, field_of_action=field, position=position)
    for position, (key, field, title) in enumerate(
        (
            (
                "bedarfsgerechte-infrastruktur",
                "individuelle-armutspraevention",
                texts(
                    "Bedarfsgerechte Planung der Sozial- und Bildungsinfrastruktur",
                    "Planning of the social and educational infrastructure according to need",
                ),
            ),
            (
                "soziale-integration",
                None,
                texts(
                    "Soziale Integration von durch Ausgrenzung bedrohten Bevölkerungsgruppen",
                    "Social integration of groups threatened by exclusion",
                ),
            ),
            (
                "partizipation-betroffener",
                None,
                texts(
                    "Stärkung der Partizipation Betroffener",
                    "Stronger participation of those affected",
                ),
            ),
        ),
        start=1,
    )
]

STRATEGIES = [
    NewStrategy(
        key=_PLAN,
        title=texts(
            "Armutspräventionsstrategie der Stadt Jena",
            "Poverty prevention strategy of the city of Jena",
            "Strategia di prevenzione della povertà della città di Jena",
        ),
        kind=StrategyKind.strategy,
        state=StrategyState.consulted,
        legal_basis=["Armutspräventionsrichtlinie, Punkt 2.1"],
        prepared_by=_POVERTY,
        deciding_body="stadtrat",
        planning_fields=[_POVERTY],
        areas=["jena"],
        target_groups=["von-armut-betroffene", "von-ausgrenzung-bedrohte"],
        description=texts(
            "Das Konzept wird dem Stadtrat zur Beschlussfassung vorgelegt.",
            "The concept is put to the City Council for its decision.",
        ),
    )
]
