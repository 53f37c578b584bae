"""What a vote may be the ground of, how long a paper was on its way, what an act is about."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.boards.acts import rules as acts
from services.boards.evidences import rules as evidences
from services.boards.evidences.rules import Proven
from services.boards.grounds import rules as grounds
from services.boards.resolutions import rules as resolutions
from services.boards.way import rules as way
from services.contracts.boards.acts import ActSubject
from services.contracts.boards.consultations import ConsultationRole
from services.contracts.boards.evidences import NewEvidence
from services.contracts.boards.papers import PaperState
from services.contracts.boards.powers import PowerKind
from services.contracts.boards.votes import VoteOutcome, VotePurpose, VoteState
from services.contracts.indicators.observations import Observations
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Problem

MARCH = date(2026, 3, 1)
ADOPTED: dict[str, Any] = {
    "purpose": VotePurpose.decision,
    "state": VoteState.closed,
    "outcome": VoteOutcome.adopted,
    "quorate": True,
}


def test_an_adopted_vote_on_the_matter_carries() -> None:
    grounds.check_vote(**ADOPTED)


@pytest.mark.parametrize(
    "other",
    [
        *({"purpose": one} for one in VotePurpose if one != VotePurpose.decision),
        *({"state": one} for one in VoteState if one != VoteState.closed),
        *({"outcome": one} for one in (*VoteOutcome, None) if one != VoteOutcome.adopted),
        {"quorate": False},
    ],
)
def test_no_other_vote_carries(other: dict[str, Any]) -> None:
    with pytest.raises(Problem):
        grounds.check_vote(**{**ADOPTED, **other})


@pytest.mark.parametrize("outcome", [*VoteOutcome, None])
def test_a_matter_is_turned_down_by_a_vote_that_rejects_it(outcome: VoteOutcome | None) -> None:
    vote = {**ADOPTED, "outcome": outcome, "wanted": VoteOutcome.rejected}
    if outcome == VoteOutcome.rejected:
        grounds.check_vote(**vote)
    else:
        with pytest.raises(Conflict):
            grounds.check_vote(**vote)


@pytest.mark.parametrize("role", [None, *ConsultationRole])
@pytest.mark.parametrize("mandates", [["decides"], ["advises"], ["steers"], []])
def test_who_decides_has_the_mandate_and_was_asked(
    mandates: list[str], role: ConsultationRole | None
) -> None:
    if mandates == ["decides"] and role in (None, ConsultationRole.decides):
        grounds.check_decides(mandates, role)
    else:
        with pytest.raises(Conflict):
            grounds.check_decides(mandates, role)


def test_days_are_counted_from_meeting_to_meeting() -> None:
    meetings = [date(2026, 3, 10), None, date(2026, 3, 8), date(2026, 3, 13)]
    assert way.days_between(MARCH, meetings) == [9, None, 0, 3]
    assert way.whole(MARCH, meetings, PaperState.decided, date(2026, 5, 1)) == 12
    assert way.whole(MARCH, meetings, PaperState.submitted, date(2026, 5, 1)) == 61
    assert way.whole(MARCH, [], PaperState.closed, date(2026, 3, 2)) == 1
    assert way.whole(MARCH, [], PaperState.submitted, date(2026, 2, 1)) == 0


@pytest.mark.parametrize("kind", PowerKind)
def test_every_power_is_about_something_and_none_about_everything(kind: PowerKind) -> None:
    covered = set()
    for subject in ActSubject:
        try:
            acts.check_subject(kind, subject)
        except Problem:
            continue
        covered.add(subject)
    assert covered
    assert covered != set(ActSubject)


@pytest.mark.parametrize(
    ("tasks", "stand", "when_it_fell"),
    [
        ([], "none", "none"),
        ([("open", True)], "overdue", "none"),
        ([("done", True), ("in_progress", False)], "open", "none"),
        ([("done", True), ("dropped", True)], "done", "done"),
    ],
)
def test_a_resolution_is_as_far_as_its_tasks(
    tasks: list[tuple[str, bool]], stand: str, when_it_fell: str
) -> None:
    given = [resolutions.Task(*one) for one in tasks]
    assert resolutions.stand(given, holds=True) == stand
    assert resolutions.stand(given, holds=False) == when_it_fell


def published(value: Decimal | None, decimals: int = 1) -> Observations:
    columns = {
        "indicator": ["quote"],
        "area": ["jena"],
        "period": ["2024"],
        "breakdown": [""],
        "value": [value],
        "status": ["normal" if value is not None else "confidential"],
    }
    example = Observations.model_json_schema()["examples"][0]
    words = {**example["indicators"]["bevoelkerung"], "decimals": decimals}
    return Observations.model_validate(
        {**example, "indicators": {"quote": words}, "columns": columns, "provisional": []}
    )


@pytest.mark.parametrize(
    ("said", "fits"),
    [(None, True), ("12.349", True), ("12.3", True), ("12.35", False), ("12", False)],
)
def test_a_value_is_as_published_or_as_printed(said: str | None, fits: bool) -> None:
    new = NewEvidence.model_validate(
        {"indicator": "quote", "area": "jena", "period": "2024", "value": said}
    )
    found = evidences.proven(new, published(Decimal("12.349")), "/evidence/0")
    assert isinstance(found, Proven) is fits
    if isinstance(found, Proven):
        assert found.value == Decimal("12.349")


def test_a_hidden_figure_proves_nothing() -> None:
    new = NewEvidence.model_validate({"indicator": "quote", "area": "jena", "period": "2024"})
    found = evidences.proven(new, published(None), "/evidence/0")
    assert isinstance(found, Fault)
    assert (found.pointer, found.code) == ("/evidence/0", "no-value")


@pytest.mark.parametrize("other", ["indicator", "area", "period", "breakdown"])
def test_another_figure_proves_nothing(other: str) -> None:
    said = {"indicator": "quote", "area": "jena", "period": "2024", "breakdown": ""}
    found = evidences.proven(
        NewEvidence.model_construct(**{**said, "value": None, other: "x"}),
        published(Decimal(1)),
        "/evidence/0",
    )
    assert isinstance(found, Fault)
    assert (found.pointer, found.code) == ("/evidence/0", "no-figure")


def test_what_is_not_in_a_release_proves_nothing() -> None:
    new = NewEvidence.model_validate({"indicator": "quote", "area": "jena", "period": "2024"})
    figures = published(Decimal(1))
    for none in (None, figures.model_copy(update={"release": None})):
        found = evidences.proven(new, none, "/evidence/0")
        assert isinstance(found, Fault)
        assert found.code == "no-figure"


def test_an_act_is_of_the_body_that_has_the_power_on_that_day() -> None:
    acts.check_holder("steuerung", "steuerung")
    with pytest.raises(Conflict) as refused:
        acts.check_holder("steuerung", "beirat")
    assert refused.value.faults[0].code == "other-body"
    last = date(2026, 3, 31)
    for starts_on, ends_on in ((MARCH, last), (None, last), (MARCH, None), (None, None)):
        for on in (MARCH, last):
            acts.check_held(starts_on, ends_on, on)
    for starts_on, ends_on, on in (
        (MARCH, last, date(2026, 2, 28)),
        (MARCH, None, date(2026, 2, 28)),
        (MARCH, last, date(2026, 4, 1)),
        (None, last, date(2026, 4, 1)),
    ):
        with pytest.raises(Conflict) as refused:
            acts.check_held(starts_on, ends_on, on)
        assert refused.value.faults[0].code == "not-held"
