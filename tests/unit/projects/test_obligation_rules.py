"""What follows from a grant, when it is due by whose clause, and who is told when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.figures import Parameter, Rule, Unit
from services.contracts.projects.grants import GrantState
from services.contracts.projects.obligations import (
    LEAD_DAYS,
    ObligationKind,
    ObligationState,
    Reminder,
)
from services.contracts.projects.terms import NoticeCondition
from services.kit.problems import Conflict
from services.projects.drawdowns.rules import Flow
from services.projects.duties.passed_on import Passed
from services.projects.duties.rules import duties as following
from services.projects.grant_facts.parts import Spending
from services.projects.grant_facts.rules import Facts
from services.projects.obligations import rules
from services.projects.repayments.rules import Demand
from tests.unit.projects.facts import EMPTY
from tests.unit.projects.rulebook import CLAUSE, rule
from tests.unit.projects.test_deadlines import walked, working

TODAY = date(2025, 3, 1)
WEEK = timedelta(weeks=1)


def in_force(*held: Rule) -> Mapping[tuple[Parameter, str | None], Rule]:
    return {(one.parameter, one.scope): one for one in held}


PROOF = rule("proof_due", 6, Unit.months)
INTERIM = rule("interim_proof_due", 4, Unit.months)
SPEND = rule("spend_within", 2, Unit.months)
FACTS = replace(
    EMPTY,
    today=TODAY,
    starts_on=date(2023, 1, 1),
    ends_on=date(2025, 12, 31),
    rate=Decimal(80),
    rules=in_force(PROOF, INTERIM),
)


def duties(facts: Facts = FACTS, passed_on: list[Passed] | None = None, **more: Any) -> Any:
    return {duty.origin: duty for duty in following(replace(facts, **more), passed_on or [])}


def paid(day: date, amount: int) -> Spending:
    return Spending("b", "travel", day, day, Decimal(amount), None, True)


def test_the_proof_of_use_is_due_six_months_after_the_period() -> None:
    proof = duties()["proof_of_use"]
    assert (proof.event_on, proof.raw_due) == (date(2025, 12, 31), date(2026, 6, 30))
    assert proof.due_on == date(2026, 6, 30)
    assert CLAUSE in proof.clauses
    assert proof.title["de"] == "Verwendungsnachweis"


def test_it_is_due_earlier_when_the_purpose_was_fulfilled_earlier() -> None:
    assert duties(ended_on=date(2025, 3, 31))["proof_of_use"].raw_due == date(2025, 9, 30)


def test_without_a_rule_the_duty_is_there_and_says_that_its_day_is_not_known() -> None:
    proof = duties(rules={})["proof_of_use"]
    assert (proof.due_on, proof.reason) == (None, "no_rule")
    assert duties(ends_on=None)["proof_of_use"].reason == "no_date"


def test_each_year_but_the_last_has_an_interim_proof() -> None:
    origins = [origin for origin in duties() if origin.startswith("interim")]
    assert origins == ["interim_proof/2023", "interim_proof/2024"]
    assert duties()["interim_proof/2023"].due_on == date(2024, 4, 30)
    assert not [o for o in duties(rules=in_force(PROOF)) if o.startswith("interim")]


@pytest.mark.parametrize("state", ["applied", "refused", "withdrawn"])
def test_nothing_follows_from_what_was_not_granted(state: str) -> None:
    assert duties(state=GrantState(state)) == {}


def test_of_what_is_closed_nobody_asks_for_proofs_but_money_and_documents_stay() -> None:
    held = {"rules": in_force(PROOF, INTERIM, SPEND), "proved_on": date(2025, 2, 1)}
    flows = {"payouts": [Flow(date(2025, 1, 10), Decimal(80))]}
    asked = {"proof_of_use", "interim_proof/2023", "interim_proof/2024"}
    kept = {"spending/2025-01-10", "retention"}
    assert set(duties(**held, **flows)) == asked | kept
    assert set(duties(state=GrantState.closed, **held, **flows)) == kept


def test_a_payout_must_be_used_in_time_and_is_done_when_it_was() -> None:
    """What counts is the grant's share of the cost, as the figures have it, not the whole cost."""
    came, spent = [Flow(date(2025, 1, 10), Decimal(80))], [paid(date(2025, 2, 20), 60)]
    held = {"rules": in_force(SPEND), "payouts": came}
    open_ = duties(spendings=spent, **held)["spending/2025-01-10"]
    assert (open_.raw_due, open_.fulfilled_on) == (date(2025, 3, 10), None)
    spent.append(paid(date(2025, 2, 22), 20))
    still = duties(spendings=spent, **held)["spending/2025-01-10"]
    assert still.fulfilled_on is None, "80 euros of cost are 64 euros of the grant"
    spent.append(paid(date(2025, 2, 25), 20))
    used = duties(spendings=spent, **held)["spending/2025-01-10"]
    assert used.fulfilled_on == date(2025, 2, 25)
    later = [*spent[:2], paid(TODAY + timedelta(days=1), 20)]
    assert duties(spendings=later, **held)["spending/2025-01-10"].fulfilled_on is None


def test_what_went_back_need_not_be_used() -> None:
    came, back = [Flow(date(2025, 1, 10), Decimal(80))], [Flow(date(2025, 2, 3), Decimal(80))]
    used = duties(rules=in_force(SPEND), payouts=came, repayments=back)["spending/2025-01-10"]
    assert used.fulfilled_on == date(2025, 2, 3)


def test_a_condition_with_a_day_is_a_duty_by_the_clause_of_the_notice() -> None:
    said = [
        NoticeCondition(text={"de": "Logo zeigen"}),
        NoticeCondition(text={"de": "Konzept"}, clause="Nr. 6", due_on=date(2023, 4, 30)),
    ]
    found = duties(conditions=said, notice="bescheid-1")
    (condition,) = (duty for duty in found.values() if duty.kind is ObligationKind.condition)
    assert condition.raw_due == date(2023, 4, 30)
    assert condition.due_on == date(2023, 5, 2), "a Sunday, and then the first of May"
    assert (condition.clauses[0].text, condition.clauses[0].notice) == ("Nr. 6", "bescheid-1")


def test_a_condition_stays_the_same_wherever_it_stands_in_the_notice() -> None:
    """By its place alone, what was done of the first was once taken for the second."""
    one, two = (
        NoticeCondition(text={"de": text}, clause="Nr. 6", due_on=date(2023, 4, 30))
        for text in ("Konzept", "Flyer")
    )

    def origins(*said: NoticeCondition) -> list[str]:
        found = duties(conditions=list(said)).values()
        return [duty.origin for duty in found if duty.kind is ObligationKind.condition]

    first, second = origins(one, two)
    assert origins(two) == [second]
    assert origins(two, one) == [second, first]
    assert len(set(origins(one, one))) == 2
    later = one.model_copy(update={"due_on": date(2024, 4, 30)})
    assert origins(later) == [first]


def test_what_was_done_is_demanded_anew_when_it_is_for_another_time() -> None:
    """The proof of a period cannot be the proof of a longer one."""
    done, waived = ObligationState.done, ObligationState.waived
    longer = duties(ends_on=date(2026, 12, 31))["proof_of_use"]
    on = date(2026, 1, 20)
    assert rules.anew(done, DUTY.event_on, DUTY.raw_due, on, longer)
    assert not rules.anew(done, DUTY.event_on, DUTY.raw_due, date(2027, 1, 2), longer)
    assert not rules.anew(done, DUTY.event_on, DUTY.raw_due, date(2026, 12, 31), longer)
    assert rules.anew(done, DUTY.event_on, DUTY.raw_due, date(2026, 12, 30), longer)
    unsaid = replace(longer, event_on=None)
    assert not rules.anew(done, DUTY.event_on, DUTY.raw_due, on, unsaid)
    for other in (ObligationState.open, ObligationState.dropped):
        assert not rules.anew(other, DUTY.event_on, DUTY.raw_due, on, longer)
    assert not rules.anew(done, DUTY.event_on, DUTY.raw_due, date(2025, 6, 1), DUTY)
    assert not rules.anew(waived, DUTY.event_on, DUTY.raw_due, None, longer)
    said = NoticeCondition(text={"de": "Konzept"}, due_on=date(2024, 4, 30))
    (condition,) = (d for d in duties(conditions=[said]).values() if d.kind == "condition")
    for state in (done, waived):
        assert rules.anew(state, None, date(2023, 4, 30), on, condition)
        assert not rules.anew(state, None, date(2024, 4, 30), on, condition)


def test_reports_are_due_on_their_days_of_each_year_of_the_period() -> None:
    days = rule("reporting", unit=Unit.day, text="01-31 07-31", scope="eu")
    found = [d for d in duties(rules=in_force(days)).values() if d.kind is ObligationKind.reporting]
    assert len(found) == 8
    assert found[0].raw_due == date(2023, 1, 31)
    assert found[-1].raw_due == date(2026, 7, 31)


def test_reports_begin_with_the_grant_and_need_its_time() -> None:
    first = rule("reporting", unit=Unit.day, text="01-01 12-31", scope="eu")
    begun = {"rules": in_force(first, PROOF), "starts_on": date(2023, 1, 1)}
    found = {o: d for o, d in duties(**begun).items() if d.kind is ObligationKind.reporting}
    assert found["reporting/eu/eu.2023-01-01"].raw_due == date(2023, 1, 1)
    later = duties(**{**begun, "starts_on": date(2023, 1, 2)})
    assert "reporting/eu/eu.2023-01-01" not in later
    assert "reporting/eu/eu.2023-12-31" in later
    everywhere = rule("reporting", unit=Unit.day, text="01-31")
    plain = duties(rules=in_force(everywhere))
    assert plain["reporting//2024-01-31"].raw_due == date(2024, 1, 31)
    for unknown in ({"starts_on": None}, {"ends_on": None}):
        kinds = {duty.kind for duty in duties(**{**begun, **unknown}).values()}
        assert ObligationKind.reporting not in kinds


def test_interim_proofs_end_with_the_year_in_which_the_purpose_was_fulfilled() -> None:
    ended = duties(ended_on=date(2024, 2, 1))
    assert [o for o in ended if o.startswith("interim")] == ["interim_proof/2023"]
    for unknown in ({"starts_on": None}, {"ends_on": None}):
        assert not [o for o in duties(**unknown) if o.startswith("interim")]


def test_money_must_be_used_also_where_the_rule_says_no_time() -> None:
    came = [Flow(date(2025, 1, 10), Decimal(80))]
    unsaid = duties(rules=in_force(rule("spend_within", unit=Unit.months)), payouts=came)
    spending = unsaid["spending/2025-01-10"]
    assert (spending.due_on, spending.reason) == (None, "no_rule")
    said = duties(rules=in_force(SPEND), payouts=came, rate=None)["spending/2025-01-10"]
    assert (said.due_on, said.reason) == (date(2025, 3, 10), None)
    assert "spending/2025-01-10" not in duties(payouts=came)


def demanded(amount: int, due: date | None, *back: Flow, waived: date | None = None) -> Demand:
    return Demand("rf-1", Decimal(amount), date(2025, 1, 2), due, list(back), waived)


def test_each_demand_is_paid_back_by_a_working_day_and_done_with_its_last_payment() -> None:
    flows = Flow(date(2025, 2, 3), Decimal(10)), Flow(date(2025, 2, 10), Decimal(20))
    came = {"payouts": [Flow(date(2024, 1, 10), Decimal(80))], "granted": Decimal(80)}
    open_ = duties(demands=[demanded(30, date(2025, 3, 15), flows[0])], **came)
    (due,) = (open_[origin] for origin in open_ if origin.startswith("repayment"))
    assert due.origin == "repayment/rf-1"
    assert (due.event_on, due.raw_due) == (date(2025, 1, 2), date(2025, 3, 15))
    assert (due.due_on, due.fulfilled_on, due.reason) == (date(2025, 3, 17), None, None)
    assert "30,00 EUR" in due.title["de"]
    assert "30.00 EUR" in due.title["en"]
    back = duties(demands=[demanded(30, date(2025, 3, 15), *flows)], **came)["repayment/rf-1"]
    assert back.fulfilled_on == date(2025, 2, 10)
    unsaid = duties(demands=[demanded(30, None)], **came)["repayment/rf-1"]
    assert (unsaid.raw_due, unsaid.due_on, unsaid.reason) == (None, None, "no_date")
    gone = demanded(30, date(2025, 3, 15), flows[0], waived=date(2025, 2, 20))
    assert "repayment/rf-1" not in duties(demands=[gone], **came)


def test_what_a_notice_left_beyond_the_grant_goes_back_though_nobody_demanded_it_yet() -> None:
    came = {"payouts": [Flow(date(2024, 1, 10), Decimal(80))], "granted": Decimal(50)}
    cut = duties(bound_on=date(2025, 2, 1), notice="bescheid-2", **came)["repayment"]
    assert (cut.event_on, cut.due_on, cut.reason) == (date(2025, 2, 1), None, "no_date")
    assert "30,00 EUR" in cut.title["de"]
    assert [(c.text, c.notice, c.verified) for c in cut.clauses][-1] == (
        "Zuwendungsbescheid",
        "bescheid-2",
        True,
    )
    assert "repayment" not in duties(demands=[demanded(30, None)], **came)
    assert "repayment" not in duties(payouts=came["payouts"], granted=Decimal(80))


def test_documents_are_kept_as_long_as_the_last_payment_asks_for() -> None:
    held = in_force(rule("retention", 5, Unit.years), rule("retention", 5, Unit.years, scope="eu"))
    spent = [paid(date(2024, 2, 20), 60), paid(date(2025, 2, 20), 60)]
    kept = duties(rules=held, proved_on=date(2026, 5, 20), spendings=spent)["retention"]
    assert kept.due_on == date(2031, 5, 20), "five years from the proof are later than 2030"
    early = duties(rules=held, proved_on=date(2025, 5, 20), spendings=spent)["retention"]
    assert early.due_on == date(2030, 12, 31), "five years from the end of 2025"


def test_what_follows_is_applied_for_before_the_money_ends() -> None:
    yearly = rule("application_due", unit=Unit.day, text="07-31")
    assert duties(rules=in_force(yearly))["application"].raw_due == date(2025, 7, 31)
    ends = {"ends_on": date(2025, 6, 30), "rules": in_force(yearly)}
    assert duties(**ends)["application"].raw_due == date(2024, 7, 31)
    same = {"ends_on": date(2025, 7, 30), "rules": in_force(yearly)}
    assert duties(**same)["application"].raw_due == date(2024, 7, 31), "not on its first day"


def test_what_follows_is_applied_for_so_many_weeks_before_it_begins() -> None:
    """Such rules once led to no duty at all. The day before a holiday is not moved beyond it."""
    weeks = rule("application_due", 8, Unit.weeks)
    found = duties(rules=in_force(weeks), ends_on=date(2026, 2, 25))["application"]
    assert (found.event_on, found.raw_due) == (date(2026, 2, 26), date(2026, 1, 1))
    assert found.due_on == date(2025, 12, 31)
    assert found.clauses[0] == CLAUSE


def test_whoever_got_money_passed_on_proves_its_use() -> None:
    passed = [
        Passed("cafe", date(2025, 3, 31), None),
        Passed("fest", date(2025, 3, 31), date(2025, 2, 1)),
        Passed("open", None, None),
    ]
    found = duties(passed_on=passed)
    assert found["onward_proof/cafe"].clauses == []
    assert found["onward_proof/cafe"].fulfilled_on is None
    assert found["onward_proof/fest"].fulfilled_on == date(2025, 2, 1)
    assert "onward_proof/open" not in found
    local = in_force(rule("proof_due", unit=Unit.day, text="03-31", scope="onward"))
    said = [Passed("cafe", date(2026, 6, 30), None), Passed("open", None, None, date(2024, 6, 30))]
    found = duties(rules=local, passed_on=said)
    assert found["onward_proof/cafe"].due_on == date(2026, 6, 30), "its notice wins"
    by_rule = found["onward_proof/open"]
    assert (by_rule.event_on, by_rule.due_on) == (date(2024, 6, 30), date(2025, 3, 31))
    assert CLAUSE in by_rule.clauses
    gera = rule("proof_due", unit=Unit.day, text="06-30", scope="gera")
    both = {**local, (gera.parameter, "gera"): gera}
    there = [Passed("fest", None, None, date(2024, 6, 30), "gera")]
    there.append(Passed("haus", None, None, date(2024, 6, 30), "sonneberg"))
    found = duties(rules=both, passed_on=there)
    assert found["onward_proof/fest"].due_on == date(2025, 6, 30), "its own rules before all others"
    assert found["onward_proof/haus"].due_on == date(2025, 3, 31)
    without = [Passed("zelt", None, None, date(2024, 6, 30))]
    assert "onward_proof/zelt" not in duties(rules=in_force(PROOF), passed_on=without)
    unended = [Passed("zelt", None, None)]
    assert "onward_proof/zelt" not in duties(rules=local, passed_on=unended)


def test_the_cent_that_makes_a_demand_whole_fulfils_it() -> None:
    demands = [(date(2025, 3, 15), Decimal("1.00"))]
    back = [(date(2025, 2, 1), Decimal("0.99")), (date(2025, 2, 5), Decimal("0.01"))]
    for came, done in ((back[:1], None), (back, date(2025, 2, 5)), ([], None)):
        passed = [Passed("cafe", None, None, demands=demands, repayments=came)]
        assert duties(passed_on=passed)["onward_repayment/cafe/1"].fulfilled_on == done


def test_what_is_demanded_of_whoever_got_money_passed_on_comes_back_first_demanded_first() -> None:
    demands = [
        (date(2025, 3, 15), Decimal(60)),
        (None, Decimal(10)),
        (date(2025, 6, 2), Decimal(5)),
    ]
    back = [(date(2025, 2, 1), Decimal(20)), (date(2025, 3, 1), Decimal(50))]
    passed = [Passed("cafe", None, None, demands=demands, repayments=back)]
    found = duties(passed_on=passed)
    assert set(found) >= {"onward_repayment/cafe/1", "onward_repayment/cafe/3"}
    assert "onward_repayment/cafe/2" not in found, "nobody said until when"
    first, third = found["onward_repayment/cafe/1"], found["onward_repayment/cafe/3"]
    assert (first.raw_due, first.due_on) == (date(2025, 3, 15), date(2025, 3, 17))
    assert first.fulfilled_on == date(2025, 3, 1)
    assert third.fulfilled_on is None
    assert "60,00 EUR" in first.title["de"]


def test_documents_are_kept_once_the_proof_is_handed_in() -> None:
    held = in_force(rule("retention", 5, Unit.years))
    assert "retention" not in duties(rules=held)
    kept = duties(rules=held, proved_on=date(2026, 5, 20))["retention"]
    assert kept.due_on == date(2031, 5, 20)
    assert kept.fulfilled_on is None
    last = duties(rules=held, proved_on=date(2026, 5, 20), today=date(2031, 5, 20))
    assert last["retention"].fulfilled_on is None, "that day they are still kept"
    over = duties(rules=held, proved_on=date(2026, 5, 20), today=date(2031, 5, 21))["retention"]
    assert over.fulfilled_on == date(2031, 5, 20)
    assert rules.state_after(ObligationState.open, over) is ObligationState.done, "never overdue"


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@settings(deadline=None, max_examples=50)  # the first look at a calendar loads it
@given(DAYS, DAYS, DAYS, DAYS, st.integers(1, 9))
def test_whatever_follows_is_due_on_the_day_by_its_rule_or_the_next_working_day(
    condition: date, demanded: date, proven: date, payout: date, months: int
) -> None:
    """Only documents are kept to the very day, and what must be done so long before is not moved
    beyond it."""
    local = rule("proof_due", months, Unit.months, scope="onward")
    reports = rule("reporting", unit=Unit.text, text="01-31 07-31")
    before = rule("application_due", months, Unit.weeks)
    retention = rule("retention", 5, Unit.years)
    passed_on = [
        Passed("a", proven, None, demands=[(demanded, Decimal(9))]),
        Passed("b", None, None, ends_on=proven),
    ]
    found = duties(
        passed_on=passed_on,
        land="TH",
        rules=in_force(PROOF, INTERIM, SPEND, local, reports, before, retention),
        conditions=[NoticeCondition(text={"de": "Bericht"}, due_on=condition)],
        demands=[Demand("rf", Decimal(7), payout, demanded)],
        payouts=[Flow(payout, Decimal(80))],
        proved_on=proven,
    )
    by_rule = {
        "proof_of_use": walked(date(2025, 12, 31), Unit.months, 6),
        "interim_proof/2023": date(2024, 4, 30),
        f"spending/{payout}": walked(payout, Unit.months, 2),
        "repayment/rf": demanded,
        "onward_proof/a": proven,
        "onward_proof/b": walked(proven, Unit.months, months),
        "onward_repayment/a/1": demanded,
        "retention": walked(proven, Unit.years, 5),
        "application": date(2026, 1, 1) - timedelta(weeks=months),
    }
    for origin, raw in by_rule.items():
        assert found[origin].raw_due == raw, origin
    assert [duty.raw_due for duty in found.values() if duty.kind == "condition"] == [condition]
    assert len(found) == len(by_rule) + len(("interim_proof/2024", "condition")) + 2 * 4
    for origin, duty in found.items():
        moved = duty.due_on == working(duty.raw_due)
        if origin == "retention":
            assert duty.due_on == duty.raw_due
        elif origin == "application":
            assert working(duty.due_on) == duty.due_on <= duty.raw_due < duty.due_on + WEEK
        else:
            assert moved, origin


def test_a_second_look_says_the_same() -> None:
    assert duties() == duties()
    assert rules.key_of("g", "proof_of_use") == rules.key_of("g", "proof_of_use")
    assert rules.key_of("g", "proof_of_use") != rules.key_of("h", "proof_of_use")


DUTY = duties()["proof_of_use"]


@pytest.mark.parametrize("state", ObligationState)
def test_what_a_person_said_stays(state: ObligationState) -> None:
    said = state in (ObligationState.done, ObligationState.waived)
    assert rules.state_after(state, DUTY) == (state if said else ObligationState.open)
    assert rules.state_after(state, None) == (state if said else ObligationState.dropped)


def test_what_money_fulfils_is_open_again_when_the_money_was_not_spent_after_all() -> None:
    used = replace(DUTY, kind=ObligationKind.spending, fulfilled_on=TODAY)
    assert rules.state_after(ObligationState.open, used) is ObligationState.done
    again = replace(used, fulfilled_on=None)
    assert rules.state_after(ObligationState.done, again) is ObligationState.open
    assert rules.state_after(ObligationState.waived, again) is ObligationState.waived
    with pytest.raises(Conflict):
        rules.check_sayable(ObligationKind.spending)
    rules.check_sayable(ObligationKind.proof_of_use)


def reminder(due: date, lead: int) -> Reminder:
    return Reminder(due_on=due, lead=lead, told=["a"], at=datetime(2025, 1, 1, tzinfo=UTC))


@given(due=st.dates(date(2024, 1, 1), date(2026, 12, 31)), late=st.integers(1, 40))
def test_day_by_day_everybody_is_told_once_for_each_lead_time(due: date, late: int) -> None:
    told: list[tuple[int, int]] = []
    past: list[Reminder] = []
    for days in range(120, -late - 1, -1):
        lead = rules.lead(due, due - timedelta(days=days), past)
        if lead is not None:
            told.append((days, lead))
            past.append(reminder(due, lead))
    assert told == [*((days, days) for days in LEAD_DAYS), (-1, rules.OVERDUE)]


@given(first=st.integers(-30, 120))
def test_whoever_comes_late_is_told_the_shortest_lead_time_alone(first: int) -> None:
    due = date(2025, 6, 30)
    lead = rules.lead(due, due - timedelta(days=first), [])
    reached = [days for days in LEAD_DAYS if first <= days]
    assert lead == (rules.OVERDUE if first < 0 else min(reached, default=None))


def test_a_day_that_has_moved_is_told_anew() -> None:
    old, new = date(2025, 6, 30), date(2025, 9, 30)
    assert rules.lead(new, date(2025, 9, 1), [reminder(old, 0)]) == 30


@pytest.mark.parametrize(
    ("lead", "responsible", "substitute", "told"),
    [
        (90, "a", "b", ["a"]),
        (3, "a", "b", ["a", "b"]),
        (0, "a", "b", ["a", "b"]),
        (90, None, "b", ["b"]),
        (3, "a", None, ["a"]),
        (0, None, None, []),
    ],
)
def test_the_substitute_is_told_when_it_is_urgent(
    lead: int, responsible: str | None, substitute: str | None, told: list[str]
) -> None:
    assert rules.told(lead, responsible, substitute) == told


def test_only_what_was_entered_by_hand_is_changed_by_hand() -> None:
    rules.check_own(ObligationKind.other)
    with pytest.raises(Conflict):
        rules.check_own(ObligationKind.proof_of_use)
    rules.check_open(ObligationState.open)
    with pytest.raises(Conflict):
        rules.check_open(ObligationState.done)
