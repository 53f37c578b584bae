"""What somebody asks of the cycle, and what the services told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.contracts.gateway.planning_overview import StepOutcome
from services.contracts.projects.planning_cycle import (
    PlanningCycle,
    ProductInCycle,
    StepInCycle,
    TaskInCycle,
)
from services.contracts.projects.planning_tasks import PlanningStep
from services.contracts.shared.deadlines import Due, Source
from services.contracts.shared.outcomes import Outcome, OutcomeCount
from services.contracts.shared.threads import ThreadGap

TASK_AREAS = tuple(step for step in PlanningStep if step is not PlanningStep.other)


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see."""

    today: date
    town: str
    steps: Sequence[PlanningStep] = TASK_AREAS
    whole: bool = True
    """Whether the reader sees everything; else nobody can tell them that something is missing."""
    soon: int = 30
    still_after: int = 180
    most: int = 10


@dataclass(frozen=True)
class Known:
    """What the services have told."""

    cycle: PlanningCycle | None = None
    outcomes: Sequence[Outcome] = ()
    counts: Sequence[OutcomeCount] = ()
    due: Sequence[Due] = ()
    due_go_on: tuple[date, str] | None = None
    """The last deadline that was looked at, when there are more."""
    gaps: Sequence[ThreadGap] = ()
    away: Sequence[Source] = field(default=())

    def tells_what_is_missing(self, asked: Asked) -> bool:
        """Only whoever sees all that there is knows what there is not."""
        return asked.whole and not self.away

    def tasks(self, step: PlanningStep) -> Sequence[TaskInCycle]:
        return [task for one in self._of(step) for task in one.tasks]

    def products(self, step: PlanningStep) -> Sequence[ProductInCycle]:
        return [product for one in self._of(step) for product in one.products]

    def steps_of_tasks(self) -> Mapping[str, PlanningStep]:
        return {task.key: step for step in PlanningStep for task in self.tasks(step)}

    def _of(self, step: PlanningStep) -> Sequence[StepInCycle]:
        steps = self.cycle.steps if self.cycle is not None else ()
        return [one for one in steps if one.step is step]


def latest(found: Sequence[StepOutcome]) -> date | None:
    """The day of the newest."""
    return max((one.on for one in found if one.on is not None), default=None)
