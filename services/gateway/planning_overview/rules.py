"""What each step has produced, what stands still and who must act next: pure functions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from services.contracts.gateway.deadlines import DeadlineState
from services.contracts.gateway.planning_overview import (
    ActRule,
    NextAct,
    OutcomeOrigin,
    PlanningOverview,
    StepDue,
    StepOutcome,
    StepOverview,
    StepRest,
    StepTask,
)
from services.contracts.projects.planning_cycle import (
    PlanningCycle,
    ProductInCycle,
    StepInCycle,
    TaskInCycle,
)
from services.contracts.projects.planning_tasks import PlanningStep, PlanningTaskState
from services.contracts.shared.base import Texts
from services.contracts.shared.deadlines import Due, Source
from services.contracts.shared.outcomes import OUTCOME_OF, Outcome, OutcomeCount, OutcomeKind
from services.contracts.shared.threads import ThreadGap, ThreadGapKind
from services.gateway.deadlines.rules import state
from services.gateway.planning_overview import assigning, words
from services.kit import writing
from services.kit.deadlines import phrase
from services.kit.paging import encode

TASK_AREAS = tuple(step for step in PlanningStep if step is not PlanningStep.other)
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
    acts = list(_acts(known, asked, step, produced, due, gaps))
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


def latest(found: Sequence[StepOutcome]) -> date | None:
    """The day of the newest."""
    return max((one.on for one in found if one.on is not None), default=None)


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


def _acts(
    known: Known,
    asked: Asked,
    step: PlanningStep,
    produced: Mapping[PlanningStep, Sequence[StepOutcome]],
    due: Sequence[StepDue],
    gaps: Sequence[ThreadGap],
) -> Iterator[NextAct]:
    """What has to be done, by rule: what is late first, what is missing last."""
    office = coordination(known, step)
    for one in due:
        if one.state is DeadlineState.overdue:
            yield _of_due(ActRule.overdue, one, office)
    for task in known.tasks(step):
        if task.still_since is not None:
            yield NextAct(
                rule=ActRule.stands_still,
                who=[f"organisation:{task.coordination}"],
                text=_text(ActRule.stands_still, task.title, task.still_since),
                since=task.still_since,
                what=f"planning_task:{task.key}",
                address=f"/v1/{asked.town}/planning-tasks/{task.key}",
            )
    missing = known.tells_what_is_missing(asked)
    waiting = unanswered(step, produced, asked) if missing else None
    if waiting is not None:
        yield _follow_up(step, waiting, office)
    for kind in ThreadGapKind:
        of_kind = [gap for gap in gaps if gap.kind is kind]
        if of_kind:
            yield _close(of_kind, office)
    for one in due:
        if one.state is DeadlineState.due_soon:
            yield _of_due(ActRule.due_soon, one, office)
    if missing and not produced[step] and step is not PlanningStep.other:
        yield NextAct(
            rule=ActRule.nothing_yet,
            who=office,
            text=_text(ActRule.nothing_yet, words.STEPS[step], asked.today),
            since=None,
            what=None,
            address=None,
        )


def unanswered(
    step: PlanningStep,
    produced: Mapping[PlanningStep, Sequence[StepOutcome]],
    asked: Asked,
) -> StepOutcome | None:
    """The first outcome of the step before that came after everything of this one and has waited
    long enough; None: nothing has."""
    previous = assigning.before(step)
    if previous is None:
        return None
    answered = latest(produced[step]) or date.min
    limit = asked.today - timedelta(days=asked.still_after)
    waiting = [
        (one.on, one.kind, one.key, one)
        for one in produced[previous]
        if one.on is not None and answered < one.on <= limit
    ]
    return min(waiting)[3] if waiting else None


def coordination(known: Known, step: PlanningStep) -> list[str]:
    """Who coordinates a step: whose tasks it holds, or else whoever coordinates any."""
    mine = {task.coordination for task in known.tasks(step)}
    every = {task.coordination for one in PlanningStep for task in known.tasks(one)}
    return [f"organisation:{key}" for key in sorted(mine or every)]


def _of_due(rule: ActRule, one: StepDue, office: Sequence[str]) -> NextAct:
    return NextAct(
        rule=rule,
        who=one.responsible or office,
        text=_text(rule, one.title, one.on),
        since=one.on,
        what=one.id.replace("/", ":", 1),
        address=one.address,
    )


def _follow_up(step: PlanningStep, waiting: StepOutcome, office: Sequence[str]) -> NextAct:
    previous = assigning.before(step)
    assert previous is not None
    assert waiting.on is not None
    title: Texts = waiting.title or {"de": waiting.key}
    return NextAct(
        rule=ActRule.follow_up,
        who=list(office),
        text=_text(ActRule.follow_up, title, waiting.on, words.STEPS[previous]),
        since=waiting.on,
        what=f"{waiting.kind}:{waiting.key}",
        address=waiting.address,
    )


def _close(gaps: Sequence[ThreadGap], office: Sequence[str]) -> NextAct:
    """The oldest of the gaps of one kind is closed first."""
    first = gaps[0]
    party = {"bodies": "body", "organisations": "organisation"}
    who = first.responsible
    return NextAct(
        rule=ActRule.gap,
        who=[f"{party[who.collection]}:{who.key}"] if who is not None else list(office),
        text=phrase(
            words.ACTS[ActRule.gap],
            before=words.GAPS[first.kind],
            count=str(len(gaps)),
            day=_day(first.since) if first.since is not None else words.UNKNOWN,
            title=first.title,
        ),
        since=first.since,
        what=first.node,
        address=first.address,
    )


def _text(rule: ActRule, title: Texts, on: date, before: Texts | None = None) -> Texts:
    return phrase(words.ACTS[rule], title=title, day=_day(on), before=before)


def _day(on: date) -> Texts:
    return {lang: writing.day(on, lang) for lang in writing.SIGNS}
