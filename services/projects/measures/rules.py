"""What a measure may be, and what it lacks: pure functions."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.contracts.projects.measures import (
    FundingReason,
    FundingState,
    MeasureGap,
    MeasureState,
    NewMeasure,
)
from services.contracts.projects.projects import ProjectState
from services.kit.problems import Invalid
from services.projects.references.rules import (
    AREA,
    FINDING,
    INDICATOR,
    ORGANISATION,
    RECOMMENDATION,
    RESOLUTION,
    Ground,
    Place,
    Pointing,
    listed,
)

STEPS = {
    MeasureState.proposed: {MeasureState.planned, MeasureState.decided, MeasureState.withdrawn},
    MeasureState.planned: {MeasureState.decided, MeasureState.running, MeasureState.withdrawn},
    MeasureState.decided: {MeasureState.planned, MeasureState.running, MeasureState.withdrawn},
    MeasureState.running: {
        MeasureState.suspended,
        MeasureState.completed,
        MeasureState.withdrawn,
    },
    MeasureState.suspended: {
        MeasureState.running,
        MeasureState.completed,
        MeasureState.withdrawn,
    },
    MeasureState.completed: {MeasureState.running},
    MeasureState.withdrawn: {MeasureState.proposed, MeasureState.planned},
}
"""What was decided can go back to planning; what is completed can be taken up again, what was
withdrawn proposed or planned anew."""
_CARRIED_OUT = {MeasureState.running, MeasureState.suspended}
_ENDED = {
    ProjectState.completed: FundingReason.project_completed,
    ProjectState.cancelled: FundingReason.project_cancelled,
}


def references(new: NewMeasure) -> list[Pointing]:
    """What it names of other services."""
    return [
        *listed(AREA, new.areas, "/areas"),
        Pointing(ORGANISATION, new.responsible, "/responsible"),
        Pointing(ORGANISATION, new.department, "/department"),
        Pointing(RECOMMENDATION, new.recommendation, "/recommendation"),
        *listed(FINDING, new.findings, "/findings"),
        Pointing(RESOLUTION, new.mandate, "/mandate"),
        *(
            Pointing(ORGANISATION, part.organisation, f"/budget/{i}/organisation")
            for i, part in enumerate(new.budget)
        ),
        *_of_targets(new),
    ]


def ground(
    new: NewMeasure, mandate: str | None = None, state: MeasureState | None = None
) -> Ground | None:
    """The mandate when it is named anew, or when the measure is decided or begins to run by it;
    `mandate` and `state` are those before. What was withdrawn rests on none."""
    if new.mandate is None or new.state is MeasureState.withdrawn:
        return None
    begins = new.state in (MeasureState.decided, MeasureState.running) and new.state is not state
    if new.mandate == mandate and not begins:
        return None
    return Ground(
        new.mandate,
        "/mandate",
        lasting=new.state is not MeasureState.completed,
        anew=new.mandate != mandate,
    )


def _of_targets(new: NewMeasure) -> Iterator[Pointing]:
    for i, target in enumerate(new.targets):
        yield Pointing(INDICATOR, target.indicator, f"/targets/{i}/indicator")
        yield Pointing(AREA, target.area, f"/targets/{i}/area")
        yield from listed(AREA, target.compared_with, f"/targets/{i}/compared_with")


def links(new: NewMeasure) -> list[Pointing]:
    """What it names that may be hidden from who may read the measure itself."""
    return [
        Pointing(RECOMMENDATION, new.recommendation, ""),
        Pointing(RESOLUTION, new.mandate, ""),
        *listed(FINDING, new.findings, ""),
        *_of_targets(new),
    ]


def without(
    new: NewMeasure, secret: Set[Place], hidden_keys: Mapping[str, Set[str]]
) -> tuple[NewMeasure, int]:
    """The measure without its links to what is secret, and how many those are.

    `hidden_keys` are those of this service, by the field that names them.
    """
    if not secret and not any(hidden_keys.values()):
        return new, 0
    left: dict[str, Any] = {
        name: [key for key in getattr(new, name) if key not in keys]
        for name, keys in hidden_keys.items()
    }
    left["findings"] = [key for key in new.findings if Place(FINDING, key) not in secret]
    left["targets"] = [
        target.model_copy(
            update={
                "compared_with": [
                    area for area in target.compared_with if Place(AREA, area) not in secret
                ]
            }
        )
        for target in new.targets
        if not secret & {Place(INDICATOR, target.indicator), Place(AREA, target.area)}
    ]
    for name, kind in (("recommendation", RECOMMENDATION), ("mandate", RESOLUTION)):
        key = getattr(new, name)
        left[name] = None if key is not None and Place(kind, key) in secret else key
    seen = new.model_copy(update=left)
    return seen, _count(new) - _count(seen)


def _count(new: NewMeasure) -> int:
    single = sum(key is not None for key in (new.recommendation, new.mandate))
    listed_ = (new.findings, new.targets, new.grants, new.action_plans)
    compared = sum(len(target.compared_with) for target in new.targets)
    return single + sum(len(links) for links in listed_) + compared


def check_strategy(strategy: str | None, of_goal: str | None) -> None:
    """Refuse (422) a goal of another strategy; None: no goal is named, or there is none."""
    if of_goal is not None and of_goal != strategy:
        detail = "That goal belongs to another strategy."
        raise Invalid(detail, pointer="/goal", code="other-strategy")


@dataclass(frozen=True)
class Funding:
    """How the money of a measure stands."""

    funding_state: FundingState
    funding_closed_on: date | None = None
    funding_reason: FundingReason | None = None


def funding(projects: Sequence[ProjectState], before: Funding | None, today: date) -> Funding:
    """How it stands with these projects: its own first, then those of the grants that pay for it.

    Closed when all of them have ended, for the reason of the first; a closing keeps the day it was
    first known.
    """
    if not projects:
        return Funding(FundingState.none)
    reasons = [_ENDED.get(state) for state in projects]
    reason = reasons[0]
    if reason is None or None in reasons:
        return Funding(FundingState.open)
    kept = before if before is not None and before.funding_reason == reason else None
    return kept or Funding(FundingState.closed, today, reason)


def gaps(
    new: NewMeasure, money: FundingState, *, mandate: bool, targets: bool, fallen: bool
) -> list[MeasureGap]:
    """What it lacks in its state. `mandate` and `targets`: those that are not for the reader to see
    are there all the same. `fallen`: the mandate holds no more, and the reader may know that."""
    begun = new.state in _CARRIED_OUT
    decided = begun or new.state is MeasureState.decided
    lacking = {
        MeasureGap.no_mandate: new.mandate_required and not mandate and decided,
        MeasureGap.mandate_fallen: fallen and decided,
        MeasureGap.no_funding: begun
        and money is not FundingState.open
        and not any(part.amount for part in new.budget),
        MeasureGap.no_responsible: begun and new.responsible is None,
        MeasureGap.no_target: begun and not targets,
    }
    return [gap for gap, lacks in lacking.items() if lacks]
