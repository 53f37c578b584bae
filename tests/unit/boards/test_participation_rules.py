"""When a process is where, what it promised, and what is left of a contribution."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.boards.contributions import rules as contributions
from services.boards.contributions.tables import ContributionRow
from services.boards.participation.rules import Used, check_change, days, state
from services.contracts.boards.contributions import (
    Channel,
    ContributionState,
    Moderation,
    NewContribution,
)
from services.contracts.boards.participation import (
    STEPS,
    NewParticipationProcess,
    ParticipationState,
    ParticipationStep,
)
from services.kit.problems import Conflict, Invalid, Problem

DAY = date(2026, 4, 15)
STATES = list(ParticipationState)


def process(**more: Any) -> NewParticipationProcess:
    given = NewParticipationProcess.model_json_schema()["examples"][0]
    return NewParticipationProcess.model_validate({**given, **more})


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-03-14", "planned"),
        ("2026-03-15", "publication"),
        ("2026-03-31", "publication"),
        ("2026-04-01", "submission"),
        ("2026-04-30", "submission"),
        ("2026-05-01", "evaluation"),
        ("2026-06-30", "evaluation"),
        ("2026-07-01", "report"),
        ("2026-09-01", "closure"),
        ("2030-01-01", "closure"),
    ],
)
def test_the_state_follows_from_the_days(on: str, expected: str) -> None:
    assert state(process().steps, None, date.fromisoformat(on)) == expected


def test_after_the_last_day_nobody_hands_in_though_the_next_step_begins_later() -> None:
    steps = [
        ParticipationStep(kind="submission", starts_on=DAY, ends_on=DAY + timedelta(1)),
        ParticipationStep(kind="closure", starts_on=DAY + timedelta(30)),
    ]
    assert state(steps, None, DAY + timedelta(1)) == "submission"
    assert state(steps, None, DAY + timedelta(2)) == "evaluation"


def test_what_was_called_off_is_called_off_from_its_day() -> None:
    steps = process().steps
    assert state(steps, DAY, DAY - timedelta(1)) == "submission"
    assert state(steps, DAY, DAY) == "cancelled"


@given(
    starts=st.lists(st.dates(DAY, DAY + timedelta(300)), min_size=1, max_size=6, unique=True),
    kinds=st.data(),
)
def test_time_never_leads_back(starts: list[date], kinds: Any) -> None:
    chosen = sorted(
        kinds.draw(st.sets(st.sampled_from(range(6)), min_size=len(starts), max_size=len(starts)))
    )
    steps = [
        ParticipationStep(kind=STEPS[kind], starts_on=day, ends_on=day)
        for kind, day in zip(chosen, sorted(starts), strict=True)
    ]
    went = [STATES.index(state(steps, None, DAY + timedelta(n))) for n in range(-1, 310)]
    assert went == sorted(went)
    found = [day for day in days(process(steps=steps, delete_on="2030-01-01")).values() if day]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [{"kind": "submission", "starts_on": "2026-04-01"}]}, "steps"),
        (
            {
                "steps": [
                    {"kind": "report", "starts_on": "2026-04-01"},
                    {"kind": "evaluation", "starts_on": "2026-05-01"},
                ]
            },
            "steps",
        ),
        (
            {
                "steps": [
                    {"kind": "submission", "starts_on": "2026-04-01", "ends_on": "2026-04-30"},
                    {"kind": "evaluation", "starts_on": "2026-04-30"},
                ]
            },
            "steps",
        ),
        ({"steps": [{"kind": "report", "starts_on": "2026-04-01"}] * 2}, "steps"),
        ({"delete_on": "2026-09-01"}, "delete_on"),
        ({"smallest_group": 2}, "smallest_group"),
        ({"body": None, "organisation": None}, "organisation"),
        ({"categories": [{"key": "a1", "name": {"de": "A"}}] * 2}, "categories"),
        ({"areas": ["lobeda", "lobeda"]}, "areas"),
        ({"methods": []}, "methods"),
    ],
)
def test_a_process_that_cannot_be_is_refused(wrong: dict[str, Any], pointer: str) -> None:
    with pytest.raises(ValidationError) as refused:
        process(**wrong)
    assert refused.value.errors()[0]["loc"][0] == pointer


USED = Used(True, frozenset({"wohnen"}), frozenset({"familien"}), frozenset({"lobeda"}))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"smallest_group": 4}, "/smallest_group"),
        ({"delete_on": "2027-04-01"}, "/delete_on"),
        ({"categories": []}, "/categories"),
        ({"target_groups": []}, "/target_groups"),
        ({"areas": ["winzerla"]}, "/areas"),
    ],
)
def test_what_was_promised_to_contributors_is_kept(change: dict[str, Any], pointer: str) -> None:
    check_change(process(), process(**change), Used())
    with pytest.raises(Conflict) as refused:
        check_change(process(), process(**change), USED)
    assert refused.value.faults[0].pointer == pointer


@pytest.mark.parametrize(
    "change",
    [
        {"smallest_group": 6},
        {"delete_on": "2026-12-31"},
        {"areas": ["lobeda"]},
        {"consent_text": {"de": "Anders."}, "consent_version": "2"},
        {"cancelled_on": "2026-04-20"},
    ],
)
def test_what_breaks_no_promise_may_change(change: dict[str, Any]) -> None:
    check_change(process(), process(**change), USED)


def test_another_text_of_consent_is_another_version() -> None:
    with pytest.raises(Invalid):
        check_change(process(), process(consent_text={"de": "Anders."}), Used())


@pytest.mark.parametrize("now", list(ParticipationState))
def test_contributions_are_taken_in_the_submission_step_and_letters_until_the_report(
    now: ParticipationState,
) -> None:
    def taken(channel: Channel) -> bool:
        try:
            contributions.check_taken(now, channel)
        except Conflict:
            return False
        return True

    assert taken(Channel.online) == (now == "submission")
    assert taken(Channel.paper) == (now in ("submission", "evaluation", "report"))


def contribution(**more: Any) -> NewContribution:
    return NewContribution.model_validate(
        {"process": "p1", "text": "Mehr Busse", "consent": True, "consent_version": "1", **more}
    )


@pytest.mark.parametrize("field", ["category", "target_group", "area"])
def test_only_what_the_process_offers_is_chosen(field: str) -> None:
    contributions.check_chosen(contribution(**{field: "this"}), ["this"], ["this"], ["this"])
    with pytest.raises(Invalid) as refused:
        contributions.check_chosen(contribution(**{field: "that"}), ["this"], ["this"], ["this"])
    assert refused.value.faults[0].pointer == f"/{field}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": False},
        {"consent": None},
        {"text": "ab"},
        {"text": "x" * 5_001},
        {"text": "a\x00b c"},
        {"author": "Erika"},
    ],
)
def test_a_contribution_without_consent_or_beyond_all_size_is_refused(
    wrong: dict[str, Any],
) -> None:
    with pytest.raises(ValidationError):
        contribution(**wrong)


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({"state": "published"}, True),
        ({"state": "published", "published_text": "Mehr Busse"}, True),
        ({"state": "hidden", "reason": "insult"}, True),
        ({"state": "hidden"}, False),
        ({"state": "published", "reason": "insult"}, False),
        ({"state": "hidden", "reason": "insult", "published_text": "Mehr Busse"}, False),
        ({"state": "received"}, False),
        ({"state": "withdrawn"}, False),
    ],
)
def test_to_hide_needs_a_reason(given: dict[str, Any], fits: bool) -> None:
    if fits:
        Moderation.model_validate(given)
    else:
        with pytest.raises(ValidationError):
            Moderation.model_validate(given)


def row(**more: Any) -> ContributionRow:
    kept = {
        "municipality_id": 1,
        "key": "c-1",
        "process": "p1",
        "state": "received",
        "text": "Frau Mustermann braucht Busse",
        "area": "lobeda",
        "target_group": "familien",
        "channel": "online",
        "consent_version": "1",
        "received_on": DAY,
        "answer_due_on": DAY,
        "delete_on": DAY,
        "visibility": "administration",
    }
    return ContributionRow(**{**kept, **more})


def test_the_public_sees_what_was_published_and_not_from_where() -> None:
    published = row(state="published", published_text="Wir brauchen Busse")
    seen = contributions.shown(published, False, DAY)
    assert seen["text"] == "Wir brauchen Busse"
    assert (seen["original"], seen["area"], seen["target_group"]) == (None, None, None)
    office = contributions.shown(published, True, DAY)
    assert (office["original"], office["area"]) == ("Frau Mustermann braucht Busse", "lobeda")


@given(st.sampled_from(ContributionState), st.booleans(), st.integers(-3, 3))
def test_overdue_is_what_should_be_answered_and_is_not(
    now: ContributionState, answered: bool, late: int
) -> None:
    overdue = contributions.is_overdue(
        now, "accepted" if answered else None, DAY, DAY + timedelta(late)
    )
    assert overdue == (late > 0 and not answered and now in ("received", "published"))


def test_nothing_personal_is_left_of_a_contribution() -> None:
    personal = {"text", "published_text", "reason", "token_digest"}
    assert set(contributions.ERASED) == personal
    told = {"category", "area", "target_group", "decision", "answered_on", "hiding_reason"}
    assert set(contributions.WITHDRAWN) == personal | told | {"state", "visibility"}


def test_a_token_is_known_by_its_digest_alone() -> None:
    token, digest = contributions.new_token()
    assert contributions.digest(token) == digest
    assert token not in digest
    assert len({contributions.new_token()[0] for _ in range(100)}) == 100


def test_what_was_erased_is_left_alone() -> None:
    contributions.check_kept(False)
    with pytest.raises(Problem):
        contributions.check_kept(True)
