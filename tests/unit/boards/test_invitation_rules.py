"""Was everybody invited in time, and does it matter?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.attendances.rules import Attended
from services.boards.invitations.rules import (
    Invited,
    OnAgenda,
    called_off,
    convening,
    full_days,
    judge,
    objection,
)
from services.boards.procedures.rules import PRESETS
from services.contracts.boards.invitations import Convening, Defect, NewInvitation
from services.contracts.boards.procedures import ProcedurePreset, ProcedureRules
from services.contracts.boards.votes import VoteOutcome, VotePurpose
from services.kit.days import day

THURINGIA = PRESETS[ProcedurePreset.council].rules
MEETING = date(2026, 3, 12)
REASON = {"de": "Die Frist für den Antrag läuft ab"}


def sent(received_on: date | None, **more: Any) -> NewInvitation:
    return NewInvitation.model_validate(
        {"sent_on": date(2026, 2, 1), "received_on": received_on, **more}
    )


@pytest.mark.parametrize(("received", "due"), [(date(2026, 3, 7), True), (date(2026, 3, 8), False)])
def test_four_full_days_lie_between_receipt_and_meeting(received: date, due: bool) -> None:
    assert full_days(received, MEETING) == (4 if due else 3)
    found = judge(THURINGIA, sent(received), MEETING, 3)
    assert found.in_due_form == due
    assert found.clause == "§ 35 Abs. 2 Satz 2 ThürKO"
    assert found.verified
    assert [one.defect for one in found.findings] == ([] if due else [Defect.too_late])


@pytest.mark.parametrize(
    ("received", "more", "defects"),
    [
        (date(2026, 3, 10), {}, []),
        (date(2026, 3, 11), {}, [Defect.too_late]),
        (date(2026, 3, 10), {"states_shortening": False}, [Defect.shortening_not_stated]),
        (date(2026, 3, 10), {"reason": None}, [Defect.no_reason]),
        (None, {}, [Defect.receipt_unknown]),
    ],
)
def test_in_urgent_cases_it_arrives_two_days_before_and_says_so(
    received: date | None, more: dict[str, Any], defects: list[Defect]
) -> None:
    given_ = {"urgent": True, "reason": REASON, "states_shortening": True, **more}
    found = judge(THURINGIA, sent(received, **given_), MEETING, 3)
    assert [one.defect for one in found.findings] == defects
    if received is not None:
        assert found.needs_finding
        assert (found.needed_days, found.clause) == (1, "§ 35 Abs. 2 Satz 3 und 4 ThürKO")


def test_who_keeps_the_usual_notice_needs_no_finding() -> None:
    urgent = sent(date(2026, 3, 7), urgent=True)
    found = judge(THURINGIA, urgent, MEETING, 3)
    assert found.in_due_form
    assert not found.needs_finding


@pytest.mark.parametrize(
    ("received", "starts_at", "days"),
    [
        (date(2026, 3, 25), "2026-03-30T00:30:00+02:00", 4),  # the clocks went forward on the 29th
        (date(2026, 10, 21), "2026-10-25T23:30:00+01:00", 3),  # and back on this day
        (date(2026, 10, 20), "2026-10-25T00:30:00+02:00", 4),
        (date(2028, 2, 26), "2028-03-01T00:15:00+01:00", 3),
        (date(2026, 12, 30), "2027-01-03T18:00:00+01:00", 3),
        (date(2026, 12, 29), "2027-01-03T18:00:00+01:00", 4),
    ],
)
def test_days_are_counted_as_the_calendar_in_germany_counts_them(
    received: date, starts_at: str, days: int
) -> None:
    """Across leap days, ends of months and years, and the hours after midnight."""
    meeting = day(datetime.fromisoformat(starts_at).astimezone(UTC))
    found = judge(THURINGIA, sent(received), meeting, 1)
    assert (found.full_days, found.in_due_form) == (days, days >= 4)


def test_each_defect_names_the_clause_it_breaks() -> None:
    urgent = {"urgent": True, "reason": REASON, "states_shortening": True}
    notice, urgency = "§ 35 Abs. 2 Satz 2 ThürKO", "§ 35 Abs. 2 Satz 3 und 4 ThürKO"
    for new, items, expected in (
        (sent(date(2026, 3, 11)), 1, notice),
        (sent(date(2026, 3, 11), **urgent), 1, urgency),
        (sent(None, **urgent), 1, notice),
        (sent(date(2026, 3, 10), **urgent), 0, notice),
    ):
        (defect,) = judge(THURINGIA, new, MEETING, items).findings
        assert (defect.clause, defect.verified) == (expected, True), defect
    off = called_off(THURINGIA)
    assert (off.defect, off.clause, off.verified) == (Defect.called_off, notice, True)
    silent = THURINGIA.model_copy(update={"clauses": []})
    (late,) = judge(silent, sent(date(2026, 3, 11)), MEETING, 1).findings
    for unknown in (late, called_off(silent)):
        assert (unknown.clause, unknown.verified) == (None, False)


def test_some_bodies_never_shorten_their_notice() -> None:
    strict = THURINGIA.model_copy(update={"urgent_days": None})
    found = judge(strict, sent(date(2026, 3, 10), urgent=True), MEETING, 1)
    assert [one.defect for one in found.findings] == [Defect.never_shortened]


def test_an_invitation_without_agenda_is_none() -> None:
    found = judge(THURINGIA, sent(date(2026, 3, 1)), MEETING, 0)
    assert [one.defect for one in found.findings] == [Defect.no_agenda]


def test_exceptions_are_judged_one_by_one() -> None:
    receipts = [
        {"membership": "m-1", "received_on": "2026-03-11"},
        {"membership": "m-2", "received_on": None},
        {"membership": "m-3", "received_on": "2026-03-01"},
    ]
    late = judge(THURINGIA, sent(date(2026, 3, 7), receipts=receipts), MEETING, 1)
    assert [(one.defect, one.memberships) for one in late.findings] == [
        (Defect.too_late, ["m-1"]),
        (Defect.receipt_unknown, ["m-2"]),
    ]
    all_late = judge(THURINGIA, sent(date(2026, 3, 11), receipts=receipts), MEETING, 1)
    assert all_late.reached == ["m-3"]


def kept(given_: ProcedureRules, new: NewInvitation, items: int = 1) -> Invited:
    found = judge(given_, new, MEETING, items)
    return Invited(
        in_due_form=found.in_due_form,
        needs_finding=found.needs_finding,
        reached=found.reached,
        for_everybody=any(one.memberships is None for one in found.findings),
        named={m for one in found.findings for m in one.memberships or ()},
        items={"a-1"},
        states_again=False,
    )


def came(*members: str, objecting: Sequence[str] = ()) -> list[Attended]:
    return [Attended(m, f"p-{m}", True, objects=m in objecting) for m in members]


def stayed_away(member: str) -> Attended:
    return Attended(member, f"p-{member}", False)


MEMBERS = ("m-1", "m-2", "m-3")


def test_a_late_invitation_is_healed_when_all_come_and_nobody_objects() -> None:
    late = kept(THURINGIA, sent(date(2026, 3, 11)))
    for there, expected in (
        (came(*MEMBERS), Convening.healed),
        (came(*MEMBERS, objecting=["m-2"]), Convening.defective),
        (came("m-1", "m-2"), Convening.defective),
        ([*came("m-1", "m-2"), stayed_away("m-3")], Convening.defective),
        ([], Convening.defective),
    ):
        assert convening(THURINGIA, late, None, MEMBERS, there) == expected
    never = THURINGIA.model_copy(update={"healed_by_appearance": False})
    assert convening(never, late, None, MEMBERS, came(*MEMBERS)) == Convening.defective


def test_only_those_who_were_reached_too_late_must_come() -> None:
    receipts = [{"membership": "m-1", "received_on": "2026-03-11"}]
    one_late = kept(THURINGIA, sent(date(2026, 3, 7), receipts=receipts))
    assert convening(THURINGIA, one_late, None, MEMBERS, came("m-1")) == Convening.healed
    assert convening(THURINGIA, one_late, None, MEMBERS, came("m-2")) == Convening.defective
    reached = [{"membership": "m-3", "received_on": "2026-03-01"}]
    two_late = kept(THURINGIA, sent(date(2026, 3, 11), receipts=reached))
    assert convening(THURINGIA, two_late, None, MEMBERS, came("m-1", "m-2")) == Convening.healed


def test_a_substitute_comes_for_the_member() -> None:
    late = kept(THURINGIA, sent(date(2026, 3, 11)))
    instead = Attended("m-s", "p-s", True, (), "m-3")
    there = [*came("m-1", "m-2"), instead]
    assert convening(THURINGIA, late, None, MEMBERS, there) == Convening.healed
    objecting = Attended("m-s", "p-s", True, (), "m-3", objects=True)
    there = [*came("m-1", "m-2"), objecting]
    assert convening(THURINGIA, late, None, MEMBERS, there) == Convening.defective


def test_the_body_first_establishes_the_urgency() -> None:
    urgent = kept(
        THURINGIA, sent(date(2026, 3, 10), urgent=True, reason=REASON, states_shortening=True)
    )
    for found, there, expected in (
        (None, [], Convening.awaits_finding),
        (VoteOutcome.adopted, [], Convening.due),
        (VoteOutcome.rejected, [], Convening.defective),
        (VoteOutcome.void, came("m-1"), Convening.defective),
        (VoteOutcome.rejected, came(*MEMBERS), Convening.healed),
    ):
        assert convening(THURINGIA, urgent, found, MEMBERS, there) == expected


def test_without_a_written_invitation_everybody_must_have_come() -> None:
    assert convening(THURINGIA, None, None, MEMBERS, came("m-1")) == Convening.defective
    assert convening(THURINGIA, None, None, MEMBERS, came(*MEMBERS)) == Convening.healed


def item(**more: Any) -> OnAgenda:
    given_ = {"key": "a-2", "urgent": True, "withdrawn": False, "urgency_found": False, **more}
    return OnAgenda(**given_)


@pytest.mark.parametrize(
    ("convened", "purpose", "on_agenda", "code"),
    [
        (Convening.due, VotePurpose.decision, item(key="a-1", urgent=False), None),
        (Convening.healed, VotePurpose.decision, item(key="a-1"), None),
        (Convening.defective, VotePurpose.decision, item(key="a-1"), "not-convened"),
        (Convening.defective, VotePurpose.urgency, None, "not-convened"),
        (Convening.awaits_finding, VotePurpose.urgency, None, None),
        (Convening.awaits_finding, VotePurpose.decision, item(key="a-1"), "awaits-finding"),
        (Convening.awaits_finding, VotePurpose.urgency, item(), "awaits-finding"),
        (Convening.due, VotePurpose.decision, item(), "urgency-not-found"),
        (Convening.due, VotePurpose.minutes, item(), "urgency-not-found"),
        (Convening.due, VotePurpose.urgency, item(), None),
        (Convening.due, VotePurpose.decision, item(urgency_found=True), None),
        (
            Convening.due,
            VotePurpose.decision,
            item(urgency_found=True, urgent=False),
            "urgency-not-found",
        ),
        (Convening.due, VotePurpose.decision, item(key="a-1", withdrawn=True), "withdrawn"),
        (Convening.due, VotePurpose.procedural, None, None),
    ],
)
def test_what_can_be_voted_on(
    convened: Convening, purpose: VotePurpose, on_agenda: OnAgenda | None, code: str | None
) -> None:
    sent_ = kept(THURINGIA, sent(date(2026, 3, 7)))
    refused = objection(THURINGIA, convened, sent_, purpose, on_agenda)
    assert (refused.faults[0].code if refused is not None else None) == code


def test_other_rules_take_urgent_items_without_a_vote() -> None:
    advisory = PRESETS[ProcedurePreset.advisory].rules
    sent_ = kept(advisory, sent(date(2026, 3, 7)))
    assert objection(advisory, Convening.due, sent_, VotePurpose.decision, item()) is None


@given(
    early=st.integers(-3, 30),
    urgent=st.booleans(),
    stated=st.booleans(),
    notice=st.integers(0, 10),
    shorter=st.none() | st.integers(0, 10),
)
def test_no_invitation_is_in_due_form_with_too_few_days(
    early: int, urgent: bool, stated: bool, notice: int, shorter: int | None
) -> None:
    given_ = THURINGIA.model_copy(update={"notice_days": notice, "urgent_days": shorter})
    received = MEETING - timedelta(days=early)
    new = sent(received, urgent=urgent, reason=REASON, states_shortening=stated)
    found = judge(given_, new, MEETING, 1)
    days = early - 1
    shortened = urgent and stated and shorter is not None and days >= shorter
    assert found.in_due_form == (days >= notice or shortened)
    assert found.needs_finding == (urgent and days < notice)
