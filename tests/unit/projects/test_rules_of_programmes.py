"""What a rule may say, which rules hold, and what the packs say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.figures import Parameter, Rule, Unit
from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.programmes import FunderLevel, FundingPeriod
from services.kit.problems import Conflict, Invalid
from services.projects.funding_rules.rules import (
    Said,
    check,
    check_known,
    check_overlap,
    overlap,
    override_faults,
    units_of,
)
from services.projects.programmes.rules import check_periods
from services.projects.rule_packs.packs.programmes import PACKS
from services.projects.rule_packs.packs.words import Pack
from services.projects.rule_packs.rules import shown
from services.projects.rules_in_force.rules import by_figure, holds, of_periods, on_day, over_time
from tests.unit.projects.rulebook import rule

D = Decimal
START = date(2023, 1, 1)
EVERY = pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)


@dataclass(frozen=True)
class Spanned:
    key: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Override:
    parameter: str
    value: D | None = None
    text: str | None = None
    scope: str | None = None
    clause: str = "Bescheid Nr. 4"
    unit: Unit | None = None


@pytest.mark.parametrize(
    ("parameter", "value", "text", "unit", "field"),
    [
        ("max_rate", "80", None, "percent", None),
        ("max_rate", "100", None, "percent", None),
        ("max_rate", "100.0001", None, "percent", "value"),
        ("max_rate", "-1", None, "percent", "value"),
        ("max_rate", None, "80", "percent", "value"),
        ("max_rate", "80", "80", "percent", "value"),
        ("max_rate", "80", None, "euro", "unit"),
        ("base_rate", "-0.88", None, "percent", None),
        ("base_rate", "-101", None, "percent", "value"),
        ("social_security_rate", "19.975", None, "percent", None),
        ("spend_within", "2", None, "months", None),
        ("spend_within", "6", None, "weeks", None),
        ("spend_within", "1.5", None, "months", "value"),
        ("spend_within", "1201", None, "months", "value"),
        ("spend_within", "2", None, "euro", "unit"),
        ("minimum_amount", "-1", None, "euro", "value"),
        ("minimum_amount", "7500", None, "euro", None),
        ("financing", None, "share", "text", None),
        ("financing", None, "Anteil", "text", "text"),
        ("financing", "1", None, "text", "text"),
        ("interest_from", None, "payout", "text", None),
        ("interest_from", None, "sometimes", "text", "text"),
        ("early_start", None, "maybe", "text", "text"),
        ("highest_grade", None, "E 13", "text", None),
        ("final_expenditure", None, "2029-12-31", "day", None),
        ("final_expenditure", None, "12-31", "day", "text"),
        ("final_expenditure", None, "2029-02-30", "day", "text"),
        ("final_expenditure", None, "20291231", "day", "text"),
        ("reporting", None, "01-31 04-30 2031-02-15", "day", None),
        ("reporting", None, "01-31  04-30", "day", "text"),
        ("reporting", None, "13-01", "day", "text"),
        ("reporting", None, "02-29", "day", "text"),
        ("application_due", None, "07-31", "day", None),
        ("application_due", None, "07-31 08-31", "day", "text"),
        ("application_due", "8", None, "weeks", None),
        ("proof_due", None, "06-30", "day", None),
        ("proof_due", "6", None, "months", None),
    ],
)
def test_a_rule_says_what_suits_its_parameter(
    parameter: str, value: str | None, text: str | None, unit: str, field: str | None
) -> None:
    said = Said(Parameter(parameter), None if value is None else D(value), text, Unit(unit))
    if field is None:
        check(said)
    else:
        with pytest.raises(Invalid) as refused:
            check(said)
        assert [fault.pointer for fault in refused.value.faults] == [f"/{field}"]


@pytest.mark.parametrize(
    ("parameter", "scope", "refused"),
    [
        ("eligible_category", "staff", False),
        ("eligible_category", None, True),
        ("eligible_category", "Handlungsfelder", True),
        ("ineligible_cost", "staff", False),
        ("ineligible_cost", None, False),
        ("ineligible_cost", "levies", True),
        ("precondition", "plan", False),
    ],
)
def test_what_is_said_of_a_category_says_of_which(
    parameter: str, scope: str | None, refused: bool
) -> None:
    """Or else it would bind nothing, or everything."""
    override = Override(parameter, text="Personalausgaben", scope=scope)
    faults = [fault.pointer for fault in override_faults(override, "/overrides/0")]
    assert faults == (["/overrides/0/scope"] if refused else [])


def test_what_funding_periods_say_are_rules_where_no_rule_says_it() -> None:
    first = FundingPeriod(
        starts_on=date(2023, 1, 1), ends_on=date(2025, 12, 31), max_positions=D(4), max_rate=D(80)
    )
    second = FundingPeriod(starts_on=date(2026, 1, 1), max_positions=D(2))
    found = of_periods([first, second], ["Richtlinie"], [rule("max_rate", 60, scope="eu")])
    assert [(one.parameter, one.value, one.starts_on, one.ends_on) for one in found] == [
        (Parameter.max_positions, 4, first.starts_on, first.ends_on),
        (Parameter.max_rate, 80, first.starts_on, first.ends_on),
        (Parameter.max_positions, 2, second.starts_on, None),
    ]
    assert not any(one.clause.verified for one in found)
    entered = of_periods([first, second], [], [rule("max_positions", 3)])
    assert [one.parameter for one in entered] == [Parameter.max_rate]
    until = rule("max_rate", 60, ends_on=date(2024, 6, 30))
    late = rule("max_rate", 50, starts_on=date(2025, 12, 31))
    found = of_periods([first], [], [late, until, rule("max_positions", 3)])
    assert [(one.value, one.starts_on, one.ends_on) for one in found] == [
        (80, date(2024, 7, 1), date(2025, 12, 30))
    ]


@pytest.mark.parametrize(
    ("today", "starts_on", "ends_on", "pointers"),
    [
        ("2026-06-16", "2026-01-01", "2026-06-30", []),
        ("2026-06-16", "2026-01-01", "2026-07-01", ["/ends_on"]),
        ("2026-06-17", "2026-01-01", "2026-12-31", []),
        ("2026-12-31", "2016-07-01", "2027-06-30", []),
        ("2026-12-31", "2027-01-01", "2027-07-01", ["/ends_on"]),
        ("2026-12-31", "2027-01-01", None, ["/ends_on"]),
        ("2026-12-31", None, None, ["/starts_on", "/ends_on"]),
    ],
)
def test_a_base_rate_is_said_for_days_of_which_it_can_be_known(
    today: str, starts_on: str | None, ends_on: str | None, pointers: list[str]
) -> None:
    said = {"key": "basiszins", "parameter": "base_rate", "value": "1.27", "unit": "percent"}
    span = {"starts_on": starts_on, "ends_on": ends_on, "clause": "§ 247 BGB"}
    new = NewFundingRule.model_validate(said | span)
    faults = []
    try:
        check_known(new, date.fromisoformat(today))
    except Invalid as refused:
        faults = [fault.pointer for fault in refused.faults]
    assert faults == pointers
    check_known(new.model_copy(update={"parameter": Parameter.max_rate}), date.min)


@pytest.mark.parametrize("parameter", Parameter)
def test_every_parameter_has_a_usual_unit(parameter: Parameter) -> None:
    assert len(set(units_of(parameter))) == len(units_of(parameter)) > 0


SPANS = st.tuples(st.none() | st.integers(0, 30), st.none() | st.integers(0, 30)).map(
    lambda t: Spanned(
        "one",
        None if t[0] is None else START + timedelta(days=t[0]),
        None if t[1] is None else START + timedelta(days=(t[0] or 0) + t[1]),
    )
)


@given(SPANS, SPANS)
def test_two_rules_overlap_exactly_when_they_share_a_day(one: Spanned, other: Spanned) -> None:
    def holds(span: Spanned, day: date) -> bool:
        return (span.starts_on or day) <= day <= (span.ends_on or day)

    days = [START + timedelta(days=n) for n in range(-5, 70)]
    assert overlap(one, other) == any(holds(one, day) and holds(other, day) for day in days)


@given(SPANS, st.lists(SPANS, max_size=3))
def test_of_each_day_of_a_period_it_says_what_no_rule_says(
    of: Spanned, said: list[Spanned]
) -> None:
    period = FundingPeriod(starts_on=of.starts_on or START, ends_on=of.ends_on, max_rate=D(80))
    rules = [rule("max_rate", 60, starts_on=one.starts_on, ends_on=one.ends_on) for one in said]
    found = of_periods([period], [], rules)
    for day in (START + timedelta(days=n) for n in range(-5, 70)):
        inside = period.starts_on <= day <= (period.ends_on or day)
        says = [one.value for one in found if holds(one, day)]
        assert says == ([80] if inside and not any(holds(one, day) for one in rules) else []), day


def test_a_rule_that_overlaps_another_is_refused_and_says_which() -> None:
    new = Spanned("new", date(2024, 1, 1), None)
    check_overlap(new, [Spanned("old", None, date(2023, 12, 31)), new])
    with pytest.raises(Conflict, match="'old'"):
        check_overlap(new, [Spanned("old", None, date(2024, 1, 1))])


def noticed(
    rules: Sequence[Rule], overrides: Sequence[Override]
) -> Mapping[tuple[Parameter, str | None], Rule]:
    return on_day(over_time(rules, overrides, "bescheid-1"), START)


def test_what_the_notice_says_wins_and_its_clause_says_so() -> None:
    general = [rule("spend_within", 2), rule("max_rate", 60, scope="eu"), rule("max_positions", 4)]
    overrides = [
        Override("spend_within", D(3)),
        Override("max_rate", D(50), scope="eu"),
        Override("proof_due", text="03-31"),
    ]
    found = noticed(general, overrides)
    assert found[Parameter.spend_within, None].value == 3
    assert found[Parameter.max_rate, "eu"].value == 50
    assert found[Parameter.max_positions, None].value == 4
    assert found[Parameter.proof_due, None].unit is Unit.day
    clause = found[Parameter.spend_within, None].clause
    assert (clause.text, clause.notice, clause.verified) == ("Bescheid Nr. 4", "bescheid-1", True)
    assert found[Parameter.max_positions, None].clause.notice is None


@pytest.mark.parametrize(
    ("override", "pointers"),
    [
        (Override("spend_within", D(3)), []),
        (Override("proof_due", text="03-31"), []),
        (Override("max_rate", D(101), scope="eu"), ["/overrides/0/value"]),
        (Override("spend_within", text="bald"), ["/overrides/0/value"]),
        (Override("financing", D(1)), ["/overrides/0/text"]),
        (Override("proof_due", text="02-30"), ["/overrides/0/text"]),
        (Override("spend_within", D(6), unit=Unit.weeks), []),
        (Override("spend_within", D("1.5"), unit=Unit.weeks), ["/overrides/0/value"]),
        (Override("spend_within", D(6), unit=Unit.percent), ["/overrides/0/unit"]),
        (Override("proof_due", D(6), unit=Unit.day), ["/overrides/0/text"]),
    ],
)
def test_an_override_that_makes_no_sense_is_pointed_at(
    override: Override, pointers: list[str]
) -> None:
    assert [f.pointer for f in override_faults(override, "/overrides/0")] == pointers


def test_over_time_the_notice_and_the_programme_win() -> None:
    general = rule("pace_tolerance", 10)
    early = rule("social_security_rate", "20.175", ends_on=date(2020, 12, 31))
    late = rule("social_security_rate", "19.975", starts_on=date(2021, 1, 1))
    own = rule("pace_tolerance", 5)
    every = over_time([general, early, late, own], [Override("max_positions", D(2))], "b1")
    assert on_day(every, date(2020, 1, 1))[Parameter.social_security_rate, None] == early
    assert on_day(every, date(2021, 1, 1))[Parameter.social_security_rate, None] == late
    assert on_day(every, date(2021, 1, 1))[Parameter.pace_tolerance, None] == own
    assert on_day(every, date(2021, 1, 1))[Parameter.max_positions, None].clause.notice == "b1"
    fixed = over_time([early, late], [Override("social_security_rate", D(18))], "b1")
    assert [one.value for one in fixed] == [18]


def test_a_rule_holds_on_its_first_and_on_its_last_day() -> None:
    last = rule("social_security_rate", "20.175", ends_on=date(2020, 12, 31))
    next_ = rule("social_security_rate", "19.975", starts_on=date(2021, 1, 1))
    for said, day in ((last, date(2020, 12, 31)), (next_, date(2021, 1, 1))):
        assert on_day([last, next_], day) == {(Parameter.social_security_rate, None): said}
    assert not holds(last, date(2021, 1, 1))
    assert not holds(next_, date(2020, 12, 31))


def test_an_override_keeps_the_unit_of_what_it_overrides() -> None:
    weeks = rule("spend_within", 6, Unit.weeks)
    kept = noticed([weeks], [Override("spend_within", D(8))])
    assert kept[Parameter.spend_within, None].unit is Unit.weeks
    said = on_day(
        over_time([weeks], [Override("spend_within", D(2), unit=Unit.months)], None), START
    )
    assert said[Parameter.spend_within, None].unit is Unit.months, "unless the notice says another"
    both = [rule("proof_due", 6, Unit.years), rule("proof_due", 3, Unit.weeks, scope="micro")]
    scoped = noticed(both, [Override("proof_due", D(9), scope="micro")])
    assert scoped[Parameter.proof_due, "micro"].unit is Unit.weeks, "of its scope before the rest"
    wider = noticed(both[:1], [Override("proof_due", D(9), scope="micro")])
    assert wider[Parameter.proof_due, "micro"].unit is Unit.years
    usual = on_day(
        over_time([], [Override("spend_within", D(3)), Override("proof_due", D(6))], None), START
    )
    assert {found.unit for found in usual.values()} == {Unit.months}


def test_the_special_rule_wins_over_the_general_one() -> None:
    found = by_figure([rule("pace_tolerance", 10), rule("pace_tolerance", 5)])
    assert found[Parameter.pace_tolerance, None].value == 5


@EVERY
def test_a_pack_says_who_funds_by_which_law_and_when(pack: Pack) -> None:
    """As far as it is known: of money of the Union all of it is."""
    said = shown(pack).programme
    assert said.key == pack.key
    check_periods(said.periods)
    levels = {funder.level for funder in said.funders}
    assert levels
    if FunderLevel.eu in levels:
        assert said.legal_basis
        assert said.periods
    union = {"Verordnung (EU) 2021/1060"} & set(said.legal_basis)
    rules = {one.parameter for one in pack.rules(pack.key)}
    assert bool(union) == (Parameter.final_expenditure in rules), "the rules are of that law"


@EVERY
def test_a_pack_makes_sense_and_contradicts_itself_nowhere(pack: Pack) -> None:
    rules = shown(pack).rules
    assert len({one.key for one in rules}) == len(rules)
    for place, one in enumerate(rules):
        check(Said(one.parameter, one.value, one.text, one.unit, one.scope))
        assert one.key == one.key.lower()
        same = [
            other
            for other in rules[:place]
            if (other.programme, other.parameter, other.scope)
            == (one.programme, one.parameter, one.scope)
        ]
        check_overlap(one, same)


@EVERY
def test_a_pack_fits_a_programme_with_the_longest_key(pack: Pack) -> None:
    rules = pack.rules("a" * 80)
    assert len({one.key for one in rules}) == len(rules)


@EVERY
def test_what_was_not_read_at_its_source_is_not_verified(pack: Pack) -> None:
    rules = {(one.parameter, one.scope): one for one in shown(pack).rules}
    for name in ("spend_within", "proof_due", "deviation", "interest_margin", "retention"):
        assert not rules[Parameter(name), None].verified
    assert all(one.source for one in rules.values() if one.verified)


def of(pack: str) -> dict[tuple[str, str | None], NewFundingRule]:
    return {(one.parameter.value, one.scope): one for one in shown(PACKS[pack]).rules}


def test_the_packs_know_what_is_published() -> None:
    strategy = of("sozialstrategierichtlinie-2-1")
    assert strategy["max_rate", "eu"].value == 60
    assert strategy["regular_rate", "state"].value == 20
    assert strategy["max_positions", None].value == 4
    assert strategy["max_positions", "praeventionsketten"].value == D("0.5")
    assert strategy["social_security_rate", None].value == D("19.975")
    assert strategy["minimum_amount", "eligible_cost"].value == 7500
    assert ("minimum_amount", None) not in strategy, "it is a limit of the cost, not of the grant"
    assert strategy["eligible_category", "staff"].verified
    assert strategy["ineligible_cost", "staff"].text == "Umlage U1"
    assert [strategy["max_rate", f"third_party.{n}"].value for n in (1, 2, 3)] == [100, 90, 80]
    assert strategy["indirect_rate", "staff"].value == 15
    assert not strategy["remaining_cost_rate", None].verified
    poverty = of("armutspraeventionsrichtlinie-2-1")
    assert poverty["max_rate", "eu"].value == 80
    assert poverty["max_rate", "eu"].verified
    assert poverty["social_security_rate", None].value == D("20.175")
    assert poverty["highest_grade", None].text == "E 13"
    assert of("lsz")["cofinancing_rate", "municipal"].value == 30
    assert of("lsz")["own_share", "micro.saalfeld"].value == 10
    assert of("thilik")["max_rate", "eu"].value == 80
    assert ("max_rate", "eu") not in of("biwaq")
    assert ("max_rate", "eu") not in of("bildung-integriert")
    assert of("biwaq")["spend_within", None].unit is Unit.weeks
