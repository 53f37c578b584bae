"""The planning cycle with what all services know of it (Planungskreislauf)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field

from services.contracts.gateway.deadlines import DeadlineState
from services.contracts.projects.planning_tasks import PlanningStep, PlanningTaskState
from services.contracts.shared.base import Answer, Texts, example
from services.contracts.shared.deadlines import DeadlineKind, Party, Source
from services.contracts.shared.outcomes import OutcomeKind
from services.contracts.shared.threads import ThreadGap


class OutcomeOrigin(StrEnum):
    """Why something belongs to a step (Zuordnung): a task names it, its kind says so, or both."""

    task = "task"
    kind = "kind"
    both = "both"


class ActRule(StrEnum):
    """Why somebody must act (Handlungsregel): something is overdue, a task stands still, the step
    before has gone on and this one has not answered, something is missing in a thread, something is
    due soon, nothing was produced yet."""

    overdue = "overdue"
    stands_still = "stands_still"
    follow_up = "follow_up"
    gap = "gap"
    due_soon = "due_soon"
    nothing_yet = "nothing_yet"


_OUTCOME = {
    "kind": "finding",
    "key": "sgb2-lobeda",
    "on": "2026-02-01",
    "title": {"de": "Viele Kinder in Bedarfsgemeinschaften", "en": "Many children on benefits"},
    "service": "indicators",
    "address": "/v1/jena/findings/sgb2-lobeda",
    "origin": "kind",
    "tasks": ["bedarfsermittlung"],
}
_DUE = {
    "id": "planning_task/bedarfsermittlung",
    "kind": "planning_task",
    "on": "2026-03-31",
    "days_left": 30,
    "state": "due_soon",
    "title": {"de": "Bedarfsermittlung", "en": "Needs analysis"},
    "address": "/v1/jena/planning-tasks/bedarfsermittlung",
    "responsible": ["organisation:integrierte-sozialplanung"],
}
_TASK = {
    "key": "bedarfsermittlung",
    "title": {"de": "Bedarfsermittlung", "en": "Needs analysis"},
    "coordination": "integrierte-sozialplanung",
    "state": "running",
    "latest_on": "2026-02-01",
    "still_since": "2025-02-01",
}
_ACT = {
    "rule": "follow_up",
    "who": ["organisation:integrierte-sozialplanung"],
    "text": {
        "de": "Auf Ergebnisse vom 01.02.2026 (Bedarfsanalyse) ist noch nichts gefolgt.",
        "en": "Nothing has followed on what came on 2026-02-01 (needs analysis).",
    },
    "since": "2026-02-01",
    "what": "finding:sgb2-lobeda",
    "address": "/v1/jena/findings/sgb2-lobeda",
}
_REST = {"kind": "finding", "count": 30, "address": "/v1/jena/findings"}
_STEP = {
    "step": "action_planning",
    "title": {"de": "Entwicklung von Maßnahmen", "en": "Action planning"},
    "outcomes": [_OUTCOME],
    "count": 31,
    "rest": [_REST],
    "latest_on": "2026-02-01",
    "still_since": "2025-01-31",
    "tasks": [_TASK],
    "due": [_DUE],
    "overdue": 0,
    "due_soon": 1,
    "deadlines": "/v1/jena/deadlines?kind=planning_task&to=2026-03-31",
    "gaps": [],
    "gap_count": 0,
    "next": [_ACT],
    "next_count": 1,
}


class StepOutcome(Answer):
    """Something that a step has produced (Ergebnis)."""

    model_config = {**Answer.model_config, **example(**_OUTCOME)}

    kind: OutcomeKind
    key: str
    on: date | None = Field(description="Since when it is there; null: a task does not say.")
    title: Texts | None = Field(description="Null where only a task names it.")
    service: Source
    address: str
    origin: OutcomeOrigin
    tasks: Sequence[str] = Field(description="Tasks of this step that name it.")


class StepRest(Answer):
    """What a step has produced beside what is shown, of one kind (Weiteres)."""

    model_config = {**Answer.model_config, **example(**_REST)}

    kind: OutcomeKind
    count: int
    address: str = Field(description="Where everything of this kind is listed.")


class StepDue(Answer):
    """Something that is due in a step (Frist)."""

    model_config = {**Answer.model_config, **example(**_DUE)}

    id: str
    kind: DeadlineKind
    on: date
    days_left: int
    state: DeadlineState
    title: Texts
    address: str
    responsible: Sequence[Party]


class StepTask(Answer):
    """A task of the planning coordination in a step (Aufgabe)."""

    model_config = {**Answer.model_config, **example(**_TASK)}

    key: str
    title: Texts
    coordination: str
    state: PlanningTaskState
    latest_on: date | None = Field(description="Day of its newest product.")
    still_since: date | None = Field(description="Since when nothing came; null: it does not.")


class NextAct(Answer):
    """What has to be done next in a step, by whom and why (nächster Schritt)."""

    model_config = {**Answer.model_config, **example(**_ACT)}

    rule: ActRule
    who: Sequence[Party] = Field(description="Empty where nobody is named for it.")
    text: Texts = Field(description="A sentence that says it.")
    since: date | None = Field(description="Since when, or by when.")
    what: str | None = Field(description="What it is about: type and key.")
    address: str | None


class StepOverview(Answer):
    """A step or task area of the cycle (Planungsschritt, Aufgabenbereich)."""

    model_config = {**Answer.model_config, **example(**_STEP)}

    step: PlanningStep
    title: Texts
    outcomes: Sequence[StepOutcome] = Field(
        description="The first `most`, newest first, at the end without a day."
    )
    count: int = Field(description="How many there are, with those that are not shown.")
    rest: Sequence[StepRest] = Field(description="Those that are not shown, by kind.")
    latest_on: date | None
    still_since: date | None = Field(
        description="Since when nothing came of it; null: it does not stand still, or you do not "
        "see everything."
    )
    tasks: Sequence[StepTask]
    due: Sequence[StepDue] = Field(
        description="Overdue or due soon, by day, the first `most` of them."
    )
    overdue: int = Field(description="How many are overdue, with those that are not shown.")
    due_soon: int = Field(description="How many are due soon, with those that are not shown.")
    deadlines: str | None = Field(
        description="Where deadlines of these kinds are listed; null when nothing is due."
    )
    gaps: Sequence[ThreadGap] = Field(
        description="What is missing in the threads of what this step is to bring, the oldest "
        "`most`; as they are told at `/gaps`. None where you do not see everything."
    )
    gap_count: int = Field(description="How many gaps there are, with those that are not shown.")
    next: Sequence[NextAct] = Field(description="What matters most, first; `most` of them.")
    next_count: int = Field(description="How many there are, with those that are not shown.")


class PlanningOverview(Answer):
    """The planning cycle as the coordination sees it today (Planungskreislauf)."""

    model_config = {
        **Answer.model_config,
        **example(
            on="2026-03-01",
            steps=[_STEP],
            hidden_links=0,
            deadlines="/v1/jena/deadlines?to=2026-03-31",
            away=[],
        ),
    }

    on: date
    steps: Sequence[StepOverview] = Field(description="In the order of the cycle.")
    hidden_links: int = Field(description="Products of tasks that are not for you to see.")
    deadlines: str | None = Field(
        description="Where deadlines go on that were too many to be counted here; mostly null."
    )
    away: Sequence[Source] = Field(
        description="Services that did not answer: what they have is missing here."
    )
