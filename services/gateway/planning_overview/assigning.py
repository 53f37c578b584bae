"""To which step of the planning cycle something belongs by its kind: pure functions.

The steps are the task areas that the Wartburgkreis names for its planning coordination; the first
three are the planning steps that Jena names. Figures show what there is; findings, reports on them
and what people say show what is needed; recommendations, measures and plans of action say what to
do; resolutions and adopted plans make it legitimate; effects and tasks that were carried out show
what came of it. Meetings of networks and planning conferences are steps of their own; specialist
plans that are not adopted are being coordinated; publications are the reporting.
"""

from collections.abc import Mapping

from services.contracts.projects.planning_tasks import PlanningStep as Step
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.contracts.shared.outcomes import OutcomeKind
from services.contracts.shared.threads import ThreadGapKind

CHAIN = (
    Step.stocktaking,
    Step.needs_analysis,
    Step.action_planning,
    Step.legitimation,
    Step.controlling,
)
"""The steps that follow on one another; controlling leads to the next stocktaking."""

_OUTCOMES: Mapping[OutcomeKind, Step] = {
    OutcomeKind.release: Step.stocktaking,
    OutcomeKind.finding: Step.needs_analysis,
    OutcomeKind.report: Step.needs_analysis,
    OutcomeKind.participation: Step.needs_analysis,
    OutcomeKind.recommendation: Step.action_planning,
    OutcomeKind.measure: Step.action_planning,
    OutcomeKind.resolution: Step.legitimation,
    OutcomeKind.implementation: Step.controlling,
    OutcomeKind.effect: Step.controlling,
    OutcomeKind.publication: Step.reporting,
}
_PLANS = {
    "adopted": Step.legitimation,
    "action_plan": Step.action_planning,
    "report_plan": Step.reporting,
}
_MEETINGS = {
    "planning_conference": Step.conferences,
    "network_meeting": Step.networking,
    "network": Step.networking,
    "steering_group": Step.quality,
    "hearing": Step.needs_analysis,
    "workshop": Step.needs_analysis,
}
"""By what kind of meeting it is, or else what kind of body meets."""
_DEADLINES: Mapping[DeadlineKind, Step] = {
    DeadlineKind.delivery: Step.stocktaking,
    DeadlineKind.contribution_answer: Step.needs_analysis,
    DeadlineKind.participation: Step.needs_analysis,
    DeadlineKind.implementation: Step.controlling,
    DeadlineKind.target: Step.controlling,
    DeadlineKind.measure_end: Step.controlling,
    DeadlineKind.review: Step.quality,
}

_GAPS: Mapping[ThreadGapKind, Step] = {
    ThreadGapKind.finding_unanswered: Step.action_planning,
    ThreadGapKind.measure_without_money: Step.action_planning,
    ThreadGapKind.recommendation_undecided: Step.legitimation,
    ThreadGapKind.beyond_mandate: Step.legitimation,
    ThreadGapKind.mandate_fallen: Step.legitimation,
    ThreadGapKind.resolution_without_measure: Step.controlling,
    ThreadGapKind.money_without_effect: Step.controlling,
}
"""The step that is to bring what is missing."""


def of_gap(kind: ThreadGapKind) -> Step:
    """The step that is to close a gap."""
    return _GAPS[kind]


def of_outcome(kind: OutcomeKind, sort: str | None) -> Step | None:
    """The step to which an outcome belongs by its kind; None: only a task can say so."""
    if kind is OutcomeKind.plan:
        return _PLANS.get(sort or "", Step.quality)
    if kind is OutcomeKind.meeting:
        return _of_meeting(sort)
    return _OUTCOMES.get(kind)


def of_deadline(due: Due, tasks: Mapping[str, Step]) -> Step | None:
    """The step in which something is due; of a task its own."""
    if due.kind is DeadlineKind.planning_task:
        return tasks.get(due.id.partition("/")[2])
    if due.kind in (DeadlineKind.meeting, DeadlineKind.invitation):
        return _of_meeting(due.sort)
    return _DEADLINES.get(due.kind)


def before(step: Step) -> Step | None:
    """The step on which this one follows; the first follows on the last of the round before."""
    return CHAIN[CHAIN.index(step) - 1] if step in CHAIN else None


def _of_meeting(sort: str | None) -> Step | None:
    kinds = (sort or "").split("/")
    return next((_MEETINGS[kind] for kind in kinds if kind in _MEETINGS), None)
