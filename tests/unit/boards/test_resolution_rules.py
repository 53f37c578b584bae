"""Who may resolve what, what becomes of advice, and which earlier resolutions end with it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest

from services.boards.resolutions import rules
from services.boards.resolutions.rules import Decided, Deciding
from services.contracts.boards.bodies import BodyKind
from services.contracts.boards.resolutions import (
    Ended,
    EndingKind,
    NewEnding,
    NewResolution,
    NewResponse,
    ResolutionKind,
    ResolutionState,
)
from services.contracts.boards.votes import VoteOutcome
from services.kit.problems import Problem

MARCH = date(2026, 3, 12)
DAY = timedelta(days=1)


def codes(problem: pytest.ExceptionInfo[Problem]) -> list[tuple[str | None, str]]:
    return [(fault.pointer, fault.code) for fault in problem.value.faults]


def answering(recommendation: str, kind: str) -> NewResponse:
    reason = None if kind == "follows" else "Der Haushalt trägt es nicht."
    return NewResponse.model_validate(
        {"recommendation": recommendation, "kind": kind, "reason": reason}
    )


@pytest.mark.parametrize("kind", ["amends", "rejects"])
def test_who_does_not_follow_gives_a_reason(kind: str) -> None:
    with pytest.raises(ValueError, match="say why"):
        NewResponse.model_validate({"recommendation": "e-1", "kind": kind})
    assert NewResponse.model_validate({"recommendation": "e-1", "kind": "follows"}).reason is None


def test_only_a_refusal_rests_on_a_vote_that_failed() -> None:
    for kind in ResolutionKind:
        refusal = kind == ResolutionKind.refusal
        assert rules.rests_on(kind) == (VoteOutcome.rejected if refusal else VoteOutcome.adopted)


def test_only_the_council_legitimises_a_strategy_and_only_with_the_power() -> None:
    for kind in ResolutionKind:
        for body in BodyKind:
            if kind == ResolutionKind.legitimation and body != BodyKind.council:
                with pytest.raises(Problem) as refused:
                    rules.check_kind(kind, body)
                assert codes(refused) == [("/kind", "not-a-council")]
            else:
                rules.check_kind(kind, body)
    rules.check_power("legitimiert-strategien")
    with pytest.raises(Problem) as refused:
        rules.check_power(None)
    assert codes(refused) == [("/strategy", "no-power")]


def test_every_recommendation_on_the_paper_is_answered() -> None:
    first, second = answering("e-1", "follows"), answering("e-2", "rejects")
    rules.check_responses([first, second], ["e-1", "e-2"], ["e-1", "e-2"])
    rules.check_responses([first, second], ["e-1"], ["e-1", "e-2", "e-3"])
    rules.check_responses([], [], ["e-3"])
    with pytest.raises(Problem) as refused:
        rules.check_responses([first, second], ["e-1", "e-3"], ["e-1", "e-3"])
    assert codes(refused) == [
        ("/responses/1/recommendation", "unknown"),
        ("/responses", "unanswered"),
    ]


def resolution(kind: str, *responses: NewResponse, **more: Any) -> NewResolution:
    said = {"vote": "v-1", "kind": kind, "title": {"de": "So"}, "text": {"de": "So sei es."}}
    return NewResolution.model_validate({**said, "responses": list(responses), **more})


def test_a_refusal_follows_nothing_and_ends_nothing() -> None:
    follows, rejects = answering("e-1", "follows"), answering("e-2", "rejects")
    ends = [{"resolution": "b-1", "kind": "repeals"}]
    rules.check_refusal(resolution("refusal", rejects))
    rules.check_refusal(resolution("decision", follows, ends=ends))
    with pytest.raises(Problem) as refused:
        rules.check_refusal(resolution("refusal", rejects, follows, ends=ends))
    assert codes(refused) == [("/responses/1/kind", "refused"), ("/ends", "refused")]


@pytest.mark.parametrize(
    ("kind", "earlier", "ended", "from_", "expected"),
    [
        (BodyKind.committee, Decided("ausschuss", MARCH, True), (), None, []),  # on the same day
        (BodyKind.committee, Decided("ausschuss", MARCH - DAY, True), (), MARCH, []),
        (BodyKind.committee, Decided("ausschuss", MARCH - DAY, True), (), MARCH - DAY, []),
        (
            BodyKind.committee,
            Decided("ausschuss", MARCH - DAY, True),
            (),
            MARCH - 2 * DAY,
            [("/ends/0/ends_from", "before-it")],
        ),
        (
            BodyKind.committee,
            Decided("ausschuss", MARCH + DAY, True),
            (),
            MARCH - DAY,
            [("/ends/0/resolution", "later")],
        ),
        (
            BodyKind.committee,
            Decided("beirat", MARCH, True),
            (),
            None,
            [("/ends/0/resolution", "other-body")],
        ),
        (BodyKind.council, Decided("beirat", MARCH, True), (), None, []),
        (
            BodyKind.council,
            Decided("ausschuss", MARCH, False),
            (),
            None,
            [("/ends/0/resolution", "not-valid")],
        ),
        (
            BodyKind.council,
            Decided("ausschuss", MARCH, True),
            ("b-1",),
            None,
            [("/ends/0/resolution", "not-valid")],
        ),
        (BodyKind.council, None, (), None, [("/ends/0/resolution", "unknown")]),
    ],
)
def test_a_body_ends_what_it_decided_itself_and_the_council_what_anybody_decided(
    kind: BodyKind,
    earlier: Decided | None,
    ended: Collection[str],
    from_: date | None,
    expected: list[tuple[str, str]],
) -> None:
    one = NewEnding(resolution="b-1", kind=EndingKind.repeals, ends_from=from_)
    on = Deciding("ausschuss", kind, MARCH)
    known = {"b-1": earlier} if earlier is not None else {}
    if not expected:
        rules.check_ends([one], on, known, ended)
        return
    with pytest.raises(Problem) as refused:
        rules.check_ends([one], on, known, ended)
    assert codes(refused) == expected


def test_a_resolution_holds_up_to_the_day_before_it_ends() -> None:
    for kind, over in (
        (EndingKind.repeals, ResolutionState.repealed),
        (EndingKind.replaces, ResolutionState.replaced),
    ):
        ended = Ended(by=None, kind=kind, ends_from=MARCH)
        assert rules.state(valid=True, ended=ended, today=MARCH - DAY) == ResolutionState.valid
        assert rules.state(valid=True, ended=ended, today=MARCH) == over
        assert rules.state(valid=False, ended=ended, today=MARCH) == ResolutionState.void
    assert rules.state(valid=True, ended=None, today=MARCH) == ResolutionState.valid
