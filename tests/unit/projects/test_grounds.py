"""On which resolutions measures, strategies and decisions may rest, and when that is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.boards.resolutions import ResolutionKind, ResolutionState
from services.contracts.projects.measures import MeasureState, NewMeasure
from services.contracts.projects.onward_grants import DecisionOutcome, OnwardDecision
from services.contracts.projects.strategies import NewStrategy, StrategyKind, StrategyState
from services.projects.measures import rules as measures
from services.projects.onward_steps import rules as onward_steps
from services.projects.references.rules import Ground, fallen
from services.projects.strategies import rules as strategies

DECISION, REFUSAL = ResolutionKind.decision, ResolutionKind.refusal


@pytest.mark.parametrize(
    ("kind", "state", "still", "later"),
    [
        (DECISION, ResolutionState.valid, None, None),
        (ResolutionKind.legitimation, ResolutionState.valid, None, None),
        (REFUSAL, ResolutionState.valid, "refusal", "refusal"),
        (DECISION, ResolutionState.void, "void", "void"),
        (DECISION, ResolutionState.repealed, "repealed", None),
        (DECISION, ResolutionState.replaced, "replaced", None),
    ],
)
def test_what_goes_on_rests_on_what_holds_and_what_is_over_on_what_held(
    kind: ResolutionKind, state: ResolutionState, still: str | None, later: str | None
) -> None:
    found = [fallen(Ground("b-1", "/mandate", lasting), kind, state) for lasting in (True, False)]
    assert [fault and fault.code for fault in found] == [still, later]
    assert all(fault.pointer == "/mandate" for fault in found if fault)


def measure(state: MeasureState, mandate: str | None = "b-1") -> NewMeasure:
    return NewMeasure(key="jobladen", title={"de": "Maßnahme"}, state=state, mandate=mandate)


@pytest.mark.parametrize(
    ("new", "before", "asked"),
    [
        (measure(MeasureState.planned), (None, MeasureState.planned), True),
        (measure(MeasureState.planned), ("b-0", MeasureState.planned), True),
        (measure(MeasureState.planned), ("b-1", MeasureState.planned), False),
        (measure(MeasureState.decided), ("b-1", MeasureState.planned), True),
        (measure(MeasureState.running), ("b-1", MeasureState.decided), True),
        (measure(MeasureState.running), ("b-1", MeasureState.running), False),
        (measure(MeasureState.completed), ("b-1", MeasureState.running), False),
        (measure(MeasureState.withdrawn), (None, MeasureState.planned), False),
        (measure(MeasureState.running, None), ("b-1", MeasureState.planned), False),
    ],
)
def test_a_mandate_is_asked_when_it_is_named_or_begins_to_be_used(
    new: NewMeasure, before: tuple[str | None, MeasureState], asked: bool
) -> None:
    assert (measures.ground(new, *before) is not None) is asked


def test_what_is_entered_after_it_was_completed_may_rest_on_what_was_repealed_since() -> None:
    completed = measures.ground(measure(MeasureState.completed))
    running = measures.ground(measure(MeasureState.running))
    assert completed
    assert running
    assert (completed.lasting, running.lasting) == (False, True)


def test_a_strategy_is_adopted_by_a_resolution_that_holds() -> None:
    def ground(state: StrategyState, *before: Any) -> Ground | None:
        adopted = state in (StrategyState.adopted, StrategyState.superseded)
        new = NewStrategy(
            key="altenplan",
            kind=StrategyKind.specialist_plan,
            title={"de": "Altenplan"},
            prepared_by="stadt",
            adopted_on=date(2025, 11, 12) if adopted else None,
            state=state,
            resolution="b-1",
        )
        return strategies.ground(new, *before)

    assert ground(StrategyState.adopted, "b-1", StrategyState.consulted)
    assert ground(StrategyState.drafting, "b-0", StrategyState.drafting)
    assert not ground(StrategyState.adopted, "b-1", StrategyState.adopted)
    superseded = ground(StrategyState.superseded)
    assert superseded
    assert not superseded.lasting


def test_money_is_passed_on_by_what_holds_and_refused_also_by_a_refusal() -> None:
    approved = OnwardDecision(
        outcome=DecisionOutcome.approval,
        decided_on=date(2025, 11, 12),
        deciding_body="ausschuss",
        resolution="b-1",
        amount=Decimal(4000),
    )
    assert onward_steps.ground(approved) == Ground("b-1", "/resolution")
    refused = approved.model_copy(update={"outcome": DecisionOutcome.refusal, "amount": None})
    assert onward_steps.ground(refused) is None
