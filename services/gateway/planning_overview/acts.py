"""Who must act next, by rule: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from services.contracts.gateway.deadlines import DeadlineState
from services.contracts.gateway.planning_overview import ActRule, NextAct, StepDue, StepOutcome
from services.contracts.projects.planning_tasks import PlanningStep
from services.contracts.shared.base import Texts
from services.contracts.shared.threads import ThreadGap, ThreadGapKind
from services.gateway.planning_overview import assigning, words
from services.gateway.planning_overview.known import Asked, Known, latest
from services.kit import writing
from services.kit.deadlines import phrase


def next_acts(
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
