"""What each step has produced, what stands still and who must act next: pure functions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from services.contracts.gateway.deadlines import DeadlineState
from services.contracts.gateway.planning_overview import (
    OutcomeOrigin,
    PlanningOverview,
    StepDue,
    StepOutcome,
    StepOverview,
    StepRest,
    StepTask,
)
from services.contracts.projects.planning_cycle import ProductInCycle, TaskInCycle
from services.contracts.projects.planning_tasks import PlanningStep, PlanningTaskState
from services.contracts.shared.outcomes import OUTCOME_OF, Outcome, OutcomeCount, OutcomeKind
from services.gateway.deadlines.rules import state
from services.gateway.planning_overview import assigning, words
from services.gateway.planning_overview.acts import next_acts
from services.gateway.planning_overview.known import Asked, Known, latest
from services.kit.paging import encode

COLLECTIONS = {
    OutcomeKind.release: "releases",
    OutcomeKind.finding: "findings",
    OutcomeKind.report: "reports",
    OutcomeKind.recommendation: "recommendations",
    OutcomeKind.resolution: "resolutions",
    OutcomeKind.meeting: "meetings",
    OutcomeKind.publication: "publications",
    OutcomeKind.participation: "participation-processes",
    OutcomeKind.implementation: "implementations",
    OutcomeKind.plan: "strategies",
    OutcomeKind.measure: "measures",
    OutcomeKind.effect: "measures",
    OutcomeKind.paper: "papers",
}
"""Where everything of a kind is listed."""


def told(known: Known, asked: Asked) -> PlanningOverview:
    """The cycle as the world reads it."""
    return PlanningOverview(
        on=asked.today,
        steps=overview(known, asked),
        hidden_links=known.cycle.hidden_links if known.cycle is not None else 0,
        deadlines=_deadlines(asked, cursor=encode([*known.due_go_on]))
        if known.due_go_on is not None
        else None,
        away=known.away,
    )


def overview(known: Known, asked: Asked) -> list[StepOverview]:
    """The steps that were asked for, in their order."""
    produced = {step: outcomes(known, step, asked.town) for step in PlanningStep}
    return [_step(known, asked, step, produced) for step in asked.steps]


def outcomes(known: Known, step: PlanningStep, town: str) -> list[StepOutcome]:
    """Everything a step has produced, each once, newest first: what its tasks name, and what
    belongs to it by its kind."""
    by_kind = {(one.kind, one.key): one for one in known.outcomes}
    named: dict[tuple[OutcomeKind, str], list[ProductInCycle]] = {}
    for product in known.products(step):
        named.setdefault((OutcomeKind(product.kind), product.key), []).append(product)
    mine = {
        name: one
        for name, one in by_kind.items()
        if assigning.of_outcome(one.kind, one.sort) is step
    }
    found = [
        _outcome(name, by_kind.get(name), named.get(name, ()), town, of_kind=name in mine)
        for name in {**mine, **named}
    ]
    return sorted(found, key=lambda one: (one.on or date.min, one.kind, one.key), reverse=True)


def _outcome(
    name: tuple[OutcomeKind, str],
    known: Outcome | None,
    named: Iterable[ProductInCycle],
    town: str,
    *,
    of_kind: bool,
) -> StepOutcome:
    kind, key = name
    products = list(named)
    said = max((one.on for one in products if one.on is not None), default=None)
    origin = OutcomeOrigin.both if of_kind and products else OutcomeOrigin.task
    return StepOutcome(
        kind=kind,
        key=key,
        on=said or (known.on if known is not None else None),
        title=known.title if known is not None else None,
        service=OUTCOME_OF[kind],
        address=f"/v1/{town}/{known.path if known is not None else f'{COLLECTIONS[kind]}/{key}'}",
        origin=OutcomeOrigin.kind if not products else origin,
        tasks=sorted({one.task for one in products}),
    )


def _step(
    known: Known,
    asked: Asked,
    step: PlanningStep,
    produced: Mapping[PlanningStep, Sequence[StepOutcome]],
) -> StepOverview:
    mine = produced[step]
    tasks = known.tasks(step)
    due = _due(known, asked, step)
    missing = known.tells_what_is_missing(asked)
    still = still_since(mine, tasks, asked) if missing else None
    gaps = [one for one in known.gaps if missing and assigning.of_gap(one.kind) is step]
    acts = list(next_acts(known, asked, step, produced, due, gaps))
    late = sum(one.state is DeadlineState.overdue for one in due)
    there = _counted(known, step, mine)
    return StepOverview(
        step=step,
        title=words.STEPS[step],
        outcomes=mine[: asked.most],
        count=there.total(),
        rest=_rest(there, mine[: asked.most], asked),
        latest_on=latest(mine),
        still_since=still,
        tasks=[StepTask.model_validate(task, from_attributes=True) for task in tasks],
        due=due[: asked.most],
        overdue=late,
        due_soon=len(due) - late,
        deadlines=_deadlines(asked, kind=",".join(sorted({one.kind for one in due})))
        if due
        else None,
        gaps=gaps[: asked.most],
        gap_count=len(gaps),
        next=acts[: asked.most],
        next_count=len(acts),
    )


def _counted(known: Known, step: PlanningStep, mine: Sequence[StepOutcome]) -> Counter[OutcomeKind]:
    """How many there are of each kind: as many as the services count, and what tasks alone name."""
    there = Counter(
        {
            kind: sum(one.count for one in known.counts if one.kind is kind and _in(one, step))
            for kind in {one.kind for one in known.counts}
        }
    )
    there.update(one.kind for one in mine if one.origin is OutcomeOrigin.task)
    shown = Counter(one.kind for one in mine)
    return there | shown


def _in(one: OutcomeCount, step: PlanningStep) -> bool:
    return assigning.of_outcome(one.kind, one.sort) is step


def _rest(
    there: Counter[OutcomeKind], shown: Sequence[StepOutcome], asked: Asked
) -> list[StepRest]:
    left = there - Counter(one.kind for one in shown)
    return [
        StepRest(kind=kind, count=left[kind], address=f"/v1/{asked.town}/{COLLECTIONS[kind]}")
        for kind in OutcomeKind
        if left[kind]
    ]


def _deadlines(asked: Asked, **query: str) -> str:
    until = asked.today + timedelta(days=asked.soon)
    return f"/v1/{asked.town}/deadlines?{urlencode({**query, 'to': until.isoformat()}, safe=',')}"


def still_since(
    found: Sequence[StepOutcome], tasks: Sequence[TaskInCycle], asked: Asked
) -> date | None:
    """Since when nothing came of a step; None: something came lately, or all of it is done.

    A step without anything has not begun and does not stand still, unless one of its tasks does.
    """
    if tasks and all(task.state is PlanningTaskState.done for task in tasks):
        return None
    last = latest(found)
    if last is None:
        return min((one.still_since for one in tasks if one.still_since), default=None)
    return last if last + timedelta(days=asked.still_after) <= asked.today else None


def _due(known: Known, asked: Asked, step: PlanningStep) -> list[StepDue]:
    """What is overdue or due soon in a step."""
    steps = known.steps_of_tasks()
    found = []
    for one in known.due:
        stands = state(one.on, asked.today, asked.soon, done=one.done)
        shown = stands in (DeadlineState.overdue, DeadlineState.due_soon)
        if shown and assigning.of_deadline(one, steps) is step:
            found.append(
                StepDue(
                    id=one.id,
                    kind=one.kind,
                    on=one.on,
                    days_left=(one.on - asked.today).days,
                    state=stands,
                    title=one.title,
                    address=f"/v1/{asked.town}/{one.path}",
                    responsible=one.responsible,
                )
            )
    return sorted(found, key=lambda one: (one.on, one.id))
